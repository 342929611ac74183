package app.waxwing.control;

import app.waxwing.download.Download;
import app.waxwing.download.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When `download --wait` has waited enough: everything has ended, or nothing has moved for a while and nothing will by itself. The downloads stay
/// in the queue all the same. Pure: told the time, it starts nothing.
final class DownloadWait {
    /// A server that restarts, a drive that is plugged in: so long such a thing is waited for.
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private final boolean offlineByChoice;
    private Optional<Long> stuckSince = Optional.empty();

    /// @param offlineByChoice the user said that nothing is asked of any server, so a wait for the network is none that ends
    DownloadWait(boolean offlineByChoice) {
        this.offlineByChoice = offlineByChoice;
    }

    /// @param now monotonic nanoseconds
    boolean over(List<Download> rows, long now) {
        List<Download> open = rows.stream().filter(d -> d.status() == Download.Status.PENDING || d.status() == Download.Status.DOWNLOADING)
                .toList();
        if (open.isEmpty()) return true;
        if (!open.stream().allMatch(DownloadWait::held)) {
            stuckSince = Optional.empty();
            return false;
        }
        if (open.stream().allMatch(this::hopeless)) return true;
        if (stuckSince.isEmpty()) stuckSince = Optional.of(now);
        return now - stuckSince.get() >= PATIENCE.toNanos();
    }

    /// How the command ends; empty when all are here.
    static Optional<CommandException> end(List<Download> rows) {
        Optional<Download> failed = rows.stream().filter(d -> d.status() == Download.Status.FAILED).findFirst();
        Optional<Download> open = failed.or(() -> rows.stream().filter(d -> d.status() != Download.Status.COMPLETED).findFirst());
        return open.map(d -> {
            String why = d.error().or(() -> d.waits().map(Wait::needs)).or(() -> d.reason().map(r -> "it waits (" + r.word() + ")"))
                    .orElse("it is " + d.status().word());
            String sentence = "Not everything is here: «" + d.title() + "»: " + why + (why.endsWith(".") ? "" : ".");
            return switch (d.reason().orElse(null)) {
                case NETWORK -> new CommandException(Exit.OFFLINE, "offline", sentence);
                case SIGNED_OUT -> new CommandException(Exit.SIGNED_OUT, "signed-out", sentence);
                case SLOT, METERED, SERVER, DISK, RETRY, SCHEDULE, BATTERY -> new CommandException(Exit.FAILED, "download-waits", sentence);
                case null -> switch (d.remedy()) {
                    case ALLOW -> new CommandException(Exit.SIGNED_OUT, "not-permitted", sentence);
                    case LET_GO -> new CommandException(Exit.NOT_FOUND, "not-found", sentence);
                    case NONE, RETRY -> new CommandException(Exit.FAILED, "download-failed", sentence);
                };
            };
        });
    }

    /// It waits for something that Waxwing cannot bring about.
    private static boolean held(Download d) {
        return d.status() == Download.Status.PENDING && d.reason().map(r -> switch (r) {
            case NETWORK, SIGNED_OUT, DISK, METERED, BATTERY -> true;
            case SLOT, SERVER, RETRY, SCHEDULE -> false;
        }).orElse(false);
    }

    private boolean hopeless(Download d) {
        Optional<Download.Reason> reason = d.reason();
        return reason.equals(Optional.of(Download.Reason.SIGNED_OUT))
                || offlineByChoice && reason.equals(Optional.of(Download.Reason.NETWORK));
    }
}
