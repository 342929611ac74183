package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.HELD_SWEEP;
import static app.waxwing.store.schema.Tables.LIBRARY_FOLDER;
import static app.waxwing.store.schema.Tables.SYNC_STATE;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Which of a server's libraries are here. Of one that the user left out every row stays, with its files, and is hidden: it is «gone» at the time
/// [#HIDDEN], which no list shows, no sweep counts and nothing purges. Chosen again it is there at once; the next sync brings what changed meanwhile.
final class FolderChoice {
    /// The `gone_at` of what lies in a library that was left out.
    static final long HIDDEN = 0;
    /// The kinds of libraries that hold music.
    static final Set<String> MUSIC = Set.of("music", "mixed", "");
    private final AccountRows rows;
    private final long account;

    FolderChoice(AccountRows rows) {
        this.rows = rows;
        account = rows.account();
    }

    /// The music libraries of an account, by title.
    static List<LibrarySync.Folder> list(DSLContext sql, long account) {
        Map<String, Integer> tracks = sql.select(TRACK.FOLDER_ITEM_ID, count()).from(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(account), TRACK.GONE_AT.isNull().or(TRACK.GONE_AT.eq(HIDDEN))).groupBy(TRACK.FOLDER_ITEM_ID)
                .fetchMap(TRACK.FOLDER_ITEM_ID, count());
        return sql.selectFrom(LIBRARY_FOLDER).where(LIBRARY_FOLDER.ACCOUNT_ID.eq(account))
                .orderBy(LIBRARY_FOLDER.TITLE, LIBRARY_FOLDER.ITEM_ID)
                .fetch().stream().filter(r -> music(r.getKind()))
                .map(r -> new LibrarySync.Folder(r.getItemId(), r.getTitle(), r.getIsSynced(), tracks.getOrDefault(r.getItemId(), 0)))
                .toList();
    }

    static boolean music(String kind) {
        return MUSIC.contains(kind.toLowerCase(Locale.ROOT));
    }

    /// When each account was synced last, and what of its server's items cannot be used.
    static Map<Long, LibrarySync.Last> last(DSLContext sql) {
        Map<Long, LibrarySync.Last> all = new HashMap<>();
        Field<java.math.BigDecimal> unusable = sum(DSL.when(SYNC_STATE.SCOPE.like("%s/%"), SYNC_STATE.DROPPED).otherwise(0L));
        Field<Long> at = max(DSL.when(SYNC_STATE.SCOPE.eq(SyncStep.SINCE), SYNC_STATE.UPDATED_AT));
        Field<Long> moved = max(DSL.when(SYNC_STATE.SCOPE.eq(SyncStep.MOVED), SYNC_STATE.SEEN));
        Field<Long> movedAt = max(DSL.when(SYNC_STATE.SCOPE.eq(SyncStep.MOVED), SYNC_STATE.UPDATED_AT));
        sql.select(SYNC_STATE.ACCOUNT_ID, at, unusable, moved, movedAt).from(SYNC_STATE).groupBy(SYNC_STATE.ACCOUNT_ID)
                .forEach(r -> all.put(r.value1(), new LibrarySync.Last(Optional.ofNullable(r.value2()).map(Instant::ofEpochMilli),
                        r.value3() == null ? 0 : r.value3().longValue(), r.value4() == null ? 0 : r.value4(),
                        Optional.ofNullable(r.value5()).map(Instant::ofEpochMilli))));
        return Map.copyOf(all);
    }

    /// @return how many tracks are hidden now, or shown again
    int choose(String folder, boolean on) {
        rows.write(sql -> {
            int switched = sql.update(LIBRARY_FOLDER).set(LIBRARY_FOLDER.IS_SYNCED, on).where(LIBRARY_FOLDER.ACCOUNT_ID.eq(account),
                    LIBRARY_FOLDER.ITEM_ID.eq(folder), LIBRARY_FOLDER.IS_SYNCED.ne(on)).execute();
            return switched == 0 ? 0 : mark(sql, folder, on);
        });
        Long now = on ? null : HIDDEN;
        List<Long> tracks = rows.read(sql -> sql.select(TRACK.ID).from(TRACK).where(TRACK.ACCOUNT_ID.eq(account),
                TRACK.FOLDER_ITEM_ID.eq(folder), on ? TRACK.GONE_AT.eq(HIDDEN) : TRACK.GONE_AT.isNull()).fetch(TRACK.ID));
        long metTracks = met("tracks", on);
        int changed = GoneRows.pieces(tracks, chunk -> rows.write(
                sql -> sql.update(TRACK).set(TRACK.GONE_AT, now).set(TRACK.SEEN_PASS, greatest(TRACK.SEEN_PASS, val(metTracks)))
                        .where(TRACK.ID.in(chunk)).execute()));
        List<Long> albums = rows.read(sql -> sql.select(ALBUM.ID).from(ALBUM).where(ALBUM.ACCOUNT_ID.eq(account),
                ALBUM.FOLDER_ITEM_ID.eq(folder), on ? ALBUM.GONE_AT.eq(HIDDEN) : ALBUM.GONE_AT.isNull()).fetch(ALBUM.ID));
        long metAlbums = met("albums", on);
        GoneRows.pieces(albums, chunk -> rows.write(
                sql -> sql.update(ALBUM).set(ALBUM.GONE_AT, now).set(ALBUM.SEEN_PASS, greatest(ALBUM.SEEN_PASS, val(metAlbums)))
                        .where(ALBUM.ID.in(chunk)).execute()));
        artists(on);
        rows.write(
                sql -> sql.deleteFrom(HELD_SWEEP).where(HELD_SWEEP.ACCOUNT_ID.eq(account), HELD_SWEEP.FOLDER_ITEM_ID.eq(folder)).execute());
        new ArtistFigures(rows).refresh();
        return changed;
    }

    /// What changes on the server while a library is left out is read by no sync: the first one after it is back asks for what changed since the last
    /// one before, and where that is not known for all that ever changed. When the account was synced last stays as it is.
    private int mark(DSLContext sql, String folder, boolean on) {
        String leftOut = "left-out/" + folder;
        Optional<String> since = SyncStep.load(sql, account, SyncStep.SINCE).map(SyncStep::watermark);
        if (!on) return SyncStep.fresh(leftOut, 0).watermark(since.orElse(null), true).save(sql, account, rows.time().now());
        Instant then = SyncStep.load(sql, account, leftOut).map(SyncStep::watermark).map(Instant::parse).orElse(Instant.EPOCH);
        SyncStep.forget(sql, account, leftOut);
        // Of several libraries that are taken in again the one that was left out first.
        return since.map(Instant::parse).filter(then::isBefore).isPresent() ? SyncStep.since(sql, account, then) : 0;
    }

    /// The last complete pass, which counts as having met what it was not to look for: two passes decide about that too ([Sweep]).
    private long met(String kind, boolean on) {
        return on ? rows.read(sql -> SyncStep.load(sql, account, "whole/" + kind)).map(SyncStep::pass).orElse(0L) : 0;
    }

    /// Artists belong to no library: hidden are those that nothing visible names.
    private void artists(boolean on) {
        List<Long> unnamed = new GoneRows(rows).unnamedArtists(Long.MAX_VALUE);
        if (!on) {
            GoneRows.pieces(unnamed, chunk -> rows.write(
                    sql -> sql.update(ARTIST).set(ARTIST.GONE_AT, HIDDEN).where(ARTIST.ID.in(chunk)).execute()));
            return;
        }
        List<Long> hidden = rows
                .read(sql -> sql.select(ARTIST.ID).from(ARTIST).where(ARTIST.ACCOUNT_ID.eq(account), ARTIST.GONE_AT.eq(HIDDEN))
                        .fetch(ARTIST.ID));
        GoneRows.pieces(hidden, chunk -> rows.write(
                sql -> sql.update(ARTIST).setNull(ARTIST.GONE_AT).where(ARTIST.ID.in(chunk)).execute()));
        // Those of other libraries that are left out stay hidden.
        artists(false);
    }
}
