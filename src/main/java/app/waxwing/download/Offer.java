package app.waxwing.download;

import app.waxwing.server.MediaRequest;
import java.time.Duration;

/// What the server is asked for, for one attempt at a wish.
public sealed interface Offer {
    MediaRequest request();

    /// The server's own file, because it was wished for or because a transcode of it would only lose.
    record Original(MediaRequest request) implements Offer {}

    /// A file that the server makes while it sends it.
    ///
    /// @param duration of the track as the server knows it: the only measure of such a file
    record Transcode(MediaRequest request, Duration duration) implements Offer {
        public Transcode {
            if (!duration.isPositive()) throw new IllegalArgumentException("duration " + duration);
        }
    }
}
