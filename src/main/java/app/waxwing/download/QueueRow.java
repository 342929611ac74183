package app.waxwing.download;

import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// A line of the queue and what is counted over all of them.
///
/// @param reason why a pending one waits
/// @param toCome bytes still to come of one that runs or waits, by what is stored and as far as its size is known
/// @param look differs when anything else differs that a row shows; bytes of what runs are not in it
public record QueueRow(QueueLine line, Optional<Reason> reason, long toCome, int look) {
    public static QueueRow of(Download d) {
        var line = new QueueLine(d.id(), d.status(), d.rank(), d.priority(), d.place(), d.anyway(),
                d.completedAt().orElse(d.queuedAt()).toEpochMilli(), d.remedy(), d.error().orElse(""));
        boolean runs = d.status() == Status.DOWNLOADING;
        int look = Objects.hash(d.waits().map(Wait::needs), runs ? 0L : d.bytesDownloaded(), d.size(), d.retryCount(), d.origin(),
                d.quality());
        return new QueueRow(line, d.reason(), toCome(d.status(), d.size(), d.bytesDownloaded()), look);
    }

    private static long toCome(Status status, OptionalLong size, long bytes) {
        if (status != Status.DOWNLOADING && status != Status.PENDING || size.isEmpty()) return 0;
        return Math.max(0, size.getAsLong() - bytes);
    }

    /// It waits for what the user may overrule: the hour, the network's price, the battery.
    public boolean held() {
        return line.status() == Status.PENDING && !line.anyway()
                && reason.filter(r -> r == Reason.METERED || r == Reason.SCHEDULE || r == Reason.BATTERY).isPresent();
    }

    /// It waits for nothing but its turn.
    public boolean inLine() {
        return line.status() == Status.PENDING && reason.map(r -> r == Reason.SLOT).orElse(true);
    }
}
