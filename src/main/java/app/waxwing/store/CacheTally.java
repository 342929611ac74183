package app.waxwing.store;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Counts of one cache. The histogram's steps are a quarter of an octave, so that a percentile is right within 19 %.
///
/// @param network asks that went on to a server
/// @param nanos all answers took together
/// @param histogram answers by time
/// @param more what else is counted; what is not in it is nought
record CacheTally(long hits, long misses, long network, long errors, long evictions, long nanos, long[] histogram, Map<More, Long> more) {
    static final int STEPS = 160;
    static final CacheTally NONE = new CacheTally(0, 0, 0, 0, 0, 0, new long[STEPS], Map.of());

    /// What is kept beside the figures that have columns of their own.
    enum More {
        /// Bytes that were read from files that were here, for a cache of files.
        BYTES_FROM_DISK("bytes-from-disk:"),
        /// Bytes that were read while they came from a server.
        BYTES_FROM_NETWORK("bytes-from-network:"),
        /// Questions to a server beside those that answer an ask: before anybody asked, or a second one for the same answer.
        UNASKED("loads-unasked:"),
        /// Answers from the heap, and what they took together.
        MEMORY("answers-from-memory:"), MEMORY_NANOS("nanos-from-memory:"),
        /// Answers that had to wait for a server, and what they took together.
        SERVER("answers-from-server:"), SERVER_NANOS("nanos-from-server:");

        /// Of its name in the table of counters; the cache's name follows.
        final String prefix;

        More(String prefix) {
            this.prefix = prefix;
        }
    }

    CacheTally {
        more = Map.copyOf(more);
    }

    static CacheTally of(More what, long count) {
        return new CacheTally(0, 0, 0, 0, 0, 0, new long[STEPS], Map.of(what, count));
    }

    CacheTally(long hits, long misses, long network, long errors, long evictions, long nanos, long[] histogram) {
        this(hits, misses, network, errors, evictions, nanos, histogram, Map.of());
    }

    long of(More what) {
        return more.getOrDefault(what, 0L);
    }

    CacheTally plus(CacheTally o) {
        long[] sum = new long[STEPS];
        for (int i = 0; i < STEPS; i++) sum[i] = histogram[i] + o.histogram[i];
        Map<More, Long> all = new EnumMap<>(More.class);
        all.putAll(more);
        o.more.forEach((what, count) -> all.merge(what, count, Long::sum));
        return new CacheTally(hits + o.hits, misses + o.misses, network + o.network, errors + o.errors, evictions + o.evictions,
                nanos + o.nanos, sum, all);
    }

    boolean nothing() {
        return hits + misses + network + errors + evictions == 0 && more.values().stream().allMatch(n -> n == 0);
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
