package app.waxwing.download;

import app.waxwing.base.FailureException;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a closed engine to one that fetches: folders first, then what the last run left, then the queue.
///
/// @param opened completes when the folders are known
record StartUp(Mailbox files, Mailbox box, KnownFolders folders, AccountFiles people, DownloadStore store, NetworkRows networks,
        Housekeeping house, Scheduler scheduler, MissingFiles missing, MissedRows missed, CompletableFuture<Void> opened, Time time) {
    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);

    /// @param afresh the database is not the one of the last run: files may be here that it does not know, and rows whose files are not
    CompletableFuture<Void> start(boolean afresh) {
        var started = new CompletableFuture<Void>();
        // The database looks at the rows while the disks are looked at.
        CompletableFuture<DownloadStore.LeftOver> recovered = store.recover();
        // What waits is read meanwhile too.
        if (!afresh) recovered.thenAccept(left -> box.post(scheduler::foresee));
        CompletableFuture<Map<String, Boolean>> known = networks.all();
        files.post(() -> {
            try {
                folders.open();
                opened.complete(null);
                scheduler.gate().remember(known.join());
                DownloadStore.LeftOver left = recovered.join();
                for (Entry entry : left.ran()) {
                    house.heal(entry).ifPresent(file -> {
                        var healed = store.complete(scheduler.arrivals().completed(entry, file), file, time.now()).join();
                        box.post(() -> scheduler.arrivals().healed(entry, healed));
                    });
                }
                for (Entry entry : left.leaving()) house.clean(entry, entry.completedAt().isPresent());
                people.open(afresh, () -> {
                    if (afresh) folders.tidy();
                    box.post(() -> scheduler.begin(left.hidden(), started));
                    missed.bereft().whenComplete((bereft, trouble) -> {
                        if (trouble == null) bereft.forEach(missing::missing);
                        else LOG.warn("what lost its file is not looked for until the next start", trouble);
                    });
                    folders.begin();
                    started.whenComplete((begun, trouble) -> files
                            .post(() -> house.parts().begin(files, folders::busy, folders.recheck(), left, afresh)));
                });
            } catch (RuntimeException | Error e) {
                LOG.error("downloads cannot start", e);
                opened.completeExceptionally(new FailureException(FailureException.of(e), e));
                started.completeExceptionally(new FailureException(FailureException.of(e), e));
            }
        });
        return started;
    }
}
