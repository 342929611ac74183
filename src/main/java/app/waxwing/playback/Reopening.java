package app.waxwing.playback;

import app.waxwing.base.Failure;
import java.time.Duration;
import java.util.OptionalLong;

/// One play that goes on after its stream broke in the middle: the server has another version of the file now, what was being fetched was given up, a
/// connection could not be taken up again. Such a track is located anew and opened at the place where it stood (DESIGN section 3), once for each
/// second that is heard. A file that is here is what it is, and one that cannot be decoded is no better the second time. Thread `player` only.
final class Reopening {
    private static final Duration FURTHER = Duration.ofSeconds(1);
    private OptionalLong entry = OptionalLong.empty();
    private Duration stood = Duration.ZERO;
    private boolean underWay;

    /// Whether it is worth another opening; if so, it is under way from now on.
    boolean helps(Attempt broken, Failure why, Duration position) {
        boolean stream = broken.source().filter(PlayerState.Source.STREAM::equals).isPresent();
        if (!broken.sounding || !stream || why instanceof Failure.Unplayable) return false;
        boolean before = entry.equals(OptionalLong.of(broken.entry.entry()));
        if (before && position.compareTo(stood.plus(FURTHER)) < 0) return false;
        entry = OptionalLong.of(broken.entry.entry());
        stood = position;
        underWay = true;
        return true;
    }

    /// What sounds now, or ends, is the play that was going on.
    boolean isUnderWay() {
        return underWay;
    }

    void over() {
        underWay = false;
    }
}
