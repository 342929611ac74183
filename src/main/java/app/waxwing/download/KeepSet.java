package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.util.concurrent.CompletableFuture;

/// What the user keeps on this computer and why: edges from the user, a playlist, an album or an artist to tracks. A file goes only when no reason
/// is left, so two playlists may share a track (requirement 0.9).
public interface KeepSet {
    /// Keeps a track or all tracks of a collection: reasons and downloads in one transaction.
    ///
    /// @param priority higher first within its class
    CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, int priority, String quality);

    /// Takes this reason away; files that nothing else keeps are removed.
    CompletableFuture<Integer> release(ItemKind kind, ItemKey key);

    /// How much of an item is wanted and here; for buttons.
    CompletableFuture<KeepState> state(ItemKind kind, ItemKey key);

    /// @param wanted tracks with a reason or a download
    /// @param completed of those, whole here
    /// @param failed of those, failed
    record KeepState(int total, int wanted, int completed, int running, int paused, int failed, double progress) {}
}
