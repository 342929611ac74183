package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ALBUM_ARTIST;
import static app.waxwing.store.schema.Tables.KEEP_EXCEPTION;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.base.ItemKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Kept playlists, albums and artists: which there are, and what they hold that is not wanted yet.
final class FollowRows {
    /// Kinds of reasons that are followed.
    static final List<String> COLLECTIONS = List.of("playlist", "album", "artist");
    private final Rows rows;

    FollowRows(Rows rows) {
        this.rows = rows;
    }

    /// @param tracks that it holds and for which it is no reason yet
    record Due(String kind, ItemKey source, String quality, int priority, List<ItemKey> tracks) {}

    private record Collection(String kind, ItemKey source, String quality, int priority) {}

    CompletableFuture<List<Due>> due() {
        return rows.read(sql -> {
            Map<Collection, List<ItemKey>> due = new LinkedHashMap<>();
            for (Condition holds : List.of(KEPT_COLLECTION.KIND.eq(inline("playlist")).and(inPlaylist()),
                    KEPT_COLLECTION.KIND.eq(inline("album")).and(TRACK.ALBUM_ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID)),
                    KEPT_COLLECTION.KIND.eq(inline("artist")).and(byArtist()))) {
                var c = KEPT_COLLECTION;
                sql.select(c.KIND, c.ACCOUNT_ID, c.SOURCE_ITEM_ID, c.QUALITY, c.PRIORITY, TRACK.ITEM_ID).from(c).crossJoin(TRACK)
                        .where(TRACK.ACCOUNT_ID.eq(c.ACCOUNT_ID), TRACK.GONE_AT.isNull(), holds, notExists(selectOne().from(KEEP_REASON)
                                .where(KEEP_REASON.ACCOUNT_ID.eq(c.ACCOUNT_ID), KEEP_REASON.TRACK_ITEM_ID.eq(TRACK.ITEM_ID),
                                        KEEP_REASON.KIND.eq(c.KIND), KEEP_REASON.SOURCE_ITEM_ID.eq(c.SOURCE_ITEM_ID))),
                                notExists(selectOne().from(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(c.ACCOUNT_ID),
                                        KEEP_EXCEPTION.KIND.eq(c.KIND), KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(c.SOURCE_ITEM_ID),
                                        KEEP_EXCEPTION.TRACK_ITEM_ID.eq(TRACK.ITEM_ID))))
                        .orderBy(c.ACCOUNT_ID, c.SOURCE_ITEM_ID, TRACK.ALBUM_TITLE, TRACK.DISC, TRACK.NUMBER, TRACK.ID)
                        .forEach(r -> due.computeIfAbsent(new Collection(r.value1(), new ItemKey(r.value2(), r.value3()), r.value4(),
                                Math.toIntExact(r.value5())), k -> new ArrayList<>()).add(new ItemKey(r.value2(), r.value6())));
            }
            return due.entrySet().stream().map(e -> new Due(e.getKey().kind(), e.getKey().source(), e.getKey().quality(),
                    e.getKey().priority(), List.copyOf(e.getValue()))).toList();
        });
    }

    private static Condition inPlaylist() {
        return TRACK.ITEM_ID.in(select(PLAYLIST_ITEM.TRACK_ITEM_ID).from(PLAYLIST_ITEM)
                .where(PLAYLIST_ITEM.ACCOUNT_ID.eq(KEPT_COLLECTION.ACCOUNT_ID),
                        PLAYLIST_ITEM.PLAYLIST_ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID)))
                .and(exists(selectOne().from(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(KEPT_COLLECTION.ACCOUNT_ID),
                        PLAYLIST.ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID), PLAYLIST.GONE_AT.isNull(), PLAYLIST.DELETED_AT.isNull())));
    }

    private static Condition byArtist() {
        var t = TRACK.as("t");
        return TRACK.ITEM_ID.in(select(TRACK_ARTIST.TRACK_ITEM_ID).from(TRACK_ARTIST)
                .where(TRACK_ARTIST.ACCOUNT_ID.eq(KEPT_COLLECTION.ACCOUNT_ID),
                        TRACK_ARTIST.ARTIST_ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID))
                .union(select(t.ITEM_ID).from(ALBUM_ARTIST).join(t)
                        .on(t.ACCOUNT_ID.eq(ALBUM_ARTIST.ACCOUNT_ID), t.ALBUM_ITEM_ID.eq(ALBUM_ARTIST.ALBUM_ITEM_ID))
                        .where(ALBUM_ARTIST.ACCOUNT_ID.eq(KEPT_COLLECTION.ACCOUNT_ID),
                                ALBUM_ARTIST.ARTIST_ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID))));
    }

    // ---- inside transactions

    /// From now on the collection is followed; what was taken out of it by hand before comes again.
    static void keep(DSLContext sql, String kind, ItemKey source, String quality, int priority, Instant now) {
        sql.deleteFrom(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(source.account()), KEEP_EXCEPTION.KIND.eq(kind),
                KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(source.id())).execute();
        sql.insertInto(KEPT_COLLECTION).set(KEPT_COLLECTION.ACCOUNT_ID, source.account()).set(KEPT_COLLECTION.KIND, kind)
                .set(KEPT_COLLECTION.SOURCE_ITEM_ID, source.id()).set(KEPT_COLLECTION.QUALITY, quality)
                .set(KEPT_COLLECTION.PRIORITY, (long) priority).set(KEPT_COLLECTION.ADDED_AT, now.toEpochMilli()).onDuplicateKeyUpdate()
                .set(KEPT_COLLECTION.QUALITY, quality).set(KEPT_COLLECTION.PRIORITY, (long) priority).execute();
    }

    /// As the manifest tells of it: the database that knew it is lost.
    static void rebuilt(DSLContext sql, String kind, ItemKey source, String quality, Instant now) {
        if (COLLECTIONS.contains(kind) && !kept(sql, kind, source)) keep(sql, kind, source, quality, 0, now);
    }

    static boolean kept(DSLContext sql, String kind, ItemKey source) {
        return sql.fetchExists(KEPT_COLLECTION, KEPT_COLLECTION.ACCOUNT_ID.eq(source.account()), KEPT_COLLECTION.KIND.eq(kind),
                KEPT_COLLECTION.SOURCE_ITEM_ID.eq(source.id()));
    }

    static void release(DSLContext sql, String kind, ItemKey source) {
        sql.deleteFrom(KEPT_COLLECTION).where(KEPT_COLLECTION.ACCOUNT_ID.eq(source.account()), KEPT_COLLECTION.KIND.eq(kind),
                KEPT_COLLECTION.SOURCE_ITEM_ID.eq(source.id())).execute();
        sql.deleteFrom(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(source.account()), KEEP_EXCEPTION.KIND.eq(kind),
                KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(source.id())).execute();
    }

    /// The user takes one track out of the collections that are reasons for it: they do not bring it back.
    ///
    /// @param kinds of collections whose word does not count against his
    static void except(DSLContext sql, ItemKey track, List<String> kinds) {
        sql.insertInto(KEEP_EXCEPTION, KEEP_EXCEPTION.ACCOUNT_ID, KEEP_EXCEPTION.KIND, KEEP_EXCEPTION.SOURCE_ITEM_ID,
                KEEP_EXCEPTION.TRACK_ITEM_ID)
                .select(select(KEEP_REASON.ACCOUNT_ID, KEEP_REASON.KIND, KEEP_REASON.SOURCE_ITEM_ID, KEEP_REASON.TRACK_ITEM_ID)
                        .from(KEEP_REASON)
                        .where(KEEP_REASON.ACCOUNT_ID.eq(track.account()), KEEP_REASON.TRACK_ITEM_ID.eq(track.id()),
                                KEEP_REASON.KIND.in(kinds)))
                .onConflictDoNothing().execute();
    }
}
