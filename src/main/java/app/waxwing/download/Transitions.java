package app.waxwing.download;

import app.waxwing.download.Download.Reason;
import app.waxwing.download.DownloadInput.Arrived;
import app.waxwing.download.DownloadInput.Broke;
import app.waxwing.download.DownloadInput.Cleaned;
import app.waxwing.download.DownloadInput.Held;
import app.waxwing.download.DownloadInput.Lost;
import app.waxwing.download.DownloadInput.Missed;
import app.waxwing.download.DownloadInput.OfAttempt;
import app.waxwing.download.DownloadInput.Pause;
import app.waxwing.download.DownloadInput.Preempted;
import app.waxwing.download.DownloadInput.Progressed;
import app.waxwing.download.DownloadInput.Refused;
import app.waxwing.download.DownloadInput.Released;
import app.waxwing.download.DownloadInput.Remove;
import app.waxwing.download.DownloadInput.Resume;
import app.waxwing.download.DownloadInput.Retry;
import app.waxwing.download.DownloadInput.Start;
import app.waxwing.download.DownloadInput.Wanted;
import app.waxwing.download.DownloadState.Completed;
import app.waxwing.download.DownloadState.Failed;
import app.waxwing.download.DownloadState.Gone;
import app.waxwing.download.DownloadState.Paused;
import app.waxwing.download.DownloadState.Queued;
import app.waxwing.download.DownloadState.Removing;
import app.waxwing.download.DownloadState.Running;
import java.util.Optional;

/// The whole life of a download on one page: pure and total. What does not apply changes nothing, and so does the word of an old attempt (B.38).
/// The rename is the commit point: a file that arrived counts even when its attempt was told to stop a moment before.
final class Transitions {
    /// First try and three retries (requirement 2.3).
    static final int MOST_TRIES = 4;

    private Transitions() {}

    static DownloadState next(DownloadState state, DownloadInput input) {
        if (input instanceof OfAttempt word && word.attempt() != state.attempt()) return state;
        return switch (state) {
            case Queued s -> switch (input) {
                case Start i -> new Running(s.attempt() + 1, s.tries());
                case Pause i -> new Paused(s.attempt(), s.tries());
                case Released i -> new Queued(s.attempt(), s.tries(), Optional.empty());
                case Wanted i -> s.reason().equals(Optional.of(Reason.RETRY)) ? queued(s) : s;
                case Retry i -> queued(s);
                case Remove i -> new Removing(s.attempt());
                case Arrived i -> new Completed(s.attempt());
                case Resume i -> s;
                case Cleaned i -> s;
                case Lost i -> s;
                case Missed i -> s;
                case Progressed i -> s;
                case Broke i -> s;
                case Held i -> s;
                case Refused i -> s;
                case Preempted i -> s;
            };
            case Running s -> switch (input) {
                case Pause i -> new Paused(s.attempt(), s.tries());
                case Remove i -> new Removing(s.attempt());
                case Progressed i -> new Running(s.attempt(), 0);
                case Arrived i -> new Completed(s.attempt());
                case Broke i -> s.tries() + 1 >= MOST_TRIES
                        ? new Failed(s.attempt(), s.tries() + 1, i.why())
                        : new Queued(s.attempt(), s.tries() + 1, Optional.of(Reason.RETRY));
                case Held i -> new Queued(s.attempt(), s.tries(), Optional.of(i.reason()));
                case Refused i -> new Failed(s.attempt(), s.tries() + 1, i.why());
                case Preempted i -> new Queued(s.attempt(), s.tries(), Optional.of(Reason.SLOT));
                case Start i -> s;
                case Resume i -> s;
                case Retry i -> s;
                case Wanted i -> s;
                case Cleaned i -> s;
                case Released i -> s;
                case Lost i -> s;
                case Missed i -> s;
            };
            case Paused s -> switch (input) {
                case Resume i -> queued(s);
                case Retry i -> queued(s);
                case Wanted i -> queued(s);
                case Remove i -> new Removing(s.attempt());
                case Arrived i -> new Completed(s.attempt());
                case Start i -> s;
                case Pause i -> s;
                case Cleaned i -> s;
                case Released i -> s;
                case Lost i -> s;
                case Missed i -> s;
                case Progressed i -> s;
                case Broke i -> s;
                case Held i -> s;
                case Refused i -> s;
                case Preempted i -> s;
            };
            case Failed s -> switch (input) {
                case Retry i -> queued(s);
                case Resume i -> queued(s);
                case Wanted i -> queued(s);
                case Remove i -> new Removing(s.attempt());
                case Arrived i -> new Completed(s.attempt());
                case Start i -> s;
                case Pause i -> s;
                case Cleaned i -> s;
                case Released i -> s;
                case Lost i -> s;
                case Missed i -> s;
                case Progressed i -> s;
                case Broke i -> s;
                case Held i -> s;
                case Refused i -> s;
                case Preempted i -> s;
            };
            case Completed s -> switch (input) {
                case Lost i -> queued(s);
                case Missed i -> new Failed(s.attempt(), 0, i.why());
                case Remove i -> new Removing(s.attempt());
                case Start i -> s;
                case Pause i -> s;
                case Resume i -> s;
                case Retry i -> s;
                case Wanted i -> s;
                case Cleaned i -> s;
                case Released i -> s;
                case Progressed i -> s;
                case Arrived i -> s;
                case Broke i -> s;
                case Held i -> s;
                case Refused i -> s;
                case Preempted i -> s;
            };
            case Removing s -> input instanceof Cleaned ? new Gone(s.attempt()) : s;
            case Gone s -> s;
        };
    }

    private static Queued queued(DownloadState before) {
        return new Queued(before.attempt(), 0, Optional.empty());
    }
}
