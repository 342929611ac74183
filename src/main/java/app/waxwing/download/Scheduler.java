package app.waxwing.download;

import app.waxwing.account.Reachability;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Reason;
import app.waxwing.store.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs when. Owned by thread `downloads`: what any thread may ask stands in [Figures] and [Transfers].
/// A change is persisted, then published, then acted upon; only the order to stop a transfer does not wait.
final class Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private final Mailbox box;
    private final Mailbox files;
    private final Mailbox ticks;
    private final DownloadStore store;
    private final Housekeeping house;
    private final CacheRoom cache;
    private final Arrivals arrivals;
    private final Refusals refusals;
    private final Endings endings;
    private final Reachability reachability;
    private final Time time;
    private final DownloadOptions options;
    private final RandomGenerator random;
    private final Transfer.Tools tools;
    private final Attempt.Starter attempts;
    private final Board board;
    private final Transfers transfers = new Transfers();
    private final Holds holds;
    private final Figures figures;
    private final Commands commands;
    private final Weather weather;
    private final Awakening awakening;
    private final Presence presence;
    private final Surroundings surroundings;
    private final Gate gate;
    private final Slots slots;
    private final QueueReader reader;
    private final Runaway runaway;
    private final Standstill standstill;
    private final Busy busy = new Busy();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Subscription wake = () -> {};
    private Optional<CompletableFuture<Void>> ending = Optional.empty();
    private boolean begun;

    Scheduler(Workers workers, DownloadStore store, FileRows fileRows, Roots roots, Disk disk, Finishing finishing,
            Housekeeping house, Standstill standstill, TransferSource source, Reachability reachability, Surroundings surroundings,
            Time time, DownloadOptions options, RandomGenerator random, Predicate<ItemKey> inUse) {
        box = workers.box();
        files = workers.files();
        ticks = workers.ticks();
        this.store = store;
        this.house = house;
        this.reachability = reachability;
        this.time = time;
        this.options = options;
        this.random = random;
        runaway = new Runaway(time);
        board = new Board(source::server);
        presence = new Presence(source, time);
        holds = new Holds(reachability::online, id -> board.find(id).filter(e -> e.state() instanceof DownloadState.Running).isPresent(),
                source::server);
        this.surroundings = surroundings;
        gate = new Gate(surroundings, source::onThisComputer, time);
        var limiter = new Limiter(time);
        slots = new Slots(board, transfers, gate, limiter, source::server);
        figures = new Figures(board, new Waits(board, holds, gate, reachability, a -> source.name(a, ""), time), transfers, roots, time);
        reader = new QueueReader(box, store, board, transfers, figures, this::sync);
        commands = new Commands(this, board, transfers, figures, standstill,
                new Cooling(box, house, fileRows, time, options.undo(), e -> clean(e, true)));
        cache = new CacheRoom(fileRows, house, options.cacheLimit(), k -> inUse.test(k) || transfers.fetches(k));
        arrivals = new Arrivals(this, box, files, store, board, figures, holds, cache, busy, time);
        refusals = new Refusals(this, box, store, board, figures, time);
        endings = new Endings(box, store, board, figures, time, options.recheck(), this::settle);
        weather = new Weather(this, box, files, board, holds, transfers, roots, disk, house, cache, reachability, time, options, random);
        awakening = new Awakening(this, files, board, transfers, presence, source, reachability, time);
        this.standstill = standstill.of(this, board, transfers);
        tools = new Transfer.Tools(source, presence, roots, disk, store, finishing, time, options,
                new Room(roots, disk, options, cache, (root, but) -> transfers.promised(but, r -> roots.sameVolume(root, r)),
                        (id, size) -> arrivals.fitsInCache(transfers.comingToCache(id) + size)),
                limiter, runaway, this::mebibyte, weather, new SegmentFolder(roots, disk), new NotMusic(presence));
        attempts = workers.attempts().apply(tools);
    }

    Gate gate() {
        return gate;
    }

    Figures figures() {
        return figures;
    }

    Commands commands() {
        return commands;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    Transfers transfers() {
        return transfers;
    }

    /// Any thread.
    Optional<Transfers.Growing> growing(long id) {
        return transfers.growing(id, tools);
    }

    /// How many there are is asked for behind the first transfers, which would wait for it.
    ///
    /// @param hidden accounts whose rows are shown to nobody
    void begin(Set<Long> hidden, CompletableFuture<Void> started) {
        figures.hide(hidden);
        reader.first().thenCompose(read -> {
            begun = true;
            subscriptions.add(time.every(TICK, () -> ticks.post(() -> transfers.tick(store, runaway, weather))));
            subscriptions.add(time.every(TICK, () -> box.post(awakening::tick)));
            subscriptions.add(time.every(options.recheck(), () -> box.post(weather::recheck)));
            subscriptions.add(time.every(options.recheck(), () -> box.post(reader::recheck)));
            subscriptions.add(reachability.changes().subscribe(r -> box.post(weather::reachabilityChanged)));
            subscriptions.add(tools.source().accepted().subscribe(weather::accepted));
            subscriptions.add(surroundings.limits().changes().subscribe(l -> box.post(this::sync)));
            subscriptions.add(surroundings.network().onChange(() -> box.post(this::sync)));
            subscriptions.add(surroundings.power().onChange(() -> box.post(this::sync)));
            sync();
            files.post(arrivals::tidy);
            files.post(tools.segments()::tidy);
            return reader.recount();
        }).whenComplete((counted, trouble) -> {
            if (trouble != null) LOG.error("downloads are not counted, and are asked for again", trouble);
            reader.more();
            sync();
            started.complete(null);
        });
    }

    void foresee() {
        reader.first();
    }

    void lookAgain() {
        board.mayBeMore();
        sync();
    }

    /// Signed in again.
    void release(long account) {
        holds.signedIn(account);
        sync();
    }

    /// Somebody asks again for what the server did not permit, or not without a sign-in, or not yet: one more try (B.11, B.12, B.14).
    void allow(long account) {
        holds.allow(account);
    }

    void allowAll() {
        board.accounts().forEach(holds::allow);
    }

    /// What waits is read again from the store.
    void distrustMemory() {
        reader.again();
    }

    /// The same, where others read it again too.
    void readAgain() {
        reader.again();
        tellAll();
    }

    /// The same after tracks moved on their server, and what was here under both ids of one and does not count any more goes from the disk.
    void readAgain(Map<ItemKey, ItemKey> moved) {
        Set<ItemKey> both = new HashSet<>(moved.keySet());
        both.addAll(moved.values());
        List<Long> live = board.all().stream().filter(e -> both.contains(e.key())).map(Entry::id).toList();
        CompletableFuture<List<Entry>> removed = moved.isEmpty() ? CompletableFuture.completedFuture(List.of()) : store.removed(live, both);
        removed.whenComplete((entries, trouble) -> box.post(() -> {
            if (trouble == null) entries.forEach(commands::dropped);
            else LOG.warn("what moved tracks left goes at the next start", trouble);
            readAgain();
        }));
    }

    private void tellAll() {
        figures.changed(QueueChange.ALL);
    }

    void tidyLater() {
        files.post(arrivals::tidy);
    }

    // ---- deciding

    /// Brings what runs in line with what is wanted and possible.
    void sync() {
        if (!begun || ending.isPresent() || standstill.holds()) return;
        long now = time.nanos();
        weather.clears(now);
        slots.look();
        for (Entry entry : board.running()) gate.reason(entry).ifPresent(reason -> {
            next(entry, new DownloadInput.Held(entry.state().attempt(), reason));
            transfers.stop(entry.id());
        });
        slots.disturbing().forEach(this::stopFor);
        slots.beyond().forEach(this::stopFor);
        Optional<Entry> next = nextInLine(now);
        while (next.isPresent() && (slots.free(next.get()) || giveWay(next.get(), now))) {
            start(next.get());
            next = nextInLine(now);
        }
        reader.load();
        figures.refresh();
        wakeLater(now, next.map(slots::nextVictim).orElse(Long.MAX_VALUE));
    }

    private Optional<Entry> nextInLine(long now) {
        return board.next(lane -> gate.reason(lane).isEmpty() && slots.quietFor(lane),
                slots.makeable(e -> !transfers.fetches(e.key()) && !busy.is(e.key()) && holds.reason(e).isEmpty()), now);
    }

    private boolean giveWay(Entry waiting, long now) {
        Optional<Entry> victim = slots.victim(waiting, now);
        victim.ifPresent(this::stopFor);
        return victim.isPresent();
    }

    /// Back to its place in the queue, for another one or for a lower limit.
    private void stopFor(Entry running) {
        Entry after = running.with(Transitions.next(running.state(), new DownloadInput.Preempted(running.state().attempt())));
        figures.decided(running, after);
        board.put(after);
        transfers.stop(running.id());
        store.save(after, Durability.SOON, time.now()).whenComplete((n, trouble) -> box.post(() -> {
            if (trouble != null) LOG.error("download {}: that it gave way is not stored", after.id(), trouble);
            endings.unsaid(after);
        }));
    }

    private void start(Entry waiting) {
        Entry running = waiting.with(Transitions.next(waiting.state(), new DownloadInput.Start())).started(time.now());
        figures.decided(waiting, running);
        board.put(running);
        holds.started(running);
        board.served(running);
        int attempt = running.state().attempt();
        store.start(running, time.now(), runaway.hour()).whenComplete((started, trouble) -> box.post(() -> {
            Optional<Entry> memory = board.find(running.id()).filter(e -> e.state().attempt() == attempt);
            if (memory.isEmpty()) return;
            if (trouble != null) {
                LOG.error("download {} is not stored as started", running.id(), trouble);
                holds.root(running.root(), new Holds.Hold(Reason.DISK, app.waxwing.base.FailureException.of(trouble), Long.MAX_VALUE));
                next(memory.get(), new DownloadInput.Held(attempt, Reason.DISK));
                return;
            }
            Entry placed = started.entry();
            Entry now = memory.get().sameAs(placed).placed(placed.root(), placed.partPath(), placed.filePath());
            board.put(now);
            if (!(now.state() instanceof DownloadState.Running) || ending.isPresent()) {
                settle(now);
                return;
            }
            if (standstill.holds()) {
                next(now, new DownloadInput.Preempted(attempt));
                standstill.look();
                return;
            }
            if (now.rank() > 0 && Runaway.over(started.traffic(), now.measure())) {
                next(now, new DownloadInput.Refused(attempt, Runaway.why(now, started.traffic())));
                sync();
                return;
            }
            figures.publish(DownloadEvent.Kind.STARTED, now);
            runaway.begins(now.key(), started.traffic());
            var part = new PartFile(now.id(), now.part());
            transfers.begin(attempts, now, part, end -> box.post(() -> ended(now.id(), attempt, end)), time.nanos());
        }));
    }

    // ---- what transfers say

    private void ended(long id, int attempt, TransferEnd end) {
        Optional<Transfers.Running> was = transfers.remove(id, end);
        Optional<Entry> memory = board.find(id);
        was.ifPresent(r -> runaway.ends(r.entry().key()));
        if (was.isEmpty()) return;
        memory.ifPresent(entry -> ended(entry, was.get(), attempt, end));
        ending.filter(f -> transfers.size() == 0).ifPresent(f -> lastWords(f));
        standstill.look();
        sync();
    }

    private void ended(Entry before, Transfers.Running was, int attempt, TransferEnd end) {
        Entry entry = before.with(was.part().state()).as(was.made().quality(), was.made().filePath());
        board.put(entry);
        switch (end) {
            case TransferEnd.Arrived e -> arrivals.arrived(entry, attempt, e);
            case TransferEnd.Broke e -> next(transfers.gotOn(was) ? entry.further() : entry, new DownloadInput.Broke(attempt, e.why()));
            case TransferEnd.Refused e -> refusals.refused(entry, was.entry().origin(), attempt, e.why());
            case TransferEnd.Held e -> held(entry, attempt, e);
            // Told to stop by a command whose state stands already; at the end of the program it goes back to its place.
            case TransferEnd.Stopped e -> next(entry, new DownloadInput.Preempted(attempt));
        }
        weather.ended(entry, end);
    }

    private void held(Entry entry, int attempt, TransferEnd.Held e) {
        weather.hold(entry, e);
        LOG.info("download {} waits: {}", entry.id(), app.waxwing.base.FailureWords.sentence(e.why()));
        next(entry, new DownloadInput.Held(attempt, e.reason()));
    }

    /// One input: memory, store, event, and the wait before the next try.
    void next(Entry before, DownloadInput input) {
        Entry after = before.with(Transitions.next(before.state(), input));
        board.put(after);
        if (input instanceof DownloadInput.Broke broke && after.state() instanceof DownloadState.Queued q) {
            board.retryAt(after.id(), time.nanos() + options.retry().next(q.tries(), random).orElse(Duration.ZERO).toNanos(), broke.why());
        }
        figures.decided(before, after);
        if (after.state() instanceof DownloadState.Removing) {
            clean(after, false);
            return;
        }
        endings.save(before, after);
    }

    void clean(Entry entry, boolean hasFile) {
        board.forget(entry.id());
        busy.begin(entry.key());
        files.post(() -> {
            tools.segments().clear(entry.id());
            house.clean(entry, hasFile);
            house.cleanLeft();
            box.post(() -> {
                busy.end(entry.key());
                sync();
            });
        });
    }

    /// What neither waits nor has a thread leaves memory.
    void settle(Entry entry) {
        Optional<DownloadState> now = board.find(entry.id()).map(Entry::state).filter(s -> !(s instanceof DownloadState.Queued));
        if (now.filter(s -> !(s instanceof DownloadState.Running)).isPresent() && !transfers.has(entry.id())) board.forget(entry.id());
    }

    // ---- time and weather

    /// From a transfer's thread, after each MiB. One fetched ahead that has brought its 4 MB may give way from now on (B.39).
    private void mebibyte(long id) {
        box.post(() -> transfers.find(id).ifPresent(r -> {
            Optional<Entry> entry = board.find(id).filter(e -> e.state() instanceof DownloadState.Running);
            if (entry.isPresent() && r.dueForEvent(time.nanos())) figures.publish(DownloadEvent.Kind.PROGRESS, entry.get());
            if (r.becameOfUse() && entry.filter(e -> e.rank() > 2).isPresent()) sync();
        }));
    }

    private void wakeLater(long now, long nextVictim) {
        wake.close();
        long hours = gate.untilChange().map(d -> now + d.toNanos()).orElse(Long.MAX_VALUE);
        long at = Math.min(Math.min(board.nextRetry(now), holds.nextExpiry()), Math.min(hours, nextVictim));
        wake = at == Long.MAX_VALUE ? () -> {} : time.after(Duration.ofNanos(Math.max(1_000_000, at - now)), () -> box.post(this::sync));
    }

    /// Stops everything durably; the future completes when every transfer has closed its file.
    void end(CompletableFuture<Void> done) {
        ending = Optional.of(done);
        subscriptions.forEach(Subscription::close);
        wake.close();
        transfers.stopAll();
        tools.segments().close();
        if (transfers.size() == 0) lastWords(done);
    }

    private void lastWords(CompletableFuture<Void> done) {
        attempts.close();
        store.counts().whenComplete((c, trouble) -> done.complete(null));
    }
}
