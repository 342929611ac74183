package app.waxwing.store;

import java.time.Duration;

/// What one cache did since the figures were reset (requirement C.5).
///
/// @param mean of all answers, hits and misses
/// @param p95 nineteen of twenty answers came within this, as near as a step of 19 %
/// @param network loads from a server: asks that went on to it, and what was fetched before anybody asked
/// @param fromDisk bytes read from what was here; of a cache of files only, as is `fromNetwork`
/// @param fromNetwork bytes read while they came from a server
public record CacheFigures(String name, long hits, long misses, Duration mean, Duration p95, long items, long bytes, long evictions,
        long errors, long network, long fromDisk, long fromNetwork) {
    public double hitRate() {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
}
