package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import java.util.List;
import java.util.Map;

/// Attempts after which no other would go better. Thread `downloads`.
record Refusals(Scheduler scheduler, Mailbox box, DownloadStore store, Board board, Figures figures, Time time) {
    /// @param began what it was wanted for when the attempt began
    void refused(Entry entry, Download.Origin began, int attempt, Failure why) {
        // Somebody keeps it since: the cache's limits are not for it, and the next attempt knows that.
        if (why instanceof Failure.TooLarge && entry.root().isCache() && Entry.isKept(entry.origin()) && !Entry.isKept(began)) {
            scheduler.next(entry, new DownloadInput.Preempted(attempt));
            return;
        }
        if ((why instanceof Failure.NotFound || why instanceof Failure.TooLarge) && entry.rank() != 1
                && entry.state() instanceof DownloadState.Running) {
            dropped(entry, attempt, why);
            return;
        }
        scheduler.next(entry, new DownloadInput.Refused(attempt, why));
    }

    /// Fetched ahead and gone on the server, or larger than the cache: dropped without a word (B.13, B.41). It leaves at once.
    private void dropped(Entry entry, int attempt, Failure why) {
        Entry leaving = entry.with(Transitions.next(entry.state(), new DownloadInput.Remove()));
        figures.decided(entry, leaving);
        board.put(leaving);
        store.apply(List.of(entry.id()), Map.of(entry.id(), entry), new DownloadInput.Remove(), time.now(), Guard.UNKEPT,
                DownloadEvent.Kind.CANCELLED)
                .thenAccept(changes -> box.post(() -> {
                    figures.added(entry);
                    if (changes.isEmpty()) scheduler.next(entry, new DownloadInput.Refused(attempt, why));
                    else changes.forEach(c -> scheduler.commands().changed(c, new DownloadInput.Remove(), DownloadEvent.Kind.CANCELLED));
                }));
    }
}
