package app.waxwing.download;

import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import java.util.Objects;
import java.util.Optional;

/// A line of the queue and what is counted over all of them.
///
/// @param reason why a pending one waits
/// @param size bytes of the whole, -1 where nobody knows
/// @param have bytes that are here
/// @param measure by which its size is guessed where nobody knows it
/// @param look differs when anything else differs that a row shows; bytes of what runs are not in it
public record QueueRow(QueueLine line, Optional<Reason> reason, long size, long have, Measure measure, int look) {
    public static QueueRow of(Download d) {
        var line = new QueueLine(d.id(), d.key().account(), d.status(), d.rank(), d.priority(), d.place(), d.anyway(),
                d.completedAt().orElse(d.queuedAt()).toEpochMilli(), d.remedy(), d.error().orElse(""));
        boolean runs = d.status() == Status.DOWNLOADING;
        int look = Objects.hash(d.waits().map(Wait::needs), runs ? 0L : d.bytesDownloaded(), d.size(), d.retryCount(), d.origin(),
                d.quality());
        return new QueueRow(line, d.reason(), d.size().orElse(-1), d.bytesDownloaded(), d.measure(), look);
    }

    /// The same while its bytes come.
    ///
    /// @param all of them, not positive where that is not known
    public QueueRow grown(long bytes, long all) {
        return new QueueRow(line, reason, all > 0 ? all : size, bytes, measure, look);
    }

    /// The same row with a line that is equal to its own.
    public QueueRow with(QueueLine same) {
        return new QueueRow(same, reason, size, have, measure, look);
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
