package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.inline;

import app.waxwing.base.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jooq.DSLContext;
import org.jooq.Record;

/// What the home page shows.
final class HomePage {
    private static final Duration WEEKS = Duration.ofDays(30);
    /// Plays of one album within this time are one listening.
    private static final Duration SITTING = Duration.ofHours(12);
    private static final int LATEST_PLAYS = 1_000;

    private HomePage() {}

    static Library.Home read(DSLContext sql, int limit, Instant now, RandomGenerator random) {
        Map<ItemKey, List<Play>> byAlbum = plays(sql);
        long[] recent = byAlbum.keySet().stream().limit(limit).mapToLong(key -> albumRow(sql, key)).filter(row -> row > 0).toArray();
        Query first = Query.ALL.slice(0, limit);
        return new Library.Home(started(sql, byAlbum, limit, now),
                AlbumTable.byRow(sql, AlbumTable.rows(sql, first.sort(Query.Sort.ADDED, true), random)), AlbumTable.byRow(sql, recent),
                TrackTable.byRow(sql, most(sql, limit)));
    }

    private record Play(long row, long at) {}

    /// The latest plays, newest first, by album.
    private static Map<ItemKey, List<Play>> plays(DSLContext sql) {
        Map<ItemKey, List<Play>> byAlbum = new LinkedHashMap<>();
        for (Record r : sql.select(TRACK.ID, TRACK.ACCOUNT_ID, TRACK.ALBUM_ITEM_ID, USER_DATA.LAST_PLAYED_SHOWN_AT).from(USER_DATA)
                .crossJoin(TRACK)
                .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull(),
                        TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID),
                        TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.active(TRACK.ACCOUNT_ID))
                .orderBy(USER_DATA.LAST_PLAYED_SHOWN_AT.desc()).limit(LATEST_PLAYS).fetch()) {
            String album = r.get(TRACK.ALBUM_ITEM_ID);
            if (album == null || album.isBlank()) continue;
            byAlbum.computeIfAbsent(new ItemKey(r.get(TRACK.ACCOUNT_ID), album), k -> new ArrayList<>())
                    .add(new Play(r.get(TRACK.ID), r.get(USER_DATA.LAST_PLAYED_SHOWN_AT)));
        }
        return byAlbum;
    }

    private static List<Library.Started> started(DSLContext sql, Map<ItemKey, List<Play>> byAlbum, int limit, Instant now) {
        List<Library.Started> started = new ArrayList<>();
        for (var entry : byAlbum.entrySet()) {
            if (started.size() >= limit) break;
            List<Play> plays = entry.getValue();
            long last = plays.getFirst().at();
            if (last < now.minus(WEEKS).toEpochMilli()) break;
            long sitting = plays.stream().filter(p -> p.at() >= last - SITTING.toMillis()).count();
            if (sitting < 2) continue;
            long[] tracks = Tables.longs(sql.select(TRACK.ID).from(TRACK).where(TRACK.ACCOUNT_ID.eq(entry.getKey().account()),
                    TRACK.ALBUM_ITEM_ID.eq(entry.getKey().id()), Tables.listedTrack())
                    .orderBy(TRACK.DISC, TRACK.NUMBER, TRACK.SORT_TITLE));
            int at = 0;
            while (at < tracks.length && tracks[at] != plays.getFirst().row()) at++;
            if (at + 1 >= tracks.length) continue;
            int next = at + 1;
            AlbumTable.find(sql, entry.getKey()).ifPresent(album -> TrackTable.byRow(sql, new long[]{tracks[next]}).stream().findFirst()
                    .ifPresent(track -> started.add(new Library.Started(album, track, tracks.length - next))));
        }
        return started;
    }

    private static long[] most(DSLContext sql, int limit) {
        return Tables.longs(sql.select(TRACK.ID).from(USER_DATA).crossJoin(TRACK)
                .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L)),
                        TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID),
                        TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.listedTrack())
                .orderBy(USER_DATA.PLAY_COUNT_SHOWN.desc()).limit(limit));
    }

    private static long albumRow(DSLContext sql, ItemKey key) {
        Long row = sql.select(ALBUM.ID).from(ALBUM).where(ALBUM.ACCOUNT_ID.eq(key.account()), ALBUM.ITEM_ID.eq(key.id()))
                .fetchOne(ALBUM.ID);
        return row == null ? 0 : row;
    }
}
