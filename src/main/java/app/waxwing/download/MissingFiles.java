package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finished files that somebody deleted or edited outside Waxwing (requirement 2.13, case B.30). What is kept is said to be missing, and fetched anew
/// only when the user asks; what was only cached goes from the queue. Any thread may tell; nothing here blocks it.
public final class MissingFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MissingFiles.class);
    private final Set<ItemKey> doubted = ConcurrentHashMap.newKeySet();
    private final Mailbox downloads;
    private final Mailbox files;
    private final MissedRows missed;
    private final FileRows rows;
    private final Housekeeping house;
    private final Scheduler scheduler;
    private final Time time;
    private final Consumer<List<Long>> retry;

    /// @param retry fetches failed downloads anew
    MissingFiles(Mailbox downloads, Mailbox files, MissedRows missed, FileRows rows, Housekeeping house, Scheduler scheduler, Time time,
            Consumer<List<Long>> retry) {
        this.retry = retry;
        this.downloads = downloads;
        this.files = files;
        this.missed = missed;
        this.rows = rows;
        this.house = house;
        this.scheduler = scheduler;
        this.time = time;
    }

    /// The file of a track is not on the disk as recorded, and its row among the files is gone already.
    public void missing(ItemKey track) {
        missing(track, false);
    }

    private void missing(ItemKey track, boolean wanted) {
        downloads.post(() -> missed.missed(track, time.now()).whenComplete((changes, trouble) -> downloads.post(() -> {
            if (trouble != null) LOG.error("that the file of {} is missing is not stored", track, trouble);
            else changes.forEach(scheduler.commands()::missed);
            scheduler.sync();
            if (trouble == null && wanted) retry.accept(changes.stream().map(c -> c.after().id()).toList());
        })));
    }

    /// The deletions of these were taken back: what is not there any more as it was left is fetched anew, for the user has just wished it.
    void takenBack(Collection<ItemKey> tracks) {
        for (ItemKey track : tracks) {
            files.post(() -> {
                try {
                    for (FileRows.FileRow file : rows.find(track).join()) if (house.spoilt(file)) missing(track, true);
                } catch (CompletionException e) {
                    LOG.warn("the file of {} cannot be looked at", track, e);
                }
            });
        }
    }

    /// The file of a track has another date than it was written with: its bytes are compared, in the background.
    public void redated(ItemKey track) {
        if (!doubted.add(track)) return;
        files.post(() -> {
            // Before the look: whoever doubts from now on may have seen what this look comes too early for.
            doubted.remove(track);
            try {
                if (house.edited(rows.find(track).join())) missing(track);
            } catch (CompletionException e) {
                LOG.warn("the file of {} cannot be looked at", track, e);
            }
        });
    }
}
