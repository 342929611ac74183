package app.waxwing.download;

import java.nio.ByteBuffer;

/// A file that takes everything and holds nothing.
final class NoBytes implements Disk.Bytes {
    @Override
    public void write(ByteBuffer from, long position) {
        from.position(from.limit());
    }

    @Override
    public int read(ByteBuffer into, long position) {
        return -1;
    }

    @Override
    public void truncate(long size) {}

    @Override
    public void force(boolean metadata) {}

    @Override
    public long size() {
        return 0;
    }

    @Override
    public void close() {}
}
