package app.waxwing.store;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Counts of one cache. The histogram's steps are a quarter of an octave, so that a percentile is right within 19 %.
///
/// @param network asks that went on to a server
/// @param nanos all answers took together
/// @param histogram answers by time
/// @param bytes where they came from, for a cache of files
record CacheTally(long hits, long misses, long network, long errors, long evictions, long nanos, long[] histogram, Bytes bytes) {
    static final int STEPS = 160;
    static final CacheTally NONE = new CacheTally(0, 0, 0, 0, 0, 0, new long[STEPS]);

    /// @param disk read from files that were here
    /// @param network read while they came from a server
    record Bytes(long disk, long network) {
        static final Bytes NONE = new Bytes(0, 0);

        Bytes plus(Bytes o) {
            return new Bytes(disk + o.disk, network + o.network);
        }
    }

    CacheTally(long hits, long misses, long network, long errors, long evictions, long nanos, long[] histogram) {
        this(hits, misses, network, errors, evictions, nanos, histogram, Bytes.NONE);
    }

    CacheTally plus(CacheTally o) {
        long[] sum = new long[STEPS];
        for (int i = 0; i < STEPS; i++) sum[i] = histogram[i] + o.histogram[i];
        return new CacheTally(hits + o.hits, misses + o.misses, network + o.network, errors + o.errors, evictions + o.evictions,
                nanos + o.nanos, sum, bytes.plus(o.bytes));
    }

    boolean nothing() {
        return hits + misses + network + errors + evictions + bytes.disk + bytes.network == 0;
    }

    long answers() {
        return hits + misses;
    }

    /// The time within which so many of a hundred answers came.
    long percentile(int percent) {
        long all = Arrays.stream(histogram).sum();
        long rank = Math.ceilDiv(all * percent, 100);
        long seen = 0;
        for (int i = 0; i < STEPS; i++) {
            seen += histogram[i];
            if (seen >= rank && rank > 0) return upTo(i);
        }
        return 0;
    }

    static int step(long nanos) {
        return nanos <= 1 ? 0 : Math.clamp((int) Math.ceil(4 * Math.log(nanos) / Math.log(2)), 0, STEPS - 1);
    }

    private static long upTo(int step) {
        return Math.round(Math.pow(2, step / 4.0));
    }

    String written() {
        int end = STEPS;
        while (end > 0 && histogram[end - 1] == 0) end--;
        return Arrays.stream(histogram, 0, end).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }

    static long[] read(String text) {
        long[] all = new long[STEPS];
        if (text.isEmpty()) return all;
        String[] parts = text.split(",");
        for (int i = 0; i < Math.min(STEPS, parts.length); i++) all[i] = Long.parseLong(parts[i]);
        return all;
    }
}
