package app.waxwing.download;

import java.time.Instant;
import java.util.Locale;

/// Something happened to a download.
public record DownloadEvent(Kind kind, Instant at, Download download) {
    public enum Kind {
        QUEUED, STARTED, PROGRESS, PAUSED, RESUMED, COMPLETED, FAILED, CANCELLED, DELETED, EVICTED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
