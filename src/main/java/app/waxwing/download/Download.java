package app.waxwing.download;

import app.waxwing.base.ItemKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// One wish for one track, as its row stands.
///
/// @param waits why a pending one waits; of nothing else
/// @param rank its class: 0 playing now, 1 the user's own, 2 album rule, 3 queue pre-cache; first by this, then by priority, then by place
/// @param place lower first
/// @param anyway the user said «download now anyway»: neither hours nor what the network costs nor the battery hold it
/// @param progress 0–1; 1 only after the file has its final name
/// @param path absolute, of the finished file
/// @param error a sentence for the user
/// @param remedy the one click that may help a failed one
/// @param measure by which its size is guessed where nobody knows it
public record Download(long id, ItemKey key, String title, String artist, String album, Status status, Optional<Wait> waits,
        int rank, int priority, long place, boolean anyway, Origin origin, long bytesDownloaded, OptionalLong size, double progress,
        Optional<Path> path,
        Optional<String> mimeType,
        String quality,
        int retryCount, Optional<String> error, Remedy remedy, Instant queuedAt, Optional<Instant> startedAt, Optional<Instant> completedAt,
        Optional<String> sha256, Measure measure) {
    public Download {
        if (bytesDownloaded < 0 || progress < 0 || progress > 1) throw new IllegalArgumentException("progress " + progress);
        if (status == Status.COMPLETED && completedAt.isEmpty()) throw new IllegalArgumentException("completed without a time");
        if (status == Status.FAILED && error.isEmpty()) throw new IllegalArgumentException("failed without a sentence");
    }

    /// In one word why it waits.
    public Optional<Reason> reason() {
        return waits.map(Wait::reason);
    }

    public enum Status {
        PENDING, DOWNLOADING, PAUSED, COMPLETED, FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What helps a failed download.
    public enum Remedy {
        /// It did not fail.
        NONE,
        /// Another try may go better.
        RETRY,
        /// No try will: the server does not have it any more.
        LET_GO,
        /// Another try, once somebody gave the account the right to it.
        ALLOW;

        /// @param code of the failure
        static Remedy of(String code) {
            return switch (code) {
                case "not-found" -> LET_GO;
                case "not-permitted" -> ALLOW;
                default -> RETRY;
            };
        }
    }

    /// Why something pending waits.
    public enum Reason {
        SLOT, NETWORK, METERED, SERVER, DISK, SIGNED_OUT, RETRY, SCHEDULE, BATTERY;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Why it is fetched; the highest reason wins. The order of the constants is the order of rank.
    public enum Origin {
        PLAYING, USER, PLAYLIST, ALBUM, QUEUE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
