package app.waxwing.playback;

import app.waxwing.library.Track;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Everything the player can be told.
sealed interface PlayerCommand {
    record PlayList(List<Track> tracks, int index, String title) implements PlayerCommand {}

    record Play() implements PlayerCommand {}

    record Pause() implements PlayerCommand {}

    record Toggle() implements PlayerCommand {}

    record Stop() implements PlayerCommand {}

    record Next() implements PlayerCommand {}

    record Previous() implements PlayerCommand {}

    record Jump(int index) implements PlayerCommand {}

    record Seek(Duration position) implements PlayerCommand {}

    record SetVolume(int percent) implements PlayerCommand {}

    record Shuffle(boolean on) implements PlayerCommand {}

    record SetRepeat(Player.Repeat repeat) implements PlayerCommand {}

    record Add(List<Track> tracks) implements PlayerCommand {}

    record PlayNext(List<Track> tracks) implements PlayerCommand {}

    record Remove(List<Integer> indices) implements PlayerCommand {}

    record Move(int from, int to) implements PlayerCommand {}

    record Clear() implements PlayerCommand {}

    record Undo(CompletableFuture<Boolean> done) implements PlayerCommand {}

    record Redo(CompletableFuture<Boolean> done) implements PlayerCommand {}

    record Settle(CompletableFuture<Void> done) implements PlayerCommand {}

    /// Accounts whose entries are shown.
    record Belong(Set<Long> active) implements PlayerCommand {}

    /// The options are others now.
    record Retune() implements PlayerCommand {}

    /// True when this one, given right after `earlier`, makes it pointless: of a dragged slider only the last value counts.
    default boolean replaces(PlayerCommand earlier) {
        return this instanceof Seek && earlier instanceof Seek || this instanceof SetVolume && earlier instanceof SetVolume;
    }
}
