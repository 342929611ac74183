package app.waxwing.download;

import java.io.IOException;
import java.util.function.LongSupplier;

/// A server that sends next to nothing while others send is left like one that sends nothing (B.15). Where nothing else moves the line may be as slow as
/// that, and leaving would only cost.
final class StallFloor {
    private final DownloadOptions options;
    private final LongSupplier all;
    private long since;
    private long from;
    private long allFrom;

    /// @param bytes that are here
    /// @param all bytes that came in all transfers together, this one's too; only ever grows
    StallFloor(DownloadOptions options, long now, long bytes, LongSupplier all) {
        this.options = options;
        this.all = all;
        since = now;
        from = bytes;
        allFrom = all.getAsLong();
    }

    /// Nanoseconds that were our own doing.
    void waited(long nanos) {
        since += nanos;
    }

    /// @param bytes that are here by now
    void check(long now, long bytes) throws IOException {
        if (now - since <= options.floorWindow().toNanos()) return;
        long moved = bytes - from;
        long others = all.getAsLong() - allFrom - moved;
        if (moved < options.floorBytes() && others >= options.floorBytes()) {
            throw new IOException("almost nothing came any more (" + moved + " bytes, while others got " + others + ")");
        }
        since = now;
        from = bytes;
        allFrom = all.getAsLong();
    }
}
