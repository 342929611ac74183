package app.waxwing.settings;

/// The cache of music: what it holds, what it was good for, and what can be done with it. What is chosen for it are [Options.Cache]. Every call
/// blocks for the disk: on a thread for such work.
public interface CacheUse {
    Figures look();

    /// Throws away what may be evicted and is neither playing nor next.
    ///
    /// @return bytes that were freed
    long clear();

    /// Comes back when what is over the limit has gone.
    void fit();

    /// Counts are since the metrics were reset last, over all runs; sizes are as they are now.
    ///
    /// @param used bytes of files that may be evicted: the limit is for these
    /// @param pinned bytes of files that the user keeps: they are never evicted
    /// @param files how many may be evicted
    /// @param hits tracks that began to sound from a whole file on this computer
    /// @param misses tracks that had to come from their server, or could not
    /// @param evictions files that went to make room, or when the cache was cleared
    /// @param bytesFromDisk bytes of music that were read from whole files on this computer
    /// @param bytesFromNetwork bytes of music that were read while they came from a server
    record Figures(long used, long pinned, long files, long hits, long misses, long evictions, long bytesFromDisk, long bytesFromNetwork) {
        public double hitRate() {
            return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
        }
    }
}
