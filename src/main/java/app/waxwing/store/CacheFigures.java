package app.waxwing.store;

import java.time.Duration;

/// What one cache did since the figures were reset (requirement C.5).
///
/// @param mean of all answers, hits and misses
/// @param p95 nineteen of twenty answers came within this, as near as a step of 19 %
/// @param network asks that went on to a server
public record CacheFigures(String name, long hits, long misses, Duration mean, Duration p95, long items, long bytes, long evictions,
        long errors,
        long network) {
    public double hitRate() {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
}
