package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What the user keeps on this computer and why: edges from the user, a playlist, an album or an artist to tracks. A file goes only when no reason
/// is left, so two playlists may share a track (requirement 0.9).
public interface KeepSet {
    /// Keeps a track or all tracks of a collection: reasons and downloads in one transaction. What is queued or here in another quality changes to
    /// this one; the file in the old one stays until the new one is whole.
    ///
    /// @param priority higher first within its class
    /// @param quality a word of [app.waxwing.base.Quality]
    CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, int priority, String quality);

    /// The same in the quality that is set for downloads; what is queued or here stays in its own.
    CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, int priority);

    /// Wishes for what kept playlists, albums and artists hold by now: for after a sync, and after playlists were changed here. Tracks that the user
    /// cancelled or deleted one by one do not come back. Collections of an account whose sync is under way, or did not come to its end, wait for the
    /// next one that does.
    ///
    /// @return how many tracks came
    CompletableFuture<Integer> follow();

    /// Takes this reason away; files that nothing else keeps are removed. What plays, is next in the queue or belongs to an album that the user comes
    /// back to stays for that reason, as a cached file.
    ///
    /// @return how many downloads were removed
    CompletableFuture<Integer> release(ItemKind kind, ItemKey key);

    /// Lets go of everything that the user of an active account keeps: each collection, with its following, and each single wish.
    ///
    /// @return how many downloads were removed
    CompletableFuture<Integer> releaseAll();

    /// Whether the item itself is kept, be it for tracks of which none is here yet; a track: for itself.
    CompletableFuture<Boolean> kept(ItemKind kind, ItemKey key);

    /// How much of an item is wanted and here; for buttons.
    CompletableFuture<KeepState> state(ItemKind kind, ItemKey key);

    /// Tracks that are kept only for a playlist, album or artist that no longer holds them, by source and title: nothing of them is removed
    /// without the user's word. Changes with the library (`CONTENT`, `PLAYLISTS`) and with downloads.
    CompletableFuture<List<Left>> noLongerIn();

    /// The user's word on tracks of [#noLongerIn]: they stay, from now on for himself. Others are left out.
    ///
    /// @return how many stay
    CompletableFuture<Integer> keepLeft(Collection<ItemKey> tracks);

    /// The user's word on tracks of [#noLongerIn]: the reason goes, and the file with it. Others are left out.
    ///
    /// @return how many downloads were removed
    CompletableFuture<Integer> removeLeft(Collection<ItemKey> tracks);

    /// What keeps files here: each kept playlist, album and artist, one that holds nothing yet too, and the single tracks of an account as one; the
    /// largest first.
    CompletableFuture<List<Source>> sources();

    /// Titles of the kept playlists that hold tracks, by track, each list sorted; a title that the library does not know is empty. Tracks that none
    /// holds are left out.
    CompletableFuture<Map<ItemKey, List<String>>> playlists(Collection<ItemKey> tracks);

    /// What keeps each of these tracks: collections by title, then the wish for the track itself. Tracks that nothing keeps are left out.
    CompletableFuture<Map<ItemKey, List<Holder>>> holders(Collection<ItemKey> tracks);

    /// What keeps a track.
    ///
    /// @param kind a track stands for the wish for it alone
    /// @param title empty where the library does not know the item
    record Holder(ItemKind kind, ItemKey key, String title) {}

    /// @param wanted tracks with a reason or a download
    /// @param completed of those, whole here
    /// @param failed of those, failed
    record KeepState(int total, int wanted, int completed, int running, int paused, int failed, double progress) {}

    /// A track that its source no longer holds; of several sources the first by title.
    ///
    /// @param kind of the source: playlist, album or artist
    /// @param sourceTitle empty where the library does not know the source
    /// @param bytes of its file here, 0 while there is none
    record Left(ItemKey track, String title, String artist, ItemKind kind, ItemKey source, String sourceTitle, long bytes) {}

    /// Something the user keeps.
    ///
    /// @param kind a track stands for all single tracks of the account; then there is no key and no title
    /// @param detail the album's artist
    /// @param tracks it keeps, of which `here` are whole on this computer
    /// @param bytes of those; a track that two sources keep counts in both
    record Source(long account, ItemKind kind, Optional<ItemKey> key, String title, String detail, int tracks, int here, long bytes) {}
}
