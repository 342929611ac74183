package app.waxwing.download;

import app.waxwing.download.Download.Remedy;
import app.waxwing.download.Download.Status;

/// What a list holds of each of its downloads, be they thousands: which one, in which state, and where it stands. All else is read by id of those that are
/// on screen.
///
/// @param account whose it is; of each server one account's are shown
/// @param rank its class, as [Download#rank]
/// @param at when it was completed, otherwise when it was queued; milliseconds since 1970
/// @param error of a failed one a sentence for the user; otherwise empty
public record QueueLine(long id, long account, Status status, int rank, int priority, long place, boolean anyway, long at, Remedy remedy,
        String error) {
    /// Whether it has a place in the queue that the user may change.
    public boolean movable() {
        return status == Status.PENDING || status == Status.PAUSED;
    }
}
