package app.waxwing.testing.ui;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.library.Availability;
import app.waxwing.library.Track;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import app.waxwing.playback.PlayerState.Entry;
import app.waxwing.playback.PlayerState.Phase;
import app.waxwing.playback.PlayerState.Source;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// A player without sound: obeys at once, on the caller's thread, and stands where [#at] puts it.
public final class FakePlayer implements Player {
    private final Events<PlayerState> changes = new Events<>();
    private final Deque<PlayerState> past = new ArrayDeque<>();
    private final Deque<PlayerState> undone = new ArrayDeque<>();
    private PlayerState state = new PlayerState(Phase.IDLE, List.of(), -1, List.of(), 66, false, Repeat.OFF, Optional.empty(), "",
            Optional.empty(),
            "LibVLC");
    private Duration position = Duration.ZERO;
    /// In the history.
    public volatile int plays = 12;
    private int forgotten;
    private double bufferedPart = 1;
    private long nextEntry = 1;

    /// Moves the sound there, as time would.
    public void at(Duration where) {
        position = where;
    }

    public void buffered(double part) {
        bufferedPart = part;
    }

    public void fail(Failure failure) {
        set(new PlayerState(state.phase(), state.queue(), state.index(), state.upcoming(), state.volume(), state.shuffle(), state.repeat(),
                state.source(), state.sourceTitle(), Optional.of(failure), state.decoder()));
    }

    private void set(PlayerState next) {
        state = next;
        changes.publish(next);
    }

    private void queue(List<Entry> queue, int index, Phase phase) {
        boolean any = index >= 0 && index < queue.size();
        Optional<Source> source = !any ? Optional.empty() : Optional.of(switch (queue.get(index).track().availability()) {
            case LOCAL -> Source.LOCAL;
            case CACHED -> Source.CACHED;
            case PARTIAL, REMOTE, GONE, AWAY -> Source.STREAM;
        });
        List<Integer> upcoming = new ArrayList<>(IntStream.range(any ? index + 1 : 0, queue.size()).boxed().toList());
        if (state.shuffle()) Collections.shuffle(upcoming, new java.util.Random(11));
        set(new PlayerState(any ? phase : Phase.IDLE, queue, any ? index : -1, upcoming, state.volume(), state.shuffle(), state.repeat(),
                source,
                state.sourceTitle(), Optional.empty(), state.decoder()));
    }

    private void change(List<Entry> queue, int index) {
        past.push(state);
        undone.clear();
        queue(queue, index, state.phase());
    }

    private List<Entry> entries(List<Track> tracks, boolean byUser) {
        return tracks.stream().map(t -> new Entry(nextEntry++, t, byUser)).toList();
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
        return position;
    }

    @Override
    public Duration buffered() {
        Duration whole = state.current().flatMap(Track::duration).orElse(Duration.ZERO);
        return Duration.ofMillis((long) (whole.toMillis() * bufferedPart));
    }

    @Override
    public void play(List<Track> tracks, int index, String sourceTitle) {
        past.push(state);
        state = new PlayerState(Phase.PLAYING, List.of(), -1, List.of(), state.volume(), state.shuffle(), state.repeat(), Optional.empty(),
                sourceTitle,
                Optional.empty(), state.decoder());
        position = Duration.ZERO;
        queue(entries(tracks, false), index, Phase.PLAYING);
    }

    @Override
    public void play() {
        queue(state.queue(), state.index() < 0 ? 0 : state.index(), Phase.PLAYING);
    }

    @Override
    public void pause() {
        queue(state.queue(), state.index(), Phase.PAUSED);
    }

    @Override
    public void toggle() {
        if (state.phase() == Phase.PLAYING) pause();
        else play();
    }

    @Override
    public void stop() {
        position = Duration.ZERO;
        pause();
    }

    @Override
    public void next() {
        if (!state.upcoming().isEmpty()) jump(state.upcoming().getFirst());
    }

    @Override
    public void previous() {
        if (position.toSeconds() > 3 || state.index() <= 0) position = Duration.ZERO;
        else jump(state.index() - 1);
    }

    @Override
    public void jump(int index) {
        position = Duration.ZERO;
        queue(state.queue(), index, Phase.PLAYING);
    }

    @Override
    public void seek(Duration to) {
        position = to;
    }

    @Override
    public void volume(int percent) {
        set(new PlayerState(state.phase(), state.queue(), state.index(), state.upcoming(), percent, state.shuffle(), state.repeat(),
                state.source(),
                state.sourceTitle(), state.failure(), state.decoder()));
    }

    @Override
    public void shuffle(boolean on) {
        state = new PlayerState(state.phase(), state.queue(), state.index(), state.upcoming(), state.volume(), on, state.repeat(),
                state.source(),
                state.sourceTitle(), state.failure(), state.decoder());
        queue(state.queue(), state.index(), state.phase());
    }

    @Override
    public void repeat(Repeat repeat) {
        set(new PlayerState(state.phase(), state.queue(), state.index(), state.upcoming(), state.volume(), state.shuffle(), repeat,
                state.source(),
                state.sourceTitle(), state.failure(), state.decoder()));
    }

    @Override
    public void add(List<Track> tracks) {
        var queue = new ArrayList<>(state.queue());
        queue.addAll(entries(tracks, true));
        change(queue, state.index());
    }

    @Override
    public void playNext(List<Track> tracks) {
        var queue = new ArrayList<>(state.queue());
        queue.addAll(state.index() + 1, entries(tracks, true));
        change(queue, state.index());
    }

    @Override
    public void remove(List<Integer> indices) {
        var queue = new ArrayList<Entry>();
        int index = state.index();
        for (int i = 0; i < state.queue().size(); i++) {
            if (!indices.contains(i)) queue.add(state.queue().get(i));
            else if (i < state.index()) index--;
        }
        change(queue, Math.min(index, queue.size() - 1));
    }

    @Override
    public void move(int from, int to) {
        var queue = new ArrayList<>(state.queue());
        long playing = state.index() < 0 ? -1 : queue.get(state.index()).entry();
        queue.add(to, queue.remove(from));
        change(queue, IntStream.range(0, queue.size()).filter(i -> queue.get(i).entry() == playing).findFirst().orElse(-1));
    }

    @Override
    public void clear() {
        change(List.of(), -1);
    }

    @Override
    public CompletableFuture<Boolean> undo() {
        if (past.isEmpty()) return CompletableFuture.completedFuture(false);
        undone.push(state);
        set(past.pop());
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Boolean> redo() {
        if (undone.isEmpty()) return CompletableFuture.completedFuture(false);
        past.push(state);
        set(undone.pop());
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Void> settled() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Integer> forgetHistory() {
        int now = plays;
        plays = 0;
        forgotten += now;
        return CompletableFuture.completedFuture(now);
    }

    @Override
    public CompletableFuture<Integer> recallHistory() {
        int back = forgotten;
        forgotten = 0;
        plays += back;
        return CompletableFuture.completedFuture(back);
    }

    @Override
    public CompletableFuture<Optional<Removed>> removedHistory() {
        return CompletableFuture.completedFuture(
                forgotten == 0 ? Optional.empty() : Optional.of(new Removed(forgotten, java.time.Instant.parse("2026-11-28T07:00:00Z"))));
    }

    @Override
    public CompletableFuture<List<Played>> history(int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<Long> historySize() {
        return CompletableFuture.completedFuture(0L);
    }

    /// As in the pictures: «Platform Four» plays from the album, one track of the user's own comes next.
    public void asInThePictures(SampleMusic music) {
        if (music.albums.isEmpty()) return;
        var album = music.album("Night Train to Lund");
        play(music.tracksOf(album.key()), 1, album.title());
        playNext(List.of(music.tracksOf(music.album("冬の灯").key()).getFirst()));
        past.clear();
        at(Duration.ofSeconds(102));
        buffered(0.74);
    }

    /// Whether a track would play without the network.
    public static boolean ready(Track track) {
        return track.availability() == Availability.LOCAL || track.availability() == Availability.CACHED;
    }
}
