package app.waxwing.audio;

import app.waxwing.base.Failure;
import java.time.Duration;

/// What the engine tells, in order, on the executor it was made with. Events of one track come as
/// `Opened`, then `Sounding` (after `open`) or `TrackChanged` (after a join), any number of `Waiting`/`Flowing`/`Seeked`, then `Ended`, `Failed`,
/// or nothing more when another `open`, `stop` or `dropNext` took its place.
public sealed interface AudioEvent {
    /// 0 only for [SinkChanged] while nothing plays.
    long generation();

    /// The decoder knows the track: length and format can be shown. Also for a prepared one.
    record Opened(long generation, SourceInfo info, String decoder) implements AudioEvent {}

    /// The first frame of a track given to [AudioEngine#open] is being heard.
    record Sounding(long generation) implements AudioEvent {}

    /// The prepared track is being heard now, joined to the one before without a gap.
    record TrackChanged(long generation, long previous) implements AudioEvent {}

    /// Playing, but no sound has come for a moment: bytes are missing.
    record Waiting(long generation) implements AudioEvent {}

    /// Sound again after [Waiting].
    record Flowing(long generation) implements AudioEvent {}

    /// A seek has arrived; the next frame heard is the one at `position`.
    record Seeked(long generation, Duration position) implements AudioEvent {}

    /// The last frame has been heard and no next track was prepared. The engine is idle.
    record Ended(long generation) implements AudioEvent {}

    /// The track cannot be played, or not further: everything before `position` has been heard. A prepared next track goes on by itself
    /// (`TrackChanged` follows); without one the engine is idle. Of a prepared track: it is gone, the current one plays on, prepare another.
    record Failed(long generation, Failure failure, Duration position) implements AudioEvent {}

    /// The output is another one than before; `failure` says why in words (a device lost). Sound goes on there.
    record SinkChanged(long generation, Failure failure, String sink) implements AudioEvent {}
}
