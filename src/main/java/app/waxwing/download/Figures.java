package app.waxwing.download;

import app.waxwing.base.Events;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the world sees of the queue: counts, reasons, live figures, events, all of active accounts only. Thread `downloads` writes, any
/// thread reads; progress is sampled.
final class Figures {
    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);
    private final Events<DownloadEvent> events = new Events<>();
    private final Events<DownloadEvent> fetches = new Events<>();
    private final Events<QueueChange> changes = new Events<>();
    private final Board board;
    private final Waits waits;
    private final Transfers transfers;
    private final Roots roots;
    private final Time time;
    /// For each answer of the store that is on its way, what was decided since it was asked for.
    private final Deque<Map<Status, Long>> since = new ArrayDeque<>();
    private volatile Map<Status, Long> counts = Map.of();
    private volatile Set<Long> hidden = Set.of();
    private boolean known;

    Figures(Board board, Waits waits, Transfers transfers, Roots roots, Time time) {
        this.board = board;
        this.waits = waits;
        this.transfers = transfers;
        this.roots = roots;
        this.time = time;
    }

    Events<DownloadEvent> events() {
        return events;
    }

    /// With those of what is only heard.
    Events<DownloadEvent> fetches() {
        return fetches;
    }

    /// The store is asked how many there are.
    void asked() {
        since.add(new EnumMap<>(Status.class));
    }

    /// As the store had it when it was asked, with what was decided since: that is stored behind the question.
    ///
    /// @param fresh empty when it could not be read
    void counted(Optional<DownloadStore.Counted> fresh) {
        Map<Status, Long> later = since.remove();
        fresh.ifPresent(f -> {
            board.counts(f.byStatus());
            later.forEach(board::count);
            hidden = f.hidden();
            known = true;
        });
        refreshCounts();
    }

    /// Before they are counted.
    void hide(Set<Long> accounts) {
        if (!known) hidden = accounts;
    }

    /// Whether they were counted yet.
    boolean known() {
        return known;
    }

    /// Not another user's of the same server, who is not the active one.
    boolean shows(Entry entry) {
        return !hidden.contains(entry.key().account());
    }

    void publish(DownloadEvent.Kind kind, Entry entry) {
        if (!shows(entry)) return;
        var event = new DownloadEvent(kind, time.now(), show(entry));
        if (wish(entry)) events.publish(event);
        fetches.publish(event);
    }

    /// A wish came to one that is there: what was only heard until now is told of from its beginning, or as it is.
    ///
    /// @param stored as it was stored, which memory may be beyond: what came since is told behind this
    void merged(Entry before, Entry stored) {
        if (wish(stored) && !wish(before)) {
            for (DownloadEvent.Kind kind : told(stored.status())) publish(kind, stored);
        } else if (!stored.status().equals(before.status())) {
            publish(DownloadEvent.Kind.QUEUED, stored);
        } else {
            changed(QueueChange.of(List.of(stored.id())));
        }
    }

    private static List<DownloadEvent.Kind> told(Status status) {
        return switch (status) {
            case PENDING -> List.of(DownloadEvent.Kind.QUEUED);
            case DOWNLOADING -> List.of(DownloadEvent.Kind.QUEUED, DownloadEvent.Kind.STARTED);
            case PAUSED -> List.of(DownloadEvent.Kind.PAUSED);
            case COMPLETED -> List.of(DownloadEvent.Kind.COMPLETED);
            case FAILED -> List.of(DownloadEvent.Kind.FAILED);
        };
    }

    /// What no event says.
    Events<QueueChange> changes() {
        return changes;
    }

    /// To be called when it is stored.
    void changed(QueueChange change) {
        if (!change.none()) changes.publish(change);
    }

    /// One entry changed its state, which is stored. What is only heard is no wish and is not counted.
    void count(Entry before, Entry after) {
        by(before, -1, false);
        by(after, 1, false);
        refreshCounts();
    }

    /// The same where it is stored behind this.
    void decided(Entry before, Entry after) {
        by(before, -1, true);
        by(after, 1, true);
        refreshCounts();
    }

    private void by(Entry entry, long by, boolean unstored) {
        if (!wish(entry) || entry.state() instanceof DownloadState.Removing) return;
        board.count(entry.status(), by);
        if (unstored) since.forEach(later -> later.merge(entry.status(), by, Long::sum));
    }

    void added(Entry entry) {
        if (wish(entry)) board.count(entry.status(), 1);
    }

    /// After everything was decided: what any thread may read until the next time. Until they were counted once nobody is told the few that memory
    /// knows of, and the first transfers do not wait for it.
    void refresh() {
        if (!known) return;
        refreshCounts();
        changed(waits.refresh());
    }

    /// Blocks on the account's session for a moment: not for the owner's thread.
    DownloadEngine.Details details(Entry entry, TransferSource source) {
        Validators validators = entry.part().validators();
        Optional<URI> address = Optional.empty();
        try {
            Entry asked = transfers.find(entry.id()).map(Transfers.Running::made).orElse(entry);
            address = Optional.of(source.address(asked.key(), asked.purpose(), asked.target()));
        } catch (FailureException e) {
            LOG.debug("no address for download {} now", entry.id(), e); // signed out, or its account is gone
        }
        Optional<Path> there = (entry.status() == Status.COMPLETED ? entry.filePath() : entry.partPath().or(entry::filePath))
                .map(path -> roots.resolve(entry.root(), path));
        return new DownloadEngine.Details(show(entry), address, validators.etag(), validators.lastModified(), entry.state().attempt(),
                entry.part().restarts(), there);
    }

    DownloadEngine.Activity activity() {
        List<DownloadEngine.Running> running = new ArrayList<>();
        long rate = 0;
        for (Transfers.Running r : transfers.all()) {
            if (!shows(r.entry()) || r.onlyHeard()) continue;
            PartFile.View view = r.part().view();
            long size = view.total().isPresent() ? view.total().getAsLong() : r.entry().size().orElse(-1);
            running.add(new DownloadEngine.Running(r.entry().id(), r.entry().key(), view.written(), size, r.rate()));
            rate += r.rate();
        }
        Map<Status, Long> now = counts;
        return new DownloadEngine.Activity(running, now.getOrDefault(Status.PENDING, 0L).intValue(),
                now.getOrDefault(Status.PAUSED, 0L).intValue(),
                now.getOrDefault(Status.FAILED, 0L).intValue(), now.getOrDefault(Status.COMPLETED, 0L), rate);
    }

    /// As the outside sees it now: of what runs with the bytes written and the size that its server named, of what is just stopping with those
    /// that are durable, and with the reason it waits for.
    /// Any thread.
    Download show(Entry entry) {
        Optional<PartFile> part = transfers.find(entry.id()).map(Transfers.Running::part);
        boolean runs = entry.state() instanceof DownloadState.Running;
        // One that was told to stop closes its file still: the entry is of before, what is durable of it is not.
        boolean stops = entry.state() instanceof DownloadState.Paused || entry.state() instanceof DownloadState.Queued;
        if (part.isEmpty() || !runs && !stops) return entry.shown(entry.part().bytes(), waits.of(entry), roots::resolve);
        Entry now = entry.with(part.get().state());
        return now.shown(runs ? part.get().written() : now.part().bytes(), waits.of(entry), roots::resolve);
    }

    private void refreshCounts() {
        if (!known) return;
        Map<Status, Long> now = new EnumMap<>(Status.class);
        for (Status status : Status.values()) now.put(status, board.count(status));
        counts = now;
    }

    /// Of an active account, and not only heard.
    boolean wish(Entry entry) {
        return shows(entry) && entry.origin() != Origin.PLAYING;
    }
}
