package app.waxwing.library;

import app.waxwing.base.Events;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    /// What passes did not dare to mark as gone, the oldest first: questions to the user that stand until they are answered, also over a restart,
    /// or until the server lists the items again.
    CompletableFuture<List<Held>> held();

    /// The user's answer about one library.
    ///
    /// @param gone mark the items as gone; else keep them as they are and do not ask about them again
    /// @return how many items that was
    CompletableFuture<Integer> answer(long account, String folder, boolean gone);

    /// Items of one library that its server no longer lists.
    ///
    /// @param folder the library's id; empty for the server as a whole
    /// @param title the library's name; empty where it is not known
    /// @param missing by kind: track, album, artist
    record Held(long account, String folder, String title, Map<ItemKind, Missing> missing, Instant since) {
        Held and(Held other) {
            var all = new EnumMap<>(missing);
            all.putAll(other.missing);
            return new Held(account, folder, title, Map.copyOf(all), since.isBefore(other.since) ? since : other.since);
        }

        public Missing of(ItemKind kind) {
            return missing.getOrDefault(kind, Missing.NONE);
        }
    }

    /// @param known how many there were, with the missing
    record Missing(long missing, long known) {
        public static final Missing NONE = new Missing(0, 0);
    }

    /// @param total 0 while unknown
    record Progress(long account, String what, long done, long total, boolean finished) {}

    /// Counts after the sync, and what it did.
    ///
    /// @param moved tracks that have a new id on the server and were known again; what hung on them was kept
    record Report(long tracks, long albums, long artists, long playlists, long added, long updated, long removed, long moved,
            Duration took) {}
}
