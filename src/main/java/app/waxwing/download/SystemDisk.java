package app.waxwing.download;

import app.waxwing.base.SafeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The computer's own disk.
final class SystemDisk implements Disk {
    /// Every file system holds so many bytes in one file; its kind is asked for only above that.
    private static final long ANYWHERE = 0x7FFF_FFFFL;
    /// By folder: what is free is asked of the folder's own place each time, but to find the volume Linux reads its list of all.
    private final Map<Path, FileStore> stores = new ConcurrentHashMap<>();
    private final Forcing forcing;

    /// Makes the names in a folder durable.
    @FunctionalInterface
    interface Forcing {
        void folder(Path folder) throws IOException;
    }

    SystemDisk() {
        this(SafeFiles::forceFolder);
    }

    SystemDisk(Forcing forcing) {
        this.forcing = forcing;
    }

    @Override
    public Bytes open(Path file) throws IOException {
        return new ChannelBytes(FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)));
    }

    @Override
    public Bytes scratch(Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE, LinkOption.NOFOLLOW_LINKS);
        return new ChannelBytes(file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, options));
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long size(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? attributes.size() : -1;
        } catch (IOException e) {
            return -1; // not there, or not for us: both mean that nothing of ours can be used
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public boolean link(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, from);
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) { // broad: so says a file system without links
            return false; // another volume, or a file system without links: the bytes are copied, and what is truly wrong shows then
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public void createFolders(Path root, Path folder) throws IOException {
        Path at = root;
        for (Path name : root.relativize(folder)) {
            at = at.resolve(name);
            if (Files.isSymbolicLink(at)) throw new FileSystemException(at.toString(), null, "is a link; Waxwing writes through none");
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) createFolder(at);
        }
    }

    /// Tracks of one album begin together: another transfer may make their folder in the same moment. Its name is durable before a file lies in it.
    private void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) throw e;
        }
        forceFolder(Finishing.parent(folder));
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        forcing.folder(folder);
    }

    @Override
    public long usable(Path folder) throws IOException {
        FileStore store = store(folder);
        long free = store.getUsableSpace();
        stores.put(folder, store);
        return free;
    }

    @Override
    public boolean sameVolume(Path folder, Path other) throws IOException {
        return store(folder).equals(store(other));
    }

    private FileStore store(Path folder) throws IOException {
        FileStore known = stores.get(folder);
        return known == null ? Files.getFileStore(folder) : known;
    }

    @Override
    public OptionalLong tooLarge(Path folder, long size) throws IOException {
        if (size <= ANYWHERE) return OptionalLong.empty();
        long most = largestFile(Files.getFileStore(folder).type());
        return size > most ? OptionalLong.of(most) : OptionalLong.empty();
    }

    /// By the names that Linux (`vfat`), Windows (`FAT32`, `FAT`) and macOS (`msdos`) give to FAT.
    static long largestFile(String type) {
        return switch (type.toLowerCase(java.util.Locale.ROOT)) {
            case "vfat", "msdos", "fat", "fat32" -> 0xFFFF_FFFFL;
            case "fat16", "fat12" -> ANYWHERE;
            default -> Long.MAX_VALUE;
        };
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        if (!Files.exists(file) && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ))) {
            long end = channel.size();
            var last = ByteBuffer.allocate(1);
            // A torn line from a power cut must not swallow the next one.
            boolean torn = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            var buffer = ByteBuffer.allocate(bytes.length + 1);
            if (torn) buffer.put((byte) '\n');
            buffer.put(bytes).flip();
            while (buffer.hasRemaining()) end += channel.write(buffer, end);
            channel.force(true);
        }
    }

    private record ChannelBytes(FileChannel channel) implements Bytes {
        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            long at = position;
            while (from.hasRemaining()) at += channel.write(from, at);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            if (channel.size() > size) channel.truncate(size);
        }

        @Override
        public void force(boolean metadata) throws IOException {
            channel.force(metadata);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
