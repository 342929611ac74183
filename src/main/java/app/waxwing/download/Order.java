package app.waxwing.download;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// The user's word on the order of the queue: stored in one transaction, then so in memory, then acted upon.
final class Order {
    private final Downloads downloads;
    private final OrderRows rows;

    Order(Downloads downloads, OrderRows rows) {
        this.downloads = downloads;
        this.rows = rows;
    }

    CompletableFuture<Void> priority(long id, int priority) {
        return downloads.task((scheduler, done) -> {
            scheduler.commands().prioritise(id, priority);
            rows.prioritise(id, priority).whenComplete((n, trouble) -> downloads.back(done, trouble, () -> {
                scheduler.figures().changed(QueueChange.of(List.of(id)));
                scheduler.lookAgain();
                done.complete(null);
            }));
        });
    }

    CompletableFuture<Void> move(List<Long> ids, OptionalLong before) {
        return downloads.task((scheduler, done) -> moved(scheduler, done, rows.move(ids, before)));
    }

    CompletableFuture<Void> toTop(List<Long> ids) {
        return downloads.task((scheduler, done) -> moved(scheduler, done, rows.toTop(ids)));
    }

    CompletableFuture<Void> hurry(Collection<Long> ids) {
        return downloads.task((scheduler, done) -> {
            scheduler.commands().askedAgain(ids, List.of());
            moved(scheduler, done, rows.hurry(ids));
        });
    }

    /// Nobody hears it any more: back to the class of the reason it is wanted for.
    CompletableFuture<Void> calm(long id) {
        return downloads.task((scheduler, done) -> moved(scheduler, done, rows.calm(id)));
    }

    CompletableFuture<Void> hurryAll() {
        return downloads.task((scheduler, done) -> rows.hurryAll().whenComplete((n, trouble) -> downloads.back(done, trouble, () -> {
            scheduler.commands().hurriedAll();
            scheduler.allowAll();
            scheduler.readAgain();
            done.complete(null);
        })));
    }

    private void moved(Scheduler scheduler, CompletableFuture<Void> done, CompletableFuture<OrderRows.Moved> moving) {
        moving.whenComplete((moved, trouble) -> downloads.back(done, trouble, () -> {
            scheduler.commands().turned(moved.changes());
            if (moved.renumbered()) {
                scheduler.readAgain();
            } else {
                scheduler.figures().changed(QueueChange.of(moved.changes().stream().map(c -> c.after().id()).toList()));
                scheduler.lookAgain();
            }
            done.complete(null);
        }));
    }
}
