package app.waxwing.library;

import app.waxwing.base.Events;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Brings the library here up to date with the servers: in pages, one transaction a page, resumable at any page.
public interface LibrarySync {
    /// Syncs one account; a sync that already runs is joined. Fails with [app.waxwing.base.FailureException].
    ///
    /// @param full read everything, not only what changed
    CompletableFuture<Report> sync(long account, boolean full);

    /// Stops after the page in work; the next sync goes on from there.
    void stop(long account);

    /// Now and then while a sync runs, and at its end; on an `io-*` thread.
    Events<Progress> progress();

    /// @param total 0 while unknown
    record Progress(long account, String what, long done, long total, boolean finished) {}

    /// Counts after the sync, and what it did.
    ///
    /// @param moved tracks that have a new id on the server and were known again; what hung on them was kept
    record Report(long tracks, long albums, long artists, long playlists, long added, long updated, long removed, long moved,
            Duration took) {}
}
