package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import java.time.Duration;

/// What the engine is asked to play.
///
/// @param generation unique and growing number of this attempt, from 1; every event names it
/// @param name how a failure calls the track, usually its title; empty for «This track»
/// @param opener gives its bytes
/// @param gain linear factor for loudness normalisation; 1 is neutral and leaves samples as they are
/// @param start where to begin
public record AudioTrack(long generation, String name, SourceOpener opener, double gain, Duration start) {
    public AudioTrack {
        if (generation < 1) throw new IllegalArgumentException("generation " + generation);
        if (!(gain >= 0 && gain <= 16)) throw new IllegalArgumentException("gain " + gain);
        if (start.isNegative()) throw new IllegalArgumentException("start " + start);
    }

    public AudioTrack(long generation, String name, SourceOpener opener) {
        this(generation, name, opener, 1, Duration.ZERO);
    }

    /// A track whose one source is already open; it cannot be asked for a second one.
    public AudioTrack(long generation, String name, ByteSource source) {
        this(generation, name, new OnceOpener(source), 1, Duration.ZERO);
    }

    /// The same attempt from another place.
    AudioTrack from(Duration position) {
        return new AudioTrack(generation, name, opener, gain, position);
    }
}
