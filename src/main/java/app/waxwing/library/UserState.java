package app.waxwing.library;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What the user does with items, kept at once and sent when the server is there. Each call is one transaction that writes the local value, its
/// pending mark and the action for the outbox; the future completes when it is durable.
public interface UserState {
    CompletableFuture<Void> favourite(ItemKind kind, ItemKey key, boolean favourite);

    /// Makes a playlist here; it gets the id `local-<uuid>` which stays valid as an alias. Tracks of other accounts are left out ([OneServer]); where
    /// only such are given it fails with `Invalid`.
    CompletableFuture<ItemKey> createPlaylist(long account, String title, List<ItemKey> tracks);

    /// As for [#createPlaylist], of the playlist's account.
    CompletableFuture<Void> addToPlaylist(ItemKey playlist, List<ItemKey> tracks);

    /// Removes entries by position, from 0.
    CompletableFuture<Void> removeFromPlaylist(ItemKey playlist, List<Integer> positions);

    CompletableFuture<Void> deletePlaylist(ItemKey playlist);

    /// Brings a deleted playlist back, for 30 days (requirement 4.19): its deletion is not sent, or, where the server deleted it already, it is made
    /// there again. The answer is its key, which is another one then.
    CompletableFuture<ItemKey> undeletePlaylist(ItemKey playlist);

    /// Playlists that can be brought back, the newest first.
    CompletableFuture<List<Deleted>> deletedPlaylists();

    /// @param alias the id that it was made here with, where it was: it stays valid
    record Deleted(ItemKey key, java.util.Optional<String> alias, String title, java.time.Instant at) {}
}
