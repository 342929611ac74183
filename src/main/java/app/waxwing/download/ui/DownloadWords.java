package app.waxwing.download.ui;

import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine.Running;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Texts;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// What the page says about one download, in plain words (requirement 2.18: not by colour alone). Pure.
final class DownloadWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final int TRIES = 3;

    private DownloadWords() {}

    /// @param place among those that wait for their turn, from 1
    static String line(Download d, Optional<Running> running, int place) {
        return switch (d.status()) {
            case DOWNLOADING -> running.map(r -> of(r.bytes(), r.size() > 0 ? r.size() : d.size().orElse(-1)))
                    .orElseGet(() -> of(d.bytesDownloaded(), d.size().orElse(-1)));
            case PENDING -> waiting(d, place);
            case PAUSED -> d.bytesDownloaded() > 0
                    ? Texts.of("downloads.paused.at", Formats.bytes(d.bytesDownloaded()))
                    : Texts.of("downloads.paused");
            case FAILED -> d.error().orElse("");
            case COMPLETED -> done(d);
        };
    }

    static String subtitle(Download d) {
        return d.album().isBlank() ? d.artist() : d.artist() + " · " + d.album();
    }

    private static String of(long bytes, long size) {
        return size > 0 ? Texts.of("downloads.of", Formats.bytes(bytes), Formats.bytes(size)) : Formats.bytes(bytes);
    }

    private static String waiting(Download d, int place) {
        Download.Reason reason = d.reason().orElse(Download.Reason.SLOT);
        return switch (reason) {
            case SLOT -> place > 0 ? Texts.of("downloads.waits.slot", ordinal(place)) : Texts.of("downloads.waits");
            case RETRY -> Texts.of("downloads.waits.retry", Math.min(d.retryCount(), TRIES), TRIES);
            case NETWORK, METERED, SERVER, DISK, SIGNED_OUT, SCHEDULE, BATTERY -> Texts.of("downloads.waits." + reason.word());
        };
    }

    private static String done(Download d) {
        String size = d.size().isPresent() ? Formats.bytes(d.size().getAsLong()) : "";
        String day = d.completedAt().map(at -> DAY.format(at.atZone(ZoneId.systemDefault()))).orElse("");
        return size.isEmpty() || day.isEmpty() ? size + day : size + " · " + day;
    }

    /// 1st, 2nd, 3rd, 11th, 22nd.
    static String ordinal(int n) {
        String end = n % 100 / 10 == 1 ? "th" : switch (n % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
        return Formats.count(n) + end;
    }

    /// «≈ 18 min left · 6.4 GB».
    static String remaining(Optional<Duration> time, long bytes) {
        return time.map(t -> Texts.of("downloads.left", Formats.total(t), Formats.bytes(bytes)))
                .orElseGet(() -> Texts.of("downloads.to-come", Formats.bytes(bytes)));
    }
}
