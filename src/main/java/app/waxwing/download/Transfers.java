package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.download.DownloadStore.Offset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every transfer that has a thread, from its start until that thread is done with its file. Thread `downloads` adds and removes; any thread reads.
final class Transfers {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    private static final long EVENT_EVERY = 100_000_000L;
    private static final long OF_USE_AFTER = 3_000_000_000L;
    private static final long OF_USE_BYTES = 4_000_000L;
    /// So many new durable bytes make up for all tries while they come.
    private static final long AHEAD = 1 << 20;
    /// So many do when an attempt breaks: about what the stall floor asks of one that moves (B.15). Where cuts come close to each other, as on a
    /// train, each attempt brings some, and a download that gets on comes to its end; one that gets less than that in four tries does not.
    private static final long AHEAD_AT_END = 32 << 10;
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    /// How far each was when its tries were last made up for, over its attempts. In memory: after a start they count from what is durable then.
    private final Map<Long, Long> forgiven = new ConcurrentHashMap<>();

    /// One of them, with the figures that the tick keeps.
    static final class Running {
        private final Entry entry;
        private final Attempt attempt;
        private volatile long lastBytes;
        private volatile long rate;
        private volatile int rank;
        private volatile Origin origin;
        private volatile long journaled = -1;
        private final long since;
        /// How far it was when its tries were last made up for before it began.
        private final long from;
        private long lastEvent;
        private boolean ofUse;

        private Running(Entry entry, Attempt attempt, long from, long now) {
            since = now;
            this.from = from;
            this.entry = entry;
            this.attempt = attempt;
            rank = entry.rank();
            origin = entry.origin();
            lastBytes = entry.part().bytes();
        }

        Entry entry() {
            return entry;
        }

        PartFile part() {
            return attempt.part();
        }

        /// With what the attempt itself decided.
        Entry made() {
            return attempt.entry();
        }

        /// Nobody wished for it up to now.
        boolean onlyHeard() {
            return origin == Origin.PLAYING;
        }

        /// Bytes a second, smoothed.
        long rate() {
            return rate;
        }

        /// True ten times a second at most (2.5). Thread `downloads`.
        boolean dueForEvent(long now) {
            if (lastEvent != 0 && now - lastEvent < EVENT_EVERY) return false;
            lastEvent = now;
            return true;
        }

        private boolean broughtEnough() {
            return part().written() - entry.part().bytes() >= OF_USE_BYTES;
        }

        /// True once, when it has brought so much that it may give way to the album rule (B.39). Thread `downloads`.
        boolean becameOfUse() {
            if (ofUse || !broughtEnough()) return false;
            ofUse = true;
            return true;
        }
    }

    /// What a reader of a growing file needs.
    ///
    /// @param tools to read ahead as the transfer would
    record Growing(Entry entry, PartFile part, Path partPath, Transfer.Tools tools) {}

    /// Told by the tick.
    interface Progress {
        /// An attempt got further than ever before.
        void further(long id, int attempt);

        /// What came of items within a day; on thread `db`.
        void traffic(Map<ItemKey, Long> bytes);
    }

    /// There may be no memory for it, or no thread: then it broke, and is tried again as any other.
    ///
    /// @param now monotonic
    void begin(Attempt.Starter starter, Entry entry, PartFile part, Consumer<TransferEnd> ended, long now) {
        try {
            add(entry, starter.begin(entry, part, ended), now);
        } catch (RuntimeException | Error e) {
            LOG.error("download {} cannot begin", entry.id(), e);
            add(entry, new Attempt.Unbegun(entry, part), now);
            ended.accept(new TransferEnd.Broke(new Failure.Trouble(entry.label().title(), "it could not begin (" + e + ")")));
        }
    }

    /// @param now monotonic
    void add(Entry entry, Attempt attempt, long now) {
        long from = forgiven.merge(entry.id(), entry.part().highWater(), Math::min);
        running.put(entry.id(), new Running(entry, attempt, from, now));
    }

    /// Whether an attempt that broke makes up for those before it. Measured by how it began: what the tick found meanwhile it may not have told yet,
    /// and told twice it is the same. Thread `downloads`.
    synchronized boolean gotOn(Running ended) {
        return further(ended, ended.from, AHEAD_AT_END);
    }

    private synchronized boolean gotOnSoFar(Running r) {
        Long before = forgiven.get(r.entry.id());
        return before != null && further(r, before, AHEAD);
    }

    private boolean further(Running r, long before, long by) {
        long durable = r.part().state().bytes();
        if (durable - before < by) return false;
        forgiven.put(r.entry.id(), durable);
        return true;
    }

    Optional<Running> remove(long id, TransferEnd end) {
        if (end instanceof TransferEnd.Arrived || end instanceof TransferEnd.Refused) forgiven.remove(id);
        return Optional.ofNullable(running.remove(id));
    }

    Optional<Running> find(long id) {
        return Optional.ofNullable(running.get(id));
    }

    boolean has(long id) {
        return running.containsKey(id);
    }

    int size() {
        return running.size();
    }

    Collection<Running> all() {
        return running.values();
    }

    void stop(long id) {
        find(id).ifPresent(r -> r.attempt.stop());
    }

    /// Whether something comes that the user hears now or wished for. Any thread.
    boolean forUser() {
        return all().stream().anyMatch(r -> r.rank <= 1);
    }

    /// It is wanted for a better reason, or for a lesser one.
    void rank(long id, int rank) {
        find(id).ifPresent(r -> {
            r.rank = rank;
            r.attempt.rank(rank);
        });
    }

    /// It is wanted for another reason than when it began.
    void wanted(Entry now) {
        find(now.id()).ifPresent(r -> r.origin = now.origin());
        rank(now.id(), now.rank());
    }

    void stopAll() {
        running.values().forEach(r -> r.attempt.stop());
    }

    /// Whether stopping it now throws away little: it ran for 3 s or brought 4 MB (B.39).
    boolean wasOfUse(long id, long now) {
        return find(id).map(r -> now - r.since >= OF_USE_AFTER || r.broughtEnough()).orElse(true);
    }

    /// When it will have run long enough for that.
    long ofUseAt(long id) {
        return find(id).map(r -> r.since + OF_USE_AFTER).orElse(Long.MAX_VALUE);
    }

    boolean fetches(ItemKey key) {
        return running.values().stream().anyMatch(r -> r.entry.key().equals(key));
    }

    Optional<Growing> growing(long id, Transfer.Tools tools) {
        return find(id).map(
                r -> new Growing(r.entry, r.part(), tools.roots().resolve(r.entry.root(), r.entry.partPath().orElseThrow()), tools));
    }

    /// Bytes that all but one will still write to certain roots. Any thread.
    long promised(long but, Predicate<Root> where) {
        long sum = 0;
        for (Running r : running.values()) {
            if (r.entry.id() == but || !where.test(r.entry.root())) continue;
            PartFile.View view = r.part().view();
            sum += Math.max(0, (view.total().isPresent() ? view.total().getAsLong() : r.entry.expected().orElse(0)) - view.written());
        }
        return sum;
    }

    /// What files other than one will have in the cache, as far as that is known: those that are not whole do not count as held there.
    long comingToCache(long but) {
        return running.values().stream().filter(r -> r.entry.id() != but && r.entry.root().isCache())
                .mapToLong(r -> {
                    PartFile.View view = r.part().view();
                    return view.total().orElse(Math.max(view.written(), r.entry.expected().orElse(0)));
                }).sum();
    }

    /// On thread `ticks`, once a second: everything written becomes durable, then all offsets go into one transaction.
    void tick(DownloadStore store, Runaway runaway, Progress progress) {
        List<Offset> offsets = new ArrayList<>();
        for (Running r : running.values()) {
            try {
                r.part().force();
            } catch (IOException e) {
                LOG.warn("download {}: forcing its part", r.entry.id(), e); // the transfer meets the same trouble and says so
                continue;
            }
            Entry.PartState state = r.part().state();
            if (state.bytes() != r.journaled && state.bytes() > 0) {
                offsets.add(new Offset(r.entry.id(), r.entry.state().attempt(), state));
                r.journaled = state.bytes();
            }
            long written = r.part().written() - r.part().taken();
            long moved = Math.max(0, written - r.lastBytes);
            r.rate = r.rate == 0 ? moved : (r.rate + moved) / 2;
            r.lastBytes = written;
            if (gotOnSoFar(r)) progress.further(r.entry.id(), r.entry.state().attempt());
        }
        Map<ItemKey, Long> traffic = runaway.take();
        if (!offsets.isEmpty() || !traffic.isEmpty()) store.offsets(offsets, traffic, runaway.hour()).thenAccept(progress::traffic);
    }
}
