package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.inline;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

/// Questions about the entries of one playlist, in its own order or in one of their tracks.
final class PlaylistOrder {
    /// From the entries to their tracks: SQLite takes a cross join in the order in which it is written.
    private static final Table<?> ENTRIES = PLAYLIST_ITEM.crossJoin(TRACK);

    private PlaylistOrder() {}

    static PlaylistRows rows(DSLContext sql, ItemKey playlist, Query query) {
        var all = sql.select(TRACK.ID, PLAYLIST_ITEM.POSITION, TRACK.DURATION_MS).from(ENTRIES).leftJoin(USER_DATA)
                .on(USER_DATA.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), USER_DATA.ITEM_ID.eq(TRACK.ITEM_ID))
                .where(where(is(sql, playlist), query)).orderBy(order(query))
                .limit(inline(query.offset()), inline(query.limit() == 0 ? Integer.MAX_VALUE : query.limit()));
        long[] rows = new long[64];
        int[] positions = new int[64];
        int size = 0;
        long millis = 0;
        try (ResultSet found = all.fetchResultSet()) {
            while (found.next()) {
                if (size == rows.length) {
                    rows = Arrays.copyOf(rows, size * 2);
                    positions = Arrays.copyOf(positions, size * 2);
                }
                rows[size] = found.getLong(1);
                positions[size++] = found.getInt(2);
                millis += found.getLong(3);
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading the entries of a playlist", e);
        }
        return new PlaylistRows(Arrays.copyOf(rows, size), Arrays.copyOf(positions, size), Duration.ofMillis(millis));
    }

    /// Index of the first entry whose title begins so; empty where none does. The playlist is gone through, since it is in no order of names.
    static Optional<Integer> place(DSLContext sql, ItemKey playlist, Query query, String beginning) {
        int index = 0;
        try (ResultSet found = sql.select(TRACK.SORT_TITLE).from(ENTRIES).where(where(is(sql, playlist), query)).orderBy(order(query))
                .fetchResultSet()) {
            for (; found.next(); index++) {
                if (found.getString(1).startsWith(beginning)) return Optional.of(index);
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading the titles of a playlist", e);
        }
        return Optional.empty();
    }

    /// The name that a list in this order is in order of.
    static LetterIndex.Name name(LetterIndex.Name ofTracks, ItemKey playlist, Query query) {
        return new LetterIndex.Name(ENTRIES, ofTracks.key(), ofTracks.folded(),
                where(PLAYLIST_ITEM.PLAYLIST_ITEM_ID.in(PlaylistTable.realId(playlist))
                        .and(PLAYLIST_ITEM.ACCOUNT_ID.eq(playlist.account())), query));
    }

    /// One id and not a question for it, so that the entries come in their own order from the table.
    private static Condition is(DSLContext sql, ItemKey playlist) {
        return PLAYLIST_ITEM.ACCOUNT_ID.eq(playlist.account())
                .and(PLAYLIST_ITEM.PLAYLIST_ITEM_ID.eq(PlaylistTable.realId(sql, playlist)));
    }

    private static Condition where(Condition playlist, Query query) {
        Condition where = playlist.and(TRACK.ACCOUNT_ID.eq(PLAYLIST_ITEM.ACCOUNT_ID)).and(TRACK.ITEM_ID.eq(PLAYLIST_ITEM.TRACK_ITEM_ID))
                .and(active(TRACK.ACCOUNT_ID));
        if (query.playableOnly()) where = where.and(Tables.plays(TRACK.ACCOUNT_ID, TRACK.ITEM_ID));
        if (query.favouritesOnly()) where = where.and(Tables.favourite(ItemKind.TRACK, TRACK.ACCOUNT_ID, TRACK.ITEM_ID));
        return where;
    }

    /// Entries that are equal in it stand as in the playlist.
    private static List<SortField<?>> order(Query query) {
        if (query.sort().isEmpty()) return List.of(TrackTable.way(PLAYLIST_ITEM.POSITION, query.descending()));
        List<SortField<?>> order = new ArrayList<>(TrackTable.order(query));
        order.add(PLAYLIST_ITEM.POSITION.asc());
        return order;
    }
}
