package app.waxwing.playback;

import app.waxwing.library.Track;
import app.waxwing.playback.PlaybackOptions.Loudness;
import java.util.Optional;
import java.util.OptionalDouble;

/// The loudness factor of a track at its place in the queue. Gains are those that bring a track or album to -18 LUFS.
final class Gain {
    /// Nothing is raised by more: without a known peak, a quiet track with loud moments would clip.
    static final double MOST_DB = 6;
    /// Nothing is lowered by more: a larger figure is a measuring error, and the track would seem silent.
    static final double LEAST_DB = -24;

    private Gain() {}

    /// 1, which leaves samples as they are, when normalisation is off or the gain is unknown.
    static double factor(PlayQueue queue, int index, Loudness mode) {
        Track track = queue.entries().get(index).track();
        OptionalDouble db = switch (mode) {
            case OFF -> OptionalDouble.empty();
            case TRACK -> or(track.gainDb(), track.albumGainDb());
            case ALBUM -> inAlbum(queue, index)
                    ? or(track.albumGainDb(), track.gainDb())
                    : or(track.gainDb(), track.albumGainDb());
        };
        return db.isEmpty() || !Double.isFinite(db.getAsDouble())
                ? 1
                : Math.pow(10, Math.clamp(db.getAsDouble(), LEAST_DB, MOST_DB) / 20);
    }

    private static OptionalDouble or(OptionalDouble first, OptionalDouble second) {
        return first.isPresent() ? first : second;
    }

    private static boolean inAlbum(PlayQueue queue, int index) {
        Track track = queue.entries().get(index).track();
        return sameAlbum(track, queue.beside(index, 1)) || sameAlbum(track, queue.beside(index, -1));
    }

    private static boolean sameAlbum(Track track, Optional<PlayerState.Entry> other) {
        return track.albumId().isPresent() && other.isPresent() && other.get().track().albumId().equals(track.albumId())
                && other.get().track().key().account() == track.key().account();
    }
}
