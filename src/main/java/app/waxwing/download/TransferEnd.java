package app.waxwing.download;

import app.waxwing.base.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
    /// @param lacks bytes that have to be free for it beside what others were promised, where a full disk is why
    record Held(Download.Reason reason, Failure why, Optional<Duration> pause, OptionalLong lacks) implements TransferEnd {
        Held(Download.Reason reason, Failure why, Optional<Duration> pause) {
            this(reason, why, pause, OptionalLong.empty());
        }

        static Held full(Path folder, long lacks, long promised) {
            return new Held(Download.Reason.DISK, new Failure.DiskFull(folder.toString(), lacks + promised), Optional.empty(),
                    OptionalLong.of(lacks));
        }
    }

    record Refused(Failure why) implements TransferEnd {}

    /// It was told to stop.
    record Stopped() implements TransferEnd {}
}
