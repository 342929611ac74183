package app.waxwing.playback;

import app.waxwing.base.Failure;
import app.waxwing.library.Track;
import java.util.List;
import java.util.Optional;

/// A snapshot of the player.
///
/// @param queue in listed order
/// @param index of the current entry, -1 for none
/// @param upcoming indices into `queue` in playing order after the current one (shuffled where shuffle is on; repeating all goes around)
/// @param failure why a track does not play: the current one, or one passed over on the way to it; the player goes on to the next by itself
public record PlayerState(Phase phase, List<Entry> queue, int index, List<Integer> upcoming, int volume, boolean shuffle,
        Player.Repeat repeat,
        Optional<Source> source, String sourceTitle, Optional<Failure> failure, String decoder) {
    public PlayerState {
        queue = List.copyOf(queue);
        if (!(upcoming instanceof Order.Indices)) upcoming = List.copyOf(upcoming);
    }

    public enum Phase {
        IDLE, LOADING, PLAYING, PAUSED
    }

    /// Where the sound comes from.
    public enum Source {
        LOCAL, CACHED, STREAM
    }

    /// @param entry stable number of this entry within the queue
    /// @param byUser put in by the user, not by the source
    public record Entry(long entry, Track track, boolean byUser) {}

    public Optional<Track> current() {
        return index < 0 || index >= queue.size() ? Optional.empty() : Optional.of(queue.get(index).track());
    }
}
