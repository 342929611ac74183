package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/// An album that was left in the middle, by row numbers.
///
/// @param next the track to go on with
/// @param remaining tracks to come, the next one among them
record LeftOff(long album, long next, int remaining) {
    private static final Duration WEEKS = Duration.ofDays(30);
    /// Plays of one album within this time are one listening.
    private static final Duration SITTING = Duration.ofHours(12);
    private static final int LATEST_PLAYS = 1_000;
    private static final int FEW_PLAYS = 250;
    private static final int A_LOOK = 40;

    private static final String LATEST = LookUp.text(select(TRACK.ID, TRACK.ACCOUNT_ID, TRACK.ALBUM_ITEM_ID, USER_DATA.LAST_PLAYED_SHOWN_AT)
            .from(USER_DATA).crossJoin(TRACK)
            .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull(),
                    USER_DATA.LAST_PLAYED_SHOWN_AT.ge(param("since", Long.class)),
                    TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.shown(TRACK.ACCOUNT_ID))
            .orderBy(USER_DATA.LAST_PLAYED_SHOWN_AT.desc()).limit(param("most", Long.class)));
    private static final app.waxwing.store.schema.tables.Track LAST = TRACK.as("last");
    private static final Condition ASKED = condition("{0} in (select value from json_each({1}))", LAST.ID, param("rows", String.class));
    /// Tracks of the album behind the last one that was heard.
    private static final Condition LATER = TRACK.ACCOUNT_ID.eq(LAST.ACCOUNT_ID).and(TRACK.ALBUM_ITEM_ID.eq(LAST.ALBUM_ITEM_ID))
            .and(condition("({0}) > ({1})", place(TRACK), place(LAST))).and(Tables.listedTrack(Query.ALL));
    private static final Condition OF_LAST = ALBUM.ACCOUNT_ID.eq(LAST.ACCOUNT_ID).and(ALBUM.ITEM_ID.eq(LAST.ALBUM_ITEM_ID));
    /// Of these tracks those after which their album goes on: one question for all albums heard of late, most of which were heard to the end.
    private static final String GOES_ON = LookUp
            .text(select(LAST.ID).from(LAST).where(ASKED, exists(selectOne().from(TRACK).where(LATER))));
    private static final String NEXT = LookUp.text(select(LAST.ID, ALBUM.ID,
            field(select(TRACK.ID).from(TRACK).where(LATER).orderBy(TRACK.DISC, TRACK.NUMBER, TRACK.SORT_TITLE, TRACK.ID).limit(inline(1))),
            field(select(count()).from(TRACK).where(LATER)))
            .from(LAST).crossJoin(ALBUM)
            .where(ASKED, exists(selectOne().from(TRACK).where(TRACK.ID.eq(LAST.ID), Tables.listedTrack(Query.ALL))), OF_LAST));
    private static final String ALBUM_OF = LookUp
            .text(select(LAST.ID, ALBUM.ID).from(LAST).crossJoin(ALBUM).where(ASKED, OF_LAST, AlbumTable.where(Query.ALL)));

    /// Where a track stands in its album; what has no number stands first, as SQLite sorts nulls.
    private static QueryPart place(app.waxwing.store.schema.tables.Track track) {
        return DSL.list(coalesce(track.DISC, inline(-1L)), coalesce(track.NUMBER, inline(-1L)), track.SORT_TITLE, track.ID);
    }

    private record Play(long row, long at) {}

    /// The latest plays of the last weeks, newest first, by album.
    ///
    /// @param whole there are no more than these
    record Heard(Map<ItemKey, List<Play>> byAlbum, long oldest, boolean whole) {
        /// Row numbers of the albums heard last that are listed, newest first; at most so many.
        long[] albums(Connection connection, int limit) throws SQLException {
            // A few more than are wanted: some may not be listed.
            List<Long> last = byAlbum.values().stream().limit(limit + 10L).map(plays -> plays.getFirst().row()).toList();
            Map<Long, Long> albums = new HashMap<>();
            try (var statement = new Batch(connection, ALBUM_OF)) {
                statement.text(last.toString()).read(r -> albums.put(r.getLong(1), r.getLong(2)));
            }
            return last.stream().filter(albums::containsKey).limit(limit).mapToLong(albums::get).toArray();
        }
    }

    static Heard heard(Connection connection, Instant now) throws SQLException {
        return heard(connection, FEW_PLAYS, now);
    }

    private static Heard heard(Connection connection, long most, Instant now) throws SQLException {
        Map<ItemKey, List<Play>> byAlbum = new LinkedHashMap<>();
        long[] seen = {0, Long.MAX_VALUE};
        try (var statement = new Batch(connection, LATEST)) {
            statement.number(now.minus(WEEKS).minus(SITTING).toEpochMilli()).number(most).read(r -> {
                seen[0]++;
                seen[1] = r.getLong(4);
                String album = r.getString(3);
                if (album == null || album.isBlank()) return;
                byAlbum.computeIfAbsent(new ItemKey(r.getLong(2), album), k -> new ArrayList<>()).add(new Play(r.getLong(1), seen[1]));
            });
        }
        return new Heard(byAlbum, seen[1], seen[0] < most);
    }

    /// Newest first. Few plays tell it mostly: more are read where the albums about which these leave nothing open are too few.
    static List<LeftOff> after(Connection connection, Heard few, int limit, Instant now) throws SQLException {
        if (few.whole()) return among(connection, few.byAlbum, limit, now);
        Map<ItemKey, List<Play>> sure = new LinkedHashMap<>();
        for (var entry : few.byAlbum.entrySet()) {
            List<Play> plays = entry.getValue();
            if (sitting(plays).size() < 2 && plays.getFirst().at() - SITTING.toMillis() <= few.oldest()) break;
            sure.put(entry.getKey(), plays);
        }
        List<LeftOff> left = among(connection, sure, limit, now);
        return left.size() >= limit ? left : among(connection, heard(connection, LATEST_PLAYS, now).byAlbum, limit, now);
    }

    /// Those that belong to the last listening of the album.
    private static List<Play> sitting(List<Play> plays) {
        long last = plays.getFirst().at();
        return plays.stream().filter(p -> p.at() >= last - SITTING.toMillis()).toList();
    }

    private static List<LeftOff> among(Connection connection, Map<ItemKey, List<Play>> byAlbum, int limit, Instant now)
            throws SQLException {
        long weeks = now.minus(WEEKS).toEpochMilli();
        List<Long> begun = byAlbum.values().stream().filter(plays -> plays.getFirst().at() >= weeks && sitting(plays).size() >= 2)
                .map(plays -> plays.getFirst().row()).toList();
        List<LeftOff> left = new ArrayList<>();
        for (int from = 0; from < begun.size() && left.size() < limit; from += A_LOOK) {
            List<Long> some = begun.subList(from, Math.min(begun.size(), from + A_LOOK));
            Set<Long> goOn = goOn(connection, some);
            List<Long> open = some.stream().filter(goOn::contains).toList();
            for (int at = 0; at < open.size() && left.size() < limit;) {
                int to = Math.min(open.size(), at + limit - left.size());
                next(connection, open.subList(at, to), left);
                at = to;
            }
        }
        return left;
    }

    private static Set<Long> goOn(Connection connection, List<Long> last) throws SQLException {
        Set<Long> found = new HashSet<>();
        try (var statement = new Batch(connection, GOES_ON)) {
            statement.text(last.toString()).read(r -> found.add(r.getLong(1)));
        }
        return found;
    }

    private static void next(Connection connection, List<Long> last, List<LeftOff> left) throws SQLException {
        Map<Long, LeftOff> found = new HashMap<>();
        try (var statement = new Batch(connection, NEXT)) {
            statement.text(last.toString()).read(r -> found.put(r.getLong(1), new LeftOff(r.getLong(2), r.getLong(3), r.getInt(4))));
        }
        last.stream().filter(found::containsKey).map(found::get).forEach(left::add);
    }
}
