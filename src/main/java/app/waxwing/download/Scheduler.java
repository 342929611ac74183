package app.waxwing.download;

import app.waxwing.account.Reachability;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadStore.Change;
import app.waxwing.download.DownloadStore.Offset;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs when. Owned by thread `downloads`: every method but [#activity], [#events], [#show] and [#growing] belongs there.
/// A change is persisted, then published, then acted upon; only the order to stop a transfer does not wait.
final class Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private final Mailbox box;
    private final Mailbox files;
    private final DownloadStore store;
    private final Roots roots;
    private final Disk disk;
    private final Housekeeping house;
    private final CacheRoom cache;
    private final Reachability reachability;
    private final Time time;
    private final DownloadOptions options;
    private final RandomGenerator random;
    private final Transfer.Tools tools;
    private final ExecutorService pool;
    private final Events<DownloadEvent> events = new Events<>();
    private final Board board = new Board();
    private final Holds holds;
    private final Map<Long, Running> transfers = new ConcurrentHashMap<>();
    private final Set<ItemKey> cleaning = new java.util.HashSet<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Subscription wake = () -> {};
    private Optional<CompletableFuture<Void>> ending = Optional.empty();
    private boolean begun;
    private boolean resuming;
    private volatile Map<Status, Long> counts = Map.of();

    /// A transfer that has a thread, from its start until that thread is done with its file.
    private static final class Running {
        final Entry entry;
        final Transfer transfer;
        volatile long lastBytes;
        volatile long rate;
        volatile long journaled = -1;
        volatile long forgiven;
        long lastEvent;

        Running(Entry entry, Transfer transfer) {
            this.entry = entry;
            this.transfer = transfer;
            lastBytes = transfer.part().written();
            forgiven = entry.part().highWater();
        }
    }

    /// What a reader of a growing file needs.
    record Growing(Entry entry, PartFile part, Path partPath) {}

    Scheduler(Mailbox box, Mailbox files, DownloadStore store, FileRows fileRows, Roots roots, Disk disk, Finishing finishing,
            Housekeeping house,
            TransferSource source, Reachability reachability, Time time, DownloadOptions options, RandomGenerator random,
            Predicate<ItemKey> inUse) {
        this.box = box;
        this.files = files;
        this.store = store;
        this.roots = roots;
        this.disk = disk;
        this.house = house;
        this.reachability = reachability;
        this.time = time;
        this.options = options;
        this.random = random;
        holds = new Holds(reachability::online);
        pool = Threads.platform("transfer", options.slots() + Board.EXTRA_FOR_PLAYING + 2);
        cache = new CacheRoom(fileRows, house, options.cacheLimit(), k -> inUse.test(k) || busy(k));
        var heard = new Transfer.Heard() {
            @Override
            public void answered(long account) {
                reachability.answered(account);
            }

            @Override
            public void failed(long account) {
                reachability.failed(account);
            }
        };
        tools = new Transfer.Tools(source, roots, disk, store, finishing, time, options, this::promised, this::mebibyte, heard);
    }

    void begin(CompletableFuture<Void> started, boolean crashed) {
        store.counts().whenComplete((fresh, trouble) -> box.post(() -> {
            if (trouble != null) {
                started.completeExceptionally(trouble);
                return;
            }
            board.counts(fresh);
            begun = true;
            subscriptions.add(time.every(TICK, () -> files.post(this::tick)));
            subscriptions.add(time.every(options.recheck(), () -> box.post(this::recheck)));
            subscriptions.add(reachability.changes().subscribe(r -> box.post(this::reachabilityChanged)));
            board.mayBeMore();
            sync();
            files.post(cache::promote);
            if (crashed) store.parts().thenAccept(parts -> files.post(() -> strays(parts)));
            started.complete(null);
        }));
    }

    private void strays(Set<String> parts) {
        for (Root root : Root.values()) {
            if (roots.trouble(root).isPresent()) continue;
            Set<String> named = new java.util.HashSet<>();
            for (String part : parts) if (part.startsWith(root.word() + "/")) named.add(part.substring(root.word().length() + 1));
            transfers.values().forEach(r -> r.entry.partPath().ifPresent(named::add));
            house.strays(root, named);
        }
    }

    // ---- commands

    Map<Long, Entry> known(Collection<Long> ids) {
        Map<Long, Entry> known = new HashMap<>();
        for (long id : ids) board.find(id).ifPresent(e -> known.put(id, e));
        return known;
    }

    /// Applies a command to what is in memory at once, so that nothing else is decided on the old state while it is stored.
    void foresee(Collection<Long> ids, DownloadInput input) {
        for (long id : ids) {
            board.find(id).ifPresentOrElse(before -> {
                Entry after = before.with(Transitions.next(before.state(), input));
                if (after.state().equals(before.state())) return;
                board.put(after);
                board.noWait(id);
                if (before.state() instanceof DownloadState.Running) stop(id);
            }, () -> board.forget(id));
        }
    }

    /// A command is stored: publish, then act.
    void changed(Change change, DownloadInput input, DownloadEvent.Kind kind) {
        Entry after = board.find(change.after().id())
                .map(e -> input instanceof DownloadInput.Remove ? e.with(Transitions.next(e.state(), input)) : e)
                .orElse(change.after());
        count(change.before(), change.after());
        switch (after.state()) {
            case DownloadState.Removing s -> {
                publish(kind == DownloadEvent.Kind.DELETED && change.before().completedAt().isEmpty() ? DownloadEvent.Kind.CANCELLED : kind,
                        change.before());
                stop(after.id());
                if (transfers.containsKey(after.id())) board.put(after);
                else clean(after, change.before().state() instanceof DownloadState.Completed);
            }
            case DownloadState.Queued s -> {
                if (board.find(after.id()).isEmpty()) board.admit(after);
                publish(kind, after);
            }
            case DownloadState.Paused s -> {
                publish(kind, after);
                settle(after);
            }
            case DownloadState.Running s -> publish(kind, after);
            case DownloadState.Completed s -> settle(after);
            case DownloadState.Failed s -> settle(after);
            case DownloadState.Gone s -> settle(after);
        }
    }

    void enqueued(KeepRows.Enqueued enqueued) {
        for (Entry entry : enqueued.added()) {
            if (entry.origin() != Download.Origin.PLAYING) board.count(entry.status(), 1);
            if (entry.state() instanceof DownloadState.Queued) {
                board.admit(entry);
                publish(DownloadEvent.Kind.QUEUED, entry);
            }
        }
        for (Change change : enqueued.merged()) {
            Entry stored = change.after();
            Optional<Entry> memory = board.find(stored.id());
            count(change.before(), stored);
            if (memory.isPresent()) {
                Entry now = memory.get().wanted(stored.origin(), stored.rank(), stored.priority());
                if (stored.state() instanceof DownloadState.Queued)
                    now = now.with(Transitions.next(now.state(), new DownloadInput.Wanted()));
                if (!(now.state() instanceof DownloadState.Running) && now.part().bytes() == 0) {
                    now = now.placed(stored.root(), stored.partPath(), stored.filePath());
                }
                board.put(now);
                board.noWait(now.id());
            } else if (stored.state() instanceof DownloadState.Queued) {
                board.admit(stored);
            }
            if (!stored.status().equals(change.before().status())) publish(DownloadEvent.Kind.QUEUED, stored);
        }
        files.post(cache::promote);
        sync();
    }

    List<Entry> foreseePauseAll() {
        List<Entry> paused = new ArrayList<>();
        for (Entry entry : board.all()) {
            Entry after = entry.with(Transitions.next(entry.state(), new DownloadInput.Pause()));
            if (after.state().equals(entry.state())) continue;
            paused.add(after);
            board.put(after);
            stop(entry.id());
        }
        return paused;
    }

    void pausedAll(List<Entry> paused) {
        for (Entry entry : paused) {
            publish(DownloadEvent.Kind.PAUSED, entry);
            settle(entry);
        }
        distrustMemory();
    }

    void resumedAll() {
        for (Entry entry : board.all()) {
            Entry after = entry.with(Transitions.next(entry.state(), new DownloadInput.Resume()));
            if (!after.state().equals(entry.state()) && entry.state() instanceof DownloadState.Paused) board.put(after);
        }
        resuming = true;
        distrustMemory();
    }

    void prioritise(long id, int priority) {
        board.find(id).ifPresent(e -> board.put(e.wanted(e.origin(), e.rank(), priority)));
    }

    void lookAgain() {
        board.mayBeMore();
        sync();
    }

    void release(long account) {
        holds.release(account);
        sync();
    }

    /// What waits is read again from the store.
    void distrustMemory() {
        board.forgetWaiting();
        store.counts().thenAccept(fresh -> box.post(() -> {
            board.counts(fresh);
            publishCounts();
        }));
        sync();
    }

    // ---- deciding

    /// Brings what runs in line with what is wanted and possible.
    void sync() {
        if (!begun || ending.isPresent()) return;
        long now = time.nanos();
        holds.expire(now);
        boolean found = true;
        while (found) {
            Optional<Entry> next = board.next(holds, now, e -> transfers.containsKey(e.id()) || cleaning.contains(e.key()));
            found = next.isPresent() && (hasSlot(next.get()) || giveWay(next.get()));
            if (found) start(next.orElseThrow());
            if (next.isEmpty()) load(true);
        }
        load(false);
        publishCounts();
        wakeLater(now);
    }

    private boolean hasSlot(Entry entry) {
        if (transfers.size() >= options.slots() + Board.EXTRA_FOR_PLAYING + 2) return false;
        return entry.rank() == 0 || board.running().stream().filter(e -> e.rank() > 0).count() < options.slots();
    }

    private boolean giveWay(Entry waiting) {
        Optional<Entry> victim = transfers.size() >= options.slots() + Board.EXTRA_FOR_PLAYING + 2
                ? Optional.empty()
                : board.victim(waiting);
        victim.ifPresent(e -> {
            Entry after = e.with(Transitions.next(e.state(), new DownloadInput.Preempted(e.state().attempt())));
            board.put(after);
            stop(e.id());
            store.save(after, Durability.SOON, time.now());
        });
        return victim.isPresent();
    }

    private void start(Entry waiting) {
        Entry running = waiting.with(Transitions.next(waiting.state(), new DownloadInput.Start())).started(time.now());
        count(waiting, running);
        board.put(running);
        int attempt = running.state().attempt();
        store.start(running, time.now()).whenComplete((placed, trouble) -> box.post(() -> {
            Optional<Entry> memory = board.find(running.id()).filter(e -> e.state().attempt() == attempt);
            if (memory.isEmpty()) return;
            if (trouble != null) {
                LOG.error("download {} is not stored as started", running.id(), trouble);
                holds.root(running.root(), new Holds.Hold(Reason.DISK, app.waxwing.base.FailureException.of(trouble), Long.MAX_VALUE));
                next(memory.get(), new DownloadInput.Held(attempt, Reason.DISK));
                return;
            }
            Entry now = memory.get().placed(placed.root(), placed.partPath(), placed.filePath());
            board.put(now);
            if (!(now.state() instanceof DownloadState.Running) || ending.isPresent()) {
                settle(now);
                return;
            }
            publish(DownloadEvent.Kind.STARTED, now);
            var part = new PartFile(now.id(), now.part());
            var transfer = new Transfer(now, part, tools, end -> box.post(() -> ended(now.id(), attempt, end)));
            transfers.put(now.id(), new Running(now, transfer));
            pool.execute(transfer);
        }));
    }

    private void stop(long id) {
        Running running = transfers.get(id);
        if (running != null) running.transfer.stop();
    }

    // ---- what transfers say

    private void ended(long id, int attempt, TransferEnd end) {
        Running was = transfers.remove(id);
        Optional<Entry> memory = board.find(id);
        if (was == null || memory.isEmpty()) return;
        Entry entry = memory.get().with(was.transfer.part().state());
        board.put(entry);
        switch (end) {
            case TransferEnd.Arrived e -> arrived(entry, attempt, e);
            case TransferEnd.Broke e -> next(entry, new DownloadInput.Broke(attempt, e.why()));
            case TransferEnd.Refused e -> refused(entry, attempt, e.why());
            case TransferEnd.Held e -> held(entry, attempt, e);
            case TransferEnd.Stopped e -> {
                // Told to stop by a command whose state stands already; at the end of the program it goes back to its place.
                next(entry, new DownloadInput.Preempted(attempt));
            }
        }
        if (!(end instanceof TransferEnd.Held h && h.reason() == Reason.SIGNED_OUT)) holds.accepted(entry.key().account());
        ending.filter(f -> transfers.isEmpty()).ifPresent(f -> lastWords(f));
        sync();
    }

    private void held(Entry entry, int attempt, TransferEnd.Held e) {
        long now = time.nanos();
        long account = entry.key().account();
        switch (e.reason()) {
            case DISK -> holds.root(entry.root(), new Holds.Hold(Reason.DISK, e.why(), Long.MAX_VALUE));
            case SIGNED_OUT -> {
                // One more look by itself, since a server may have been restarting; after that only a sign-in helps (B.11).
                long until = holds.accountReason(account).equals(Optional.of(Reason.SIGNED_OUT)) || holds.refused(account) == 1 ? now + options.recheck().toNanos() : Long.MAX_VALUE;
                holds.account(account, new Holds.Hold(e.reason(), e.why(), until));
            }
            case SERVER, NETWORK, METERED, SLOT, RETRY, SCHEDULE -> {
                long wait = e.pause().orElse(options.recheck()).toNanos();
                holds.account(account, new Holds.Hold(e.reason(), e.why(), now + wait + (long) (wait * 0.2 * random.nextDouble())));
            }
        }
        LOG.info("download {} waits: {}", entry.id(), app.waxwing.base.FailureWords.sentence(e.why()));
        next(entry, new DownloadInput.Held(attempt, e.reason()));
    }

    private void refused(Entry entry, int attempt, Failure why) {
        if (why instanceof Failure.NotFound && entry.rank() != 1 && entry.state() instanceof DownloadState.Running) {
            // Fetched ahead and gone on the server: dropped without a word (B.13).
            store.apply(List.of(entry.id()), Map.of(entry.id(), entry), new DownloadInput.Remove(), time.now(), Guard.UNKEPT)
                    .thenAccept(changes -> box.post(() -> {
                        if (changes.isEmpty()) next(entry, new DownloadInput.Refused(attempt, why));
                        else changes.forEach(c -> changed(c, new DownloadInput.Remove(), DownloadEvent.Kind.CANCELLED));
                    }));
            return;
        }
        next(entry, new DownloadInput.Refused(attempt, why));
    }

    /// One input: memory, store, event, and the wait before the next try.
    private void next(Entry before, DownloadInput input) {
        Entry after = before.with(Transitions.next(before.state(), input));
        board.put(after);
        if (input instanceof DownloadInput.Broke && after.state() instanceof DownloadState.Queued q) {
            board.retryAt(after.id(), time.nanos() + options.retry().next(q.tries(), random).orElse(Duration.ZERO).toNanos());
        }
        count(before, after);
        if (after.state() instanceof DownloadState.Removing) {
            clean(after, false);
            return;
        }
        store.ended(after, after.state().attempt(), time.now()).whenComplete((n, trouble) -> box.post(() -> {
            if (trouble != null) LOG.error("download {}: its state is not stored", after.id(), trouble);
            if (after.state() instanceof DownloadState.Failed && !(before.state() instanceof DownloadState.Failed)) {
                publish(DownloadEvent.Kind.FAILED, after);
            }
            settle(after);
        }));
    }

    private void arrived(Entry entry, int attempt, TransferEnd.Arrived file) {
        DownloadState next = Transitions.next(entry.state(), new DownloadInput.Arrived(attempt));
        if (!(next instanceof DownloadState.Completed)) {
            clean(entry.placed(entry.root(), entry.partPath(), Optional.of(file.path())), true);
            return;
        }
        Entry done = completed(entry, file);
        store.complete(done, file, time.now()).whenComplete((n, trouble) -> box.post(() -> {
            Optional<Entry> now = board.find(entry.id());
            if (trouble != null) {
                // The file is there and proved by the manifest; the next attempt finds it and only writes the row.
                LOG.error("download {} is whole but its row is not stored", entry.id(), trouble);
                holds.root(entry.root(), new Holds.Hold(Reason.DISK, app.waxwing.base.FailureException.of(trouble), Long.MAX_VALUE));
                board.put(entry.with(new DownloadState.Queued(attempt, entry.tries(), Optional.of(Reason.DISK))));
                return;
            }
            if (now.isPresent() && now.get().state() instanceof DownloadState.Removing) return;
            count(entry, done);
            publish(DownloadEvent.Kind.COMPLETED, done);
            board.forget(done.id());
            files.post(() -> {
                cache.promote();
                for (FileRows.FileRow gone : cache.evict()) box.post(() -> evicted(gone));
            });
            sync();
        }));
        board.put(done);
    }

    /// As its row shall be when the file has arrived.
    Entry completed(Entry entry, TransferEnd.Arrived file) {
        var part = new Entry.PartState(file.size(), java.util.OptionalLong.of(file.size()), entry.part().validators(), entry.part().mime(),
                entry.part().restarts(), file.size());
        return entry.placed(entry.root(), Optional.empty(), Optional.of(file.path())).with(part)
                .with(new DownloadState.Completed(entry.state().attempt())).finished(time.now(), file.sha256());
    }

    private void evicted(FileRows.FileRow file) {
        file.download().ifPresent(id -> store.apply(List.of(id), Map.of(), new DownloadInput.Remove(), time.now(), Guard.UNKEPT)
                .thenAccept(changes -> box
                        .post(() -> changes.forEach(c -> changed(c, new DownloadInput.Remove(), DownloadEvent.Kind.EVICTED)))));
    }

    private void clean(Entry entry, boolean hasFile) {
        board.forget(entry.id());
        cleaning.add(entry.key());
        files.post(() -> {
            house.clean(entry, hasFile);
            box.post(() -> {
                cleaning.remove(entry.key());
                sync();
            });
        });
    }

    /// What neither waits nor has a thread leaves memory.
    private void settle(Entry entry) {
        Optional<Entry> memory = board.find(entry.id());
        if (memory.isEmpty() || transfers.containsKey(entry.id())) return;
        if (!(memory.get().state() instanceof DownloadState.Queued) && !(memory.get().state() instanceof DownloadState.Running))
            board.forget(entry.id());
    }

    // ---- time and weather

    /// On thread `files`, once a second: everything written becomes durable, then all offsets in one transaction.
    private void tick() {
        List<Offset> offsets = new ArrayList<>();
        for (Running running : transfers.values()) {
            PartFile part = running.transfer.part();
            try {
                part.force();
            } catch (java.io.IOException e) {
                LOG.warn("download {}: forcing its part", running.entry.id(), e); // the transfer meets the same trouble and says so
                continue;
            }
            Entry.PartState state = part.state();
            if (state.bytes() != running.journaled && state.bytes() > 0) {
                offsets.add(new Offset(running.entry.id(), running.entry.state().attempt(), state));
                running.journaled = state.bytes();
            }
            long written = part.written();
            running.rate = (running.rate + Math.max(0, written - running.lastBytes)) / (running.rate == 0 ? 1 : 2);
            running.lastBytes = written;
            if (state.bytes() >= running.forgiven + (1 << 20)) {
                running.forgiven = state.bytes();
                box.post(() -> progressed(running.entry.id(), running.entry.state().attempt()));
            }
        }
        if (!offsets.isEmpty()) store.offsets(offsets, Durability.SOON);
    }

    private void progressed(long id, int attempt) {
        board.find(id).ifPresent(e -> board.put(e.with(Transitions.next(e.state(), new DownloadInput.Progressed(attempt)))));
    }

    /// From a transfer's thread, after each MiB; conflated to ten events a second (2.5).
    private void mebibyte(long id) {
        box.post(() -> {
            Running running = transfers.get(id);
            long now = time.nanos();
            if (running == null || (running.lastEvent != 0 && now - running.lastEvent < 100_000_000L)) return;
            running.lastEvent = now;
            board.find(id).filter(e -> e.state() instanceof DownloadState.Running).ifPresent(e -> publish(DownloadEvent.Kind.PROGRESS, e));
        });
    }

    private void recheck() {
        for (Root root : holds.heldRoots()) {
            long needed = holds.of(root).map(Holds.Hold::why).map(f -> f instanceof Failure.DiskFull full ? full.needed() : 0L).orElse(0L);
            files.post(() -> {
                try {
                    if (roots.trouble(root).isPresent() || disk.usable(roots.folder(root)) < needed) return;
                    box.post(() -> {
                        holds.release(root);
                        sync();
                    });
                } catch (java.io.IOException e) {
                    LOG.debug("{} is not there yet", root, e);
                }
            });
        }
        sync();
    }

    private void reachabilityChanged() {
        boolean forced = reachability.mode() == Reachability.Mode.FORCED_OFFLINE;
        for (Entry entry : board.all()) {
            long account = entry.key().account();
            if (entry.state() instanceof DownloadState.Running && forced) {
                next(entry, new DownloadInput.Held(entry.state().attempt(), Reason.NETWORK));
                stop(entry.id());
            } else if (entry.state() instanceof DownloadState.Queued && reachability.online(account)) {
                Entry after = entry.with(Transitions.next(entry.state(), new DownloadInput.Wanted()));
                if (!after.state().equals(entry.state())) {
                    board.put(after);
                    board.noWait(entry.id());
                }
            }
        }
        sync();
    }

    private void wakeLater(long now) {
        wake.close();
        long at = Math.min(board.nextRetry(), holds.nextExpiry());
        wake = at == Long.MAX_VALUE ? () -> {} : time.after(Duration.ofNanos(Math.max(1_000_000, at - now)), () -> box.post(this::sync));
    }

    private void load(boolean nothingFound) {
        if (!board.beginLoad(nothingFound)) return;
        Set<Long> without = new java.util.HashSet<>(holds.heldAccounts());
        int limit = Board.WINDOW + transfers.size() + 8;
        store.next(limit, without).whenComplete((rows, trouble) -> box.post(() -> {
            if (trouble != null) {
                LOG.error("the queue cannot be read", trouble);
                board.loadFailed();
                return;
            }
            int added = board.loaded(rows, rows.size() < limit && without.isEmpty());
            if (resuming) {
                resuming = false;
                rows.forEach(e -> publish(DownloadEvent.Kind.RESUMED, e));
            }
            if (added > 0) sync();
        }));
    }

    /// Stops everything durably; the future completes when every transfer has closed its file.
    void end(CompletableFuture<Void> done) {
        ending = Optional.of(done);
        subscriptions.forEach(Subscription::close);
        wake.close();
        transfers.values().forEach(r -> r.transfer.stop());
        if (transfers.isEmpty()) lastWords(done);
    }

    private void lastWords(CompletableFuture<Void> done) {
        pool.shutdown();
        store.counts().whenComplete((c, trouble) -> done.complete(null));
    }

    // ---- for everybody

    Events<DownloadEvent> events() {
        return events;
    }

    DownloadEngine.Activity activity() {
        List<DownloadEngine.Running> running = new ArrayList<>();
        long rate = 0;
        for (Running r : transfers.values()) {
            PartFile.View view = r.transfer.part().view();
            long size = view.total().isPresent() ? view.total().getAsLong() : r.entry.size().orElse(-1);
            running.add(new DownloadEngine.Running(r.entry.id(), r.entry.key(), view.written(), size, r.rate));
            rate += r.rate;
        }
        Map<Status, Long> now = counts;
        return new DownloadEngine.Activity(running, now.getOrDefault(Status.PENDING, 0L).intValue(),
                now.getOrDefault(Status.PAUSED, 0L).intValue(),
                now.getOrDefault(Status.FAILED, 0L).intValue(), now.getOrDefault(Status.COMPLETED, 0L), rate);
    }

    /// Any thread.
    Download show(Entry entry) {
        Running running = transfers.get(entry.id());
        long bytes = running != null && entry.state() instanceof DownloadState.Running
                ? running.transfer.part().written()
                : entry.part().bytes();
        return entry.shown(bytes, reasons.getOrDefault(entry.id(), Optional.empty()).or(() -> accountReason(entry)), roots::resolve);
    }

    Optional<Growing> growing(long id) {
        return Optional.ofNullable(transfers.get(id)).map(r -> new Growing(r.entry, r.transfer.part(),
                roots.resolve(r.entry.root(), r.entry.partPath().orElseThrow())));
    }

    private volatile Map<Long, Optional<Reason>> reasons = Map.of();
    private volatile Map<Long, Reason> heldAccounts = Map.of();
    private volatile Set<Root> heldRoots = Set.of();

    private Optional<Reason> accountReason(Entry entry) {
        Reason held = heldAccounts.get(entry.key().account());
        if (held != null) return Optional.of(held);
        if (!reachability.online(entry.key().account())) return Optional.of(Reason.NETWORK);
        return heldRoots.contains(entry.root()) ? Optional.of(Reason.DISK) : Optional.empty();
    }

    private void publishCounts() {
        Map<Status, Long> now = new HashMap<>();
        for (Status status : Status.values()) now.put(status, board.count(status));
        counts = now;
        Map<Long, Optional<Reason>> waiting = new HashMap<>();
        for (Entry entry : board.all()) {
            if (entry.state() instanceof DownloadState.Queued) waiting.put(entry.id(), Optional.of(board.reason(entry, holds)));
        }
        reasons = waiting;
        Map<Long, Reason> accounts = new HashMap<>();
        for (long account : holds.heldAccounts()) holds.accountReason(account).ifPresent(r -> accounts.put(account, r));
        heldAccounts = accounts;
        heldRoots = holds.heldRoots();
    }

    private void count(Entry before, Entry after) {
        boolean counted = before.origin() != Download.Origin.PLAYING;
        boolean counts = after.origin() != Download.Origin.PLAYING;
        if (!counted && !counts) return;
        if (!counted) {
            board.count(after.status(), 1);
            publishCountsOnly();
            return;
        }
        if (after.state() instanceof DownloadState.Removing) {
            board.count(before.status(), -1);
        } else if (before.status() != after.status()) {
            board.count(before.status(), -1);
            board.count(after.status(), 1);
        }
        publishCountsOnly();
    }

    private void publishCountsOnly() {
        Map<Status, Long> now = new HashMap<>();
        for (Status status : Status.values()) now.put(status, board.count(status));
        counts = now;
    }

    private void publish(DownloadEvent.Kind kind, Entry entry) {
        events.publish(new DownloadEvent(kind, time.now(), show(entry)));
    }

    private boolean busy(ItemKey key) {
        return transfers.values().stream().anyMatch(r -> r.entry.key().equals(key));
    }

    private long promised(long but) {
        long sum = 0;
        for (Running r : transfers.values()) {
            if (r.entry.id() == but) continue;
            PartFile.View view = r.transfer.part().view();
            sum += Math.max(0, (view.total().isPresent() ? view.total().getAsLong() : r.entry.size().orElse(0)) - view.written());
        }
        return sum;
    }
}
