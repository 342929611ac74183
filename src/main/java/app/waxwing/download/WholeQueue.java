package app.waxwing.download;

import app.waxwing.base.Time;
import app.waxwing.download.Download.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The user's word on the whole queue: a pause for all of it, its end, what is done leaves the list, and what a network costs that holds it.
record WholeQueue(Downloads downloads, DownloadStore store, NetworkRows networks, Time time) {
    private static final Logger LOG = LoggerFactory.getLogger(WholeQueue.class);

    CompletableFuture<Void> pause() {
        return downloads.task((scheduler, done) -> {
            List<Entry> waiting = scheduler.commands().foreseePauseAll();
            store.all(List.of(Status.PENDING, Status.DOWNLOADING), Status.PAUSED).whenComplete((all, trouble) -> {
                // What was being queued when the user said so comes into memory meanwhile, as it was before.
                downloads.<Void>task((same, ended) -> {
                    same.commands().pauseStored();
                    ended.complete(null);
                });
                downloads.back(done, trouble, () -> {
                    scheduler.commands().pausedAll(waiting, all);
                    done.complete(null);
                });
            });
        });
    }

    CompletableFuture<Void> resume() {
        return downloads.task((scheduler, done) -> {
            scheduler.commands().foreseeResumeAll();
            store.all(List.of(Status.PAUSED), Status.PENDING).whenComplete((all, trouble) -> downloads.back(done, trouble, () -> {
                scheduler.commands().resumedAll(all);
                done.complete(null);
            }));
        });
    }

    CompletableFuture<Void> clearCompleted() {
        return downloads.task((scheduler, done) -> store.clearCompleted()
                .whenComplete((n, trouble) -> downloads.back(done, trouble, () -> {
                    LOG.debug("{} finished downloads left the list", n);
                    scheduler.figures().changed(QueueChange.FINISHED);
                    done.complete(null);
                })));
    }

    CompletableFuture<Void> costs(String network, boolean costs) {
        return downloads.task((scheduler, done) -> networks.choose(network, costs, time.now())
                .whenComplete((n, trouble) -> downloads.back(done, trouble, () -> {
                    scheduler.gate().remember(Map.of(network, costs));
                    scheduler.sync();
                    done.complete(null);
                })));
    }
}
