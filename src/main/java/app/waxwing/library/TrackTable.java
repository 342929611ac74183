package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static app.waxwing.library.Tables.fileOf;
import static app.waxwing.library.Tables.listedTrack;
import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ALBUM_ARTIST;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.GENRE;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static app.waxwing.store.schema.Tables.TRACK_GENRE;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/// Questions about tracks.
final class TrackTable {
    private static final String BETWEEN = "\u001f";
    /// A wish for it failed because its server has it no more (B.13): the library says so before the next pass finds out.
    private static final Field<@Nullable Boolean> LOST = field(exists(selectOne().from(DOWNLOAD).where(
            DOWNLOAD.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), DOWNLOAD.ITEM_ID.eq(TRACK.ITEM_ID), DOWNLOAD.DELETED_AT.isNull(),
            DOWNLOAD.STATUS.eq("failed"), DOWNLOAD.ERROR_CODE.eq("not-found")))).as("lost");
    private static final Field<@Nullable Long> FILE = fileOf(TRACK.ACCOUNT_ID, TRACK.ITEM_ID).as("file");
    /// Bytes of its file; of two the larger one counts.
    private static final Field<@Nullable Long> HERE = field(select(max(MEDIA_FILE.SIZE)).from(MEDIA_FILE)
            .where(MEDIA_FILE.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), MEDIA_FILE.ITEM_ID.eq(TRACK.ITEM_ID)));
    private static final Field<@Nullable Long> FILE_SIZE = HERE.as("file_size");
    private static final Field<String> ARTISTS = oneOr(TRACK.ARTIST_NAME,
            field(select(joined(TRACK_ARTIST.ARTIST_NAME, TRACK_ARTIST.POSITION)).from(TRACK_ARTIST)
                    .where(TRACK_ARTIST.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), TRACK_ARTIST.TRACK_ITEM_ID.eq(TRACK.ITEM_ID))))
            .as("artists");
    private static final Field<String> ARTIST_ID = field(select(TRACK_ARTIST.ARTIST_ITEM_ID).from(TRACK_ARTIST)
            .where(TRACK_ARTIST.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), TRACK_ARTIST.TRACK_ITEM_ID.eq(TRACK.ITEM_ID),
                    TRACK_ARTIST.POSITION.eq(inline(0L))))
            .as("artist_id");
    private static final Field<String> GENRES = oneOr(TRACK.GENRE, field(select(joined(GENRE.NAME, TRACK_GENRE.POSITION))
            .from(TRACK_GENRE).join(GENRE).on(GENRE.ID.eq(TRACK_GENRE.GENRE_ID))
            .where(TRACK_GENRE.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), TRACK_GENRE.TRACK_ITEM_ID.eq(TRACK.ITEM_ID)))).as("genres");
    private static final Field<String> ALBUM_IMAGE = field(select(ALBUM.IMAGE_TAG).from(ALBUM)
            .where(ALBUM.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), ALBUM.ITEM_ID.eq(TRACK.ALBUM_ITEM_ID))).as("album_image");

    private static final LookUp<Track> TRACKS = new LookUp<>(TrackTable::one, TRACK.ID, TRACK.ACCOUNT_ID, TRACK.ITEM_ID, TrackTable::track);

    private static final LookUp<ItemKey> KEYS = new LookUp<>(where -> select(TRACK.ID, TRACK.ACCOUNT_ID, TRACK.ITEM_ID).from(TRACK)
            .where(where.and(active(TRACK.ACCOUNT_ID))), TRACK.ID, TRACK.ACCOUNT_ID, TRACK.ITEM_ID, TrackTable::key);

    private TrackTable() {}

    /// All of them as they are shown, where no comma stands between two: most tracks have one, and to look for more takes longest of all a row holds.
    private static Field<String> oneOr(Field<String> shown, Field<String> all) {
        return when(condition("instr({0}, ', ') = 0", shown), shown).otherwise(all);
    }

    /// Values in order with [#BETWEEN] between them; jOOQ drops the separator for SQLite when there is an order.
    private static Field<String> joined(Field<String> value, Field<Long> order) {
        return field("group_concat({0}, char(31) order by {1})", String.class, value, order);
    }

    /// Row numbers in order. A playlist may hold a track twice.
    static long[] rows(DSLContext sql, Query query, RandomGenerator random) {
        if (query.within().orElse(null) instanceof Query.Within.InPlaylist list && query.sort().isEmpty())
            return ofPlaylist(sql, list.key(), query);
        Query.@Nullable Sort sort = query.sort().orElse(null);
        var all = sql.select(TRACK.ID).from(TRACK).where(where(query));
        if (sort == Query.Sort.RANDOM) return slice(shuffled(Tables.longs(all.orderBy(TRACK.SORT_TITLE)), random), query);
        if (sort != null && InFront.ORDERS.contains(sort)) {
            return query.after().isPresent()
                    ? behind(sql, InFront.rows(sql, query.slice(0, 0), sort), query)
                    : InFront.rows(sql, query, sort);
        }
        List<SortField<?>> order = Behind.whole(order(query), TRACK.ACCOUNT_ID, TRACK.GONE_AT, TRACK.ID);
        if (query.after().isPresent()) {
            return Behind.rows(sql, TRACK, TRACK.ID, Behind.item(TRACK.ACCOUNT_ID, TRACK.ITEM_ID, query.after().get()), where(query), order,
                    query.limit());
        }
        return InOrder.rows(sql, TRACK, TRACK.ID, where(query), order, query);
    }

    /// A slice behind an item of a list that is here as a whole.
    private static long[] behind(DSLContext sql, long[] rows, Query query) {
        if (query.after().isEmpty()) return slice(rows, query);
        Long row = sql.select(TRACK.ID).from(TRACK).where(Behind.item(TRACK.ACCOUNT_ID, TRACK.ITEM_ID, query.after().get()))
                .fetchOne(TRACK.ID);
        return slice(rows, query.slice(Behind.place(rows, row), query.limit()));
    }

    static long total(DSLContext sql, Query query) {
        if (query.within().orElse(null) instanceof Query.Within.InPlaylist list && query.sort().isEmpty()) {
            return ofPlaylist(sql, list.key(), query.slice(0, 0)).length;
        }
        if (query.everything()) return Tables.count(sql, TRACK, query, TRACK.ACCOUNT_ID, TRACK.GONE_AT, listedTrack(query));
        return sql.fetchCount(sql.select(TRACK.ID).from(TRACK).where(where(query)));
    }

    /// Those that were played, in their order, and the others of the whole list after them (upwards: before).
    static long[] joined(long[] played, long[] all, Query query) {
        Set<Long> known = new HashSet<>(played.length * 2);
        for (long row : played) known.add(row);
        LongStream rest = Arrays.stream(all).filter(row -> !known.contains(row));
        return (query.descending() ? LongStream.concat(Arrays.stream(played), rest) : LongStream.concat(rest, Arrays.stream(played)))
                .toArray();
    }

    private static long[] ofPlaylist(DSLContext sql, ItemKey playlist, Query query) {
        if (query.after().isEmpty()) return PlaylistOrder.rows(sql, playlist, query).rows();
        return behind(sql, PlaylistOrder.rows(sql, playlist, query.slice(0, 0)).rows(), query);
    }

    /// The name that the list is in order of, if it is in order of one. A playlist counts its entries.
    static Optional<LetterIndex.Name> name(Query query) {
        Optional<LetterIndex.Name> name = nameOf(query);
        return query.within().orElse(null) instanceof Query.Within.InPlaylist(ItemKey key)
                ? name.map(n -> PlaylistOrder.name(n, key, query))
                : name;
    }

    private static Optional<LetterIndex.Name> nameOf(Query query) {
        Query.@Nullable Sort sort = query.sort().orElseGet(() -> switch (query.within().orElse(null)) {
            case Query.Within.InGenre in -> Query.Sort.ARTIST;
            case Query.Within.InAlbum in -> Query.Sort.ADDED;
            case Query.Within.ByArtist by -> Query.Sort.YEAR;
            case Query.Within.InPlaylist in -> Query.Sort.ADDED;
            case null -> Query.Sort.TITLE;
        });
        return switch (sort) {
            case TITLE, TRACKS -> Optional.of(new LetterIndex.Name(TRACK, TRACK.SORT_TITLE, true, where(query)));
            case ARTIST -> Optional.of(new LetterIndex.Name(TRACK, TRACK.SORT_ARTIST, true, where(query)));
            case ALBUM -> Optional.of(new LetterIndex.Name(TRACK, TRACK.SORT_ALBUM, true, where(query)));
            case GENRE -> Optional.of(new LetterIndex.Name(TRACK, TRACK.GENRE.collate("NOCASE"), false, where(query)));
            case YEAR, ADDED, DURATION, SIZE, FILE_SIZE, PLAY_COUNT, LAST_PLAYED, FAVOURITE, HERE, RANDOM -> Optional.empty();
        };
    }

    static Condition where(Query query) {
        Condition where = listedIn(query);
        if (query.playableOnly()) {
            where = where.and(query.within().isPresent()
                    ? Tables.playableTrack(TRACK.ACCOUNT_ID, TRACK.ITEM_ID, TRACK.GONE_AT)
                    : TRACK.ID.in(Tables.playableTracks()));
        }
        if (query.favouritesOnly()) {
            var loved = TRACK.as("loved");
            where = where.and(TRACK.ID.in(select(loved.ID).from(USER_DATA).crossJoin(loved).where(Tables.shownFavourite(ItemKind.TRACK),
                    loved.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), loved.ITEM_ID.eq(USER_DATA.ITEM_ID))));
        }
        return where;
    }

    /// What belongs to a collection, or all there is.
    private static Condition listedIn(Query query) {
        var t = TRACK.as("t");
        Condition listed = listedTrack(query);
        return switch (query.within().orElse(null)) {
            case null -> listed;
            case Query.Within.InAlbum(ItemKey key) ->
                listed.and(TRACK.ACCOUNT_ID.eq(key.account())).and(TRACK.ALBUM_ITEM_ID.eq(key.id()));
            case Query.Within.ByArtist(ItemKey key) -> listed.and(TRACK.ID.in(
                    select(t.ID).from(TRACK_ARTIST).crossJoin(t).where(TRACK_ARTIST.ACCOUNT_ID.eq(key.account()),
                            TRACK_ARTIST.ARTIST_ITEM_ID.eq(key.id()), t.ACCOUNT_ID.eq(key.account()),
                            t.ITEM_ID.eq(TRACK_ARTIST.TRACK_ITEM_ID))
                            .union(select(t.ID).from(ALBUM_ARTIST).crossJoin(t).where(ALBUM_ARTIST.ACCOUNT_ID.eq(key.account()),
                                    ALBUM_ARTIST.ARTIST_ITEM_ID.eq(key.id()), t.ACCOUNT_ID.eq(key.account()),
                                    t.ALBUM_ITEM_ID.eq(ALBUM_ARTIST.ALBUM_ITEM_ID)))));
            case Query.Within.InPlaylist(ItemKey key) -> active(TRACK.ACCOUNT_ID).and(TRACK.ID.in(
                    select(t.ID).from(PLAYLIST_ITEM).crossJoin(t).where(PLAYLIST_ITEM.ACCOUNT_ID.eq(key.account()),
                            PLAYLIST_ITEM.PLAYLIST_ITEM_ID.in(PlaylistTable.realId(key)), t.ACCOUNT_ID.eq(key.account()),
                            t.ITEM_ID.eq(PLAYLIST_ITEM.TRACK_ITEM_ID))));
            case Query.Within.InGenre(ItemKey key) -> listed.and(TRACK.ID.in(
                    select(t.ID).from(GENRE).crossJoin(TRACK_GENRE).crossJoin(t).where(GenreTable.is(key),
                            TRACK_GENRE.GENRE_ID.eq(GENRE.ID),
                            t.ACCOUNT_ID.eq(TRACK_GENRE.ACCOUNT_ID), t.ITEM_ID.eq(TRACK_GENRE.TRACK_ITEM_ID))));
        };
    }

    static List<SortField<?>> order(Query query) {
        boolean down = query.descending();
        var artist = TRACK.SORT_ARTIST;
        var album = TRACK.SORT_ALBUM;
        if (query.sort().isEmpty()) {
            return switch (query.within().orElse(null)) {
                case Query.Within.InAlbum in -> List.of(way(TRACK.DISC, down), TRACK.NUMBER.asc(), TRACK.SORT_TITLE.asc());
                case Query.Within.ByArtist by -> List.of(way(TRACK.YEAR, down), album.asc(), TRACK.DISC.asc(), TRACK.NUMBER.asc());
                case Query.Within.InGenre in -> List.of(way(artist, down), album.asc(), TRACK.DISC.asc(), TRACK.NUMBER.asc());
                case Query.Within.InPlaylist in -> List.of(way(TRACK.SORT_TITLE, down));
                case null -> List.of(way(TRACK.SORT_TITLE, down));
            };
        }
        return switch (query.sort().get()) {
            case TITLE, TRACKS -> List.of(way(TRACK.SORT_TITLE, down));
            case ARTIST -> List.of(way(artist, down), album.asc(), TRACK.DISC.asc(), TRACK.NUMBER.asc());
            case ALBUM -> List.of(way(album, down), TRACK.DISC.asc(), TRACK.NUMBER.asc());
            case YEAR -> List.of(way(TRACK.YEAR, down), TRACK.SORT_TITLE.asc());
            case ADDED -> List.of(way(TRACK.ADDED_AT, down));
            case DURATION -> List.of(way(TRACK.DURATION_MS, down));
            case GENRE ->
                List.of(way(TRACK.GENRE.collate("NOCASE"), down), artist.asc(), album.asc(), TRACK.DISC.asc(), TRACK.NUMBER.asc());
            case SIZE -> List.of(way(TRACK.SIZE, down), TRACK.SORT_TITLE.asc());
            case PLAY_COUNT ->
                List.of(way(coalesce(USER_DATA.PLAY_COUNT_SHOWN, inline(0L)), down), TRACK.SORT_TITLE.asc());
            case LAST_PLAYED -> List.of(way(USER_DATA.LAST_PLAYED_SHOWN_AT, down), TRACK.SORT_TITLE.asc());
            case FILE_SIZE -> List.of(way(HERE, down), TRACK.SORT_TITLE.asc());
            case FAVOURITE -> List.of(way(coalesce(USER_DATA.IS_FAVOURITE_SHOWN, inline(false)), down), TRACK.SORT_TITLE.asc());
            case HERE -> List.of(way(InFront.WHERE, down), TRACK.SORT_TITLE.asc());
            case RANDOM -> List.of();
        };
    }

    static SortField<?> way(Field<?> field, boolean down) {
        return down ? field.desc() : field.asc();
    }

    static long[] shuffled(long[] rows, RandomGenerator random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long swap = rows[i];
            rows[i] = rows[j];
            rows[j] = swap;
        }
        return rows;
    }

    static long[] slice(long[] rows, Query query) {
        int from = Math.min(query.offset(), rows.length);
        int to = query.limit() == 0 ? rows.length : Math.min(rows.length, from + query.limit());
        return from == 0 && to == rows.length ? rows : Arrays.copyOfRange(rows, from, to);
    }

    /// In the order asked for, a row as often as asked for.
    static List<Track> byRow(DSLContext sql, long[] rows) {
        return TRACKS.byRow(sql, rows);
    }

    /// As [#byRow].
    static List<ItemKey> keys(DSLContext sql, long[] rows) {
        return KEYS.byRow(sql, rows);
    }

    private static ItemKey key(LookUp.Columns c) throws SQLException {
        c.number();
        return new ItemKey(c.number(), c.text());
    }

    /// In the order asked for.
    static List<Track> byKey(DSLContext sql, List<ItemKey> keys) {
        return TRACKS.byKey(sql, keys);
    }

    private static Select<?> one(Condition where) {
        return select(TRACK.ID, TRACK.ACCOUNT_ID, TRACK.ITEM_ID, TRACK.TITLE, TRACK.ARTIST_NAME, ARTISTS, ARTIST_ID, TRACK.ALBUM_TITLE,
                TRACK.ALBUM_ITEM_ID, TRACK.ALBUM_ARTIST, TRACK.DISC, TRACK.NUMBER, TRACK.YEAR, GENRES, TRACK.DURATION_MS, TRACK.CONTAINER)
                .select(TRACK.SIZE, USER_DATA.IS_FAVOURITE_SHOWN, USER_DATA.PLAY_COUNT_SHOWN, USER_DATA.LAST_PLAYED_SHOWN_AT, TRACK.GAIN_DB,
                        TRACK.ALBUM_GAIN_DB, TRACK.HAS_LYRICS, TRACK.IMAGE_TAG, ALBUM_IMAGE, TRACK.PROBLEM, TRACK.GONE_AT, LOST, FILE,
                        FILE_SIZE)
                .from(TRACK)
                .leftJoin(USER_DATA).on(USER_DATA.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), USER_DATA.ITEM_ID.eq(TRACK.ITEM_ID))
                .where(where.and(active(TRACK.ACCOUNT_ID)));
    }

    private static Track track(LookUp.Columns c) throws SQLException {
        long row = c.number();
        var key = new ItemKey(c.number(), c.text());
        String title = c.text();
        String artist = c.text();
        List<String> artists = parts(c.maybe());
        Optional<String> artistId = id(c.maybe());
        String album = c.text();
        Optional<String> albumId = id(c.maybe());
        String albumArtist = c.text();
        OptionalInt disc = integer(c.whole());
        OptionalInt number = integer(c.whole());
        OptionalInt year = integer(c.whole());
        List<String> genres = parts(c.maybe());
        Optional<Duration> duration = Optional.ofNullable(c.whole()).map(Duration::ofMillis);
        Optional<String> container = Optional.ofNullable(c.maybe());
        OptionalLong size = longs(c.whole());
        boolean favourite = c.flag();
        int plays = (int) c.number();
        Optional<Instant> played = Optional.ofNullable(c.whole()).map(Instant::ofEpochMilli);
        OptionalDouble gain = real(c.fraction());
        OptionalDouble albumGain = real(c.fraction());
        boolean lyrics = c.flag();
        Optional<Cover> own = Optional.ofNullable(c.maybe()).map(tag -> new Cover(key, tag));
        Optional<Cover> ofAlbum = Optional.ofNullable(c.maybe())
                .flatMap(tag -> albumId.map(id -> new Cover(new ItemKey(key.account(), id), tag)));
        Optional<String> problem = Optional.ofNullable(c.maybe());
        Long since = c.whole();
        boolean gone = since != null && since > FolderChoice.HIDDEN;
        Availability elsewhere = c.flag() || gone ? Availability.GONE : Availability.REMOTE;
        Long file = c.whole();
        OptionalLong fileSize = longs(c.whole());
        Availability availability = file == null
                ? elsewhere
                : file == 1 ? Availability.LOCAL : file == 0 ? Availability.CACHED : Availability.AWAY;
        return new Track(row, key, title, artist, artists, artistId, album, albumId, albumArtist, disc, number, year, genres, duration,
                container, size, favourite, plays, played, gain, albumGain, lyrics, own.or(() -> ofAlbum), availability, problem, fileSize);
    }

    static Optional<String> id(@Nullable String id) {
        return Optional.ofNullable(id).filter(text -> !text.isBlank());
    }

    private static List<String> parts(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(BETWEEN));
    }

    static OptionalInt integer(@Nullable Long value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.intValue());
    }

    private static OptionalLong longs(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalDouble real(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static int count(@Nullable Long value) {
        return value == null ? 0 : value.intValue();
    }
}
