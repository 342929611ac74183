package app.waxwing.playback;

import app.waxwing.audio.AudioEngine;
import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.library.Library;
import app.waxwing.library.MediaLocator;
import app.waxwing.library.Track;
import app.waxwing.store.CacheMeters;
import app.waxwing.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The player. Its state belongs to the thread of its mailbox; commands wait in order until the saved queue is back, then act at once and are
/// saved behind. Starts as it was left, paused where it stood; it never begins to sound by itself.
public final class PlayerEngine implements Player, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlayerEngine.class);
    private static final Duration RESTART_AFTER = Duration.ofSeconds(3);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Mailbox player;
    private final Time time;
    private final Library library;
    private final AudioEngine audio;
    private final RandomGenerator random;
    private final Supplier<PlaybackOptions> options;
    private final PlayHistory playHistory;
    private final PlayerStore store;
    private final Counting counting = new Counting();
    private final QueueKeeper keeper;
    private final QueueHistory steps = new QueueHistory();
    private final Course course;
    private final CommandInbox inbox;
    private final Events<PlayerState> changes = new Events<>();
    private final QueueRenewal renewal;
    private final QueueOwners owners;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile PlayerState state = new PlayerState(PlayerState.Phase.IDLE, List.of(), -1, List.of(), 100, false, Repeat.OFF,
            Optional.empty(), "", Optional.empty(), "");
    private volatile Now now = new Now(0, Duration.ZERO, Optional.empty(), Optional.empty());
    private long savedAt;
    private boolean restored;

    /// What a reader of the position needs.
    ///
    /// @param generation whose position the audio engine knows; 0 when `resting` is the position
    private record Now(long generation, Duration resting, Optional<Duration> duration, Optional<Attempt> attempt) {}

    /// @param player the mailbox that `audio` tells its events on as well; its owner closes it
    /// @param random for shuffling and session ids
    public PlayerEngine(Mailbox player, Time time, Database database, Library library, MediaLocator locator, AudioEngine audio,
            PlayReports reports, Supplier<PlaybackOptions> options, RandomGenerator random) {
        this.player = player;
        this.time = time;
        this.library = library;
        this.audio = audio;
        this.random = random;
        this.options = options;
        playHistory = new PlayHistory(database);
        store = new PlayerStore(database, time);
        keeper = new QueueKeeper(store, player);
        var meter = new SourceMeter(database.meters().of(CacheMeters.MUSIC));
        course = new Course(audio, locator, meter, player, new PlayLog(playHistory, reports, counting, time, random), options,
                this::changed);
        renewal = new QueueRenewal(library, time, player, this::queue, course::refresh, keeper);
        owners = new QueueOwners(course, steps, keeper, store, library, player, random);
        inbox = new CommandInbox(player, this::carryOut);
        subscriptions.add(time.every(Duration.ofSeconds(1), () -> player.post(this::tick)));
        subscriptions.add(library.changes().subscribe(change -> renewal.soon()));
        restore();
    }

    private void restore() {
        var counted = playHistory.countedSince(time.now().minus(Counting.AGAIN));
        var _ = store.load().thenCompose(saved -> library.tracks(saved.rows().stream().map(PlayerStore.Row::key).distinct().toList())
                .thenCombine(counted, (tracks, plays) -> {
                    player.post(() -> restored(saved, QueueRenewal.byKey(tracks), plays));
                    return saved;
                })).exceptionally(e -> {
                    LOG.error("the saved queue cannot be read", e);
                    player.post(this::open);
                    return PlayerStore.Saved.NOTHING;
                });
    }

    private void restored(PlayerStore.Saved saved, Map<ItemKey, Track> tracks, Map<ItemKey, java.time.Instant> plays) {
        plays.forEach(counting::counted);
        var entries = new ArrayList<PlayerState.Entry>();
        for (PlayerStore.Row row : saved.rows()) {
            Track track = tracks.get(row.key());
            if (track != null) entries.add(new PlayerState.Entry(row.entry(), track, row.byUser()));
        }
        PlayQueue queue = PlayQueue.restored(entries, saved.current(), saved.shuffled(), saved.playingOrder(), saved.repeat(),
                saved.title(),
                random.nextLong());
        if (entries.size() == saved.rows().size() && saved.hidden().isEmpty()) keeper.loaded(queue);
        course.restore(queue, saved.position(), saved.volume());
        open();
        owners.begin(saved);
    }

    private void open() {
        restored = true;
        changed();
        inbox.open();
    }

    private void carryOut(PlayerCommand command) {
        switch (command) {
            case PlayerCommand.PlayList c -> playList(c);
            case PlayerCommand.Play _ -> course.play();
            case PlayerCommand.Pause _ -> doPause();
            case PlayerCommand.Toggle _ -> {
                if (course.isPlaying()) doPause();
                else course.play();
            }
            case PlayerCommand.Stop _ -> {
                course.stop();
                save();
            }
            case PlayerCommand.Next _ -> doNext();
            case PlayerCommand.Previous _ -> doPrevious();
            case PlayerCommand.Jump c -> {
                if (c.index() >= 0 && c.index() < queue().size()) course.start(c.index(), Duration.ZERO, true);
            }
            case PlayerCommand.Seek c -> course.seek(c.position());
            case PlayerCommand.SetVolume c -> course.volume(c.percent());
            case PlayerCommand.Shuffle c -> edit(queue().shuffle(c.on(), random.nextLong()));
            case PlayerCommand.SetRepeat c -> course.use(queue().repeat(c.repeat()), Duration.ZERO);
            case PlayerCommand.Add c -> edit(queue().add(c.tracks(), random.nextLong()));
            case PlayerCommand.PlayNext c -> edit(queue().playNext(c.tracks()));
            case PlayerCommand.Remove c -> edit(queue().remove(c.indices()));
            case PlayerCommand.Move c -> edit(queue().move(c.from(), c.to()));
            case PlayerCommand.Clear _ -> edit(queue().isEmpty() ? queue() : queue().clear());
            case PlayerCommand.Undo c -> c.done().complete(travel(steps.undo(step())));
            case PlayerCommand.Redo c -> c.done().complete(travel(steps.redo(step())));
            case PlayerCommand.Settle c -> c.done().complete(null);
            case PlayerCommand.Belong c -> owners.changed(c.active());
            case PlayerCommand.Retune _ -> course.retune();
        }
    }

    private PlayQueue queue() {
        return course.queue();
    }

    private QueueHistory.Step step() {
        return new QueueHistory.Step(queue(), course.position());
    }

    private void playList(PlayerCommand.PlayList c) {
        if (c.tracks().isEmpty() || c.index() >= c.tracks().size()) return;
        if (!queue().isEmpty()) steps.changed(step());
        course.begin(queue().replace(c.tracks(), Math.max(-1, c.index()), c.title(), random.nextLong()));
    }

    private void edit(PlayQueue changed) {
        if (changed == queue()) return;
        steps.changed(step());
        course.use(changed, Duration.ZERO);
    }

    private boolean travel(Optional<QueueHistory.Step> to) {
        to.ifPresent(step -> course.use(step.queue().insteadOf(queue()), step.position()));
        return to.isPresent();
    }

    private void doPause() {
        course.pause();
        save();
    }

    private void doNext() {
        int index = queue().after();
        if (index >= 0) course.start(index, Duration.ZERO, course.isPlaying());
        else if (queue().index() >= 0) course.stop();
    }

    private void doPrevious() {
        int index = queue().before();
        if (index < 0) return;
        boolean here = index == queue().index() || course.position().compareTo(RESTART_AFTER) > 0;
        if (here && course.attempt().isPresent()) course.seek(Duration.ZERO);
        else course.start(here ? queue().index() : index, Duration.ZERO, course.isPlaying());
    }

    private void tick() {
        if (!restored) return;
        course.tick();
        if (course.isPlaying() && time.nanos() - savedAt >= SAVE_EVERY.toNanos()) save();
        if (!state.source().equals(course.attempt().flatMap(Attempt::source))) changed();
    }

    /// Something that a snapshot shows is different.
    private void changed() {
        if (!restored) return;
        PlayQueue queue = queue();
        Optional<Attempt> attempt = course.attempt();
        now = new Now(course.isSeeking() || attempt.isEmpty() ? 0 : attempt.get().generation, course.position(),
                attempt.flatMap(Attempt::duration).or(() -> queue.current().flatMap(e -> e.track().duration())), attempt);
        PlayerState before = state;
        state = new PlayerState(course.phase(), queue.entries(), queue.index(), queue.upcoming(), course.volume(), queue.isShuffled(),
                queue.repeat(), attempt.flatMap(Attempt::source), queue.title(), course.failure(), attempt.map(a -> a.decoder).orElse(""));
        if (before.queue() != state.queue() || before.index() != state.index() || before.volume() != state.volume()
                || before.shuffle() != state.shuffle() || before.repeat() != state.repeat() || before.upcoming() != state.upcoming())
            save();
        changes.publish(state);
    }

    private void save() {
        savedAt = time.nanos();
        keeper.save(new PlayerStore.Now(queue(), course.position(), course.volume()));
    }

    /// Tracks that have another id on their server, by the old one.
    public void moved(Map<ItemKey, ItemKey> names) {
        player.post(() -> renewal.moved(names));
    }

    /// Other accounts are the active ones now: the others' entries leave the queue, theirs come back.
    public void belongsTo(Set<Long> active) {
        inbox.submit(new PlayerCommand.Belong(Set.copyOf(active)));
    }

    /// The options are others now: loudness and joining follow.
    public void optionsChanged() {
        inbox.submit(new PlayerCommand.Retune());
    }

    /// Saves where it stands, tells the server that it stopped, and goes silent. Waits at most two seconds. Close the reports, the audio engine,
    /// the mailbox and the database after it, in this order.
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        var saved = new CompletableFuture<Void>();
        player.post(() -> {
            if (restored) save();
            restored = false;
            course.close();
            keeper.settled().whenComplete((nothing, trouble) -> saved.complete(null));
        });
        try {
            saved.get(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("the queue was not saved in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public PlayerState state() {
        return state;
    }

    @Override
    public Events<PlayerState> changes() {
        return changes;
    }

    @Override
    public Duration position() {
        Now at = now;
        if (at.generation() == 0) return at.resting();
        var status = audio.status();
        if (status.generation() == at.generation()) return status.position();
        return status.generation() > at.generation() ? at.duration().orElse(at.resting()) : at.resting();
    }

    @Override
    public Duration buffered() {
        Now at = now;
        return at.attempt().flatMap(a -> at.duration().map(d -> Duration.ofNanos((long) (d.toNanos() * a.buffered()))))
                .orElse(Duration.ZERO);
    }

    @Override
    public void play(List<Track> tracks, int index, String sourceTitle) {
        inbox.submit(new PlayerCommand.PlayList(List.copyOf(tracks), index, sourceTitle));
    }

    @Override
    public void play() {
        inbox.submit(new PlayerCommand.Play());
    }

    @Override
    public void pause() {
        inbox.submit(new PlayerCommand.Pause());
    }

    @Override
    public void toggle() {
        inbox.submit(new PlayerCommand.Toggle());
    }

    @Override
    public void stop() {
        inbox.submit(new PlayerCommand.Stop());
    }

    @Override
    public void next() {
        inbox.submit(new PlayerCommand.Next());
    }

    @Override
    public void previous() {
        inbox.submit(new PlayerCommand.Previous());
    }

    @Override
    public void jump(int index) {
        inbox.submit(new PlayerCommand.Jump(index));
    }

    @Override
    public void seek(Duration position) {
        inbox.submit(new PlayerCommand.Seek(position));
    }

    @Override
    public void volume(int percent) {
        inbox.submit(new PlayerCommand.SetVolume(percent));
    }

    @Override
    public void shuffle(boolean on) {
        inbox.submit(new PlayerCommand.Shuffle(on));
    }

    @Override
    public void repeat(Repeat repeat) {
        inbox.submit(new PlayerCommand.SetRepeat(repeat));
    }

    @Override
    public void add(List<Track> tracks) {
        inbox.submit(new PlayerCommand.Add(List.copyOf(tracks)));
    }

    @Override
    public void playNext(List<Track> tracks) {
        inbox.submit(new PlayerCommand.PlayNext(List.copyOf(tracks)));
    }

    @Override
    public void remove(List<Integer> indices) {
        inbox.submit(new PlayerCommand.Remove(List.copyOf(indices)));
    }

    @Override
    public void move(int from, int to) {
        inbox.submit(new PlayerCommand.Move(from, to));
    }

    @Override
    public void clear() {
        inbox.submit(new PlayerCommand.Clear());
    }

    @Override
    public CompletableFuture<Boolean> undo() {
        var done = new CompletableFuture<Boolean>();
        inbox.submit(new PlayerCommand.Undo(done));
        return done;
    }

    @Override
    public CompletableFuture<Boolean> redo() {
        var done = new CompletableFuture<Boolean>();
        inbox.submit(new PlayerCommand.Redo(done));
        return done;
    }

    @Override
    public CompletableFuture<Void> settled() {
        var done = new CompletableFuture<Void>();
        inbox.submit(new PlayerCommand.Settle(done));
        return done;
    }

    @Override
    public CompletableFuture<Integer> forgetHistory() {
        return playHistory.forget(time.now());
    }

    @Override
    public CompletableFuture<Integer> recallHistory() {
        return playHistory.recall();
    }

    @Override
    public CompletableFuture<Optional<Removed>> removedHistory() {
        return playHistory.removed();
    }

    @Override
    public CompletableFuture<List<Played>> history(int limit) {
        return playHistory.recent(limit);
    }

    @Override
    public CompletableFuture<Long> historySize() {
        return playHistory.size();
    }
}
