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
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// An album that was left in the middle, by row numbers.
///
/// @param next the track to go on with
/// @param remaining tracks to come, the next one among them
record LeftOff(long album, long next, int remaining) {
    private static final Duration WEEKS = Duration.ofDays(30);
    /// Plays of one album within this time are one listening.
    private static final Duration SITTING = Duration.ofHours(12);
    private static final int LATEST_PLAYS = 1_000;
    /// Mostly they tell enough; where not, the rest is read at once: what was read before is walked over again.
    private static final int FIRST_PLAYS = 200;
    private static final int A_LOOK = 40;
    /// «Record separator»; a track whose id had it would not be found here.
    private static final int BETWEEN = 0x1e;

    /// Plays as one text, `<account> <moment> <track>` each: to step from play to play, and take values of each, costs twice as much as to find them.
    private static final String LATEST = LookUp
            .text(select(field("group_concat({0}, char({1}))", String.class, name("play"), inline(BETWEEN)))
                    .from(select(field("{0} || ' ' || {1} || ' ' || replace({2}, char({3}), '')", String.class, USER_DATA.ACCOUNT_ID,
                            USER_DATA.LAST_PLAYED_SHOWN_AT, USER_DATA.ITEM_ID, inline(BETWEEN)).as("play"))
                            .from(USER_DATA)
                            .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull(),
                                    USER_DATA.LAST_PLAYED_SHOWN_AT.ge(param("since", Long.class)), Tables.shown(USER_DATA.ACCOUNT_ID))
                            .orderBy(USER_DATA.LAST_PLAYED_SHOWN_AT.desc()).limit(param("most", Long.class))
                            .offset(param("read", Long.class))));
    private static final String PLACES = LookUp.text(select(TRACK.ITEM_ID, TRACK.ALBUM_ITEM_ID, TRACK.ID).from(TRACK)
            .where(TRACK.ACCOUNT_ID.eq(param("account", Long.class)),
                    condition("{0} in (select value from json_each({1}))", TRACK.ITEM_ID, param("items", String.class))));
    private static final app.waxwing.store.schema.tables.Track LAST = TRACK.as("last");
    private static final Condition ASKED = condition("{0} in (select value from json_each({1}))", LAST.ID, param("rows", String.class));
    /// Tracks of the album behind the last one that was heard.
    private static final Condition LATER = TRACK.ACCOUNT_ID.eq(LAST.ACCOUNT_ID).and(TRACK.ALBUM_ITEM_ID.eq(LAST.ALBUM_ITEM_ID))
            .and(condition("({0}) > ({1})", place(TRACK), place(LAST))).and(Tables.listedTrack(Query.ALL));
    private static final Condition LATER_PLAYABLE = LATER.and(Tables.plays(TRACK.ACCOUNT_ID, TRACK.ITEM_ID));
    private static final Condition OF_LAST = ALBUM.ACCOUNT_ID.eq(LAST.ACCOUNT_ID).and(ALBUM.ITEM_ID.eq(LAST.ALBUM_ITEM_ID));
    /// Of these tracks those after which their album goes on: one question for all albums heard of late, most of which were heard to the end.
    private static final String GOES_ON = goesOn(LATER);
    private static final String GOES_ON_PLAYABLE = goesOn(LATER_PLAYABLE);
    private static final String NEXT = next(LATER);
    private static final String NEXT_PLAYABLE = next(LATER_PLAYABLE);
    private static final String ALBUM_OF = LookUp
            .text(select(LAST.ID, ALBUM.ID).from(LAST).crossJoin(ALBUM).where(ASKED, OF_LAST, AlbumTable.where(Query.ALL)));

    private static String goesOn(Condition later) {
        return LookUp.text(select(LAST.ID).from(LAST).where(ASKED, exists(selectOne().from(TRACK).where(later))));
    }

    private static String next(Condition later) {
        return LookUp.text(select(LAST.ID, ALBUM.ID,
                field(select(TRACK.ID).from(TRACK).where(later).orderBy(TRACK.DISC, TRACK.NUMBER, TRACK.SORT_TITLE, TRACK.ID)
                        .limit(inline(1))),
                field(select(count()).from(TRACK).where(later)))
                .from(LAST).crossJoin(ALBUM)
                .where(ASKED, exists(selectOne().from(TRACK).where(TRACK.ID.eq(LAST.ID), Tables.listedTrack(Query.ALL))), OF_LAST));
    }

    /// Where a track stands in its album; what has no number stands first, as SQLite sorts nulls.
    private static QueryPart place(app.waxwing.store.schema.tables.Track track) {
        return DSL.list(coalesce(track.DISC, inline(-1L)), coalesce(track.NUMBER, inline(-1L)), track.SORT_TITLE, track.ID);
    }

    /// Where a track is.
    ///
    /// @param album with its account; empty = it has none, or there is no such track
    record Place(String album, long row) {
        private static final Place NOWHERE = new Place("", 0);
    }

    /// The last listening of an album, as far as it was read.
    private static final class Listening {
        private final long row;
        private final long at;
        /// Another play of the album belongs to it.
        private boolean again;

        Listening(long row, long at) {
            this.row = row;
            this.at = at;
        }
    }

    /// The latest plays of the last weeks by album, the album heard last first. Few are read at first, more where they are asked for, and none twice.
    /// Within one transaction. The rows of the tracks lie all over the library, so that they are asked for only where their albums are not known yet.
    static final class Heard {
        private final Connection connection;
        private final Map<String, Place> places;
        private final long since;
        private final Map<String, Listening> byAlbum = new HashMap<>();
        private final List<Listening> albums = new ArrayList<>();
        private long oldest = Long.MAX_VALUE;
        private int read;
        private boolean whole;

        private Heard(Connection connection, Map<String, Place> places, Instant now) {
            this.connection = connection;
            this.places = places;
            since = now.minus(WEEKS).minus(SITTING).toEpochMilli();
        }

        private void more() throws SQLException {
            int many = read == 0 ? FIRST_PLAYS : LATEST_PLAYS - read;
            List<String> tracks = new ArrayList<>(many);
            long[] at = new long[many];
            for (String play : latest(many)) {
                int account = play.indexOf(' ');
                int moment = play.indexOf(' ', account + 1);
                at[tracks.size()] = Long.parseLong(play, account + 1, moment, 10);
                tracks.add(play.substring(0, account) + play.substring(moment));
            }
            read += tracks.size();
            whole = tracks.size() < many || read >= LATEST_PLAYS;
            if (!whole) oldest = at[many - 1];
            find(tracks);
            for (int i = 0; i < tracks.size(); i++) {
                Place place = places.getOrDefault(tracks.get(i), Place.NOWHERE);
                if (place.album.isEmpty()) continue;
                Listening known = byAlbum.get(place.album);
                if (known == null) {
                    known = new Listening(place.row, at[i]);
                    byAlbum.put(place.album, known);
                    albums.add(known);
                } else if (!known.again) {
                    known.again = at[i] >= known.at - SITTING.toMillis();
                }
            }
        }

        private String[] latest(int many) throws SQLException {
            String[] plays = {""};
            try (var find = new Batch(connection, LATEST)) {
                find.number(since).number(many).number(read).read(row -> plays[0] = Objects.requireNonNullElse(row.getString(1), ""));
            }
            return plays[0].isEmpty() ? new String[0] : plays[0].split(Character.toString(BETWEEN), -1);
        }

        /// Of those of which it is not known yet.
        private void find(List<String> tracks) throws SQLException {
            Map<Long, List<String>> unknown = new HashMap<>();
            for (String track : tracks) {
                if (places.containsKey(track)) continue;
                int space = track.indexOf(' ');
                unknown.computeIfAbsent(Long.valueOf(track.substring(0, space)), a -> new ArrayList<>()).add(track.substring(space + 1));
            }
            for (var of : unknown.entrySet()) {
                long account = of.getKey();
                Map<String, Place> found = new HashMap<>();
                try (var find = new Batch(connection, PLACES)) {
                    find.number(account).texts(of.getValue())
                            .read(r -> found.put(r.getString(1), place(account, r.getString(2), r.getLong(3))));
                }
                for (String track : of.getValue()) places.put(account + " " + track, found.getOrDefault(track, Place.NOWHERE));
            }
        }

        private static Place place(long account, @Nullable String album, long row) {
            return album == null || album.isBlank() ? Place.NOWHERE : new Place(account + " " + album, row);
        }

        /// What is known of the album does not change with the plays that were not read yet.
        private boolean sure(Listening one) {
            return whole || one.again || one.at - SITTING.toMillis() > oldest;
        }

        /// Row numbers of the albums heard last that are listed, newest first; at most so many.
        long[] albums(int limit) throws SQLException {
            // A few more than are wanted: some may not be listed.
            List<Long> last = albums.stream().limit(limit + 10L).map(one -> one.row).toList();
            Map<Long, Long> found = new HashMap<>();
            try (var of = new Batch(connection, ALBUM_OF)) {
                of.text(last.toString()).read(r -> found.put(r.getLong(1), r.getLong(2)));
            }
            return last.stream().filter(found::containsKey).limit(limit).mapToLong(found::get).toArray();
        }
    }

    /// @param places of tracks, by account and id, as far as they are known; more are added
    static Heard heard(Connection connection, Map<String, Place> places, Instant now) throws SQLException {
        var heard = new Heard(connection, places, now);
        heard.more();
        return heard;
    }

    /// Newest first. Few plays tell it mostly: more are read while the albums about which these leave nothing open are too few.
    ///
    /// @param playableOnly only where tracks to come play without the network, and of these
    static List<LeftOff> after(Connection connection, Heard heard, int limit, boolean playableOnly, Instant now) throws SQLException {
        long weeks = now.minus(WEEKS).toEpochMilli();
        List<LeftOff> left = new ArrayList<>();
        int done = 0;
        while (true) {
            List<Long> begun = new ArrayList<>();
            for (; done < heard.albums.size() && heard.sure(heard.albums.get(done)); done++) {
                Listening one = heard.albums.get(done);
                if (one.again && one.at >= weeks) begun.add(one.row);
            }
            among(connection, begun, limit, playableOnly, left);
            if (left.size() >= limit || heard.whole) return left;
            heard.more();
        }
    }

    private static void among(Connection connection, List<Long> begun, int limit, boolean playableOnly, List<LeftOff> left)
            throws SQLException {
        for (int from = 0; from < begun.size() && left.size() < limit; from += A_LOOK) {
            List<Long> some = begun.subList(from, Math.min(begun.size(), from + A_LOOK));
            Set<Long> goOn = goOn(connection, playableOnly ? GOES_ON_PLAYABLE : GOES_ON, some);
            List<Long> open = some.stream().filter(goOn::contains).toList();
            for (int at = 0; at < open.size() && left.size() < limit;) {
                int to = Math.min(open.size(), at + limit - left.size());
                next(connection, playableOnly ? NEXT_PLAYABLE : NEXT, open.subList(at, to), left);
                at = to;
            }
        }
    }

    private static Set<Long> goOn(Connection connection, String question, List<Long> last) throws SQLException {
        Set<Long> found = new HashSet<>();
        try (var statement = new Batch(connection, question)) {
            statement.text(last.toString()).read(r -> found.add(r.getLong(1)));
        }
        return found;
    }

    private static void next(Connection connection, String question, List<Long> last, List<LeftOff> left) throws SQLException {
        Map<Long, LeftOff> found = new HashMap<>();
        try (var statement = new Batch(connection, question)) {
            statement.text(last.toString()).read(r -> found.put(r.getLong(1), new LeftOff(r.getLong(2), r.getLong(3), r.getInt(4))));
        }
        last.stream().filter(found::containsKey).map(found::get).forEach(left::add);
    }
}
