package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.download.Download.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What of the queue is in memory: what runs, and the first few hundred of each lane that wait. Decides who is next; no I/O.
/// Owned by thread `downloads`.
final class Board {
    static final int WINDOW = 256;
    /// What is heard now does not wait for a slot: the current track and the one after it.
    static final int EXTRA_FOR_PLAYING = 2;
    private final Map<Long, Entry> live = new HashMap<>();
    private final Map<Lane, TreeSet<Entry>> lanes = new HashMap<>();
    private final Map<Long, Retry> retries = new HashMap<>();
    private final LongFunction<String> server;
    private final Map<Whose, Long> served = new HashMap<>();
    /// What changed since the read that is under way began.
    private final Set<Long> changed = new HashSet<>();
    private final EnumMap<Status, Long> counts = new EnumMap<>(Status.class);
    private final Set<Lane> more = new HashSet<>();
    private boolean anywhere;
    private boolean loading;
    private long turns;

    /// Whose turn it was last: a server's as a whole, or one account's among those of its server.
    private record Whose(String server, long account, int rank) {
        private static final long ANY = -1;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Whose whose && whose.server.equals(server) && whose.account == account && whose.rank == rank;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * server.hashCode() + Long.hashCode(account)) + rank;
        }
    }

    /// One that does not try again before a moment.
    ///
    /// @param at monotonic nanoseconds
    /// @param why how its last try ended
    record Retry(long at, Failure why) {}

    /// @param server on which an account is; at once, from memory
    Board(LongFunction<String> server) {
        this.server = server;
    }

    Optional<Entry> find(long id) {
        return Optional.ofNullable(live.get(id));
    }

    Collection<Entry> all() {
        return List.copyOf(live.values());
    }

    /// Whose downloads wait or have waited.
    Set<Long> accounts() {
        Set<Long> accounts = new HashSet<>();
        for (Lane lane : lanes.keySet()) accounts.add(lane.account());
        return accounts;
    }

    /// Puts a changed entry where it belongs: into its lane while it waits, else only into memory.
    void put(Entry entry) {
        Entry old = live.put(entry.id(), entry);
        if (old != null) leave(old);
        touched(entry.id());
        if (!(entry.state() instanceof DownloadState.Queued)) {
            retries.remove(entry.id());
            return;
        }
        Lane lane = Lane.of(entry);
        TreeSet<Entry> window = lanes.computeIfAbsent(lane, l -> new TreeSet<>(Entry.ORDER));
        window.add(entry);
        while (window.size() > 2 * WINDOW) {
            Entry last = window.pollLast();
            live.remove(last.id());
            retries.remove(last.id());
            more.add(lane);
        }
    }

    /// A waiting one that may lie beyond its lane's window: then only noted that there is more.
    void admit(Entry entry) {
        touched(entry.id());
        if (live.containsKey(entry.id())) return;
        Lane lane = Lane.of(entry);
        TreeSet<Entry> window = lanes.get(lane);
        boolean beyond = window != null && !window.isEmpty() && Entry.ORDER.compare(window.last(), entry) < 0
                && (anywhere || window.size() >= WINDOW || more.contains(lane));
        if (beyond) more.add(lane);
        else put(entry);
    }

    void forget(long id) {
        Entry old = live.remove(id);
        if (old != null) leave(old);
        retries.remove(id);
        touched(id);
    }

    /// Every waiting one leaves memory: they come again from the store. When each tries again stays known.
    ///
    /// @param closing whether an attempt at it still closes its file: how far that came is not in the store yet
    void forgetWaiting(LongPredicate closing) {
        for (TreeSet<Entry> window : lanes.values()) {
            window.removeIf(entry -> {
                if (closing.test(entry.id())) return false;
                live.remove(entry.id());
                touched(entry.id());
                return true;
            });
        }
        anywhere = true;
    }

    private void touched(long id) {
        if (loading) changed.add(id);
    }

    private void leave(Entry entry) {
        TreeSet<Entry> window = lanes.get(Lane.of(entry));
        if (window != null) window.remove(entry);
    }

    void retryAt(long id, long nanos, Failure why) {
        retries.put(id, new Retry(nanos, why));
    }

    void noWait(long id) {
        retries.remove(id);
    }

    Map<Long, Retry> retries() {
        return Map.copyOf(retries);
    }

    /// The lanes that should be read again now, none of them named = all there are; empty when no read is due. The caller then reads and
    /// answers with [#loaded] or [#loadFailed].
    Optional<Set<Lane>> beginLoad() {
        if (loading) return Optional.empty();
        Set<Lane> low = new HashSet<>();
        for (Lane lane : more) {
            TreeSet<Entry> window = lanes.get(lane);
            if (window == null || window.size() < WINDOW / 4) low.add(lane);
        }
        if (!anywhere && low.isEmpty()) return Optional.empty();
        loading = true;
        changed.clear();
        Set<Lane> asked = anywhere ? Set.of() : low;
        anywhere = false;
        return Optional.of(asked);
    }

    /// Rows as they were when the load began; what changed since is newer in memory or gone.
    ///
    /// @param limit as many of each lane were asked for
    /// @return how many are new in memory
    int loaded(Map<Lane, List<Entry>> rows, int limit) {
        loading = false;
        Set<Long> newer = Set.copyOf(changed);
        changed.clear();
        int added = 0;
        for (var lane : rows.entrySet()) {
            if (lane.getValue().size() < limit) more.remove(lane.getKey());
            else more.add(lane.getKey());
            for (Entry row : lane.getValue()) {
                if (live.containsKey(row.id())) continue;
                if (newer.contains(row.id())) {
                    // It may be one that was noted as «more» meanwhile.
                    more.add(lane.getKey());
                    continue;
                }
                put(row);
                added++;
            }
        }
        return added;
    }

    void loadFailed() {
        loading = false;
        anywhere = true;
    }

    void mayBeMore() {
        anywhere = true;
    }

    /// Who is next: the best class and priority of those that may run; where several servers have such, the one of whose fewer run in that class, and
    /// of those whose last turn is longest ago, so that neither a long queue nor slow transfers of one keep another's waiting. The accounts of one
    /// server share its turns. Within an account the queue's order. Lists tell places by the same rule: [PlacesInLine].
    ///
    /// @param open which lanes may run at all
    Optional<Entry> next(Predicate<Lane> open, Predicate<Entry> mayRun, long now) {
        Entry best = null;
        Map<Whose, Integer> busy = busy();
        for (var lane : lanes.entrySet()) {
            if (lane.getValue().isEmpty() || !open.test(lane.getKey())) continue;
            for (Entry entry : lane.getValue()) {
                // What follows in this lane stands behind it.
                if (best != null && !sooner(entry, best, busy)) break;
                Retry retry = retries.get(entry.id());
                if ((retry == null || retry.at() - now <= 0) && roomFor(entry) && mayRun.test(entry)) {
                    best = entry;
                    break;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /// How many of each run.
    private Map<Whose, Integer> busy() {
        Map<Whose, Integer> busy = new HashMap<>();
        for (Entry entry : running()) {
            busy.merge(ofServer(entry), 1, Integer::sum);
            busy.merge(ofAccount(entry), 1, Integer::sum);
        }
        return busy;
    }

    private boolean sooner(Entry a, Entry b, Map<Whose, Integer> busy) {
        int level = Integer.compare(a.rank(), b.rank());
        if (level == 0) level = Integer.compare(b.priority(), a.priority());
        if (level == 0 && a.key().account() != b.key().account()) {
            level = sooner(ofServer(a), ofServer(b), busy);
            if (level == 0) level = sooner(ofAccount(a), ofAccount(b), busy);
        }
        return level == 0 ? Entry.ORDER.compare(a, b) < 0 : level < 0;
    }

    private int sooner(Whose a, Whose b, Map<Whose, Integer> busy) {
        int fewer = Integer.compare(busy.getOrDefault(a, 0), busy.getOrDefault(b, 0));
        return fewer != 0 ? fewer : Long.compare(lastTurn(a), lastTurn(b));
    }

    private long lastTurn(Whose whose) {
        return served.getOrDefault(whose, 0L);
    }

    private Whose ofServer(Entry entry) {
        return new Whose(server.apply(entry.key().account()), Whose.ANY, entry.rank());
    }

    private Whose ofAccount(Entry entry) {
        return new Whose(server.apply(entry.key().account()), entry.key().account(), entry.rank());
    }

    /// It was its server's turn, and its account's there.
    void served(Entry entry) {
        turns++;
        served.put(ofServer(entry), turns);
        served.put(ofAccount(entry), turns);
    }

    private boolean roomFor(Entry entry) {
        return entry.rank() > 0 || running().stream().filter(e -> e.rank() == 0).count() < EXTRA_FOR_PLAYING;
    }

    List<Entry> running() {
        List<Entry> running = new ArrayList<>();
        for (Entry entry : live.values()) {
            if (entry.state() instanceof DownloadState.Running) running.add(entry);
        }
        return running;
    }

    /// Those of a class that wait, as far as they are in memory.
    List<Entry> waiting(int rank) {
        return lanes.entrySet().stream().filter(lane -> lane.getKey().rank() == rank).flatMap(lane -> lane.getValue().stream()).toList();
    }

    /// When the next wait of a waiting one ends; those that have ended want a turn, which no clock gives.
    long nextRetry(long now) {
        return retries.values().stream().mapToLong(Retry::at).filter(at -> at - now > 0).min().orElse(Long.MAX_VALUE);
    }

    void counts(Map<Status, Long> fresh) {
        counts.clear();
        counts.putAll(fresh);
    }

    void count(Status status, long by) {
        counts.merge(status, by, Long::sum);
    }

    long count(Status status) {
        return Math.max(0, counts.getOrDefault(status, 0L));
    }
}
