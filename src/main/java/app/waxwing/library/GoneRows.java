package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ALBUM_ARTIST;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.server.ItemKind;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Marks rows of an account as gone from its server, in pieces of a few milliseconds.
final class GoneRows {
    private static final int CHUNK = 200;
    private final AccountRows rows;
    private final OptionalLong at;

    GoneRows(AccountRows rows) {
        this(rows, OptionalLong.empty());
    }

    /// @param at the time to mark them with, in milliseconds, in place of the present one
    GoneRows(AccountRows rows, long at) {
        this(rows, OptionalLong.of(at));
    }

    private GoneRows(AccountRows rows, OptionalLong at) {
        this.rows = rows;
        this.at = at;
    }

    private long at() {
        return at.orElseGet(() -> rows.time().now().toEpochMilli());
    }

    /// Brings back what was marked with one very time.
    ///
    /// @param leftOut it lies in a library that was left out since: then it is hidden as all of it is
    /// @return how many of each kind
    Map<ItemKind, Integer> back(long time, boolean leftOut) {
        Long mark = leftOut ? FolderChoice.HIDDEN : null;
        Map<ItemKind, Integer> back = new EnumMap<>(ItemKind.class);
        // Albums first: those that went later, for having no track any more, come back with their tracks.
        back.put(ItemKind.ALBUM, pieces(rows.read(sql -> sql.select(ALBUM.ID).from(ALBUM)
                .where(ALBUM.ACCOUNT_ID.eq(rows.account()), ALBUM.GONE_AT.eq(time)).fetch(ALBUM.ID)),
                chunk -> rows.write(sql -> sql.update(ALBUM).set(ALBUM.GONE_AT, mark).where(ALBUM.ID.in(chunk)).execute())));
        back.put(ItemKind.TRACK, tracks(rows.read(sql -> sql.select(TRACK.ID).from(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(rows.account()), TRACK.GONE_AT.eq(time)).fetch(TRACK.ID)), mark));
        back.put(ItemKind.ARTIST, pieces(rows.read(sql -> sql.select(ARTIST.ID).from(ARTIST)
                .where(ARTIST.ACCOUNT_ID.eq(rows.account()), ARTIST.GONE_AT.eq(time)).fetch(ARTIST.ID)),
                chunk -> rows.write(sql -> sql.update(ARTIST).set(ARTIST.GONE_AT, mark).where(ARTIST.ID.in(chunk)).execute())));
        back.put(ItemKind.PLAYLIST, pieces(rows.read(sql -> sql.select(PLAYLIST.ID).from(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(rows.account()), PLAYLIST.GONE_AT.eq(time)).fetch(PLAYLIST.ID)),
                chunk -> rows.write(sql -> sql.update(PLAYLIST).setNull(PLAYLIST.GONE_AT).where(PLAYLIST.ID.in(chunk)).execute())));
        return back;
    }

    int tracks(List<Long> ids) {
        return tracks(ids, at());
    }

    private int tracks(List<Long> ids, @Nullable Long mark) {
        return pieces(ids, chunk -> rows.write(sql -> {
            Set<String> albums = new LinkedHashSet<>(sql.selectDistinct(TRACK.ALBUM_ITEM_ID).from(TRACK)
                    .where(TRACK.ID.in(chunk), TRACK.ALBUM_ITEM_ID.isNotNull()).fetch(TRACK.ALBUM_ITEM_ID));
            int gone = sql.update(TRACK).set(TRACK.GONE_AT, mark).where(TRACK.ID.in(chunk)).execute();
            Batch.run(sql, connection -> {
                AlbumFigures.refresh(connection, rows.account(), albums);
                if (mark == null) AlbumFigures.back(connection, rows.account(), albums);
                return 0;
            });
            return gone;
        }));
    }

    int albums(List<Long> ids) {
        long now = at();
        return pieces(ids, chunk -> rows.write(sql -> sql.update(ALBUM).set(ALBUM.GONE_AT, now).where(ALBUM.ID.in(chunk)).execute()));
    }

    int artists(List<Long> ids) {
        long now = at();
        return pieces(ids, chunk -> rows.write(sql -> sql.update(ARTIST).set(ARTIST.GONE_AT, now).where(ARTIST.ID.in(chunk)).execute()));
    }

    int playlists(List<Long> ids) {
        long now = at();
        return pieces(ids,
                chunk -> rows.write(sql -> sql.update(PLAYLIST).set(PLAYLIST.GONE_AT, now).where(PLAYLIST.ID.in(chunk)).execute()));
    }

    /// Artists that no pass from this one on has met, and that no track or album here names any more: servers list artists by rules of their own.
    List<Long> unnamedArtists(long before) {
        return rows.read(sql -> unnamedArtists(sql, ARTIST.SEEN_PASS.lt(before)));
    }

    /// Of these artists those that no track or album here names any more.
    List<Long> unnamedArtists(List<String> ids) {
        return rows.read(sql -> unnamedArtists(sql, ARTIST.ITEM_ID.in(ids)));
    }

    /// Artists without any track and album. Not those that the user wants: favourites, what is to be kept, what was said to stay.
    List<Long> emptyArtists() {
        return rows.read(sql -> unnamedArtists(sql, ARTIST.TRACK_COUNT.eq(0L).and(ARTIST.ALBUM_COUNT.eq(0L))
                .and(unwanted(ItemKind.ARTIST, ARTIST.ACCOUNT_ID, ARTIST.ITEM_ID, ARTIST.SEEN_PASS))));
    }

    /// Albums without any track, in the same way; what lies in a library that was left out is none.
    List<Long> emptyAlbums() {
        return rows.read(sql -> sql.select(ALBUM.ID).from(ALBUM).where(ALBUM.ACCOUNT_ID.eq(rows.account()), ALBUM.GONE_AT.isNull(),
                ALBUM.TRACK_COUNT.eq(0L), unwanted(ItemKind.ALBUM, ALBUM.ACCOUNT_ID, ALBUM.ITEM_ID, ALBUM.SEEN_PASS),
                notExists(selectOne().from(TRACK).where(TRACK.ACCOUNT_ID.eq(ALBUM.ACCOUNT_ID), TRACK.ALBUM_ITEM_ID.eq(ALBUM.ITEM_ID),
                        TRACK.GONE_AT.isNull().or(TRACK.GONE_AT.eq(FolderChoice.HIDDEN)))))
                .fetch(ALBUM.ID));
    }

    private static Condition unwanted(ItemKind kind, Field<Long> account, Field<String> item, Field<Long> seen) {
        return seen.ne(HeldSweeps.KEPT).andNot(Tables.favourite(kind, account, item))
                .andNot(exists(selectOne().from(KEPT_COLLECTION).where(KEPT_COLLECTION.ACCOUNT_ID.eq(account),
                        KEPT_COLLECTION.KIND.eq(kind.word()), KEPT_COLLECTION.SOURCE_ITEM_ID.eq(item))));
    }

    private List<Long> unnamedArtists(DSLContext sql, Condition which) {
        Condition named = exists(selectOne().from(TRACK_ARTIST).join(TRACK)
                .on(TRACK.ACCOUNT_ID.eq(TRACK_ARTIST.ACCOUNT_ID), TRACK.ITEM_ID.eq(TRACK_ARTIST.TRACK_ITEM_ID))
                .where(TRACK_ARTIST.ACCOUNT_ID.eq(ARTIST.ACCOUNT_ID), TRACK_ARTIST.ARTIST_ITEM_ID.eq(ARTIST.ITEM_ID),
                        TRACK.GONE_AT.isNull()))
                .or(exists(selectOne().from(ALBUM_ARTIST).join(ALBUM)
                        .on(ALBUM.ACCOUNT_ID.eq(ALBUM_ARTIST.ACCOUNT_ID), ALBUM.ITEM_ID.eq(ALBUM_ARTIST.ALBUM_ITEM_ID))
                        .where(ALBUM_ARTIST.ACCOUNT_ID.eq(ARTIST.ACCOUNT_ID), ALBUM_ARTIST.ARTIST_ITEM_ID.eq(ARTIST.ITEM_ID),
                                ALBUM.GONE_AT.isNull())));
        return sql.select(ARTIST.ID).from(ARTIST).where(ARTIST.ACCOUNT_ID.eq(rows.account()), ARTIST.GONE_AT.isNull(), which)
                .andNot(named).fetch(ARTIST.ID);
    }

    static <T> int pieces(List<T> ids, ToIntFunction<List<T>> work) {
        int done = 0;
        for (int from = 0; from < ids.size(); from += CHUNK) done += work.applyAsInt(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
        return done;
    }
}
