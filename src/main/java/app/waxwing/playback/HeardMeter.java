package app.waxwing.playback;

import java.time.Duration;

/// How much of a track was really heard: positions passed by playing count, positions jumped over do not.
final class HeardMeter {
    private Duration heard = Duration.ZERO;
    private Duration last;

    HeardMeter(Duration start) {
        last = start;
    }

    /// Sound has come to here.
    void reached(Duration position) {
        if (position.compareTo(last) <= 0) return;
        heard = heard.plus(position.minus(last));
        last = position;
    }

    /// Sound goes on from here.
    void jumped(Duration position) {
        last = position;
    }

    Duration heard() {
        return heard;
    }

    Duration position() {
        return last;
    }
}
