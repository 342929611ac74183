package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import app.waxwing.download.KeepRows.Enqueued;
import app.waxwing.download.KeepRows.Wish;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// How wishes come into the queue, and how one for another quality is taken back.
record Wishes(Downloads downloads, Mailbox box, KeepRows keeps, Scheduler scheduler, TransferSource source, Time time) {
    CompletableFuture<Enqueued> enqueue(Wish wish) {
        Optional<Failure> unfit = wish.trouble(source);
        if (unfit.isPresent()) return CompletableFuture.failedFuture(unfit.get().asException());
        return box.ask(
                done -> keeps.enqueue(wish, scheduler.commands().completing(), scheduler.commands().cooling().files(), time.now())
                        .whenComplete((e, trouble) -> downloads.back(done, trouble, () -> {
                            scheduler.commands().enqueued(e);
                            downloads.missingFiles().takenBack(e.back());
                            done.complete(e);
                        })));
    }

    /// Of tracks that are whole here in another quality only the change is given up.
    CompletableFuture<Void> revert(Collection<Long> ids) {
        return box.ask(done -> keeps.revert(Set.copyOf(ids), scheduler.commands().known(ids), time.now())
                .whenComplete((e, trouble) -> downloads.back(done, trouble, () -> {
                    if (!e.replaced().isEmpty()) scheduler.commands().enqueued(e);
                    done.complete(null);
                })));
    }
}
