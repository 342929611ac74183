package app.waxwing.library;

import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Questions to the library on this computer. Answers come from SQLite alone, online or off; each future completes on a `read-*` thread.
/// Only rows of active accounts are seen. Asking from any thread returns at once.
public interface Library {
    CompletableFuture<Listing<Track>> tracks(Query query);

    CompletableFuture<Listing<Album>> albums(Query query);

    CompletableFuture<Listing<Artist>> artists(Query query);

    CompletableFuture<Listing<Playlist>> playlists(Query query);

    CompletableFuture<Listing<Genre>> genres(Query query);

    /// Row numbers of a whole list, in order: what a virtualised list holds. Rows come by [#tracksByRow] and its like, a screenful at a time.
    CompletableFuture<long[]> trackRows(Query query);

    /// The entries of the playlist that the query is about, as [#trackRows]; in an order of its tracks, too, each as often as the playlist holds it.
    CompletableFuture<PlaylistRows> playlistRows(Query query);

    CompletableFuture<long[]> albumRows(Query query);

    CompletableFuture<long[]> artistRows(Query query);

    /// Where each letter begins in a list in order of a name; [Letters#NONE] for one in order of something else. Counted in the list's index: at
    /// 100,000 rows some 10 ms on a `read-*` thread.
    default CompletableFuture<Letters> letters(ItemKind kind, Query query) {
        return CompletableFuture.completedFuture(Letters.NONE);
    }

    /// Index of the first row whose name begins with what was typed, marks and large letters folded, or else where it would stand (the list's
    /// length behind its end); empty for a list in order of something else. In a playlist's own order the first that begins so, if one does.
    default CompletableFuture<Optional<Integer>> place(ItemKind kind, Query query, String typed) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /// In the order asked for; rows that are gone are left out.
    CompletableFuture<List<Track>> tracksByRow(long[] rows);

    CompletableFuture<List<Album>> albumsByRow(long[] rows);

    CompletableFuture<List<Artist>> artistsByRow(long[] rows);

    CompletableFuture<Optional<Track>> track(ItemKey key);

    CompletableFuture<List<Track>> tracks(List<ItemKey> keys);

    CompletableFuture<Optional<Album>> album(ItemKey key);

    CompletableFuture<Optional<Artist>> artist(ItemKey key);

    CompletableFuture<Optional<Playlist>> playlist(ItemKey key);

    /// One that no track carries any more has its name still.
    CompletableFuture<Optional<Genre>> genre(ItemKey key);

    /// The item that a person or script names: `ID`, or `SERVERID:ID` where two servers share one. Local aliases count too.
    CompletableFuture<Optional<LibraryItem>> find(String id);

    /// The tracks of any item in playing order: itself, an album's, an artist's, a playlist's, a genre's.
    CompletableFuture<List<Track>> tracksOf(ItemKey key);

    /// What tracks an item has, as [#tracksOf]: only their keys are read.
    CompletableFuture<List<ItemKey>> keysOf(ItemKey key);

    /// Full-text search as you type: prefix, several words across fields, diacritics folded; `artist:`, `album:`, `genre:`, `year:`, `is:local`
    /// and `is:favourite` narrow it. Where few hits come, slips of the finger are forgiven.
    CompletableFuture<SearchHits> search(String text, int limitPerKind, boolean playableOnly);

    /// What was looked for last, newest first, each text once; empty when no history is kept.
    default CompletableFuture<List<String>> searches(int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    /// The user looked for this and found what they wanted. Kept where a history is.
    default CompletableFuture<Boolean> searched(String text) {
        return CompletableFuture.completedFuture(false);
    }

    /// Forgets what was looked for by the accounts that are signed in; the future says how many texts.
    default CompletableFuture<Integer> forgetSearches() {
        return CompletableFuture.completedFuture(0);
    }

    CompletableFuture<Totals> totals();

    /// What the home page shows, one moment of the library.
    default CompletableFuture<Home> home(int limitPerRow) {
        return home(limitPerRow, false);
    }

    /// What the home page shows, all of it or only what plays without the network.
    ///
    /// @param playableOnly only albums of which something is here
    default CompletableFuture<Home> home(int limitPerRow, boolean playableOnly) {
        Query first = Query.ALL.playableOnly(playableOnly).slice(0, limitPerRow);
        return albums(first.sort(Query.Sort.ADDED, true))
                .thenCombine(albums(first.sort(Query.Sort.LAST_PLAYED, true)), (added, recent) -> new Home(List.of(), added.items(),
                        recent.items(), List.of()))
                .thenCombine(tracks(first.sort(Query.Sort.PLAY_COUNT, true)), (home, most) -> new Home(home.started(), home.added(),
                        home.recent(), most.items()));
    }

    /// So many albums are «recently played» (requirement C.3, no. 11).
    int RECENTS = 50;

    /// Row numbers of the albums that were heard last, each once, newest first, [#RECENTS] at most.
    default CompletableFuture<long[]> recentRows(boolean playableOnly) {
        return albumRows(Query.ALL.sort(Query.Sort.LAST_PLAYED, true).playableOnly(playableOnly).slice(0, RECENTS));
    }

    /// Albums that the artist plays on without being an album artist, newest first.
    default CompletableFuture<List<Album>> appearsOn(ItemKey artist) {
        return tracks(Query.ALL.within(new Query.Within.ByArtist(artist))).thenCombine(albums(Query.ALL.sort(Query.Sort.YEAR, true)),
                (tracks, albums) -> {
                    var ids = tracks.items().stream().flatMap(t -> t.albumId().stream()).collect(java.util.stream.Collectors.toSet());
                    return albums.items().stream().filter(a -> a.key().account() == artist.account() && ids.contains(a.key().id())
                            && !a.artistId().equals(Optional.of(artist.id()))).toList();
                });
    }

    /// Tracks of others that go with an item: what was heard together with it here, what its server finds alike, what shares its genres; the
    /// best first. Counts for twelve hours; without network it is what is known here.
    default CompletableFuture<List<Track>> similar(ItemKey item, int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    /// A radio from an item: its own tracks and [#similar] ones, another order each time.
    default CompletableFuture<List<Track>> mix(ItemKey item, int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    /// Words of a track, empty where its server has none. Fails with [app.waxwing.base.FailureException] where nothing is known here and the server
    /// is away or gives no answer.
    CompletableFuture<Optional<Lyrics>> lyrics(ItemKey track);

    /// What a page should do when something it may show changed; conflated, on thread `db` or `io-*`: listeners only post elsewhere.
    Events<Change> changes();

    /// What changed in the library.
    enum Change {
        CONTENT, AVAILABILITY, USER_STATE, PLAYLISTS
    }

    /// The home page.
    ///
    /// @param started albums whose playing stopped before the end in the last weeks, newest first
    /// @param added newest first
    /// @param recent albums played last
    /// @param most tracks played most
    record Home(List<Started> started, List<Album> added, List<Album> recent, List<Track> most) {
        public Home {
            started = List.copyOf(started);
            added = List.copyOf(added);
            recent = List.copyOf(recent);
            most = List.copyOf(most);
        }
    }

    /// The rest of what was started.
    ///
    /// @param next the track to go on with
    /// @param remaining tracks from there to the album's end
    record Started(Album album, Track next, int remaining) {}

    /// Counts for the page heads.
    ///
    /// @param playable tracks that play without the network
    record Totals(long tracks, long albums, long artists, long playlists, long playable) {}
}
