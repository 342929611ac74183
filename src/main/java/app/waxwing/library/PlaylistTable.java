package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static app.waxwing.library.Tables.fileOf;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;

/// Questions about playlists. A playlist made here is found by its local id for ever, also after the server gave it another.
final class PlaylistTable {
    private static final Condition OF_LIST = PLAYLIST_ITEM.ACCOUNT_ID.eq(PLAYLIST.ACCOUNT_ID)
            .and(PLAYLIST_ITEM.PLAYLIST_ITEM_ID.eq(PLAYLIST.ITEM_ID));
    private static final Field<Long> FILE = fileOf(PLAYLIST_ITEM.ACCOUNT_ID, PLAYLIST_ITEM.TRACK_ITEM_ID);
    private static final Field<Long> FILES = Tables.filesOf(PLAYLIST_ITEM, OF_LIST, PLAYLIST_ITEM.ACCOUNT_ID, PLAYLIST_ITEM.TRACK_ITEM_ID,
            PLAYLIST_ITEM.POSITION);

    private PlaylistTable() {}

    static Listing<Playlist> list(DSLContext sql, Query query, RandomGenerator random) {
        List<Playlist> all = new ArrayList<>(fetch(sql, where(query), query.descending()));
        switch (query.sort().orElse(Query.Sort.TITLE)) {
            case RANDOM -> Collections.shuffle(all, java.util.Random.from(random));
            case DURATION -> all.sort(by(Comparator.comparing(Playlist::duration), query));
            case TRACKS -> all.sort(by(Comparator.comparingInt(Playlist::trackCount), query));
            case TITLE, ARTIST, ALBUM, YEAR, ADDED, GENRE, SIZE, FILE_SIZE, PLAY_COUNT, LAST_PLAYED, FAVOURITE, HERE -> {
            }
        }
        int from = Math.min(Behind.offset(query, all, Playlist::key), all.size());
        int to = query.limit() == 0 ? all.size() : Math.min(all.size(), from + query.limit());
        return new Listing<>(all.subList(from, to), all.size());
    }

    private static Comparator<Playlist> by(Comparator<Playlist> order, Query query) {
        return query.descending() ? order.reversed() : order;
    }

    /// The name that the list is in order of, if it is in order of one.
    static Optional<LetterIndex.Name> name(Query query) {
        return switch (query.sort().orElse(Query.Sort.TITLE)) {
            case TITLE, ARTIST, ALBUM, YEAR, ADDED, GENRE, SIZE, FILE_SIZE, PLAY_COUNT, LAST_PLAYED, FAVOURITE, HERE ->
                Optional.of(new LetterIndex.Name(PLAYLIST, PLAYLIST.SORT_TITLE, true, where(query)));
            case RANDOM, DURATION, TRACKS -> Optional.empty();
        };
    }

    private static Condition where(Query query) {
        Condition where = query.playableOnly() || query.favouritesOnly() ? known(query) : listed(query);
        if (query.playableOnly()) where = where.and(plays());
        if (query.favouritesOnly()) where = where.and(Tables.favourite(ItemKind.PLAYLIST, PLAYLIST.ACCOUNT_ID, PLAYLIST.ITEM_ID));
        return where;
    }

    private static Condition known(Query query) {
        return Tables.of(PLAYLIST.ACCOUNT_ID, query).and(PLAYLIST.DELETED_AT.isNull());
    }

    /// Still on its server, or gone there and something of it is here.
    static Condition listed(Query query) {
        return known(query).and(PLAYLIST.GONE_AT.isNull().or(hasFiles()));
    }

    private static Condition plays() {
        return exists(selectOne().from(PLAYLIST_ITEM).where(OF_LIST, FILE.ge(inline(0L))));
    }

    private static Condition hasFiles() {
        return exists(selectOne().from(PLAYLIST_ITEM).where(OF_LIST, FILE.isNotNull()));
    }

    static Optional<Playlist> find(DSLContext sql, ItemKey key) {
        return fetch(sql, active(PLAYLIST.ACCOUNT_ID).and(PLAYLIST.ACCOUNT_ID.eq(key.account())).and(PLAYLIST.ITEM_ID.in(realId(key)))
                .and(PLAYLIST.DELETED_AT.isNull()), false).stream().findFirst();
    }

    static List<Playlist> byRow(DSLContext sql, List<Long> rows) {
        List<Playlist> found = fetch(sql, active(PLAYLIST.ACCOUNT_ID).and(PLAYLIST.ID.in(rows)), false);
        List<Playlist> out = new ArrayList<>();
        for (Long row : rows) found.stream().filter(p -> p.row() == row).forEach(out::add);
        return out;
    }

    /// The playlist's present id, whichever of its ids is given.
    static Select<Record1<String>> realId(ItemKey key) {
        var p = PLAYLIST.as("p");
        return select(p.ITEM_ID).from(p).where(p.ACCOUNT_ID.eq(key.account()), p.ITEM_ID.eq(key.id()))
                .union(select(p.ITEM_ID).from(p).where(p.ACCOUNT_ID.eq(key.account()), p.ALIAS_ID.eq(key.id()), p.ALIAS_ID.isNotNull()));
    }

    static String realId(DSLContext sql, ItemKey key) {
        if (!key.madeHere()) return key.id();
        String known = sql.select(PLAYLIST.ITEM_ID).from(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(key.account()), PLAYLIST.ALIAS_ID.eq(key.id()),
                        PLAYLIST.ALIAS_ID.isNotNull())
                .fetchOne(PLAYLIST.ITEM_ID);
        return known == null ? key.id() : known;
    }

    private static List<Playlist> fetch(DSLContext sql, Condition where, boolean down) {
        return sql.select(PLAYLIST.ID, PLAYLIST.ACCOUNT_ID, PLAYLIST.ITEM_ID, PLAYLIST.TITLE, PLAYLIST.TRACK_COUNT, PLAYLIST.DURATION_MS,
                PLAYLIST.IS_EDITABLE, PLAYLIST.IMAGE_TAG, PLAYLIST.GONE_AT, USER_DATA.IS_FAVOURITE_SHOWN, FILES)
                .from(PLAYLIST).leftJoin(USER_DATA).on(USER_DATA.ACCOUNT_ID.eq(PLAYLIST.ACCOUNT_ID), USER_DATA.ITEM_ID.eq(PLAYLIST.ITEM_ID))
                .where(where).orderBy(TrackTable.way(PLAYLIST.SORT_TITLE, down)).fetch(PlaylistTable::playlist);
    }

    private static Playlist playlist(Record r) {
        var key = new ItemKey(r.get(PLAYLIST.ACCOUNT_ID), r.get(PLAYLIST.ITEM_ID));
        int tracks = r.get(PLAYLIST.TRACK_COUNT).intValue();
        var files = Tables.Files.of(r.get(FILES), tracks);
        return new Playlist(r.get(PLAYLIST.ID), key, r.get(PLAYLIST.TITLE), tracks, Duration.ofMillis(r.get(PLAYLIST.DURATION_MS)),
                Boolean.TRUE.equals(r.get(PLAYLIST.IS_EDITABLE)), Boolean.TRUE.equals(r.get(USER_DATA.IS_FAVOURITE_SHOWN)),
                Optional.ofNullable(r.get(PLAYLIST.IMAGE_TAG)).map(tag -> new Cover(key, tag)),
                files.availability(r.get(PLAYLIST.GONE_AT) != null), files.here());
    }
}
