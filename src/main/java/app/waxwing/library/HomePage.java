package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.base.ItemKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/// What the home page shows.
final class HomePage {
    private static final Duration WEEKS = Duration.ofDays(30);
    /// Plays of one album within this time are one listening.
    private static final Duration SITTING = Duration.ofHours(12);
    private static final int LATEST_PLAYS = 1_000;
    private static final int FEW_PLAYS = 250;
    private static final int A_LOOK = 40;
    private static final String ADDED = AlbumTable.newest();
    private static final String RECENT = recentText(false);
    private static final String RECENT_PLAYABLE = recentText(true);

    private static final String LATEST = LookUp.text(select(TRACK.ID, TRACK.ACCOUNT_ID, TRACK.ALBUM_ITEM_ID, USER_DATA.LAST_PLAYED_SHOWN_AT)
            .from(USER_DATA).crossJoin(TRACK)
            .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull(),
                    TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.shown(TRACK.ACCOUNT_ID))
            .orderBy(USER_DATA.LAST_PLAYED_SHOWN_AT.desc()).limit(param("most", Long.class)));
    private static final String MOST = LookUp.text(select(TRACK.ID).from(USER_DATA).crossJoin(TRACK)
            .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L)),
                    TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.listedTrack(Query.ALL))
            .orderBy(USER_DATA.PLAY_COUNT_SHOWN.desc()).limit(param("limit", Long.class)));
    private static final String OF_ALBUM = LookUp.text(select(TRACK.ID).from(TRACK)
            .where(TRACK.ACCOUNT_ID.eq(param("account", Long.class)), TRACK.ALBUM_ITEM_ID.eq(param("album", String.class)),
                    Tables.listedTrack(Query.ALL))
            .orderBy(TRACK.DISC, TRACK.NUMBER, TRACK.SORT_TITLE));
    private static final app.waxwing.store.schema.tables.Track LAST = TRACK.as("last");
    /// Of these tracks those after which their album goes on: one question for all albums heard of late, most of which were heard to the end.
    private static final String GOES_ON = LookUp.text(select(LAST.ID).from(LAST)
            .where(condition("{0} in (select value from json_each({1}))", LAST.ID, param("rows", String.class)),
                    exists(selectOne().from(TRACK).where(TRACK.ACCOUNT_ID.eq(LAST.ACCOUNT_ID), TRACK.ALBUM_ITEM_ID.eq(LAST.ALBUM_ITEM_ID),
                            condition("({0}) > ({1})", place(TRACK), place(LAST)), Tables.listedTrack(Query.ALL)))));
    private static final String ROW_OF_ALBUM = LookUp.text(select(ALBUM.ID).from(ALBUM)
            .where(ALBUM.ACCOUNT_ID.eq(param("account", Long.class)), ALBUM.ITEM_ID.eq(param("album", String.class))));

    private HomePage() {}

    /// Where a track stands in its album; what has no number stands first, as in the order of [#OF_ALBUM].
    private static QueryPart place(app.waxwing.store.schema.tables.Track track) {
        return DSL.list(coalesce(track.DISC, inline(-1L)), coalesce(track.NUMBER, inline(-1L)), track.SORT_TITLE, track.ID);
    }

    static Library.Home read(DSLContext sql, int limit, Instant now) {
        return Batch.run(sql, connection -> {
            List<Left> left = goneOn(connection, limit, now);
            return new Library.Home(started(sql, left), AlbumTable.byRow(sql, rows(connection, ADDED, limit)),
                    AlbumTable.byRow(sql, recent(sql, limit, false)), TrackTable.byRow(sql, rows(connection, MOST, limit)));
        });
    }

    private static long[] rows(Connection connection, String statement, long limit) throws SQLException {
        LongStream.Builder rows = LongStream.builder();
        try (var asked = new Batch(connection, statement)) {
            asked.number(limit).read(r -> rows.add(r.getLong(1)));
        }
        return rows.build().toArray();
    }

    /// Row numbers of the albums heard last, each once, newest first (requirement C.3, no. 11). What was played is gone through along its index
    /// until there is enough: how much was played in all costs nothing.
    static long[] recent(DSLContext sql, int limit, boolean playableOnly) {
        Set<Long> rows = new LinkedHashSet<>();
        return Batch.run(sql, connection -> {
            try (var heard = new Batch(connection, playableOnly ? RECENT_PLAYABLE : RECENT)) {
                heard.readWhile(() -> rows.size() < limit, r -> rows.add(r.getLong(1)));
            }
            return longs(rows);
        });
    }

    private static String recentText(boolean playableOnly) {
        return LookUp.text(select(ALBUM.ID).from(USER_DATA).crossJoin(TRACK).crossJoin(ALBUM)
                .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull(),
                        TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID),
                        ALBUM.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), ALBUM.ITEM_ID.eq(TRACK.ALBUM_ITEM_ID),
                        AlbumTable.where(Query.ALL.playableOnly(playableOnly)))
                .orderBy(USER_DATA.LAST_PLAYED_SHOWN_AT.desc()));
    }

    private record Play(long row, long at) {}

    /// An album that was left in the middle, by row numbers.
    ///
    /// @param left tracks to come, the next one among them
    private record Left(long album, long next, int left) {}

    /// The latest plays, newest first, by album.
    ///
    /// @param whole there are no more than these
    private record Heard(Map<ItemKey, List<Play>> byAlbum, long oldest, boolean whole) {}

    private static Heard heard(Connection connection, long most) throws SQLException {
        Map<ItemKey, List<Play>> byAlbum = new LinkedHashMap<>();
        long[] seen = {0, Long.MAX_VALUE};
        try (var statement = new Batch(connection, LATEST)) {
            statement.number(most).read(r -> {
                seen[0]++;
                seen[1] = r.getLong(4);
                String album = r.getString(3);
                if (album == null || album.isBlank()) return;
                byAlbum.computeIfAbsent(new ItemKey(r.getLong(2), album), k -> new ArrayList<>()).add(new Play(r.getLong(1), seen[1]));
            });
        }
        return new Heard(byAlbum, seen[1], seen[0] < most);
    }

    /// Few plays tell it mostly: more are read where the albums about which these leave nothing open are too few.
    private static List<Left> goneOn(Connection connection, int limit, Instant now) throws SQLException {
        Heard few = heard(connection, FEW_PLAYS);
        if (few.whole()) return goneOn(connection, few.byAlbum, limit, now);
        Map<ItemKey, List<Play>> sure = new LinkedHashMap<>();
        for (var entry : few.byAlbum.entrySet()) {
            List<Play> plays = entry.getValue();
            if (sitting(plays).size() < 2 && plays.getFirst().at() - SITTING.toMillis() <= few.oldest()) break;
            sure.put(entry.getKey(), plays);
        }
        List<Left> left = goneOn(connection, sure, limit, now);
        return left.size() >= limit ? left : goneOn(connection, heard(connection, LATEST_PLAYS).byAlbum, limit, now);
    }

    /// Those that belong to the last listening of the album.
    private static List<Play> sitting(List<Play> plays) {
        long last = plays.getFirst().at();
        return plays.stream().filter(p -> p.at() >= last - SITTING.toMillis()).toList();
    }

    private static List<Left> goneOn(Connection connection, Map<ItemKey, List<Play>> byAlbum, int limit, Instant now) throws SQLException {
        List<Map.Entry<ItemKey, List<Play>>> begun = byAlbum.entrySet().stream()
                .filter(e -> sitting(e.getValue()).size() >= 2 && e.getValue().getFirst().at() >= now.minus(WEEKS).toEpochMilli()).toList();
        List<Left> left = new ArrayList<>();
        for (int from = 0; from < begun.size() && left.size() < limit; from += A_LOOK) {
            var some = begun.subList(from, Math.min(begun.size(), from + A_LOOK));
            Set<Long> goOn = goOn(connection, some.stream().map(e -> e.getValue().getFirst().row()).toList());
            for (var entry : some) {
                long last = entry.getValue().getFirst().row();
                if (left.size() >= limit || !goOn.contains(last)) continue;
                List<Long> tracks = new ArrayList<>();
                rows(connection, OF_ALBUM, entry.getKey(), tracks);
                int next = tracks.indexOf(last) + 1;
                if (next == 0 || next >= tracks.size()) continue;
                List<Long> album = new ArrayList<>();
                rows(connection, ROW_OF_ALBUM, entry.getKey(), album);
                if (!album.isEmpty()) left.add(new Left(album.getFirst(), tracks.get(next), tracks.size() - next));
            }
        }
        return left;
    }

    private static Set<Long> goOn(Connection connection, List<Long> tracks) throws SQLException {
        Set<Long> found = new HashSet<>();
        try (var statement = new Batch(connection, GOES_ON)) {
            statement.text(tracks.toString()).read(r -> found.add(r.getLong(1)));
        }
        return found;
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

    private static long[] longs(Collection<Long> rows) {
        return rows.stream().mapToLong(Long::longValue).toArray();
    }
}
