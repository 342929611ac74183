package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// What the home page shows.
final class HomePage {
    private static final String ADDED = AlbumTable.newest(false);
    private static final String ADDED_PLAYABLE = AlbumTable.newest(true);
    private static final String RECENT = recentText(false);
    private static final String RECENT_PLAYABLE = recentText(true);

    private static final String MOST = mostText(noCondition());
    private static final String MOST_PLAYABLE = mostText(Tables.plays(TRACK.ACCOUNT_ID, TRACK.ITEM_ID));

    private HomePage() {}

    private static String mostText(Condition which) {
        return LookUp.text(select(TRACK.ID).from(USER_DATA).crossJoin(TRACK)
                .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L)),
                        TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.listedTrack(Query.ALL),
                        which)
                .orderBy(USER_DATA.PLAY_COUNT_SHOWN.desc()).limit(param("limit", Long.class)));
    }

    /// Rows are gathered first, and what they hold is read by one statement for all albums and one for all tracks.
    ///
    /// @param places as of [HeardTracks#known], taken before
    static Library.Home read(DSLContext sql, Map<String, LeftOff.Place> places, int limit, Instant now) {
        return read(sql, places, limit, false, now);
    }

    /// @param playableOnly only what plays without the network
    static Library.Home read(DSLContext sql, Map<String, LeftOff.Place> places, int limit, boolean playableOnly, Instant now) {
        return Batch.run(sql, connection -> {
            LeftOff.Heard heard = LeftOff.heard(connection, places, now);
            List<LeftOff> left = LeftOff.after(connection, heard, limit, playableOnly, now);
            long[] latest = playableOnly ? new long[0] : heard.albums(limit);
            long[] added = rows(connection, playableOnly ? ADDED_PLAYABLE : ADDED, limit);
            long[] recent = latest.length == limit ? latest : recent(sql, limit, playableOnly);
            long[] most = rows(connection, playableOnly ? MOST_PLAYABLE : MOST, limit);
            Map<Long, Album> albums = new HashMap<>();
            for (Album album : AlbumTable.byRow(sql, distinct(left.stream().mapToLong(LeftOff::album), added, recent)))
                albums.put(album.row(), album);
            Map<Long, Track> tracks = new HashMap<>();
            for (Track track : TrackTable.byRow(sql, distinct(left.stream().mapToLong(LeftOff::next), most)))
                tracks.put(track.row(), track);
            return new Library.Home(started(left, albums, tracks), those(added, albums), those(recent, albums), those(most, tracks));
        });
    }

    private static long[] distinct(LongStream first, long[]... more) {
        return LongStream.concat(first, Arrays.stream(more).flatMapToLong(Arrays::stream)).distinct().toArray();
    }

    private static <T> List<T> those(long[] rows, Map<Long, T> found) {
        return Arrays.stream(rows).mapToObj(found::get).filter(Objects::nonNull).toList();
    }

    private static List<Library.Started> started(List<LeftOff> left, Map<Long, Album> albums, Map<Long, Track> tracks) {
        List<Library.Started> started = new ArrayList<>();
        for (LeftOff one : left) {
            Album album = albums.get(one.album());
            Track next = tracks.get(one.next());
            if (album != null && next != null) started.add(new Library.Started(album, next, one.remaining()));
        }
        return started;
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

    private static long[] longs(Collection<Long> rows) {
        return rows.stream().mapToLong(Long::longValue).toArray();
    }
}
