package app.waxwing.download;

import app.waxwing.base.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How one attempt ended.
sealed interface TransferEnd {
    /// The file has its final name and is durable.
    ///
    /// @param path relative to its root
    /// @param quality the file's; the original also where it was taken in place of a transcode
    /// @param reasons that its line in the manifest says; empty where that was not looked at
    record Arrived(String path, String quality, long size, String sha256, Instant modified, Optional<List<String>> reasons)
            implements
                TransferEnd {
        Arrived(String path, String quality, long size, String sha256, Instant modified) {
            this(path, quality, size, sha256, modified, Optional.empty());
        }
    }

    record Broke(Failure why) implements TransferEnd {}

    /// @param pause empty = until something changes
    record Held(Download.Reason reason, Failure why, Optional<Duration> pause) implements TransferEnd {}

    record Refused(Failure why) implements TransferEnd {}

    /// It was told to stop.
    record Stopped() implements TransferEnd {}
}
