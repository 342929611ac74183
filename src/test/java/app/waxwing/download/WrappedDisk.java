package app.waxwing.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A disk that passes everything on, for tests that bend one thing.
class WrappedDisk implements Disk {
    final Disk real;

    WrappedDisk() {
        this(new SystemDisk());
    }

    WrappedDisk(Disk real) {
        this.real = real;
    }

    @Override
    public Bytes open(Path file) throws IOException {
        return real.open(file);
    }

    @Override
    public Bytes scratch(Path file) throws IOException {
        return real.scratch(file);
    }

    @Override
    public boolean exists(Path file) {
        return real.exists(file);
    }

    @Override
    public long size(Path file) {
        return real.size(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        real.move(from, to);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return real.delete(file);
    }

    @Override
    public void createFolders(Path root, Path folder) throws IOException {
        real.createFolders(root, folder);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        real.forceFolder(folder);
    }

    @Override
    public long usable(Path folder) throws IOException {
        return real.usable(folder);
    }

    @Override
    public boolean sameVolume(Path folder, Path other) throws IOException {
        return real.sameVolume(folder, other);
    }

    @Override
    public OptionalLong tooLarge(Path folder, long size) throws IOException {
        return real.tooLarge(folder, size);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        real.append(file, bytes);
    }

    /// An open file that passes everything on.
    static class WrappedBytes implements Bytes {
        final Bytes real;

        WrappedBytes(Bytes real) {
            this.real = real;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            real.write(from, position);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return real.read(into, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            real.truncate(size);
        }

        @Override
        public void force(boolean metadata) throws IOException {
            real.force(metadata);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
