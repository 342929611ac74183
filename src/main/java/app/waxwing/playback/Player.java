package app.waxwing.playback;

import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import app.waxwing.library.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What plays. Commands return at once and are carried out in order on thread `player`; the state is a snapshot that any thread may read.
/// The player acts, then persists: queue and position survive a restart, even a kill.
public interface Player {
    PlayerState state();

    /// After every change but the position, on thread `player`. The position is sampled from [#position].
    Events<PlayerState> changes();

    /// Where the sound is now, as heard; cheap enough to ask at every frame.
    Duration position();

    /// How far the current track can be played without waiting; equal to its duration for a local file.
    Duration buffered();

    /// Replaces the queue and starts.
    ///
    /// @param sourceTitle what the queue was made from, such as an album's title
    void play(List<Track> tracks, int index, String sourceTitle);

    /// Goes on, or starts the queue where it stood.
    void play();

    void pause();

    void toggle();

    void stop();

    void next();

    /// To the start of the track when more than 3 s have been heard, else to the track before.
    void previous();

    void jump(int index);

    void seek(Duration position);

    /// 0–100.
    void volume(int percent);

    void shuffle(boolean on);

    void repeat(Repeat repeat);

    void add(List<Track> tracks);

    void playNext(List<Track> tracks);

    void remove(List<Integer> indices);

    void move(int from, int to);

    void clear();

    /// Takes the last change of the queue back; false when there is none.
    CompletableFuture<Boolean> undo();

    CompletableFuture<Boolean> redo();

    /// Completes when every command given before is carried out.
    CompletableFuture<Void> settled();

    CompletableFuture<List<Played>> history(int limit);

    /// How many plays the history has.
    CompletableFuture<Long> historySize();

    /// Removes every play from the history; how many those were. [#recallHistory] brings them back for 30 days (requirement 4.19).
    CompletableFuture<Integer> forgetHistory();

    /// Takes the newest removal back; how many plays are there again.
    CompletableFuture<Integer> recallHistory();

    /// What [#recallHistory] would bring back; empty when nothing is left to bring back.
    CompletableFuture<Optional<Removed>> removedHistory();

    /// @param at when it was removed
    record Removed(int plays, Instant at) {}

    enum Repeat {
        OFF, ONE, ALL
    }

    /// One entry of the history.
    record Played(ItemKey key, String title, String artist, Instant at, Duration heard, boolean counted) {}
}
