package app.waxwing.outbox;

import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The journal of user actions that servers do not know yet: ordered per entity, replayed when a server answers, visible and cancellable.
public interface Outbox {
    CompletableFuture<List<Pending>> pending();

    /// How many wait; at once from memory.
    int count();

    /// Drops one before it is sent; the local value falls back to the server's.
    CompletableFuture<Void> drop(long id);

    /// Changes out of a backup, which may have been sent since and wait for the user: they go to their servers now. How many those are.
    CompletableFuture<Integer> sendHeld();

    /// Drops all changes that are held; local values fall back to the servers'. How many those were.
    CompletableFuture<Integer> dropHeld();

    /// Sends what waits for reachable servers; the future completes when the round is over.
    CompletableFuture<Void> flush();

    /// A play heard to its counting point (requirements 2.14, 4.7): kept here, told to the server now or later.
    CompletableFuture<Void> played(ItemKey track, Instant at);

    /// A play whose start the server took while it went on, and counted: play count and last played follow here at once, the next sync brings the
    /// server's own figures. Nothing is sent.
    CompletableFuture<Void> told(ItemKey track, Instant at);

    /// The number that waits, after each change; on thread `db` or `io-*`.
    Events<Integer> changes();

    /// Edits that were given up because the server no longer has the item, in words, of the active accounts only; on an `io-*` thread.
    Events<String> notes();

    /// @param kind favourite, play, playlist-create, playlist-add, playlist-remove, playlist-delete
    /// @param detail in words
    /// @param heldFrom of when the backup is that it came out of: it waits until the user sends or drops it, as one does that was not sent for three
    ///        months, which has here when it was made
    record Pending(long id, ItemKey key, String kind, String detail, Instant createdAt, int attempts, Optional<String> error,
            Optional<Instant> heldFrom) {
        /// Held since it waited for so long, not since it came out of a backup.
        public boolean old() {
            return heldFrom.equals(Optional.of(createdAt));
        }
    }
}
