package app.waxwing.account;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// The bytes of a stream that are in memory, in blocks, those used least recently given up first. Thread-safe.
final class StreamWindow {
    /// Most bytes kept.
    static final long LIMIT = 64L << 20;
    /// Most bytes fetched ahead of the reader; less than [#LIMIT], so that what is ahead is never given up for what is further ahead.
    static final long AHEAD = 48L << 20;
    static final int BLOCK = 256 << 10;

    private final int most;
    private final Map<Long, Block> blocks = new LinkedHashMap<>(64, 0.75f, true);
    private long end = -1;

    StreamWindow(long limit) {
        most = (int) Math.max(2, limit / BLOCK);
    }

    /// One aligned block, filled from `from` to `to`.
    private static final class Block {
        final byte[] bytes = new byte[BLOCK];
        int from;
        int to;
    }

    synchronized int read(long position, ByteBuffer into) {
        Block block = blocks.get(position / BLOCK);
        int offset = (int) (position % BLOCK);
        if (block == null || offset < block.from || offset >= block.to) return 0;
        int n = Math.min(into.remaining(), block.to - offset);
        into.put(block.bytes, offset, n);
        return n;
    }

    synchronized void write(long position, byte[] bytes, int count) {
        for (int done = 0; done < count;) {
            long at = position + done;
            int offset = (int) (at % BLOCK);
            int n = Math.min(count - done, BLOCK - offset);
            Block block = blocks.computeIfAbsent(at / BLOCK, k -> new Block());
            boolean joins = block.to > 0 && offset <= block.to && offset + n >= block.from;
            System.arraycopy(bytes, done, block.bytes, offset, n);
            block.from = joins ? Math.min(block.from, offset) : offset;
            block.to = joins ? Math.max(block.to, offset + n) : offset + n;
            done += n;
        }
        var eldest = blocks.entrySet().iterator();
        while (blocks.size() > most && eldest.hasNext()) {
            eldest.next();
            eldest.remove();
        }
    }

    synchronized boolean has(long position) {
        Block block = blocks.get(position / BLOCK);
        int offset = (int) (position % BLOCK);
        return block != null && offset >= block.from && offset < block.to;
    }

    /// The first byte from the position on that is not here.
    synchronized long firstMissing(long position) {
        long at = position;
        while (true) {
            Block block = blocks.get(at / BLOCK);
            int offset = (int) (at % BLOCK);
            if (block == null || offset < block.from || offset >= block.to) return at;
            at += block.to - offset;
        }
    }

    /// Bytes that are here without a gap, from the start of the stream.
    long unbroken() {
        return firstMissing(0);
    }

    /// The stream ends here.
    synchronized void end(long position) {
        end = position;
    }

    synchronized boolean ended() {
        return end >= 0;
    }

    synchronized long end() {
        return end;
    }

    synchronized void clear() {
        blocks.clear();
    }
}
