package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.DownloadStore.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens when a file has its final name: its rows, the event, room in the cache. Thread `downloads`.
record Arrivals(Scheduler scheduler, Mailbox box, Mailbox files, DownloadStore store, Board board, Figures figures, Holds holds,
        CacheRoom cache, Busy busy, Time time) {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    /// Seconds; a cache that is not looked through by then, as at the end of the program, holds nobody up.
    private static final long PATIENCE = 10;

    void arrived(Entry entry, int attempt, TransferEnd.Arrived file) {
        DownloadState next = Transitions.next(entry.state(), new DownloadInput.Arrived(attempt));
        if (!(next instanceof DownloadState.Completed)) {
            scheduler.clean(entry.placed(entry.root(), entry.partPath(), Optional.of(file.path())), true);
            return;
        }
        Entry done = completed(entry, file);
        busy.begin(done.key());
        store.complete(done, file, time.now()).whenComplete((stored, trouble) -> box.post(() -> {
            busy.end(done.key());
            if (trouble == null) stored(entry, done, stored);
            else notStored(entry, attempt, trouble);
        }));
        board.put(done);
    }

    /// The file is there and proved by the manifest; the next attempt finds it and only writes the row.
    private void notStored(Entry entry, int attempt, Throwable trouble) {
        LOG.error("download {} is whole but its row is not stored", entry.id(), trouble);
        Failure why = FailureException.of(trouble);
        holds.root(entry.root(), new Holds.Hold(Reason.DISK, why, Long.MAX_VALUE));
        board.put(entry.with(new DownloadState.Queued(attempt, entry.tries(), Optional.of(Reason.DISK))));
    }

    private void stored(Entry entry, Entry done, CompletedRows.Outcome outcome) {
        boolean removed = board.find(entry.id()).filter(e -> e.state() instanceof DownloadState.Removing).isPresent();
        outcome.heir().ifPresent(this::inherited);
        if (outcome.counts() && !removed && outcome.heir().isEmpty()) {
            Entry kept = outcome.stored();
            figures.count(entry.wanted(kept.origin(), kept.rank(), kept.priority()), kept);
            figures.publish(DownloadEvent.Kind.COMPLETED, kept);
            board.forget(done.id());
            boolean moves = done.root().isCache() || !Entry.isKept(kept.origin()) || outcome.gaveWay() > 0;
            if (moves && cache.due()) files.post(() -> {
                cache.begun();
                tidy();
                gone(cache.evict());
            });
        }
        scheduler.sync();
    }

    /// Before the start: what was whole already waits no more, should it have been read as waiting.
    void healed(Entry entry, CompletedRows.Outcome outcome) {
        board.forget(entry.id());
        outcome.heir().ifPresent(heir -> board.forget(heir.after().id()));
    }

    /// A row that waited has the file that its forerunner had fetched.
    private void inherited(Change change) {
        figures.count(change.before(), change.after());
        figures.publish(DownloadEvent.Kind.COMPLETED, change.after());
        board.forget(change.after().id());
    }

    /// As its row shall be when the file has arrived.
    Entry completed(Entry entry, TransferEnd.Arrived file) {
        var part = new Entry.PartState(file.size(), OptionalLong.of(file.size()), entry.part().validators(), entry.part().mime(),
                entry.part().restarts(), file.size());
        return entry.placed(entry.root(), Optional.empty(), Optional.empty()).as(file.quality(), Optional.of(file.path())).with(part)
                .with(entry.turn().done()).with(new DownloadState.Completed(entry.state().attempt())).finished(time.now(), file.sha256());
    }

    /// Makes room in the cache before so many bytes come.
    ///
    /// @return bytes that find room now
    CompletableFuture<Long> roomInCache(long coming) {
        var room = new CompletableFuture<Long>();
        files.post(() -> {
            try {
                gone(cache.evict(coming));
                room.complete(cache.left());
            } catch (RuntimeException | Error e) {
                room.completeExceptionally(e);
            }
        });
        return room;
    }

    /// Whether so many bytes find room there after what may go has gone. Blocks: for transfer threads.
    boolean fitsInCache(long coming) {
        return roomInCache(coming).completeOnTimeout(Long.MAX_VALUE, PATIENCE, TimeUnit.SECONDS).join() >= coming;
    }

    /// Kept files to the media folder, others to the cache. On thread `files`.
    void tidy() {
        cache.promote();
        gone(cache.demote());
    }

    private void gone(List<FileRows.FileRow> evicted) {
        for (FileRows.FileRow file : evicted) box.post(() -> evicted(file));
    }

    void evicted(FileRows.FileRow file) {
        file.download().ifPresent(id -> store.apply(List.of(id), Map.of(), new DownloadInput.Remove(), time.now(), Guard.UNKEPT,
                DownloadEvent.Kind.EVICTED)
                .thenAccept(changes -> box.post(() -> changes
                        .forEach(c -> scheduler.commands().changed(c, new DownloadInput.Remove(), DownloadEvent.Kind.EVICTED)))));
    }
}
