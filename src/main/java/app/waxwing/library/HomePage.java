package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import app.waxwing.base.ItemKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record1;

/// What the home page shows.
final class HomePage {
    private static final Duration WEEKS = Duration.ofDays(30);
    /// Plays of one album within this time are one listening.
    private static final Duration SITTING = Duration.ofHours(12);
    private static final int LATEST_PLAYS = 1_000;

    private static final String LATEST = LookUp.text(select(TRACK.ID, TRACK.ACCOUNT_ID, TRACK.ALBUM_ITEM_ID, USER_DATA.LAST_PLAYED_SHOWN_AT)
            .from(USER_DATA).crossJoin(TRACK)
            .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull(),
                    TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.shown(TRACK.ACCOUNT_ID))
            .orderBy(USER_DATA.LAST_PLAYED_SHOWN_AT.desc()).limit(inline(LATEST_PLAYS)));
    private static final String MOST = LookUp.text(select(TRACK.ID).from(USER_DATA).crossJoin(TRACK)
            .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L)),
                    TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.listedTrack(Query.ALL))
            .orderBy(USER_DATA.PLAY_COUNT_SHOWN.desc()).limit(param("limit", Long.class)));
    private static final String OF_ALBUM = LookUp.text(select(TRACK.ID).from(TRACK)
            .where(TRACK.ACCOUNT_ID.eq(param("account", Long.class)), TRACK.ALBUM_ITEM_ID.eq(param("album", String.class)),
                    Tables.listedTrack(Query.ALL))
            .orderBy(TRACK.DISC, TRACK.NUMBER, TRACK.SORT_TITLE));
    private static final String ROW_OF_ALBUM = LookUp.text(select(ALBUM.ID).from(ALBUM)
            .where(ALBUM.ACCOUNT_ID.eq(param("account", Long.class)), ALBUM.ITEM_ID.eq(param("album", String.class))));

    private HomePage() {}

    static Library.Home read(DSLContext sql, int limit, Instant now, RandomGenerator random) {
        Query first = Query.ALL.slice(0, limit);
        List<Album> added = AlbumTable.byRow(sql, AlbumTable.rows(sql, first.sort(Query.Sort.ADDED, true), random));
        return Batch.run(sql, connection -> {
            Map<ItemKey, List<Play>> byAlbum = plays(connection);
            List<Long> most = new ArrayList<>();
            try (var statement = new Batch(connection, MOST)) {
                statement.number(limit).read(r -> most.add(r.getLong(1)));
            }
            return new Library.Home(started(sql, goneOn(connection, byAlbum, limit, now)), added,
                    AlbumTable.byRow(sql, recent(sql, limit, false)),
                    TrackTable.byRow(sql, longs(most)));
        });
    }

    /// Row numbers of the albums heard last, each once, newest first (requirement C.3, no. 11). What was played is gone through along its index until there
    /// is enough: how much was played in all costs nothing.
    static long[] recent(DSLContext sql, int limit, boolean playableOnly) {
        Set<Long> rows = new LinkedHashSet<>();
        try (Cursor<Record1<Long>> played = sql.select(ALBUM.ID).from(USER_DATA).crossJoin(TRACK).crossJoin(ALBUM)
                .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull(),
                        TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID),
                        ALBUM.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), ALBUM.ITEM_ID.eq(TRACK.ALBUM_ITEM_ID),
                        AlbumTable.where(Query.ALL.playableOnly(playableOnly)))
                .orderBy(USER_DATA.LAST_PLAYED_SHOWN_AT.desc()).fetchLazy()) {
            while (rows.size() < limit && played.hasNext()) rows.add(played.fetchNext().value1());
        }
        return rows.stream().mapToLong(Long::longValue).toArray();
    }

    private record Play(long row, long at) {}

    /// An album that was left in the middle, by row numbers.
    ///
    /// @param left tracks to come, the next one among them
    private record Left(long album, long next, int left) {}

    /// The latest plays, newest first, by album.
    private static Map<ItemKey, List<Play>> plays(Connection connection) throws SQLException {
        Map<ItemKey, List<Play>> byAlbum = new LinkedHashMap<>();
        try (var statement = new Batch(connection, LATEST)) {
            statement.read(r -> {
                String album = r.getString(3);
                if (album == null || album.isBlank()) return;
                byAlbum.computeIfAbsent(new ItemKey(r.getLong(2), album), k -> new ArrayList<>())
                        .add(new Play(r.getLong(1), r.getLong(4)));
            });
        }
        return byAlbum;
    }

    private static List<Left> goneOn(Connection connection, Map<ItemKey, List<Play>> byAlbum, int limit, Instant now) throws SQLException {
        List<Left> left = new ArrayList<>();
        for (var entry : byAlbum.entrySet()) {
            List<Play> plays = entry.getValue();
            long last = plays.getFirst().at();
            if (left.size() >= limit || last < now.minus(WEEKS).toEpochMilli()) break;
            long sitting = plays.stream().filter(p -> p.at() >= last - SITTING.toMillis()).count();
            if (sitting < 2) continue;
            List<Long> tracks = new ArrayList<>();
            rows(connection, OF_ALBUM, entry.getKey(), tracks);
            int next = tracks.indexOf(plays.getFirst().row()) + 1;
            if (next == 0 || next >= tracks.size()) continue;
            List<Long> album = new ArrayList<>();
            rows(connection, ROW_OF_ALBUM, entry.getKey(), album);
            if (!album.isEmpty()) left.add(new Left(album.getFirst(), tracks.get(next), tracks.size() - next));
        }
        return left;
    }

    private static List<Library.Started> started(DSLContext sql, List<Left> left) {
        Map<Long, Album> albums = new HashMap<>();
        for (Album album : AlbumTable.byRow(sql, left.stream().mapToLong(Left::album).toArray())) albums.put(album.row(), album);
        Map<Long, Track> tracks = new HashMap<>();
        for (Track track : TrackTable.byRow(sql, left.stream().mapToLong(Left::next).toArray())) tracks.put(track.row(), track);
        List<Library.Started> started = new ArrayList<>();
        for (Left one : left) {
            Album album = albums.get(one.album());
            Track next = tracks.get(one.next());
            if (album != null && next != null) started.add(new Library.Started(album, next, one.left()));
        }
        return started;
    }

    private static void rows(Connection connection, String statement, ItemKey album, List<Long> into) throws SQLException {
        try (var rows = new Batch(connection, statement)) {
            rows.number(album.account()).text(album.id()).read(r -> into.add(r.getLong(1)));
        }
    }

    private static long[] longs(List<Long> rows) {
        return rows.stream().mapToLong(Long::longValue).toArray();
    }
}
