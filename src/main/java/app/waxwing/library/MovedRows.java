package app.waxwing.library;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.KEEP_EXCEPTION;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.QUEUE_ITEM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// After a complete pass: tracks that moved on the server take over what hung on their old ids: file, wish, reasons, plays, favourite, words,
/// places in playlists and in the play queue, changes that wait. Then those are told that have old ids in memory. New is what came after the last complete
/// pass: its rows have higher numbers.
final class MovedRows {
    private static final Logger LOG = LoggerFactory.getLogger(MovedRows.class);
    private static final String SCOPE = "moved";
    private static final int CHUNK = 10;
    private final SyncContext context;
    private final SyncContext.Counts counts;
    private final long account;

    MovedRows(SyncContext context, SyncContext.Counts counts) {
        this.context = context;
        this.counts = counts;
        account = context.account();
    }

    void follow(long pass) {
        long newest = context.read(sql -> sql.select(max(TRACK.ID)).from(TRACK).where(TRACK.ACCOUNT_ID.eq(account)).fetchOptional()
                .map(r -> r.value1()).orElse(0L));
        var mark = mark();
        boolean all = mark.isEmpty() || follow(pass, mark.get().seen());
        if (all) context.save(new SyncStep(SCOPE, pass, "", newest, 0, -1, true, null));
    }

    /// An incomplete row is none: for a time it held how many had moved, and a mark that low takes what is old for new.
    private Optional<SyncStep> mark() {
        return context.read(sql -> SyncStep.load(sql, account, SCOPE)).filter(SyncStep::complete);
    }

    /// @return false when one could not be dealt with yet, so that the next pass looks at the same again
    private boolean follow(long pass, long mark) {
        return follow(TRACK.ACCOUNT_ID.eq(account).and(TRACK.SEEN_PASS.ne(pass)).and(TRACK.ID.le(mark))
                .and(TRACK.GONE_AT.isNull().or(TRACK.GONE_AT.gt(FolderChoice.HIDDEN))),
                TRACK.ACCOUNT_ID.eq(account).and(TRACK.ID.gt(mark)).and(TRACK.SEEN_PASS.eq(pass)));
    }

    /// Between passes: of these rows, which the server says it removed, those that came again since the last complete pass.
    void follow(List<Long> removed) {
        var mark = mark();
        if (mark.isEmpty()) return;
        for (int from = 0; from < removed.size(); from += Tables.MANY) {
            List<Long> some = removed.subList(from, Math.min(removed.size(), from + Tables.MANY));
            follow(TRACK.ID.in(some), TRACK.ACCOUNT_ID.eq(account).and(TRACK.ID.gt(mark.get().seen())).and(TRACK.GONE_AT.isNull())
                    .and(TRACK.ID.notIn(some)));
        }
    }

    private boolean follow(Condition missing, Condition fresh) {
        Condition busy = org.jooq.impl.DSL
                .exists(org.jooq.impl.DSL.selectOne().from(DOWNLOAD).where(DOWNLOAD.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID),
                        DOWNLOAD.ITEM_ID.eq(TRACK.ITEM_ID), DOWNLOAD.DELETED_AT.isNull(), DOWNLOAD.STATUS.eq("downloading")));
        List<MovedTracks.Face> vanished = faces(missing);
        if (vanished.isEmpty()) return true;
        List<MovedTracks.Pair> pairs = MovedTracks.match(vanished, faces(fresh));
        if (pairs.isEmpty()) return true;
        Set<Long> held = Set.copyOf(context.read(sql -> sql.select(TRACK.ID).from(TRACK).where(missing).and(busy).fetch(TRACK.ID)));
        MovedEntries playlists = MovedEntries.read(context, pairs);
        MovedAlbums whole = MovedAlbums.read(context, pairs, missing, fresh);
        Set<String> queued = context.read(sql -> sql.selectDistinct(QUEUE_ITEM.TRACK_ITEM_ID).from(QUEUE_ITEM)
                .where(QUEUE_ITEM.ACCOUNT_ID.eq(account)).fetchSet(QUEUE_ITEM.TRACK_ITEM_ID));
        List<MovedTracks.Pair> free = pairs.stream().filter(p -> !held.contains(p.old().row())).toList();
        for (int from = 0; from < free.size(); from += CHUNK) {
            var chunk = free.subList(from, Math.min(free.size(), from + CHUNK));
            var later = free.subList(from + chunk.size(), free.size());
            Map<ItemKey, ItemKey> names = new HashMap<>();
            for (var pair : chunk) names.put(new ItemKey(account, pair.old().id()), new ItemKey(account, pair.now().id()));
            context.write(sql -> {
                Set<String> albums = new LinkedHashSet<>();
                for (var pair : chunk) rename(sql, pair, queued, albums);
                playlists.follow(sql, chunk);
                whole.among(sql, chunk, later).forEach(album -> rename(sql, album));
                return Batch.run(sql, connection -> {
                    AlbumFigures.refresh(connection, account, albums);
                    return 0;
                });
            });
            context.changes().moved().publish(names);
        }
        counts.moved(free.size());
        LOG.info("account {}: {} tracks moved on the server; their downloads were kept", account, free.size());
        return free.size() == pairs.size();
    }

    /// Of rows of tracks those that no pass will take for another id of a track that something here hangs on: it knew them already, or they are like
    /// none of which there is a file, a download, or the user's word that it is not wanted.
    static Set<Long> own(DSLContext sql, long account, List<Long> rows) {
        Set<Long> own = new HashSet<>(rows);
        Optional<SyncStep> mark = SyncStep.load(sql, account, SCOPE).filter(SyncStep::complete);
        if (mark.isEmpty()) return own;
        long last = mark.get().seen();
        List<Long> fresh = rows.stream().filter(row -> row > last).toList();
        if (fresh.isEmpty()) return own;
        List<MovedTracks.Face> old = faces(sql, TRACK.ACCOUNT_ID.eq(account).and(TRACK.ITEM_ID.in(
                select(MEDIA_FILE.ITEM_ID).from(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(account))
                        .union(select(DOWNLOAD.ITEM_ID).from(DOWNLOAD).where(DOWNLOAD.ACCOUNT_ID.eq(account), DOWNLOAD.DELETED_AT.isNull()))
                        .union(select(KEEP_EXCEPTION.TRACK_ITEM_ID).from(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(account))))));
        GoneRows.pieces(fresh, some -> {
            own.removeAll(MovedTracks.alike(old, faces(sql, TRACK.ID.in(some))));
            return some.size();
        });
        return own;
    }

    private List<MovedTracks.Face> faces(Condition which) {
        return context.read(sql -> faces(sql, which));
    }

    private static List<MovedTracks.Face> faces(DSLContext sql, Condition which) {
        return sql.selectFrom(TRACK).where(which)
                .fetch(r -> new MovedTracks.Face(r.getId(), r.getItemId(), r.getTitle(), r.getArtistName(), r.getAlbumTitle(),
                        r.getNumber(),
                        r.getDurationMs(), r.getPath(), r.getMusicbrainzId()));
    }

    private void rename(DSLContext sql, MovedTracks.Pair pair, Set<String> queued, Set<String> albums) {
        String old = pair.old().id();
        String now = pair.now().id();
        MovedFiles.follow(sql, new ItemKey(account, old), new ItemKey(account, now), context.time().now());
        rename(sql, "keep_reason", "track_item_id", old, now);
        rename(sql, "keep_reason", "source_item_id", old, now);
        rename(sql, "keep_exception", "track_item_id", old, now);
        sql.execute("UPDATE play_history SET track_item_id = ? WHERE account_id = ? AND track_item_id = ?", now, account, old);
        sql.execute(
                "UPDATE pending_action_item SET track_item_id = ? WHERE action_id IN (SELECT id FROM pending_action WHERE account_id = ?)"
                        + " AND track_item_id = ?",
                now, account, old);
        if (queued.contains(old)) {
            sql.execute("UPDATE queue_item SET track_item_id = ? WHERE account_id = ? AND track_item_id = ?", now, account, old);
        }
        carry(sql, ItemKind.TRACK, new ItemKey(account, old), new ItemKey(account, now));
        LyricsStore.follow(sql, new ItemKey(account, old), new ItemKey(account, now));
        albums.addAll(sql.selectDistinct(TRACK.ALBUM_ITEM_ID).from(TRACK)
                .where(TRACK.ID.in(pair.old().row(), pair.now().row()), TRACK.ALBUM_ITEM_ID.isNotNull()).fetch(TRACK.ALBUM_ITEM_ID));
        sql.deleteFrom(TRACK).where(TRACK.ID.eq(pair.old().row())).execute();
    }

    /// What stands under the new id already stays, and its old row goes.
    private void rename(DSLContext sql, String table, String column, String old, String now) {
        sql.execute("UPDATE OR IGNORE " + table + " SET " + column + " = ? WHERE account_id = ? AND " + column + " = ?", now, account, old);
        sql.execute("DELETE FROM " + table + " WHERE account_id = ? AND " + column + " = ?", account, old);
    }

    /// An album as a whole. It stays kept where that brings nothing else with it.
    private void rename(DSLContext sql, MovedAlbums.Album album) {
        if (album.alone()) {
            for (String table : List.of("kept_collection", "keep_reason", "keep_exception")) {
                rename(sql, table, "source_item_id", album.old(), album.now());
            }
        }
        carry(sql, ItemKind.ALBUM, new ItemKey(account, album.old()), new ItemKey(account, album.now()));
    }

    /// Plays that the server does not count under the new id stay as plays of here; a favourite goes to the server as an edit.
    private void carry(DSLContext sql, ItemKind kind, ItemKey old, ItemKey now) {
        sql.execute("UPDATE pending_action SET item_id = ? WHERE account_id = ? AND item_id = ?", now.id(), account, old.id());
        var before = sql.selectFrom(USER_DATA).where(USER_DATA.ACCOUNT_ID.eq(account), USER_DATA.ITEM_ID.eq(old.id())).fetchOne();
        if (before == null) return;
        sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, account).set(USER_DATA.ITEM_ID, now.id())
                .set(USER_DATA.KIND, kind.word()).onDuplicateKeyIgnore().execute();
        sql.execute("""
                UPDATE user_data SET position_ms = max(position_ms, ?),
                    play_count_local = play_count_local + max(0, ? - play_count),
                    last_played_local_at = nullif(max(coalesce(last_played_local_at, 0), ?), 0)
                WHERE account_id = ? AND item_id = ?""", before.getPositionMs(), before.getPlayCountShown(),
                before.getLastPlayedShownAt() == null ? 0L : before.getLastPlayedShownAt(), account, now.id());
        boolean servers = sql.select(USER_DATA.IS_FAVOURITE).from(USER_DATA)
                .where(USER_DATA.ACCOUNT_ID.eq(account), USER_DATA.ITEM_ID.eq(now.id())).fetchSingle().value1();
        if (before.getIsFavouritePending() || before.getIsFavourite() && !servers) {
            boolean wanted = before.getIsFavouritePending() ? Boolean.TRUE.equals(before.getIsFavouriteLocal()) : true;
            sql.update(USER_DATA).set(USER_DATA.IS_FAVOURITE_LOCAL, wanted).set(USER_DATA.IS_FAVOURITE_PENDING, true)
                    .where(USER_DATA.ACCOUNT_ID.eq(account), USER_DATA.ITEM_ID.eq(now.id())).execute();
            if (!before.getIsFavouritePending()) {
                context.actions().add(sql, PendingActions.FAVOURITE, kind, now, "on", List.of(), List.of(), context.time().now());
            }
        }
        sql.deleteFrom(USER_DATA).where(USER_DATA.ACCOUNT_ID.eq(account), USER_DATA.ITEM_ID.eq(old.id())).execute();
    }
}
