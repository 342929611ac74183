package app.waxwing.playback;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the rows of the play queue as the library has them now: hearts and marks of the tracks around the current one, and the ids of tracks that
/// moved on their server. Thread `player`, but [#soon].
final class QueueRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(QueueRenewal.class);
    private static final int REFRESHED = 200;
    private final Library library;
    private final Time time;
    private final Mailbox player;
    private final Supplier<PlayQueue> queue;
    private final Consumer<PlayQueue> renewed;
    private final QueueKeeper keeper;
    private final AtomicBoolean asked = new AtomicBoolean();

    QueueRenewal(Library library, Time time, Mailbox player, Supplier<PlayQueue> queue, Consumer<PlayQueue> renewed, QueueKeeper keeper) {
        this.library = library;
        this.time = time;
        this.player = player;
        this.queue = queue;
        this.renewed = renewed;
        this.keeper = keeper;
    }

    /// Rows of the current track and those around it are read again, at most twice a second. Any thread.
    void soon() {
        if (asked.getAndSet(true)) return;
        var _ = time.after(Duration.ofMillis(500), () -> player.post(this::refresh));
    }

    private void refresh() {
        asked.set(false);
        var keys = new LinkedHashSet<ItemKey>();
        queue.get().current().ifPresent(e -> keys.add(e.track().key()));
        for (int index : queue.get().upcoming()) {
            if (keys.size() >= REFRESHED) break;
            keys.add(queue.get().entries().get(index).track().key());
        }
        for (PlayerState.Entry entry : queue.get().entries()) {
            if (keys.size() >= REFRESHED) break;
            keys.add(entry.track().key());
        }
        if (!keys.isEmpty()) read(List.copyOf(keys), tracks -> take(byKey(tracks)));
    }

    /// @param names new ids by old ones
    void moved(Map<ItemKey, ItemKey> names) {
        Map<ItemKey, ItemKey> mine = new HashMap<>();
        for (PlayerState.Entry entry : queue.get().entries()) {
            ItemKey now = names.get(entry.track().key());
            if (now != null) mine.put(entry.track().key(), now);
        }
        if (mine.isEmpty()) return;
        read(List.copyOf(mine.values()), tracks -> {
            Map<ItemKey, Track> byNew = byKey(tracks);
            Map<ItemKey, Track> byOld = new HashMap<>();
            mine.forEach((old, now) -> {
                if (byNew.get(now) instanceof Track track) byOld.put(old, track);
            });
            // What is written from memory in this moment still has the old ids: the whole list is written once more.
            keeper.distrust();
            take(byOld);
        });
    }

    private void take(Map<ItemKey, Track> tracks) {
        PlayQueue refreshed = queue.get().refreshed(tracks);
        if (refreshed != queue.get()) renewed.accept(refreshed);
    }

    private void read(List<ItemKey> keys, Consumer<List<Track>> then) {
        var _ = library.tracks(keys).thenAccept(tracks -> player.post(() -> then.accept(tracks))).exceptionally(e -> {
            LOG.warn("the queue's rows were not refreshed", e);
            return null;
        });
    }

    static Map<ItemKey, Track> byKey(List<Track> tracks) {
        var byKey = new HashMap<ItemKey, Track>(tracks.size() * 2);
        for (Track track : tracks) byKey.put(track.key(), track);
        return byKey;
    }
}
