package app.waxwing.library;

import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.inline;

import app.waxwing.base.ItemKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/// What the user is likely to open next: albums heard of late (the first is the one whose likes Home shows), what is kept, what is heard most.
final class LikelyItems {
    private static final int RECENT_ALBUMS = 15;
    private static final int KEPT = 20;
    private static final int TRACKS = 40;
    private static final int OF_A_KIND = 8;

    private LikelyItems() {}

    /// Each once, the likeliest first; of the servers that are shown.
    static Set<ItemKey> read(DSLContext sql) {
        Set<ItemKey> all = new LinkedHashSet<>();
        AlbumTable.byRow(sql, HomePage.recent(sql, RECENT_ALBUMS, false)).forEach(a -> all.add(a.key()));
        all.addAll(sql.select(KEPT_COLLECTION.ACCOUNT_ID, KEPT_COLLECTION.SOURCE_ITEM_ID).from(KEPT_COLLECTION)
                .where(Tables.shown(KEPT_COLLECTION.ACCOUNT_ID), KEPT_COLLECTION.KIND.in(inline("album"), inline("artist")))
                .orderBy(KEPT_COLLECTION.ADDED_AT.desc(), KEPT_COLLECTION.SOURCE_ITEM_ID).limit(KEPT)
                .fetch(r -> new ItemKey(r.value1(), r.value2())));
        List<Track> latest = heard(sql, USER_DATA.LAST_PLAYED_SHOWN_AT, USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull());
        List<Track> most = heard(sql, USER_DATA.PLAY_COUNT_SHOWN, USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L)));
        for (List<Track> tracks : List.of(latest, most)) {
            all.addAll(some(tracks, Track::artistId));
            all.addAll(some(tracks, Track::albumId));
            all.addAll(some(tracks, t -> Optional.of(t.key().id())));
        }
        return all;
    }

    private static List<Track> heard(DSLContext sql, Field<Long> order, Condition heard) {
        return TrackTable.byRow(sql, Tables.longs(sql.select(TRACK.ID).from(USER_DATA).crossJoin(TRACK)
                .where(USER_DATA.KIND.eq(inline("track")), heard, TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID),
                        TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), Tables.listedTrack(Query.ALL))
                .orderBy(order.desc()).limit(TRACKS)));
    }

    private static List<ItemKey> some(List<Track> tracks, Function<Track, Optional<String>> id) {
        return tracks.stream().flatMap(t -> id.apply(t).map(i -> new ItemKey(t.key().account(), i)).stream()).distinct().limit(OF_A_KIND)
                .toList();
    }
}
