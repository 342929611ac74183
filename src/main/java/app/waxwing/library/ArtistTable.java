package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static app.waxwing.library.Tables.fileOf;
import static app.waxwing.library.TrackTable.way;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.GENRE;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static app.waxwing.store.schema.Tables.TRACK_GENRE;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;

/// Questions about artists.
final class ArtistTable {
    private static final Condition OF_ARTIST = TRACK_ARTIST.ACCOUNT_ID.eq(ARTIST.ACCOUNT_ID)
            .and(TRACK_ARTIST.ARTIST_ITEM_ID.eq(ARTIST.ITEM_ID));
    private static final Field<Long> FILES = Tables.filesOf(TRACK_ARTIST, OF_ARTIST, TRACK_ARTIST.ACCOUNT_ID, TRACK_ARTIST.TRACK_ITEM_ID,
            TRACK_ARTIST.POSITION);
    private static final LookUp<Artist> ARTISTS = new LookUp<>(ArtistTable::one, ARTIST.ID, ARTIST.ACCOUNT_ID, ARTIST.ITEM_ID,
            ArtistTable::artist);

    private ArtistTable() {}

    static Condition listed(Query query) {
        return Tables.of(ARTIST.ACCOUNT_ID, query)
                .and(ARTIST.GONE_AT.isNull().or(ARTIST.GONE_AT.gt(FolderChoice.HIDDEN)
                        .and(exists(selectOne().from(TRACK_ARTIST).where(OF_ARTIST,
                                fileOf(TRACK_ARTIST.ACCOUNT_ID, TRACK_ARTIST.TRACK_ITEM_ID).isNotNull())))));
    }

    static long[] rows(DSLContext sql, Query query, RandomGenerator random) {
        Query.Sort sort = query.sort().orElse(Query.Sort.TITLE);
        var all = sql.select(ARTIST.ID).from(ARTIST);
        return switch (sort) {
            case RANDOM ->
                TrackTable.slice(TrackTable.shuffled(Tables.longs(all.where(where(query)).orderBy(ARTIST.SORT_NAME)), random), query);
            case PLAY_COUNT, LAST_PLAYED -> {
                long[] used = byUse(sql, query, sort);
                int from = query.after().map(key -> Behind.place(used, find(sql, key).map(Artist::row).orElse(null)))
                        .orElse(query.offset());
                yield TrackTable.slice(used, query.slice(from, query.limit()));
            }
            case TITLE, ARTIST, ALBUM, YEAR, ADDED, DURATION, GENRE, SIZE, FILE_SIZE, FAVOURITE, HERE, TRACKS -> {
                List<SortField<?>> order = Behind.whole(List.of(way(ARTIST.SORT_NAME, query.descending())), ARTIST.ACCOUNT_ID,
                        ARTIST.GONE_AT, ARTIST.ID);
                yield query.after()
                        .map(key -> Behind.rows(sql, ARTIST, ARTIST.ID, Behind.item(ARTIST.ACCOUNT_ID, ARTIST.ITEM_ID, key), where(query),
                                order, query.limit()))
                        .orElseGet(() -> InOrder.rows(sql, ARTIST, ARTIST.ID, where(query), order, query));
            }
        };
    }

    static long total(DSLContext sql, Query query) {
        if (query.everything()) return Tables.count(sql, ARTIST, query, ARTIST.ACCOUNT_ID, ARTIST.GONE_AT, listed(query));
        return sql.fetchCount(sql.select(ARTIST.ID).from(ARTIST).where(where(query)));
    }

    private static long[] byUse(DSLContext sql, Query query, Query.Sort sort) {
        var plays = sum(USER_DATA.PLAY_COUNT_SHOWN).as("plays");
        var latest = max(USER_DATA.LAST_PLAYED_SHOWN_AT).as("latest");
        var used = select(TRACK_ARTIST.ACCOUNT_ID, TRACK_ARTIST.ARTIST_ITEM_ID, plays, latest).from(USER_DATA).crossJoin(TRACK_ARTIST)
                .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L)),
                        TRACK_ARTIST.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK_ARTIST.TRACK_ITEM_ID.eq(USER_DATA.ITEM_ID))
                .groupBy(TRACK_ARTIST.ACCOUNT_ID, TRACK_ARTIST.ARTIST_ITEM_ID).asTable("used");
        long[] played = Tables.longs(sql.select(ARTIST.ID).from(used).crossJoin(ARTIST)
                .where(ARTIST.ACCOUNT_ID.eq(used.field(TRACK_ARTIST.ACCOUNT_ID)),
                        ARTIST.ITEM_ID.eq(used.field(TRACK_ARTIST.ARTIST_ITEM_ID)), where(query))
                .orderBy(way(sort == Query.Sort.PLAY_COUNT ? used.field(plays) : used.field(latest), query.descending()),
                        ARTIST.SORT_NAME.asc()));
        return TrackTable.joined(played, Tables.longs(sql.select(ARTIST.ID).from(ARTIST).where(where(query)).orderBy(ARTIST.SORT_NAME)),
                query);
    }

    /// The name that the list is in order of, if it is in order of one.
    static Optional<LetterIndex.Name> name(Query query) {
        return switch (query.sort().orElse(Query.Sort.TITLE)) {
            case TITLE, ARTIST, ALBUM, YEAR, ADDED, DURATION, GENRE, SIZE, FILE_SIZE, FAVOURITE, HERE, TRACKS ->
                Optional.of(new LetterIndex.Name(ARTIST, ARTIST.SORT_NAME, true, where(query)));
            case PLAY_COUNT, LAST_PLAYED, RANDOM -> Optional.empty();
        };
    }

    private static Condition where(Query query) {
        var a = ARTIST.as("a");
        Condition where = listed(query);
        if (query.within().isPresent()) where = where.and(within(query.within().get()));
        if (query.playableOnly() && query.within().isPresent()) {
            where = where.and(exists(selectOne().from(TRACK_ARTIST).where(OF_ARTIST,
                    Tables.plays(TRACK_ARTIST.ACCOUNT_ID, TRACK_ARTIST.TRACK_ITEM_ID))));
        } else if (query.playableOnly()) {
            where = where.and(ARTIST.ID.in(select(a.ID).from(MEDIA_FILE).crossJoin(TRACK_ARTIST).crossJoin(a)
                    .where(TRACK_ARTIST.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID), TRACK_ARTIST.TRACK_ITEM_ID.eq(MEDIA_FILE.ITEM_ID),
                            a.ACCOUNT_ID.eq(TRACK_ARTIST.ACCOUNT_ID), a.ITEM_ID.eq(TRACK_ARTIST.ARTIST_ITEM_ID),
                            Tables.there())));
        }
        if (query.favouritesOnly()) {
            where = where.and(ARTIST.ID.in(select(a.ID).from(USER_DATA).crossJoin(a).where(Tables.shownFavourite(ItemKind.ARTIST),
                    a.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), a.ITEM_ID.eq(USER_DATA.ITEM_ID))));
        }
        return where;
    }

    private static Condition within(Query.Within within) {
        return switch (within) {
            case Query.Within.ByArtist(ItemKey key) -> ARTIST.ACCOUNT_ID.eq(key.account()).and(ARTIST.ITEM_ID.eq(key.id()));
            case Query.Within.InAlbum(ItemKey key) -> ARTIST.ACCOUNT_ID.eq(key.account()).and(ARTIST.ITEM_ID.in(
                    select(TRACK_ARTIST.ARTIST_ITEM_ID).from(TRACK).crossJoin(TRACK_ARTIST).where(TRACK.ACCOUNT_ID.eq(key.account()),
                            TRACK.ALBUM_ITEM_ID.eq(key.id()), TRACK_ARTIST.ACCOUNT_ID.eq(key.account()),
                            TRACK_ARTIST.TRACK_ITEM_ID.eq(TRACK.ITEM_ID))));
            case Query.Within.InPlaylist(ItemKey key) -> ARTIST.ACCOUNT_ID.eq(key.account()).and(ARTIST.ITEM_ID.in(
                    select(TRACK_ARTIST.ARTIST_ITEM_ID).from(app.waxwing.store.schema.Tables.PLAYLIST_ITEM).crossJoin(TRACK_ARTIST)
                            .where(app.waxwing.store.schema.Tables.PLAYLIST_ITEM.ACCOUNT_ID.eq(key.account()),
                                    app.waxwing.store.schema.Tables.PLAYLIST_ITEM.PLAYLIST_ITEM_ID.in(PlaylistTable.realId(key)),
                                    TRACK_ARTIST.ACCOUNT_ID.eq(key.account()),
                                    TRACK_ARTIST.TRACK_ITEM_ID.eq(app.waxwing.store.schema.Tables.PLAYLIST_ITEM.TRACK_ITEM_ID))));
            case Query.Within.InGenre(ItemKey key) -> ARTIST.ACCOUNT_ID.eq(key.account()).and(ARTIST.ITEM_ID.in(
                    select(TRACK_ARTIST.ARTIST_ITEM_ID).from(GENRE).crossJoin(TRACK_GENRE).crossJoin(TRACK_ARTIST).where(GenreTable.is(key),
                            TRACK_GENRE.GENRE_ID.eq(GENRE.ID), TRACK_ARTIST.ACCOUNT_ID.eq(TRACK_GENRE.ACCOUNT_ID),
                            TRACK_ARTIST.TRACK_ITEM_ID.eq(TRACK_GENRE.TRACK_ITEM_ID))));
        };
    }

    static long known(DSLContext sql, long account) {
        return Tables.known(sql, ARTIST, ARTIST.ACCOUNT_ID, ARTIST.GONE_AT, account);
    }

    /// Those of the ids that are no artist here, or one that is gone.
    static Set<String> unknown(DSLContext sql, long account, List<String> ids) {
        Set<String> unknown = new LinkedHashSet<>(ids);
        GoneRows.pieces(ids, some -> {
            unknown.removeAll(sql.select(ARTIST.ITEM_ID).from(ARTIST)
                    .where(ARTIST.ACCOUNT_ID.eq(account), ARTIST.ITEM_ID.in(some), ARTIST.GONE_AT.isNull()).fetchSet(ARTIST.ITEM_ID));
            return some.size();
        });
        return unknown;
    }

    static List<Artist> byRow(DSLContext sql, long[] rows) {
        return ARTISTS.byRow(sql, rows);
    }

    static Optional<Artist> find(DSLContext sql, ItemKey key) {
        return ARTISTS.byKey(sql, List.of(key)).stream().findFirst();
    }

    private static Select<?> one(Condition where) {
        return select(ARTIST.ID, ARTIST.ACCOUNT_ID, ARTIST.ITEM_ID, ARTIST.NAME, ARTIST.ALBUM_COUNT, ARTIST.TRACK_COUNT,
                USER_DATA.IS_FAVOURITE_SHOWN, ARTIST.IMAGE_TAG, FILES, ARTIST.GONE_AT)
                .from(ARTIST).leftJoin(USER_DATA).on(USER_DATA.ACCOUNT_ID.eq(ARTIST.ACCOUNT_ID), USER_DATA.ITEM_ID.eq(ARTIST.ITEM_ID))
                .where(where.and(active(ARTIST.ACCOUNT_ID)));
    }

    private static Artist artist(LookUp.Columns c) throws SQLException {
        long row = c.number();
        var key = new ItemKey(c.number(), c.text());
        String name = c.text();
        int albums = (int) c.number();
        long told = c.number();
        boolean favourite = c.flag();
        Optional<Cover> cover = Optional.ofNullable(c.maybe()).map(tag -> new Cover(key, tag));
        var files = Tables.Files.of(c.number(), told);
        return new Artist(row, key, name, albums, files.tracks(), favourite, cover, files.availability(c.whole() != null));
    }
}
