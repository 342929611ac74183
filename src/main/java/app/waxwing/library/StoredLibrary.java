package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.PLAYLIST;

import app.waxwing.account.Accounts;
import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.server.ItemKind;
import app.waxwing.store.CacheMeter;
import app.waxwing.store.CacheMeters;
import app.waxwing.store.Database;
import app.waxwing.store.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jooq.DSLContext;

/// The library in SQLite.
public final class StoredLibrary implements Library {
    private static final Query EVERYTHING = Query.ALL.ofEveryServer();
    private final Database database;
    private final LibraryChanges changes;
    private final Executor io;
    private final LyricsStore lyrics;
    private final SimilarStore similar;
    private final CacheMeter lists;
    private final CacheMeter items;
    private final CacheMeter searches;
    private final CacheMeter homes;
    private final Search search;
    private final HeardTracks heard = new HeardTracks();
    private volatile SearchHistory history;
    private final Time time;
    private final RandomGenerator random;

    /// @param io virtual threads for the few questions that a server is asked (lyrics)
    /// @param random for lists in random order
    public StoredLibrary(Database database, LibraryChanges changes, Accounts accounts, Executor io, Time time, RandomGenerator random) {
        this.database = database;
        this.changes = changes;
        this.io = io;
        this.time = time;
        this.random = random;
        search = new Search(database, time);
        history = new SearchHistory(database, time, () -> 90);
        lyrics = new LyricsStore(database, accounts, io, time);
        similar = new SimilarStore(database, accounts, io, time, random);
        CacheMeters meters = database.meters();
        lists = meters.of("lists");
        items = meters.of("items", this::held);
        searches = meters.of("search");
        homes = meters.of("home");
        var _ = changes.events().subscribe(change -> {
            if (change == Change.CONTENT) heard.forget();
        });
    }

    private CacheMeters.Held held() {
        return database.readNow(sql -> new CacheMeters.Held((long) TrackTable.total(sql, EVERYTHING) + AlbumTable.total(sql, EVERYTHING)
                + sql.fetchCount(ARTIST, Tables.active(ARTIST.ACCOUNT_ID).and(ARTIST.GONE_AT.isNull())), database.figures().fileBytes()));
    }

    /// A look-up by key: found is a hit.
    private <T> CompletableFuture<Optional<T>> one(Work<Optional<T>> query) {
        return looked(database.read(query), Optional::isPresent);
    }

    /// A look-up by one key or several, which counts once: a hit when all of them were there.
    private <T> CompletableFuture<T> looked(CompletableFuture<T> answer, Predicate<T> all) {
        long start = items.start();
        return answer.whenComplete((found, e) -> {
            if (e != null) items.error();
            else if (all.test(found)) items.hit(start);
            else items.miss(start);
        });
    }

    @Override
    public CompletableFuture<Listing<Track>> tracks(Query query) {
        return lists.count(database.read(sql -> {
            long[] rows = TrackTable.rows(sql, query, random);
            return new Listing<>(TrackTable.byRow(sql, rows), whole(query) ? rows.length : TrackTable.total(sql, query));
        }));
    }

    @Override
    public CompletableFuture<Listing<Album>> albums(Query query) {
        return lists.count(database.read(sql -> {
            long[] rows = AlbumTable.rows(sql, query, random);
            return new Listing<>(AlbumTable.byRow(sql, rows), whole(query) ? rows.length : AlbumTable.total(sql, query));
        }));
    }

    @Override
    public CompletableFuture<Listing<Artist>> artists(Query query) {
        return lists.count(database.read(sql -> {
            long[] rows = ArtistTable.rows(sql, query, random);
            return new Listing<>(ArtistTable.byRow(sql, rows), whole(query) ? rows.length : ArtistTable.total(sql, query));
        }));
    }

    @Override
    public CompletableFuture<Listing<Playlist>> playlists(Query query) {
        return lists.count(database.read(sql -> PlaylistTable.list(sql, query, random)));
    }

    @Override
    public CompletableFuture<Listing<Genre>> genres(Query query) {
        return lists.count(database.read(sql -> GenreTable.list(sql, query, random)));
    }

    @Override
    public CompletableFuture<long[]> trackRows(Query query) {
        return lists.count(database.read(sql -> TrackTable.rows(sql, query, random)));
    }

    @Override
    public CompletableFuture<PlaylistRows> playlistRows(Query query) {
        if (!(query.within().orElse(null) instanceof Query.Within.InPlaylist(ItemKey key)))
            throw new IllegalArgumentException("of no playlist: " + query);
        return lists.count(database.read(sql -> PlaylistOrder.rows(sql, key, query)));
    }

    @Override
    public CompletableFuture<long[]> albumRows(Query query) {
        return lists.count(database.read(sql -> AlbumTable.rows(sql, query, random)));
    }

    @Override
    public CompletableFuture<long[]> artistRows(Query query) {
        return lists.count(database.read(sql -> ArtistTable.rows(sql, query, random)));
    }

    @Override
    public CompletableFuture<Letters> letters(ItemKind kind, Query query) {
        return lists.count(database.read(sql -> LetterIndex.letters(sql, kind, query)));
    }

    @Override
    public CompletableFuture<Optional<Integer>> place(ItemKind kind, Query query, String typed) {
        return lists.count(database.read(sql -> LetterIndex.place(sql, kind, query, typed)));
    }

    @Override
    public CompletableFuture<List<Track>> tracksByRow(long[] rows) {
        return database.read(sql -> TrackTable.byRow(sql, rows));
    }

    @Override
    public CompletableFuture<List<Album>> albumsByRow(long[] rows) {
        return database.read(sql -> AlbumTable.byRow(sql, rows));
    }

    @Override
    public CompletableFuture<List<Artist>> artistsByRow(long[] rows) {
        return database.read(sql -> ArtistTable.byRow(sql, rows));
    }

    @Override
    public CompletableFuture<Optional<Track>> track(ItemKey key) {
        return one(sql -> TrackTable.byKey(sql, List.of(key)).stream().findFirst());
    }

    @Override
    public CompletableFuture<List<Track>> tracks(List<ItemKey> keys) {
        if (keys.isEmpty()) return CompletableFuture.completedFuture(List.of());
        List<ItemKey> asked = List.copyOf(keys);
        return looked(database.read(sql -> TrackTable.byKey(sql, asked)), tracks -> tracks.size() == asked.size());
    }

    @Override
    public CompletableFuture<Optional<Album>> album(ItemKey key) {
        return one(sql -> AlbumTable.find(sql, key));
    }

    @Override
    public CompletableFuture<Optional<Artist>> artist(ItemKey key) {
        return one(sql -> ArtistTable.find(sql, key));
    }

    @Override
    public CompletableFuture<Optional<Playlist>> playlist(ItemKey key) {
        return one(sql -> PlaylistTable.find(sql, key));
    }

    @Override
    public CompletableFuture<Optional<Genre>> genre(ItemKey key) {
        return one(sql -> GenreTable.find(sql, key));
    }

    @Override
    public CompletableFuture<Optional<LibraryItem>> find(String id) {
        return one(sql -> find(sql, id.strip()));
    }

    /// The whole text as an id first, since ids may hold colons themselves.
    private static Optional<LibraryItem> find(DSLContext sql, String id) {
        if (id.isEmpty()) return Optional.empty();
        Optional<LibraryItem> found = find(sql, sql.select(ACCOUNT.ID).from(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isTrue()).orderBy(ACCOUNT.ID)
                .fetch(ACCOUNT.ID), id);
        int colon = id.indexOf(':');
        if (found.isPresent() || colon <= 0 || colon == id.length() - 1) return found;
        return find(sql,
                sql.select(ACCOUNT.ID).from(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isTrue(), ACCOUNT.SERVER_ID.eq(id.substring(0, colon)))
                        .fetch(ACCOUNT.ID),
                id.substring(colon + 1));
    }

    private static Optional<LibraryItem> find(DSLContext sql, List<Long> accounts, String id) {
        return accounts.stream().map(account -> item(sql, new ItemKey(account, id))).flatMap(Optional::stream).findFirst();
    }

    private static Optional<LibraryItem> item(DSLContext sql, ItemKey key) {
        return TrackTable.byKey(sql, List.of(key)).stream().findFirst().<LibraryItem>map(LibraryItem.OfTrack::new)
                .or(() -> AlbumTable.find(sql, key).map(LibraryItem.OfAlbum::new))
                .or(() -> ArtistTable.find(sql, key).map(LibraryItem.OfArtist::new))
                .or(() -> PlaylistTable.find(sql, key).map(LibraryItem.OfPlaylist::new))
                .or(() -> GenreTable.find(sql, key).map(LibraryItem.OfGenre::new));
    }

    @Override
    public CompletableFuture<List<Track>> tracksOf(ItemKey key) {
        return lists.count(database.read(sql -> TrackTable.byRow(sql, rowsOf(sql, key))));
    }

    @Override
    public CompletableFuture<List<ItemKey>> keysOf(ItemKey key) {
        return lists.count(database.read(sql -> TrackTable.keys(sql, rowsOf(sql, key))));
    }

    private long[] rowsOf(DSLContext sql, ItemKey key) {
        return item(sql, key).map(item -> switch (item) {
            case LibraryItem.OfTrack(Track track) -> new long[]{track.row()};
            case LibraryItem.OfAlbum album -> within(sql, new Query.Within.InAlbum(key));
            case LibraryItem.OfArtist artist -> within(sql, new Query.Within.ByArtist(key));
            case LibraryItem.OfPlaylist playlist -> within(sql, new Query.Within.InPlaylist(key));
            case LibraryItem.OfGenre genre -> within(sql, new Query.Within.InGenre(key));
        }).orElse(new long[0]);
    }

    private long[] within(DSLContext sql, Query.Within where) {
        return TrackTable.rows(sql, Query.ALL.within(where), random);
    }

    @Override
    public CompletableFuture<SearchHits> search(String text, int limitPerKind, boolean playableOnly) {
        return searches.count(search.search(text, limitPerKind, playableOnly));
    }

    /// @param days how long what was looked for is kept; 0 = not at all. Before this is told, 90
    public void keepSearches(IntSupplier days) {
        history = new SearchHistory(database, time, days);
    }

    @Override
    public CompletableFuture<List<String>> searches(int limit) {
        return history.newest(limit);
    }

    @Override
    public CompletableFuture<Boolean> searched(String text) {
        return history.add(text);
    }

    @Override
    public CompletableFuture<Integer> forgetSearches() {
        return history.clear();
    }

    @Override
    public CompletableFuture<Totals> totals() {
        return database.read(sql -> {
            long playable = sql.fetchCount(sql.select(app.waxwing.store.schema.Tables.TRACK.ID).from(app.waxwing.store.schema.Tables.TRACK)
                    .where(app.waxwing.store.schema.Tables.TRACK.ID.in(Tables.playableTracks()),
                            Tables.shown(app.waxwing.store.schema.Tables.TRACK.ACCOUNT_ID)));
            return new Totals(TrackTable.total(sql, Query.ALL), AlbumTable.total(sql, Query.ALL),
                    sql.fetchCount(ARTIST, Tables.shown(ARTIST.ACCOUNT_ID).and(ARTIST.GONE_AT.isNull())),
                    sql.fetchCount(PLAYLIST,
                            Tables.shown(PLAYLIST.ACCOUNT_ID).and(PLAYLIST.DELETED_AT.isNull()).and(PLAYLIST.GONE_AT.isNull())),
                    playable);
        });
    }

    @Override
    public CompletableFuture<Home> home(int limitPerRow, boolean playableOnly) {
        Map<String, LeftOff.Place> places = heard.known();
        return homes.count(database.read(sql -> HomePage.read(sql, places, limitPerRow, playableOnly, time.now())));
    }

    @Override
    public CompletableFuture<long[]> recentRows(boolean playableOnly) {
        return lists.count(database.read(sql -> HomePage.recent(sql, RECENTS, playableOnly)));
    }

    @Override
    public CompletableFuture<List<Album>> appearsOn(ItemKey artist) {
        return lists.count(database.read(sql -> AlbumTable.byRow(sql, AlbumTable.appearsOnRows(sql, artist))));
    }

    @Override
    public CompletableFuture<List<Track>> similar(ItemKey item, int limit) {
        return similar.similar(item, limit);
    }

    @Override
    public CompletableFuture<List<Track>> mix(ItemKey item, int limit) {
        return similar.mix(item, limit);
    }

    /// Fetches the words of kept tracks in the background until it is closed.
    ///
    /// @param busy something that matters more uses the network
    public AutoCloseable backfillLyrics(java.util.function.BooleanSupplier busy) {
        return new LyricsBackfill(lyrics, busy, io, time);
    }

    /// Works out «more like this» of what is likely to be opened, in the background until it is closed.
    ///
    /// @param busy something that matters more uses the network, or it costs
    public AutoCloseable findAlike(java.util.function.BooleanSupplier busy) {
        return new SimilarAhead(similar, busy, io, time);
    }

    @Override
    public CompletableFuture<Optional<Lyrics>> lyrics(ItemKey track) {
        return lyrics.lyrics(track);
    }

    @Override
    public Events<Change> changes() {
        return changes.events();
    }

    private static boolean whole(Query query) {
        return query.offset() == 0 && query.limit() == 0 && query.after().isEmpty();
    }
}
