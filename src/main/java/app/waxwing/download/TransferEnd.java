package app.waxwing.download;

import app.waxwing.base.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How one attempt ended.
sealed interface TransferEnd {
    /// The file has its final name and is durable.
    ///
    /// @param path relative to its root
    /// @param quality the file's; the original also where it was taken in place of a transcode
    record Arrived(String path, String quality, long size, String sha256, Instant modified) implements TransferEnd {}

    record Broke(Failure why) implements TransferEnd {}

    /// @param pause empty = until something changes
    record Held(Download.Reason reason, Failure why, Optional<Duration> pause) implements TransferEnd {}

    record Refused(Failure why) implements TransferEnd {}

    /// It was told to stop.
    record Stopped() implements TransferEnd {}
}
