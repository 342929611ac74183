package app.waxwing.download.ui;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.QueueChange;
import app.waxwing.download.QueueRow;
import app.waxwing.parts.Conflated;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the book true where no event says that something changed: what the engine names is read again, one reading after the other, a few a second
/// at most, none while nobody follows. Belongs to the book's thread.
final class Rereading {
    private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);
    private static final Duration PERIOD = Duration.ofMillis(150);
    private final DownloadEngine engine;
    private final Executor work;
    private final DownloadBook book;
    private final BooleanSupplier told;
    private final Runnable show;
    private final Runnable everything;
    private final AtomicReference<QueueChange> wanted = new AtomicReference<>(QueueChange.NONE);
    private final Conflated look;
    private volatile boolean follows;
    private boolean reads;

    /// @param told brings into the book what events said, and says whether they said anything
    /// @param show the book is another one now
    /// @param everything reads all there is, of what is finished too
    Rereading(DownloadEngine engine, Time time, Executor work, DownloadBook book, BooleanSupplier told, Runnable show,
            Runnable everything) {
        this.engine = engine;
        this.work = work;
        this.book = book;
        this.told = told;
        this.show = show;
        this.everything = everything;
        look = new Conflated(time, work, PERIOD, this::look);
    }

    /// From now on, until the subscription ends; any thread.
    Subscription follow() {
        wanted.set(QueueChange.NONE);
        follows = true;
        Subscription changes = engine.changes().subscribe(change -> {
            wanted.accumulateAndGet(change, QueueChange::and);
            look.wish();
        });
        return changes.and(() -> follows = false);
    }

    private void look() {
        if (reads || !follows) return;
        QueueChange change = wanted.getAndSet(QueueChange.NONE);
        if (change.none()) return;
        if (change.finished()) {
            everything.run();
            return;
        }
        reads = true;
        boolean news = told.getAsBoolean();
        long asked = book.asked();
        read(change).whenComplete((rows, trouble) -> work.execute(() -> {
            reads = false;
            if (trouble != null) {
                LOG.error("what changed in the queue cannot be read; it is with the next change", trouble);
                wanted.accumulateAndGet(change, QueueChange::and);
            }
            boolean differs = trouble == null && book.take(rows, asked);
            if (news || differs) show.run();
            if (trouble == null) look.wish(); // for what came meanwhile
        }));
    }

    private CompletableFuture<List<QueueRow>> read(QueueChange change) {
        return change.all()
                ? engine.rows(DownloadsViewModel.UNFINISHED)
                : engine.find(change.ids()).thenApply(found -> found.stream().map(QueueRow::of).toList());
    }
}
