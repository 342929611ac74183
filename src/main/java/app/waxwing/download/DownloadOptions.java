package app.waxwing.download;

import app.waxwing.base.Retry;
import java.time.Duration;

/// What the engine is made with; what the user sets at any time is in [Limits].
///
/// @param diskFloor bytes that stay free on every volume
/// @param cacheLimit bytes of evictable files, until another limit is set ([FetchAhead#limit])
/// @param readTimeout longest silence of a server in the middle of a body
/// @param floorWindow how long a transfer may stay under `floorBytes` before it counts as stalled (B.15)
/// @param recheck how often a hold that no event ends is looked at again
/// @param undo how long the file of a deleted download stays, so that the deletion can be taken back (4.19): longer than the user is offered that, so
///        that a click in the last moment finds it
public record DownloadOptions(long diskFloor, long cacheLimit, Retry retry, Duration connectTimeout, Duration readTimeout,
        Duration floorWindow, long floorBytes, Duration recheck, Duration undo) {
    public static final DownloadOptions USUAL = new DownloadOptions(512_000_000L, 10L << 30, Retry.DOWNLOADS, Duration.ofSeconds(10),
            Duration.ofSeconds(20), Duration.ofSeconds(30), 30 * 1024, Duration.ofSeconds(10), DownloadEngine.UNDO.plusSeconds(5));

    /// Where what is deleted goes at once.
    DownloadOptions(long diskFloor, long cacheLimit, Retry retry, Duration connectTimeout, Duration readTimeout, Duration floorWindow,
            long floorBytes, Duration recheck) {
        this(diskFloor, cacheLimit, retry, connectTimeout, readTimeout, floorWindow, floorBytes, recheck, Duration.ZERO);
    }

    public DownloadOptions {
        if (undo.isNegative()) throw new IllegalArgumentException("undo " + undo);
        if (diskFloor < 0 || cacheLimit < 0) throw new IllegalArgumentException("negative limit");
    }
}
