package app.waxwing.library;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What the user does with items, kept at once and sent when the server is there. Each call is one transaction that writes the local value, its
/// pending mark and the action for the outbox; the future completes when it is durable.
public interface UserState {
    CompletableFuture<Void> favourite(ItemKind kind, ItemKey key, boolean favourite);

    /// Makes a playlist here; it gets the id `local-<uuid>` which stays valid as an alias.
    CompletableFuture<ItemKey> createPlaylist(long account, String title, List<ItemKey> tracks);

    CompletableFuture<Void> addToPlaylist(ItemKey playlist, List<ItemKey> tracks);

    /// Removes entries by position, from 0.
    CompletableFuture<Void> removeFromPlaylist(ItemKey playlist, List<Integer> positions);

    CompletableFuture<Void> deletePlaylist(ItemKey playlist);
}
