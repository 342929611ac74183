package app.waxwing.store;

import java.time.Duration;

/// What one cache did since the figures were reset (requirement C.5).
///
/// @param mean of all answers, hits and misses
/// @param p95 nineteen of twenty answers came within this, as near as a step of 19 %
/// @param network asks that went on to a server
/// @param unasked other questions to servers: before anybody asked, or a second one for the same answer
/// @param memory answers from the heap
/// @param store other answers that waited for no server
/// @param server answers that had to wait for a server
/// @param limit bytes at most, 0 = none
/// @param fromDisk bytes read from what was here; of a cache of files only, as is `fromNetwork`
/// @param fromNetwork bytes read while they came from a server
public record CacheFigures(String name, long hits, long misses, Duration mean, Duration p95, long items, long bytes, long evictions,
        long errors, long network, long unasked, Level memory, Level store, Level server, long limit, long fromDisk, long fromNetwork) {
    /// Answers of one level (requirement 1.7).
    public record Level(long answers, Duration mean) {
        static Level of(long answers, long nanos) {
            return new Level(answers, Duration.ofNanos(answers == 0 ? 0 : nanos / answers));
        }
    }

    public double hitRate() {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
}
