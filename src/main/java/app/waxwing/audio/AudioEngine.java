package app.waxwing.audio;

import app.waxwing.base.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The sound side of the player. Every command may come from any thread, returns at once and is carried out in order by the thread `mixer`;
/// the outcome comes as an [AudioEvent]. Commands that name a generation which is neither current nor prepared do nothing.
///
/// Guarantees: tracks are joined sample for sample, also when formats differ (the later one is converted to the sink's);
/// with gain 1 and volume 1 samples are not touched; no event of a track comes after the event that ended it;
/// after `open`, `stop` or `seek` nothing of the old sound is heard except what the device cannot take back.
public interface AudioEngine extends AutoCloseable {
    /// Drops what plays and what is prepared and opens this track, without waiting for the old one to close.
    ///
    /// @param playing false opens it paused at its start
    void open(AudioTrack track, boolean playing);

    /// Opens and decodes ahead the track to follow; replaces one prepared before. With nothing playing it behaves as `open(track, true)`.
    /// Call it any time before the end; once the current track has ended and no next was there, `Ended` comes and `open` is the way.
    void prepareNext(AudioTrack track);

    /// Forgets the prepared track (the queue changed).
    void dropNext();

    void play();

    /// Nothing is written to the sink while paused.
    void pause();

    /// Goes to the time, playing or paused. Several in a row: the last one counts. Beyond the end: the track ends.
    void seek(long generation, Duration position);

    /// Drops everything and lets go of the sound device.
    void stop();

    /// @param level 0 to 1 as on a slider; loudness follows its cube; 1 is exactly neutral. Changes are ramped, so nothing clicks
    void setVolume(double level);

    /// Another loudness factor for a track that is open or prepared; ramped when it is heard.
    void setGain(long generation, double gain);

    /// Any thread, cheap.
    AudioStatus status();

    /// Events come on the executor the engine was made with.
    Subscription subscribe(Consumer<? super AudioEvent> listener);

    /// Sentences for `doctor`: the decoders that are here or missing, and the output. May load natives: not on FX.
    List<String> describe();

    /// Stops, closes the sink and ends the threads; waits at most two seconds.
    @Override
    void close();
}
