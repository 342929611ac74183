package app.waxwing.download;

import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How an attempt left its download: stored, then said, then out of memory where nothing more is to do. Thread `downloads`.
///
/// @param patience how long until what could not be stored is tried again
/// @param settle for what is stored
record Endings(Mailbox box, DownloadStore store, Board board, Figures figures, Time time, Duration patience, Consumer<Entry> settle) {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    void save(Entry before, Entry after) {
        store.ended(after, after.state().attempt(), time.now()).whenComplete((n, trouble) -> box.post(() -> {
            boolean failed = after.state() instanceof DownloadState.Failed;
            if (trouble != null) {
                LOG.error("download {}: its state is not stored", after.id(), trouble);
                if (failed) {
                    later(before, after);
                    return;
                }
            }
            if (failed && !(before.state() instanceof DownloadState.Failed)) figures.publish(DownloadEvent.Kind.FAILED, after);
            unsaid(after);
            settle.accept(after);
        }));
    }

    /// What goes on writes its row again by itself. What failed does not, and with a row that says that it runs nobody could try it again: it stays in
    /// memory until the database takes it (B.33).
    private void later(Entry before, Entry after) {
        time.after(patience, () -> box.post(() -> {
            if (board.find(after.id()).map(Entry::state).equals(Optional.of(after.state()))) save(before, after);
        }));
    }

    /// Back in the queue, of which there is no event.
    void unsaid(Entry entry) {
        if (entry.state() instanceof DownloadState.Queued) figures.changed(QueueChange.of(List.of(entry.id())));
    }
}
