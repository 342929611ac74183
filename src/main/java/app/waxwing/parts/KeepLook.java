package app.waxwing.parts;

import app.waxwing.download.KeepSet.KeepState;
import java.util.Locale;

/// What a download button shows (requirement 2.17, with «queued»).
///
/// @param progress 0–1, of the tracks that are wanted
/// @param here finished tracks
public record KeepLook(State state, double progress, int here, int total, int failed) {
    public enum State {
        AVAILABLE, QUEUED, DOWNLOADING, PAUSED, COMPLETED, FAILED;

        /// As a style class and as the end of its words' keys.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Before anything is known.
    public static final KeepLook NONE = new KeepLook(State.AVAILABLE, 0, 0, 0, 0);

    /// Something that moves outweighs a failure, a failure outweighs a pause. Where some tracks are kept and nothing is under way the button offers
    /// the rest: [State#AVAILABLE] with `here` above zero.
    public static KeepLook of(KeepState s) {
        int open = s.wanted() - s.completed() - s.failed();
        State state;
        if (s.wanted() == 0) {
            state = State.AVAILABLE;
        } else if (s.running() > 0) {
            state = State.DOWNLOADING;
        } else if (open > 0 && open > s.paused()) {
            state = State.QUEUED;
        } else if (s.failed() > 0) {
            state = State.FAILED;
        } else if (s.paused() > 0) {
            state = State.PAUSED;
        } else if (s.completed() >= s.total()) {
            state = State.COMPLETED;
        } else {
            state = State.AVAILABLE;
        }
        double progress = state == State.COMPLETED ? 1 : Math.clamp(s.progress(), 0, 1);
        return new KeepLook(state, progress, s.completed(), s.total(), s.failed());
    }

    /// Some of the tracks are kept, not all.
    public boolean partly() {
        return here > 0 && here < total;
    }
}
