package app.waxwing.download;

import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What of the queue is in memory: what runs, and the first few hundred that wait. Decides who is next and who must give way; no I/O.
/// Owned by thread `downloads`.
final class Board {
    static final int WINDOW = 256;
    /// What is heard now does not wait for a slot: the current track and the one after it.
    static final int EXTRA_FOR_PLAYING = 2;
    private final Map<Long, Entry> live = new HashMap<>();
    private final TreeSet<Entry> window = new TreeSet<>(Entry.ORDER);
    private final Map<Long, Long> retryAt = new HashMap<>();
    private final Set<Long> changed = new HashSet<>();
    private final EnumMap<Status, Long> counts = new EnumMap<>(Status.class);
    private boolean more;
    private boolean loading;

    Optional<Entry> find(long id) {
        return Optional.ofNullable(live.get(id));
    }

    Collection<Entry> all() {
        return List.copyOf(live.values());
    }

    /// Puts a changed entry where it belongs: into the window while it waits, else only into memory.
    void put(Entry entry) {
        Entry old = live.put(entry.id(), entry);
        if (old != null) window.remove(old);
        changed.add(entry.id());
        if (!(entry.state() instanceof DownloadState.Queued)) {
            retryAt.remove(entry.id());
            return;
        }
        window.add(entry);
        while (window.size() > 2 * WINDOW) {
            Entry last = window.pollLast();
            live.remove(last.id());
            retryAt.remove(last.id());
            more = true;
        }
    }

    /// A waiting one that may lie beyond the window: then only noted that there is more.
    void admit(Entry entry) {
        changed.add(entry.id());
        if (live.containsKey(entry.id())) return;
        boolean beyond = !window.isEmpty() && Entry.ORDER.compare(window.last(), entry) < 0;
        if ((more && beyond) || (beyond && window.size() >= WINDOW)) more = true;
        else put(entry);
    }

    void forget(long id) {
        Entry old = live.remove(id);
        if (old != null) window.remove(old);
        retryAt.remove(id);
        changed.add(id);
    }

    /// Every waiting one leaves memory: they come again from the store.
    void forgetWaiting() {
        for (Entry entry : List.copyOf(window)) forget(entry.id());
        more = true;
    }

    void retryAt(long id, long nanos) {
        retryAt.put(id, nanos);
    }

    void noWait(long id) {
        retryAt.remove(id);
    }

    /// True when a load should begin now; the caller then loads and answers with [#loaded].
    boolean beginLoad(boolean nothingFound) {
        if (loading || !more || (window.size() >= WINDOW / 4 && !nothingFound)) return false;
        loading = true;
        changed.clear();
        return true;
    }

    /// Rows as they were when the load began; what changed since is newer in memory or gone.
    ///
    /// @return how many are new in the window
    int loaded(List<Entry> rows, boolean wasAll) {
        loading = false;
        more = !wasAll;
        Set<Long> newer = Set.copyOf(changed);
        int added = 0;
        for (Entry row : rows) {
            if (live.containsKey(row.id()) || newer.contains(row.id())) continue;
            put(row);
            added++;
        }
        return added;
    }

    void loadFailed() {
        loading = false;
    }

    void mayBeMore() {
        more = true;
    }

    /// The first in order that may run.
    Optional<Entry> next(Holds holds, long now, java.util.function.Predicate<Entry> busy) {
        for (Entry entry : window) {
            Long at = retryAt.get(entry.id());
            if ((at == null || at - now <= 0) && !busy.test(entry) && holds.reason(entry).isEmpty() && roomFor(entry))
                return Optional.of(entry);
        }
        return Optional.empty();
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

    /// Who gives way to a waiting one: the last in order of those fetched ahead, never another of the user's own (B.39).
    Optional<Entry> victim(Entry waiting) {
        if (waiting.rank() > 1) return Optional.empty();
        return running().stream().filter(e -> e.rank() >= 2).max(Entry.ORDER);
    }

    Reason reason(Entry entry, Holds holds) {
        return holds.reason(entry).orElse(retryAt.containsKey(entry.id()) ? entry.reason().orElse(Reason.RETRY) : Reason.SLOT);
    }

    /// When the next wait of a waiting one ends.
    long nextRetry() {
        return retryAt.values().stream().min(Comparator.naturalOrder()).orElse(Long.MAX_VALUE);
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
