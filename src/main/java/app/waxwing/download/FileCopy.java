package app.waxwing.download;

import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Brings a finished file from one root to another: bytes, force, proof, manifest line, name. The old one stays; whoever asked removes it when its
/// row names the new one. Killed at any point it can be asked again and goes on from the newest file that has its name.
final class FileCopy {
    private static final int BUFFER = 1 << 20;
    private final Roots roots;
    private final Disk disk;
    private final FileRows files;

    FileCopy(Roots roots, Disk disk, FileRows files) {
        this.roots = roots;
        this.disk = disk;
        this.files = files;
    }

    /// What is to be brought.
    ///
    /// @param row of `media_file`; empty for a file that only the manifest knows, such as one kept when its account was removed
    record Item(Optional<FileRow> row, Root from, Manifest.Line line) {
        long number() {
            return row.map(FileRow::id).orElse(0L);
        }
    }

    /// The file in the old place is not the one that was recorded; nothing can be said for a copy of it.
    static final class NotAsRecorded extends IOException {
        private static final long serialVersionUID = 1;

        NotAsRecorded(String path, @Nullable Throwable cause) {
            super(path, cause);
        }
    }

    /// Told to stop.
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1;
    }

    /// @param stop asked after each MiB
    /// @param moved told how many more bytes are there
    /// @return the path in the new root
    String bring(Item item, Root to, BooleanSupplier stop, LongConsumer moved) throws IOException {
        Manifest.Line line = item.line();
        Path from = roots.resolve(item.from(), line.path());
        if (disk.size(from) != line.size()) throw new NotAsRecorded(line.path(), null);
        for (int n = 1;; n++) {
            String path = SafeNames.numbered(line.path(), n);
            Path file = roots.resolve(to, path);
            if ((n > 1 || item.from().isCache() != to.isCache()) && files.taken(to, path, item.number()).join()) continue;
            if (disk.exists(file)) {
                if (!brought(to, path, line, from, file)) continue;
                moved.accept(line.size());
                return path;
            }
            copy(item, from, to, path, stop, moved);
            return path;
        }
    }

    /// The file once more in its own root, under this name.
    ///
    /// @return false when something else bears it
    boolean beside(Item item, String path) throws IOException {
        Path file = roots.resolve(item.from(), path);
        if (disk.exists(file)) return brought(item.from(), path, item.line(), roots.resolve(item.from(), item.line().path()), file);
        copy(item, roots.resolve(item.from(), item.line().path()), item.from(), path, () -> false, n -> {});
        disk.forceFolder(Finishing.parent(file));
        return true;
    }

    /// A file has its final name only after its bytes were proved, and its line was there before. Whether somebody edited it since tells its time,
    /// which is the original's, or else its bytes (B.30). Another person's is not ours to name.
    private boolean brought(Root to, String path, Manifest.Line line, Path from, Path file) throws IOException {
        Manifest.Line there = roots.manifest(to).read().get(path);
        return there != null && there.isSameFile(line) && disk.size(file) == line.size()
                && (Files.getLastModifiedTime(file).equals(Files.getLastModifiedTime(from))
                        || Finishing.digest(file).equals(line.sha256()));
    }

    private void copy(Item item, Path from, Root to, String path, BooleanSupplier stop, LongConsumer moved) throws IOException {
        Manifest.Line line = item.line();
        Path file = roots.resolve(to, path);
        Path part = file.resolveSibling(file.getFileName() + ".w" + roots.tag(to) + "-move" + item.number() + ".part");
        if (roots.folders().with(roots.folder(to), part, () -> linked(from, part))) {
            moved.accept(line.size());
        } else {
            bytes(from, part, line.size(), stop, moved);
            if (!Finishing.digest(part).equals(line.sha256())) {
                disk.delete(part);
                if (Finishing.digest(from).equals(line.sha256())) throw new IOException("the copy of " + path + " is not what was copied");
                throw new NotAsRecorded(line.path(), null);
            }
            Files.setLastModifiedTime(part, Files.getLastModifiedTime(from));
        }
        roots.manifest(to).add(line.at(path));
        disk.move(part, file);
    }

    /// A second name for the same bytes; where there can be none, a file that is still empty.
    private boolean linked(Path from, Path part) throws IOException {
        if (disk.link(from, part)) return true;
        disk.open(part).close();
        return false;
    }

    /// Copies and forces `length` bytes.
    void bytes(Path from, Path to, long length, BooleanSupplier stop, LongConsumer moved) throws IOException {
        try (var in = Files.newByteChannel(from); var out = disk.open(to)) {
            out.truncate(0);
            var buffer = ByteBuffer.allocateDirect(BUFFER);
            long at = 0;
            while (at < length) {
                if (stop.getAsBoolean()) throw new Stopped();
                buffer.clear().limit((int) Math.min(BUFFER, length - at));
                int count = read(in, buffer, from);
                out.write(buffer.flip(), at);
                at += count;
                moved.accept(count);
            }
            out.force(true);
        }
    }

    /// Trouble on this side says nothing about the new place.
    private static int read(ReadableByteChannel in, ByteBuffer into, Path from) throws NotAsRecorded {
        try {
            int count = in.read(into);
            if (count <= 0) throw new NotAsRecorded(from + " is shorter than it was", null);
            return count;
        } catch (NotAsRecorded e) {
            throw e;
        } catch (IOException e) {
            throw new NotAsRecorded(from.toString(), e);
        }
    }
}
