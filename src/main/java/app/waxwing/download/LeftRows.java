package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ALBUM_ARTIST;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.base.ItemKey;
import app.waxwing.download.KeepSet.Left;
import app.waxwing.server.ItemKind;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Durability;
import app.waxwing.store.schema.tables.KeepReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Tracks that are kept only for collections which no longer hold them. Nothing about this is stored: the library's tables are asked each time, so
/// a track that comes back to its playlist is not asked about any more, and one that the library does not know (yet) never is.
final class LeftRows {
    private final Rows rows;

    LeftRows(Rows rows) {
        this.rows = rows;
    }

    /// Of the active accounts.
    CompletableFuture<List<Left>> all() {
        return rows.read(sql -> {
            Map<ItemKey, Left> left = new LinkedHashMap<>();
            var other = KEEP_REASON.as("other");
            var file = sql.select(org.jooq.impl.DSL.max(MEDIA_FILE.SIZE)).from(MEDIA_FILE)
                    .where(MEDIA_FILE.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID), MEDIA_FILE.ITEM_ID.eq(KEEP_REASON.TRACK_ITEM_ID)).asField();
            var title = coalesce(PLAYLIST.TITLE, ALBUM.TITLE, ARTIST.NAME, inline(""));
            sql.select(KEEP_REASON.ACCOUNT_ID, KEEP_REASON.TRACK_ITEM_ID, KEEP_REASON.KIND, KEEP_REASON.SOURCE_ITEM_ID, TRACK.TITLE,
                    TRACK.ARTIST_NAME, title.as("source_title"), file.as("bytes"))
                    .from(KEEP_REASON)
                    .leftJoin(TRACK).on(TRACK.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID), TRACK.ITEM_ID.eq(KEEP_REASON.TRACK_ITEM_ID))
                    .leftJoin(PLAYLIST).on(KEEP_REASON.KIND.eq(inline("playlist")), PLAYLIST.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                            PLAYLIST.ITEM_ID.eq(KEEP_REASON.SOURCE_ITEM_ID))
                    .leftJoin(ALBUM).on(KEEP_REASON.KIND.eq(inline("album")), ALBUM.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                            ALBUM.ITEM_ID.eq(KEEP_REASON.SOURCE_ITEM_ID))
                    .leftJoin(ARTIST).on(KEEP_REASON.KIND.eq(inline("artist")), ARTIST.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                            ARTIST.ITEM_ID.eq(KEEP_REASON.SOURCE_ITEM_ID))
                    .where(ActiveAccounts.own(KEEP_REASON.ACCOUNT_ID), lost(KEEP_REASON),
                            notExists(selectOne().from(other).where(other.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                                    other.TRACK_ITEM_ID.eq(KEEP_REASON.TRACK_ITEM_ID)).andNot(lost(other))))
                    .orderBy(title, TRACK.ARTIST_NAME, TRACK.ALBUM_TITLE, TRACK.DISC, TRACK.NUMBER, KEEP_REASON.TRACK_ITEM_ID)
                    .forEach(r -> left.putIfAbsent(key(r), left(r)));
            return List.copyOf(left.values());
        });
    }

    /// They stay for the user himself.
    CompletableFuture<Integer> keep(Collection<ItemKey> tracks, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            int kept = 0;
            for (ItemKey track : new HashSet<>(tracks)) {
                if (forget(sql, track) == 0) continue;
                sql.insertInto(KEEP_REASON).set(KEEP_REASON.ACCOUNT_ID, track.account()).set(KEEP_REASON.TRACK_ITEM_ID, track.id())
                        .set(KEEP_REASON.KIND, "user").set(KEEP_REASON.SOURCE_ITEM_ID, track.id())
                        .set(KEEP_REASON.ADDED_AT, now.toEpochMilli())
                        .onConflictDoNothing().execute();
                kept++;
            }
            return kept;
        });
    }

    /// Takes the reasons away that do not hold any more.
    ///
    /// @return downloads that nothing keeps now
    CompletableFuture<List<Long>> release(Collection<ItemKey> tracks) {
        return rows.write(Durability.KEPT, sql -> {
            List<Long> downloads = new ArrayList<>();
            for (ItemKey track : new HashSet<>(tracks)) {
                if (forget(sql, track) == 0 || KeepRows.kept(sql, track.account(), track.id())) continue;
                KeepRows.unpin(sql, track.account(), track.id());
                downloads.addAll(sql.select(DOWNLOAD.ID).from(DOWNLOAD).where(DOWNLOAD.ACCOUNT_ID.eq(track.account())
                        .and(DOWNLOAD.ITEM_ID.eq(track.id())).and(DownloadRows.PRESENT)).fetch(DOWNLOAD.ID));
            }
            return downloads;
        });
    }

    private static int forget(DSLContext sql, ItemKey track) {
        return sql.deleteFrom(KEEP_REASON)
                .where(KEEP_REASON.ACCOUNT_ID.eq(track.account()), KEEP_REASON.TRACK_ITEM_ID.eq(track.id()), lost(KEEP_REASON)).execute();
    }

    /// The collection is known here and does not hold the track. One in a library that the user left out (`gone_at` 0) is not lost. A playlist whose entries were never read tells nothing.
    private static Condition lost(KeepReason edge) {
        Condition known = PLAYLIST.ITEMS_SYNCED_AT.isNotNull().or(PLAYLIST.ITEM_ID.like(inline("local-%")));
        Condition entry = exists(selectOne().from(PLAYLIST_ITEM).where(PLAYLIST_ITEM.ACCOUNT_ID.eq(edge.ACCOUNT_ID),
                PLAYLIST_ITEM.PLAYLIST_ITEM_ID.eq(edge.SOURCE_ITEM_ID), PLAYLIST_ITEM.TRACK_ITEM_ID.eq(edge.TRACK_ITEM_ID)));
        Condition left = exists(selectOne().from(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(edge.ACCOUNT_ID),
                PLAYLIST.ITEM_ID.eq(edge.SOURCE_ITEM_ID),
                PLAYLIST.GONE_AT.isNotNull().or(PLAYLIST.DELETED_AT.isNotNull()).or(known.andNot(entry))));
        var t = TRACK.as("t");
        Condition track = t.ACCOUNT_ID.eq(edge.ACCOUNT_ID).and(t.ITEM_ID.eq(edge.TRACK_ITEM_ID));
        Condition elsewhere = exists(selectOne().from(t)
                .where(track, t.GONE_AT.gt(inline(0L)).or(t.ALBUM_ITEM_ID.isDistinctFrom(edge.SOURCE_ITEM_ID))));
        Condition credited = exists(selectOne().from(TRACK_ARTIST).where(TRACK_ARTIST.ACCOUNT_ID.eq(edge.ACCOUNT_ID),
                TRACK_ARTIST.TRACK_ITEM_ID.eq(edge.TRACK_ITEM_ID), TRACK_ARTIST.ARTIST_ITEM_ID.eq(edge.SOURCE_ITEM_ID)))
                .or(exists(selectOne().from(ALBUM_ARTIST).where(ALBUM_ARTIST.ACCOUNT_ID.eq(t.ACCOUNT_ID),
                        ALBUM_ARTIST.ALBUM_ITEM_ID.eq(t.ALBUM_ITEM_ID), ALBUM_ARTIST.ARTIST_ITEM_ID.eq(edge.SOURCE_ITEM_ID))));
        Condition uncredited = exists(selectOne().from(t).where(track, t.GONE_AT.gt(inline(0L)).or(credited.not())));
        return edge.KIND.eq(inline("playlist")).and(left).or(edge.KIND.eq(inline("album")).and(elsewhere))
                .or(edge.KIND.eq(inline("artist")).and(uncredited));
    }

    private static ItemKey key(Record r) {
        return new ItemKey(r.get(KEEP_REASON.ACCOUNT_ID), r.get(KEEP_REASON.TRACK_ITEM_ID));
    }

    private static Left left(Record r) {
        String title = r.get(TRACK.TITLE);
        String artist = r.get(TRACK.ARTIST_NAME);
        Long bytes = r.get("bytes", Long.class);
        return new Left(key(r), title == null ? r.get(KEEP_REASON.TRACK_ITEM_ID) : title, artist == null ? "" : artist,
                ItemKind.valueOf(r.get(KEEP_REASON.KIND).toUpperCase(java.util.Locale.ROOT)),
                new ItemKey(r.get(KEEP_REASON.ACCOUNT_ID), r.get(KEEP_REASON.SOURCE_ITEM_ID)), r.get("source_title", String.class),
                bytes == null ? 0 : bytes);
    }
}
