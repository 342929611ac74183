package app.waxwing.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Every touch of the file system that matters for a file's rightness goes through here, so that tests can make the n-th one fail.
interface Disk {
    /// Opens for reading and writing; made when missing, never through a link.
    Bytes open(Path file) throws IOException;

    /// A new file, for its owner only, whose bytes are of no use after this run: gone when it is closed, and with the program, where systems can.
    default Bytes scratch(Path file) throws IOException {
        return open(file);
    }

    boolean exists(Path file);

    /// @return -1 when there is no such plain file
    long size(Path file);

    /// Atomic; replaces.
    void move(Path from, Path to) throws IOException;

    /// A second name for the same bytes, where the file system can; false where it cannot.
    default boolean link(Path from, Path to) throws IOException {
        return false;
    }

    /// @return false when there was none
    boolean delete(Path file) throws IOException;

    /// Makes the folders between the root, which must be there, and `folder`, and makes their names durable. Refuses links on the way (B.26).
    void createFolders(Path root, Path folder) throws IOException;

    void forceFolder(Path folder) throws IOException;

    /// Bytes free to us on the volume.
    long usable(Path folder) throws IOException;

    /// Whether what one takes of the free space is taken from the other too.
    default boolean sameVolume(Path folder, Path other) throws IOException {
        return true;
    }

    /// The largest file that the volume can hold, where one of `size` bytes is larger (B.21).
    OptionalLong tooLarge(Path folder, long size) throws IOException;

    /// Appends and forces; made owner-only when missing.
    void append(Path file, byte[] bytes) throws IOException;

    /// Something in a folder: a folder or a plain file.
    record Found(Path path, boolean folder) {}

    /// What lies in a folder; links are left out, and so is what goes meanwhile.
    default List<Found> list(Path folder) throws IOException {
        List<Found> found = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                try {
                    var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (attributes.isDirectory() || attributes.isRegularFile()) found.add(new Found(entry, attributes.isDirectory()));
                } catch (NoSuchFileException e) {
                    continue; // it went since the folder was read
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /// An open file.
    interface Bytes extends AutoCloseable {
        void write(ByteBuffer from, long position) throws IOException;

        int read(ByteBuffer into, long position) throws IOException;

        void truncate(long size) throws IOException;

        void force(boolean metadata) throws IOException;

        long size() throws IOException;

        @Override
        void close() throws IOException;
    }
}
