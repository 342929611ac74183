package app.waxwing.download;

import java.io.IOException;

/// A server that sends next to nothing is left like one that sends nothing (B.15).
final class StallFloor {
    private final DownloadOptions options;
    private long since;
    private long from;

    StallFloor(DownloadOptions options, long now, long bytes) {
        this.options = options;
        since = now;
        from = bytes;
    }

    /// Nanoseconds that were our own doing.
    void waited(long nanos) {
        since += nanos;
    }

    /// @param bytes that came so far
    void check(long now, long bytes) throws IOException {
        if (now - since <= options.floorWindow().toNanos()) return;
        long moved = bytes - from;
        if (moved < options.floorBytes()) throw new IOException("almost nothing came any more (" + moved + " bytes)");
        since = now;
        from = bytes;
    }
}
