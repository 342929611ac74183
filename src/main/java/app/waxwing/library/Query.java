package app.waxwing.library;

import app.waxwing.base.ItemKey;
import java.util.Optional;

/// What to list and how.
///
/// @param sort one of the kind's own keys, another counts as the title; empty = its usual order (albums, artists, playlists by title; tracks of an
///            album by disc and number)
/// @param descending the other way round
/// @param playableOnly only what plays without the network
/// @param favouritesOnly only favourites
/// @param within only what belongs to this album, artist, playlist or genre
/// @param limit at most so many; 0 = all
/// @param after only what comes behind this item in the order: how a page follows another at the same cost, wherever it is
/// @param everyServer also of servers that the user does not have shown; what belongs to one collection is listed whatever its server
public record Query(Optional<Sort> sort, boolean descending, boolean playableOnly, boolean favouritesOnly, Optional<Within> within,
        int offset, int limit, Optional<ItemKey> after, boolean everyServer) {
    /// Everything in its usual order.
    public static final Query ALL = new Query(Optional.empty(), false, false, false, Optional.empty(), 0, 0, Optional.empty(), false);

    public Query {
        if (offset < 0 || limit < 0) throw new IllegalArgumentException("negative slice");
    }

    public enum Sort {
        TITLE, ARTIST, ALBUM, YEAR, ADDED, DURATION, GENRE,
        /// Of the original, as far as the server told it.
        SIZE,
        /// Of the file that is here; tracks of which none is stand behind all others.
        FILE_SIZE, PLAY_COUNT, LAST_PLAYED,
        /// Downwards those with a heart stand in front.
        FAVOURITE,
        /// Downwards what is kept, what was fetched ahead, what is on a drive that is away, what is not here.
        HERE, RANDOM,
        /// How many tracks it has: playlists and genres.
        TRACKS
    }

    /// A collection that holds what is listed.
    public sealed interface Within {
        ItemKey key();

        record InAlbum(ItemKey key) implements Within {}

        record ByArtist(ItemKey key) implements Within {}

        record InPlaylist(ItemKey key) implements Within {}

        record InGenre(ItemKey key) implements Within {}
    }

    /// No filter leaves anything out: in whatever order, this lists all there is.
    boolean everything() {
        return within.isEmpty() && !playableOnly && !favouritesOnly;
    }

    public Query sort(Sort sort, boolean descending) {
        return new Query(Optional.of(sort), descending, playableOnly, favouritesOnly, within, offset, limit, after, everyServer);
    }

    public Query playableOnly(boolean only) {
        return new Query(sort, descending, only, favouritesOnly, within, offset, limit, after, everyServer);
    }

    public Query favouritesOnly(boolean only) {
        return new Query(sort, descending, playableOnly, only, within, offset, limit, after, everyServer);
    }

    public Query within(Within where) {
        return new Query(sort, descending, playableOnly, favouritesOnly, Optional.of(where), offset, limit, after, everyServer);
    }

    public Query slice(int offset, int limit) {
        return new Query(sort, descending, playableOnly, favouritesOnly, within, offset, limit, after, everyServer);
    }

    /// What comes behind an item; nothing, where the list does not hold it.
    public Query after(ItemKey item) {
        return new Query(sort, descending, playableOnly, favouritesOnly, within, offset, limit, Optional.of(item), everyServer);
    }

    /// Whatever servers are shown: what lies on this computer, where something can be put.
    public Query ofEveryServer() {
        return new Query(sort, descending, playableOnly, favouritesOnly, within, offset, limit, after, true);
    }
}
