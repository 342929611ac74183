package app.waxwing.download;

import app.waxwing.download.DownloadStore.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What commands do to the queue in memory: foreseen at once, so that nothing is decided on the old state while the change is stored; then, when
/// it is stored, published and acted upon. Thread `downloads`.
final class Commands {
    private final Scheduler scheduler;
    private final Board board;
    private final Transfers transfers;
    private final Figures figures;
    private final Standstill standstill;
    private final Cooling cooling;

    Commands(Scheduler scheduler, Board board, Transfers transfers, Figures figures, Standstill standstill, Cooling cooling) {
        this.standstill = standstill;
        this.cooling = cooling;
        this.scheduler = scheduler;
        this.board = board;
        this.transfers = transfers;
        this.figures = figures;
    }

    /// Deletions that can be taken back.
    Cooling cooling() {
        return cooling;
    }

    Map<Long, Entry> known(Collection<Long> ids) {
        Map<Long, Entry> known = new HashMap<>();
        for (long id : ids) board.find(id).ifPresent(e -> known.put(id, e));
        return known;
    }

    /// Rows whose file has arrived and is being stored as such.
    Map<Long, Entry> completing() {
        Map<Long, Entry> completing = new HashMap<>();
        for (Entry entry : board.all()) if (entry.state() instanceof DownloadState.Completed) completing.put(entry.id(), entry);
        return completing;
    }

    /// A command is about to be stored.
    ///
    /// @return what memory knows of its rows
    Map<Long, Entry> begun(Set<Long> ids, DownloadInput input, DownloadEvent.Kind kind) {
        Map<Long, Entry> known = known(ids);
        // Removal is decided inside the transaction (something else may keep the file); the rest is known here.
        if (!(input instanceof DownloadInput.Remove)) foresee(ids, input);
        if (kind == DownloadEvent.Kind.DELETED) cooling.expect(ids);
        return known;
    }

    /// It is stored.
    void stored(Set<Long> ids, List<Change> changes, DownloadInput input, DownloadEvent.Kind kind) {
        for (Change change : changes) changed(change, input, kind);
        cooling.stored(ids);
        if (input instanceof DownloadInput.Retry || input instanceof DownloadInput.Resume) askedAgain(ids, changes);
        scheduler.sync();
    }

    /// Applies a command to what is in memory at once, so that nothing else is decided on the old state while it is stored.
    void foresee(Collection<Long> ids, DownloadInput input) {
        for (long id : ids) {
            board.find(id).ifPresentOrElse(before -> {
                Entry after = before.with(Transitions.next(before.state(), input));
                if (after.state().equals(before.state())) return;
                board.put(after);
                board.noWait(id);
                if (before.state() instanceof DownloadState.Running) transfers.stop(id);
            }, () -> board.forget(id));
        }
    }

    /// A command is stored: publish, then act.
    void changed(Change change, DownloadInput input, DownloadEvent.Kind kind) {
        Entry after = board.find(change.after().id())
                .map(e -> input instanceof DownloadInput.Remove ? e.with(Transitions.next(e.state(), input)) : e)
                .orElse(change.after());
        figures.count(change.before(), change.after());
        switch (after.state()) {
            case DownloadState.Removing s -> {
                figures.publish(
                        kind == DownloadEvent.Kind.DELETED && change.before().completedAt().isEmpty() ? DownloadEvent.Kind.CANCELLED : kind,
                        change.before());
                transfers.stop(after.id());
                boolean whole = change.before().state() instanceof DownloadState.Completed;
                if (transfers.has(after.id())) board.put(after);
                else
                    if (kind == DownloadEvent.Kind.DELETED && change.written().filter(at -> cooling.cools(after, at)).isPresent())
                        board.forget(after.id());
                    else
                        scheduler.clean(after, whole);
            }
            case DownloadState.Queued s -> {
                if (board.find(after.id()).isEmpty()) board.admit(after);
                figures.publish(kind, after);
            }
            case DownloadState.Paused s -> {
                figures.publish(kind, after);
                scheduler.settle(after);
            }
            case DownloadState.Running s -> figures.publish(kind, after);
            case DownloadState.Completed s -> scheduler.settle(after);
            case DownloadState.Failed s -> scheduler.settle(after);
            case DownloadState.Gone s -> scheduler.settle(after);
        }
    }

    /// Somebody asks again for these, also where nothing changed but what holds their accounts. Of one that is not in memory nobody knows whose it
    /// is: then every account may try.
    void askedAgain(Collection<Long> ids, Collection<Change> changes) {
        Set<Long> accounts = new HashSet<>();
        Set<Long> known = new HashSet<>();
        changes.forEach(c -> known.add(c.after().id()));
        changes.forEach(c -> accounts.add(c.after().key().account()));
        for (long id : ids) {
            Optional<Entry> entry = board.find(id);
            if (entry.isPresent()) accounts.add(entry.get().key().account());
            else if (!known.contains(id)) accounts.addAll(board.accounts());
        }
        accounts.forEach(scheduler::allow);
    }

    /// Nobody keeps these any more, but they are wanted in the cache, which is stored.
    void cachedAgain(List<Change> changes) {
        for (Change change : changes) {
            Entry stored = change.after();
            figures.count(change.before(), stored);
            board.find(stored.id()).ifPresent(memory -> {
                Entry now = memory.wanted(stored.origin(), stored.rank(), stored.priority());
                board.put(now.with(now.turn().done()));
                transfers.rank(stored.id(), stored.rank());
            });
            // It is whole still, only as another kind of file: marks of it are looked up again.
            if (stored.state() instanceof DownloadState.Completed) figures.publish(DownloadEvent.Kind.COMPLETED, stored);
        }
        figures.changed(QueueChange.of(changes.stream().map(c -> c.after().id()).toList()));
        if (!changes.isEmpty()) scheduler.tidyLater();
    }

    /// The row was removed by others than a command: its transfer ends, and what it left goes.
    void dropped(Entry removed) {
        if (cooling.files().containsKey(removed.id())) return;
        Entry gone = board.find(removed.id()).map(e -> e.with(removed.state())).orElse(removed);
        transfers.stop(gone.id());
        if (transfers.has(gone.id())) board.put(gone);
        else scheduler.clean(gone, removed.completedAt().isPresent());
    }

    /// A finished file is not there any more, which is stored: publish, and clear away what nobody keeps.
    void missed(Change change) {
        Entry after = change.after();
        board.forget(after.id());
        figures.count(change.before(), after);
        if (after.state() instanceof DownloadState.Removing) {
            figures.publish(DownloadEvent.Kind.EVICTED, change.before());
            // What lies at its place now is not what we wrote, and stays.
            scheduler.clean(after, false);
        } else {
            figures.publish(DownloadEvent.Kind.FAILED, after);
        }
    }

    void enqueued(KeepRows.Enqueued enqueued) {
        for (Entry entry : enqueued.added()) {
            figures.added(entry);
            if (entry.state() instanceof DownloadState.Queued) {
                board.admit(entry);
                figures.publish(DownloadEvent.Kind.QUEUED, entry);
            } else if (enqueued.back().contains(entry.key())) {
                figures.publish(DownloadEvent.Kind.COMPLETED, entry);
            }
        }
        for (Change change : enqueued.merged()) {
            Entry stored = change.after();
            Optional<Entry> memory = board.find(stored.id());
            figures.count(change.before(), stored);
            if (memory.isPresent()) {
                Entry now = memory.get().wanted(stored.origin(), stored.rank(), stored.priority());
                if (stored.state() instanceof DownloadState.Queued)
                    now = now.with(Transitions.next(now.state(), new DownloadInput.Wanted()));
                if (!(now.state() instanceof DownloadState.Running) && now.part().bytes() == 0) {
                    now = now.placed(stored.root(), stored.partPath(), stored.filePath());
                }
                board.put(now);
                board.noWait(now.id());
                transfers.wanted(now);
            } else if (stored.state() instanceof DownloadState.Queued) {
                board.admit(stored);
            }
            figures.merged(change.before(), stored);
        }
        for (Change change : enqueued.replaced()) {
            if (change.before().state() instanceof DownloadState.Completed) figures.count(change.before(), change.after());
            else changed(change, new DownloadInput.Remove(), DownloadEvent.Kind.CANCELLED);
        }
        scheduler.tidyLater();
        scheduler.sync();
    }

    /// Nothing begins until [#pauseStored].
    List<Entry> foreseePauseAll() {
        standstill.begin();
        List<Entry> paused = new ArrayList<>();
        for (Entry entry : board.all()) {
            Entry after = entry.with(Transitions.next(entry.state(), new DownloadInput.Pause()));
            if (!figures.wish(entry) || after.state().equals(entry.state())) continue;
            paused.add(after);
            board.put(after);
            transfers.stop(entry.id());
        }
        return paused;
    }

    /// Whether it is stored or could not be.
    void pauseStored() {
        standstill.end();
    }

    /// @param memory what was paused in memory
    /// @param stored all that is paused now and was not before
    void pausedAll(List<Entry> memory, List<Entry> stored) {
        Map<Long, Entry> known = new HashMap<>();
        for (Entry entry : memory) known.put(entry.id(), entry);
        for (Entry entry : stored) {
            Entry before = known.getOrDefault(entry.id(), entry);
            figures.publish(DownloadEvent.Kind.PAUSED, board.find(entry.id()).map(e -> before.with(e.part())).orElse(before));
        }
        memory.forEach(scheduler::settle);
        scheduler.distrustMemory();
    }

    /// What still closes its file is in memory alone: when that is done it is stored as what memory says then.
    void foreseeResumeAll() {
        for (Entry entry : board.all()) {
            Entry after = entry.with(Transitions.next(entry.state(), new DownloadInput.Resume()));
            if (figures.wish(entry) && !after.state().equals(entry.state()) && entry.state() instanceof DownloadState.Paused)
                board.put(after);
        }
    }

    void resumedAll(List<Entry> resumed) {
        for (Entry entry : resumed) figures.publish(DownloadEvent.Kind.RESUMED, board.find(entry.id()).orElse(entry));
        scheduler.distrustMemory();
    }

    /// Another place in the queue, as it is stored.
    void turned(List<Change> changes) {
        for (Change change : changes) {
            Entry stored = change.after();
            board.find(stored.id()).ifPresentOrElse(memory -> {
                board.put(memory.with(stored.turn()));
                transfers.rank(stored.id(), stored.rank());
            }, () -> {
                if (stored.state() instanceof DownloadState.Queued) board.admit(stored);
            });
        }
    }

    /// What runs is in memory still; what waits is read again.
    void hurriedAll() {
        for (Entry entry : board.running()) if (entry.rank() == 1 && figures.shows(entry)) board.put(entry.with(entry.turn().hurried()));
    }

    void prioritise(long id, int priority) {
        board.find(id).ifPresent(e -> board.put(e.wanted(e.origin(), e.rank(), priority)));
    }
}
