package app.waxwing.cache;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.FetchAhead;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.playback.Player;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to the player and asks the engine for what will be heard next, and for the rest of an album that the user comes back to (requirements
/// 2.7–2.9). Transfers nothing itself: the engine fetches this behind everything else, in the cache, where the longest unused goes first (2.10).
/// Any thread; nothing here blocks.
public final class SmartCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmartCache.class);
    /// Somebody who skips from track to track is waited for.
    private static final Duration CALM = Duration.ofMillis(700);
    private static final int PLAYS = 500;
    private final Player player;
    private final Library library;
    private final FetchAhead engine;
    private final Time time;
    private final Choices choices;
    private final Subscription subscription;
    private final AtomicBoolean waiting = new AtomicBoolean();
    /// Empty where it is to be asked again, whatever comes next.
    private final AtomicReference<Optional<List<ItemKey>>> asked = new AtomicReference<>(Optional.of(List.of()));
    private final AtomicReference<Optional<ItemKey>> heard = new AtomicReference<>(Optional.empty());
    /// The plays are to be looked at whatever is heard.
    private final AtomicBoolean anew = new AtomicBoolean(true);
    private volatile Optional<Failure> trouble = Optional.empty();
    private volatile boolean closed;

    /// What the user chose, as it is now (requirement 2.7).
    public interface Choices {
        /// Tracks of the queue that are kept ready; 0 = none.
        int ahead();

        /// Different tracks of one album that bring in the rest; 0 = never.
        int threshold();

        Duration window();
    }

    public SmartCache(Player player, Library library, FetchAhead engine, Time time, Choices choices) {
        this.player = player;
        this.library = library;
        this.engine = engine;
        this.time = time;
        this.choices = choices;
        subscription = player.changes().subscribe(state -> soon());
        soon();
    }

    /// The choices are others now: they count from here on, not from the next track.
    public void chosen() {
        asked.set(Optional.empty());
        anew.set(true);
        soon();
    }

    private void soon() {
        if (!waiting.getAndSet(true)) time.after(CALM, this::look);
    }

    private void look() {
        waiting.set(false);
        if (closed) return;
        queue();
        albums();
    }

    /// Told only when it changed, or when not all of it found room: the engine would look it all up again.
    private void queue() {
        List<ItemKey> next = Ahead.next(player.state(), choices.ahead());
        if (asked.getAndSet(Optional.of(next)).filter(next::equals).isPresent() && trouble.isEmpty()) return;
        quietly("the next tracks", engine.next(next).thenAccept(this::said));
    }

    /// When another track plays, the one before has been counted where it was heard long enough.
    private void albums() {
        Optional<ItemKey> now = player.state().current().map(Track::key);
        int threshold = choices.threshold();
        boolean another = !now.equals(heard.getAndSet(now));
        if (!anew.getAndSet(false) && !another) return;
        if (threshold <= 0) {
            engine.returnedTo(Set.of());
            return;
        }
        quietly("an album",
                player.history(PLAYS).thenCompose(plays -> library.tracks(plays.stream().map(Player.Played::key).distinct().toList())
                        .thenCompose(tracks -> {
                            Map<ItemKey, ItemKey> albums = new HashMap<>();
                            for (Track track : tracks)
                                track.albumId().ifPresent(id -> albums.put(track.key(), new ItemKey(track.key().account(), id)));
                            engine.returnedTo(Ahead.returnedTo(plays, albums, threshold, choices.window(), time.now()));
                            return Ahead.affine(plays, albums, threshold, choices.window(), time.now())
                                    .map(album -> library.tracksOf(album)
                                            .thenCompose(all -> engine.rest(all.stream().map(Track::key).toList())))
                                    .orElseGet(() -> CompletableFuture.completedFuture(null));
                        })));
    }

    /// Why not everything that comes next is fetched ahead; empty where it is. Any thread.
    public Optional<Failure> trouble() {
        return trouble;
    }

    private void said(Optional<Failure> why) {
        if (why.equals(trouble)) return;
        trouble = why;
        why.ifPresent(failure -> LOG.info("{}", FailureWords.sentence(failure)));
    }

    private static void quietly(String what, CompletableFuture<?> work) {
        work.whenComplete((done, trouble) -> {
            if (trouble != null) LOG.info("{} are not fetched ahead: {}", what, FailureException.of(trouble));
        });
    }

    @Override
    public void close() {
        closed = true;
        subscription.close();
    }
}
