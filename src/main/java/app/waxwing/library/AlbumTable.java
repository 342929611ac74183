package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static app.waxwing.library.Tables.listedAlbum;
import static app.waxwing.library.TrackTable.way;
import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ALBUM_ARTIST;
import static app.waxwing.store.schema.Tables.GENRE;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static app.waxwing.store.schema.Tables.TRACK_GENRE;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;

/// Questions about albums. What is here of an album is counted for the rows of a page only, never for a whole list.
final class AlbumTable {
    private static final Condition OF_ALBUM = TRACK.ACCOUNT_ID.eq(ALBUM.ACCOUNT_ID).and(TRACK.ALBUM_ITEM_ID.eq(ALBUM.ITEM_ID));
    private static final Field<Long> FILES = Tables.filesOf(TRACK, OF_ALBUM, TRACK.ACCOUNT_ID, TRACK.ITEM_ID, TRACK.ID);
    private static final LookUp<Album> ALBUMS = new LookUp<>(AlbumTable::one, ALBUM.ID, ALBUM.ACCOUNT_ID, ALBUM.ITEM_ID, AlbumTable::album);

    private AlbumTable() {}

    static long[] rows(DSLContext sql, Query query, RandomGenerator random) {
        Query.Sort sort = query.sort().orElse(null);
        var all = sql.select(ALBUM.ID).from(ALBUM);
        if (sort == Query.Sort.RANDOM)
            return TrackTable.slice(TrackTable.shuffled(Tables.longs(all.where(where(query)).orderBy(ALBUM.SORT_TITLE)), random), query);
        if (sort == Query.Sort.PLAY_COUNT || sort == Query.Sort.LAST_PLAYED) {
            long[] used = byUse(sql, query, sort);
            int from = query.after().map(key -> Behind.place(used, find(sql, key).map(Album::row).orElse(null))).orElse(query.offset());
            return TrackTable.slice(used, query.slice(from, query.limit()));
        }
        List<SortField<?>> order = Behind.whole(order(query), ALBUM.ACCOUNT_ID, ALBUM.GONE_AT, ALBUM.ID);
        if (query.after().isPresent()) {
            return Behind.rows(sql, ALBUM, ALBUM.ID, Behind.item(ALBUM.ACCOUNT_ID, ALBUM.ITEM_ID, query.after().get()), where(query), order,
                    query.limit());
        }
        return InOrder.rows(sql, ALBUM, ALBUM.ID, where(query), order, query);
    }

    /// The list of albums by the time they came, the newest first, as the text of a statement: its one parameter is how many.
    static String newest(boolean playableOnly) {
        Query query = Query.ALL.sort(Query.Sort.ADDED, true).playableOnly(playableOnly);
        return LookUp.text(select(ALBUM.ID).from(ALBUM).where(where(query))
                .orderBy(Behind.whole(order(query), ALBUM.ACCOUNT_ID, ALBUM.GONE_AT, ALBUM.ID)).limit(param("limit", Long.class)));
    }

    static long total(DSLContext sql, Query query) {
        if (query.everything()) return Tables.count(sql, ALBUM, query, ALBUM.ACCOUNT_ID, ALBUM.GONE_AT, listedAlbum(query));
        return sql.fetchCount(sql.select(ALBUM.ID).from(ALBUM).where(where(query)));
    }

    /// An album's plays are those of its tracks; the sum starts at the tracks that were played.
    private static long[] byUse(DSLContext sql, Query query, Query.Sort sort) {
        var plays = sum(USER_DATA.PLAY_COUNT_SHOWN).as("plays");
        var latest = max(USER_DATA.LAST_PLAYED_SHOWN_AT).as("latest");
        var used = select(TRACK.ACCOUNT_ID, TRACK.ALBUM_ITEM_ID, plays, latest).from(USER_DATA).crossJoin(TRACK)
                .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L)),
                        TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID),
                        TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), TRACK.ALBUM_ITEM_ID.isNotNull())
                .groupBy(TRACK.ACCOUNT_ID, TRACK.ALBUM_ITEM_ID).asTable("used");
        long[] played = Tables.longs(sql.select(ALBUM.ID).from(used).crossJoin(ALBUM)
                .where(ALBUM.ACCOUNT_ID.eq(used.field(TRACK.ACCOUNT_ID)), ALBUM.ITEM_ID.eq(used.field(TRACK.ALBUM_ITEM_ID)), where(query))
                .orderBy(way(sort == Query.Sort.PLAY_COUNT ? used.field(plays) : used.field(latest), query.descending()),
                        ALBUM.SORT_TITLE.asc()));
        return TrackTable.joined(played, Tables.longs(sql.select(ALBUM.ID).from(ALBUM).where(where(query)).orderBy(ALBUM.SORT_TITLE)),
                query);
    }

    /// The name that the list is in order of, if it is in order of one.
    static Optional<LetterIndex.Name> name(Query query) {
        boolean byYear = query.sort().isEmpty() && query.within().orElse(null) instanceof Query.Within.ByArtist;
        return switch (byYear ? Query.Sort.YEAR : query.sort().orElse(Query.Sort.TITLE)) {
            case TITLE, ALBUM, GENRE, SIZE, FILE_SIZE, FAVOURITE, HERE, TRACKS ->
                Optional.of(new LetterIndex.Name(ALBUM, ALBUM.SORT_TITLE, true, where(query)));
            case ARTIST -> Optional.of(new LetterIndex.Name(ALBUM, ALBUM.SORT_ARTIST, true, where(query)));
            case YEAR, ADDED, DURATION, PLAY_COUNT, LAST_PLAYED, RANDOM -> Optional.empty();
        };
    }

    static Condition where(Query query) {
        var a = ALBUM.as("a");
        Condition where = listedAlbum(query);
        if (query.within().isPresent()) where = where.and(within(query.within().get()));
        if (query.playableOnly() && query.within().isPresent()) {
            where = where.and(exists(selectOne().from(TRACK).where(OF_ALBUM, Tables.plays(TRACK.ACCOUNT_ID, TRACK.ITEM_ID))));
        } else if (query.playableOnly()) {
            where = where.and(ALBUM.ID.in(select(a.ID).from(MEDIA_FILE).crossJoin(TRACK).crossJoin(a)
                    .where(TRACK.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID), TRACK.ITEM_ID.eq(MEDIA_FILE.ITEM_ID),
                            a.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID),
                            a.ITEM_ID.eq(TRACK.ALBUM_ITEM_ID), Tables.there())));
        }
        if (query.favouritesOnly()) {
            where = where.and(ALBUM.ID.in(select(a.ID).from(USER_DATA).crossJoin(a).where(Tables.shownFavourite(ItemKind.ALBUM),
                    a.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), a.ITEM_ID.eq(USER_DATA.ITEM_ID))));
        }
        return where;
    }

    private static Condition within(Query.Within within) {
        var a = ALBUM.as("a");
        return switch (within) {
            case Query.Within.InAlbum(ItemKey key) -> ALBUM.ACCOUNT_ID.eq(key.account()).and(ALBUM.ITEM_ID.eq(key.id()));
            case Query.Within.ByArtist(ItemKey key) -> ALBUM.ID.in(select(a.ID).from(ALBUM_ARTIST).crossJoin(a)
                    .where(ALBUM_ARTIST.ACCOUNT_ID.eq(key.account()), ALBUM_ARTIST.ARTIST_ITEM_ID.eq(key.id()),
                            a.ACCOUNT_ID.eq(key.account()),
                            a.ITEM_ID.eq(ALBUM_ARTIST.ALBUM_ITEM_ID)));
            case Query.Within.InPlaylist(ItemKey key) -> ALBUM.ACCOUNT_ID.eq(key.account()).and(ALBUM.ITEM_ID.in(
                    select(TRACK.ALBUM_ITEM_ID).from(app.waxwing.store.schema.Tables.PLAYLIST_ITEM).crossJoin(TRACK)
                            .where(app.waxwing.store.schema.Tables.PLAYLIST_ITEM.ACCOUNT_ID.eq(key.account()),
                                    app.waxwing.store.schema.Tables.PLAYLIST_ITEM.PLAYLIST_ITEM_ID.in(PlaylistTable.realId(key)),
                                    TRACK.ACCOUNT_ID.eq(key.account()),
                                    TRACK.ITEM_ID.eq(app.waxwing.store.schema.Tables.PLAYLIST_ITEM.TRACK_ITEM_ID))));
            case Query.Within.InGenre(ItemKey key) -> ALBUM.ACCOUNT_ID.eq(key.account()).and(ALBUM.ITEM_ID.in(
                    select(TRACK.ALBUM_ITEM_ID).from(GENRE).crossJoin(TRACK_GENRE).crossJoin(TRACK).where(GenreTable.is(key),
                            TRACK_GENRE.GENRE_ID.eq(GENRE.ID), TRACK.ACCOUNT_ID.eq(TRACK_GENRE.ACCOUNT_ID),
                            TRACK.ITEM_ID.eq(TRACK_GENRE.TRACK_ITEM_ID))));
        };
    }

    private static List<SortField<?>> order(Query query) {
        boolean down = query.descending();
        if (query.sort().isEmpty() && query.within().orElse(null) instanceof Query.Within.ByArtist) {
            return List.of(way(ALBUM.YEAR, !down), ALBUM.SORT_TITLE.asc());
        }
        return switch (query.sort().orElse(Query.Sort.TITLE)) {
            case TITLE, ALBUM, GENRE, SIZE, FILE_SIZE, FAVOURITE, HERE, TRACKS -> List.of(way(ALBUM.SORT_TITLE, down));
            case ARTIST -> List.of(way(ALBUM.SORT_ARTIST, down), ALBUM.YEAR.asc(), ALBUM.SORT_TITLE.asc());
            case YEAR -> List.of(way(ALBUM.YEAR, down), ALBUM.SORT_TITLE.asc());
            case ADDED -> List.of(way(ALBUM.ADDED_AT, down));
            case DURATION -> List.of(way(ALBUM.DURATION_MS, down));
            case PLAY_COUNT, LAST_PLAYED, RANDOM -> throw new IllegalStateException("ordered elsewhere");
        };
    }

    static List<Album> byRow(DSLContext sql, long[] rows) {
        return ALBUMS.byRow(sql, rows);
    }

    static Optional<Album> find(DSLContext sql, ItemKey key) {
        return ALBUMS.byKey(sql, List.of(key)).stream().findFirst();
    }

    private static Select<?> one(Condition where) {
        return select(ALBUM.ID, ALBUM.ACCOUNT_ID, ALBUM.ITEM_ID, ALBUM.TITLE, ALBUM.ARTIST_NAME, ALBUM.ARTIST_ITEM_ID, ALBUM.YEAR,
                ALBUM.TRACK_COUNT, ALBUM.DURATION_MS, USER_DATA.IS_FAVOURITE_SHOWN, ALBUM.ADDED_AT, ALBUM.IMAGE_TAG, FILES, ALBUM.GONE_AT)
                .from(ALBUM).leftJoin(USER_DATA).on(USER_DATA.ACCOUNT_ID.eq(ALBUM.ACCOUNT_ID), USER_DATA.ITEM_ID.eq(ALBUM.ITEM_ID))
                .where(where.and(active(ALBUM.ACCOUNT_ID)));
    }

    private static Album album(LookUp.Columns c) throws SQLException {
        long row = c.number();
        var key = new ItemKey(c.number(), c.text());
        String title = c.text();
        String artist = c.text();
        Optional<String> artistId = TrackTable.id(c.maybe());
        OptionalInt year = TrackTable.integer(c.whole());
        long told = c.number();
        Duration duration = Duration.ofMillis(c.number());
        boolean favourite = c.flag();
        Optional<Instant> added = Optional.ofNullable(c.whole()).map(Instant::ofEpochMilli);
        Optional<Cover> cover = Optional.ofNullable(c.maybe()).map(tag -> new Cover(key, tag));
        var files = Tables.Files.of(c.number(), told);
        return new Album(row, key, title, artist, artistId, year, files.tracks(), duration, favourite, added, cover,
                files.availability(c.whole() != null), files.here());
    }

    /// Albums that an artist has a track on without being one of its album artists.
    static Condition appearsOn(ItemKey artist) {
        return ALBUM.ACCOUNT_ID.eq(artist.account()).and(ALBUM.ITEM_ID.in(select(TRACK.ALBUM_ITEM_ID).from(TRACK_ARTIST).crossJoin(TRACK)
                .where(TRACK_ARTIST.ACCOUNT_ID.eq(artist.account()), TRACK_ARTIST.ARTIST_ITEM_ID.eq(artist.id()),
                        TRACK.ACCOUNT_ID.eq(artist.account()), TRACK.ITEM_ID.eq(TRACK_ARTIST.TRACK_ITEM_ID))))
                .andNot(within(new Query.Within.ByArtist(artist)));
    }

    static long[] appearsOnRows(DSLContext sql, ItemKey artist) {
        return Tables.longs(
                sql.select(ALBUM.ID).from(ALBUM).where(listedAlbum(Query.ALL.ofEveryServer()), appearsOn(artist)).orderBy(ALBUM.YEAR.desc(),
                        ALBUM.SORT_TITLE.asc()));
    }
}
