package app.waxwing.playback;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.playback.PlayerStore.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queue is shown to those whose it is (requirements 0.13, 4.5). When another user of the same server becomes the active one, what sounds of the
/// one before stops, and that user's entries leave the queue and its history; they wait in the store and come back with their user, at the end of
/// what is there then, or where they stood in an empty queue, but from the beginning of the track and in listed order. Thread `player` only.
final class QueueOwners {
    private static final Logger LOG = LoggerFactory.getLogger(QueueOwners.class);
    private final Course course;
    private final QueueHistory steps;
    private final QueueKeeper keeper;
    private final PlayerStore store;
    private final Library library;
    private final Mailbox player;
    private final RandomGenerator random;
    private Set<Long> active = Set.of();
    /// Accounts whose entries are back in the queue and still aside too, by the turn in which they came.
    private final Map<Long, Integer> twice = new HashMap<>();
    /// Of an answer that comes after another change nothing is taken.
    private int turn;

    QueueOwners(Course course, QueueHistory steps, QueueKeeper keeper, PlayerStore store, Library library, Mailbox player,
            RandomGenerator random) {
        this.course = course;
        this.steps = steps;
        this.keeper = keeper;
        this.store = store;
        this.library = library;
        this.player = player;
        this.random = random;
    }

    /// The saved queue is back. What the last run ended too early to put aside is put aside now.
    void begin(PlayerStore.Saved saved) {
        active = saved.active();
        putAside(saved.hidden(), saved.index());
        bringBack();
    }

    void changed(Set<Long> now) {
        if (!now.containsAll(active)) steps.forget();
        active = now;
        PlayQueue queue = course.queue();
        List<Integer> leaving = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < queue.size(); i++) {
            PlayerState.Entry entry = queue.entries().get(i);
            if (now.contains(entry.track().key().account())) continue;
            leaving.add(i);
            rows.add(new Row(i, entry.entry(), entry.track().key(), entry.byUser()));
        }
        for (long account : List.copyOf(twice.keySet())) {
            if (now.contains(account)) continue;
            twice.remove(account);
            // None of them is left in the queue: nor shall any come back. Otherwise what is put aside now takes their place.
            if (rows.stream().noneMatch(r -> r.key().account() == account)) store.isBack(account);
        }
        if (!leaving.isEmpty()) {
            // Stored first: a kill in between leaves them in both places, and the next start puts them aside again.
            putAside(rows, queue.index());
            if (leaving.contains(queue.index())) course.stop();
            course.use(queue.remove(leaving), Duration.ZERO);
        }
        bringBack();
    }

    /// @param index of the current entry among all: its place is 0 in what is put aside
    private void putAside(List<Row> rows, long index) {
        Map<Long, List<Row>> byAccount = new TreeMap<>();
        for (Row row : rows) {
            byAccount.computeIfAbsent(row.key().account(), a -> new ArrayList<>())
                    .add(new Row(row.position() - index, row.entry(), row.key(), row.byUser()));
        }
        byAccount.forEach(store::putAside);
    }

    private void bringBack() {
        int mine = ++turn;
        var _ = store.aside(active.stream().filter(a -> !twice.containsKey(a)).collect(Collectors.toSet()))
                .thenCompose(
                        rows -> library.tracks(rows.stream().map(Row::key).distinct().toList()).thenAccept(tracks -> player.post(() -> {
                            if (!rows.isEmpty() && turn == mine) bringBack(rows, QueueRenewal.byKey(tracks));
                        })))
                .exceptionally(e -> {
                    LOG.error("the queue that was put aside cannot be read", e);
                    return null;
                });
    }

    private void bringBack(List<Row> rows, Map<ItemKey, Track> known) {
        List<Track> tracks = new ArrayList<>();
        int current = -1;
        for (Row row : rows) {
            Track track = known.get(row.key());
            if (track == null) continue;
            if (row.position() == 0) current = tracks.size();
            tracks.add(track);
        }
        PlayQueue queue = course.queue();
        course.use(queue.isEmpty() ? queue.replace(tracks, current, "", random.nextLong()) : queue.add(tracks, random.nextLong()),
                Duration.ZERO);
        // Gone from there once they are saved here, unless their user has left again.
        int mine = turn;
        Set<Long> back = rows.stream().map(r -> r.key().account()).collect(Collectors.toSet());
        back.forEach(account -> twice.put(account, mine));
        var _ = keeper.settled().thenRunAsync(() -> back.stream().filter(account -> twice.remove(account, mine)).forEach(store::isBack),
                player);
    }
}
