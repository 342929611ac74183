package app.waxwing.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// The real disk, of which the n-th touch fails once.
final class FailingDisk implements Disk {
    /// EACCES has a class of its own in Java.
    static final String DENIED = "Permission denied";
    private final Disk real = new SystemDisk();
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private volatile String message = "";

    void failAt(int n, String why) {
        message = why;
        left.set(n);
    }

    /// True when the failure has happened.
    boolean happened() {
        return left.get() <= 0;
    }

    private void step() throws IOException {
        if (left.get() <= 0 || left.get() == Integer.MAX_VALUE || left.decrementAndGet() != 0) return;
        if (message.equals(DENIED)) throw new AccessDeniedException("a file");
        throw new IOException(message);
    }

    @Override
    public Bytes open(Path file) throws IOException {
        step();
        Bytes bytes = real.open(file);
        return new Bytes() {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                // Half of it arrives before the trouble.
                if (left.get() == 1) {
                    ByteBuffer half = from.duplicate();
                    half.limit(half.position() + half.remaining() / 2);
                    bytes.write(half, position);
                }
                step();
                bytes.write(from, position);
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                step();
                return bytes.read(into, position);
            }

            @Override
            public void truncate(long size) throws IOException {
                step();
                bytes.truncate(size);
            }

            @Override
            public void force(boolean metadata) throws IOException {
                step();
                bytes.force(metadata);
            }

            @Override
            public long size() throws IOException {
                step();
                return bytes.size();
            }

            @Override
            public void close() throws IOException {
                bytes.close();
            }
        };
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
        step();
        real.move(from, to);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        step();
        return real.delete(file);
    }

    @Override
    public void createFolders(Path root, Path folder) throws IOException {
        step();
        real.createFolders(root, folder);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        step();
        real.forceFolder(folder);
    }

    @Override
    public long usable(Path folder) throws IOException {
        step();
        return real.usable(folder);
    }

    @Override
    public OptionalLong tooLarge(Path folder, long size) throws IOException {
        return real.tooLarge(folder, size);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        step();
        real.append(file, bytes);
    }
}
