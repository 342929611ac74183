package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// The guard against fetching the same again and again: an item of which more than three times its size came within any 24 hours stops and asks.
/// Counts bytes as they come, until the tick writes them ([TrafficRows]). Thread-safe.
final class Runaway {
    private static final int MOST_TIMES = 3;
    /// Below this nobody pays anything worth asking for.
    static final long LEAST = 4L << 20;
    private static final long SIZE_UNKNOWN = 1L << 30;
    private static final long MILLI = 1_000_000;
    private final Map<ItemKey, Long> unwritten = new ConcurrentHashMap<>();
    /// What came within a day before the attempt that is under way.
    private final Map<ItemKey, Long> before = new ConcurrentHashMap<>();
    private final Time time;
    private long millis;
    private long at;

    Runaway(Time time) {
        this.time = time;
        at = time.nanos();
        millis = time.now().toEpochMilli();
    }

    /// Hours since 1970 as this run counts them. Whatever the wall clock is set to, they never go back, and they go on while the monotonic clock does
    /// (B.34). A wall clock that is further ahead is followed: the computer slept.
    synchronized long hour() {
        long passed = (time.nanos() - at) / MILLI;
        at += passed * MILLI;
        millis = Math.max(millis + passed, time.now().toEpochMilli());
        return Math.floorDiv(millis, Duration.ofHours(1).toMillis());
    }

    void fetched(ItemKey key, long bytes) {
        if (bytes > 0) unwritten.merge(key, bytes, Long::sum);
    }

    void begins(ItemKey key, long bytes) {
        before.put(key, bytes);
    }

    void ends(ItemKey key) {
        before.remove(key);
    }

    /// Why an attempt goes no further, now that the answer's head names the size: one that is over within a second meets no tick.
    Optional<Failure> trouble(Entry named) {
        long came = before.getOrDefault(named.key(), 0L);
        return over(came, named.measure()) ? Optional.of(why(named, came)) : Optional.empty();
    }

    /// What came since the last time.
    Map<ItemKey, Long> take() {
        Map<ItemKey, Long> taken = new HashMap<>();
        for (ItemKey key : unwritten.keySet()) {
            Long bytes = unwritten.remove(key);
            if (bytes != null) taken.put(key, bytes);
        }
        return taken;
    }

    static boolean over(long bytes, OptionalLong size) {
        return bytes > Math.max(LEAST, MOST_TIMES * size.orElse(SIZE_UNKNOWN));
    }

    static Failure why(Entry entry, long bytes) {
        String size = entry.measure().isPresent() ? " its " + FailureWords.bytes(entry.measure().getAsLong()) : " what a track takes";
        return new Failure.Trouble(entry.label().title(),
                FailureWords.bytes(bytes) + " were fetched for it within a day, more than " + MOST_TIMES
                        + " times" + size + "; «Try again» goes on all the same");
    }
}
