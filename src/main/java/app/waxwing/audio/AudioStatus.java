package app.waxwing.audio;

import java.time.Duration;
import java.util.Optional;

/// What is heard at the moment of asking. Sample it as often as the screen needs; nothing pushes it.
///
/// @param generation of the track being heard or opened; 0 when idle
/// @param position of the frame that is heard now, not of the one decoded last
/// @param decoder name of the decoder, empty while opening
public record AudioStatus(State state, long generation, Duration position, Optional<SourceInfo> info, String decoder) {
    /// `WAITING` is playing without sound: bytes are missing, or a seek is under way.
    public enum State {
        IDLE, OPENING, PLAYING, WAITING, PAUSED
    }

    public static final AudioStatus IDLE = new AudioStatus(State.IDLE, 0, Duration.ZERO, Optional.empty(), "");
}
