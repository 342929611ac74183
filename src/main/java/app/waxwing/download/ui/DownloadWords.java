package app.waxwing.download.ui;

import app.waxwing.base.Failure;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine.Running;
import app.waxwing.download.Wait;
import app.waxwing.download.ui.HereViewModel.Space;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// What the page says about one download, in plain words (requirement 2.18: not by colour alone). Pure.
final class DownloadWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SOON = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
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
            case DISK, SERVER, NETWORK -> Texts.of("downloads.waits." + cause(reason, d.waits().flatMap(Wait::why)));
            case METERED, SIGNED_OUT, SCHEDULE, BATTERY -> Texts.of("downloads.waits." + reason.word());
        };
    }

    /// Folders, servers and networks hold for several causes: in one word, which. Without one the user said that nothing be asked.
    private static String cause(Download.Reason reason, Optional<Failure> why) {
        if (why.isEmpty()) return reason == Download.Reason.NETWORK ? "offline" : reason.word();
        return switch (why.get()) {
            case Failure.StoreMissing f -> "drive";
            case Failure.NotWritable f -> "folder";
            case Failure.InUse f -> "in-use";
            case Failure.Trouble f when reason == Download.Reason.DISK -> "storage";
            case Failure.NotPermitted f -> "permission";
            case Failure.Trouble f when reason == Download.Reason.NETWORK -> "portal";
            case Failure.Offline f when f.another() -> "stranger";
            case Failure.Offline f when !f.server().isBlank() -> "away";
            case Failure f -> reason.word();
        };
    }

    private static String done(Download d) {
        String size = d.size().isPresent() ? Formats.bytes(d.size().getAsLong()) : "";
        String day = d.completedAt().map(at -> DAY.format(at.atZone(ZoneId.systemDefault()))).orElse("");
        return size.isEmpty() || day.isEmpty() ? size + day : size + " · " + day;
    }

    /// What music takes here, and what is free or why nothing can be kept now.
    static String space(Space now) {
        String kept = Formats.bytes(now.kept());
        String cached = Formats.bytes(now.cached());
        if (now.trouble().isEmpty()) return Texts.of("foot.space", kept, cached, Formats.bytes(now.free()));
        return Texts.of(switch (now.trouble().get()) {
            case Failure.StoreMissing f -> "downloads.space.missing";
            case Failure.NotWritable f -> "downloads.space.locked";
            case Failure f -> "downloads.space.unknown";
        }, kept, cached);
    }

    /// To the second where it is not even an hour away.
    static String moment(Instant at, Instant now) {
        boolean soon = Duration.between(now, at).abs().compareTo(Duration.ofHours(1)) < 0;
        return (soon ? SOON : WHEN).format(at.atZone(ZoneId.systemDefault()));
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

    /// «≈ 18 min left · 6.4 GB», and «≈ 6.4 GB» where nobody knows the size of some of it.
    static String remaining(Remaining left) {
        String bytes = left.guessed() ? Texts.of("downloads.about", Formats.bytes(left.bytes())) : Formats.bytes(left.bytes());
        return left.time().map(t -> Texts.of("downloads.left", Formats.total(t), bytes))
                .orElseGet(() -> Texts.of("downloads.to-come", bytes));
    }
}
