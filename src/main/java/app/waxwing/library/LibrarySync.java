package app.waxwing.library;

import app.waxwing.base.Events;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Brings the library here up to date with the servers: in pages, one transaction a page, resumable at any page.
public interface LibrarySync {
    /// Syncs one account; a sync that already runs is joined, but a full one follows an ordinary one, unless that is stopped. Fails with
    /// [app.waxwing.base.FailureException].
    ///
    /// @param full read everything, not only what changed
    CompletableFuture<Report> sync(long account, boolean full);

    /// The server said that something changed: an ordinary sync that begins after this call, whatever runs already, and then what is said to be
    /// removed is marked as gone. Where that is suspiciously much a full sync decides.
    ///
    /// @param removed ids of items of any kind
    CompletableFuture<Report> news(long account, Set<String> removed);

    /// Stops after the page in work; the next sync goes on from there.
    ///
    /// @return whether one runs
    boolean stop(long account);

    /// Now and then while a sync runs, and at its end; on an `io-*` thread.
    Events<Progress> progress();

    /// What syncs did that nobody waits for ([#news]), so that a person hears of tracks that moved; on an `io-*` thread.
    Events<Report> unasked();

    /// What passes did not dare to mark as gone, the oldest first: questions to the user that stand until they are answered, also over a restart,
    /// or until the server lists the items again.
    CompletableFuture<List<Held>> held();

    /// The user's answer about one library.
    ///
    /// @param gone mark the items as gone; else keep them as they are and do not ask about them again
    /// @return how many items that was
    CompletableFuture<Integer> answer(long account, String folder, boolean gone);

    /// Takes back the newest answer «gone» about a library: what it marked, and nothing else, is back, as far as it has not been purged after thirty
    /// days, and the question stands again. Survives a restart.
    ///
    /// @return how many items are back; 0 where there is no such answer
    CompletableFuture<Integer> takeBack(long account, String folder);

    /// The answers «gone» that can be taken back, the newest first.
    CompletableFuture<List<Answered>> answered();

    /// The music libraries of an account's server, by title.
    CompletableFuture<List<Folder>> folders(long account);

    /// Leaves a library out or takes it in again. Left out it is hidden, keeps its files and comes with no sync; taken in again it is there at once,
    /// and a full sync should follow. A sync that runs is stopped first.
    ///
    /// @return how many tracks are hidden now, or shown again
    CompletableFuture<Integer> choose(long account, String folder, boolean synced);

    /// Of each account that was synced.
    CompletableFuture<Map<Long, Last>> last();

    /// @param tracks how many of it are known here
    record Folder(String id, String title, boolean synced, long tracks) {}

    /// @param at when the last complete sync ended; empty while there is none
    /// @param unusable items of kinds or forms that are not known: counted, and passed over
    /// @param moved tracks with a new id that the last sync which met any, asked for or by itself, knew again
    /// @param movedAt when that was
    record Last(Optional<Instant> at, long unusable, long moved, Optional<Instant> movedAt) {
        public static final Last NONE = new Last(Optional.empty(), 0, 0, Optional.empty());
    }

    /// Items of one library that its server no longer lists.
    ///
    /// @param folder the library's id; empty for the server as a whole
    /// @param title the library's name; empty where it is not known
    /// @param missing by kind: track, album, artist, playlist
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

    /// @param title the library's name; empty where it is not known
    record Answered(long account, String folder, String title, Instant at) {}

    /// @param known how many there were, with the missing
    record Missing(long missing, long known) {
        public static final Missing NONE = new Missing(0, 0);
    }

    /// @param total 0 while unknown
    record Progress(long account, String what, long done, long total, boolean finished) {
        /// The page that is read, from 1.
        public long page() {
            return done / SyncContext.PAGE + 1;
        }

        /// How many pages there are; 0 while unknown.
        public long pages() {
            return (total + SyncContext.PAGE - 1) / SyncContext.PAGE;
        }
    }

    /// Counts after the sync, and what it did.
    ///
    /// @param moved tracks that have a new id on the server and were known again; what hung on them was kept
    /// @param stopped it was asked to stop before its end ([#stop])
    record Report(long tracks, long albums, long artists, long playlists, long added, long updated, long removed, long moved,
            Duration took, boolean stopped) {}
}
