package app.waxwing.library;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;

/// Orders of tracks in which those that have something (plays, a heart, a file) stand in front, and all others follow by title; upwards these go before.
/// No index has such an order: those in front come from an index of their own, which is short where they are few.
final class InFront {
    static final Set<Query.Sort> ORDERS = EnumSet.of(Query.Sort.PLAY_COUNT, Query.Sort.LAST_PLAYED, Query.Sort.FILE_SIZE,
            Query.Sort.FAVOURITE, Query.Sort.HERE);
    /// 1 kept, 0 fetched ahead, -1 on a drive that is away, -2 not here.
    static final Field<Long> WHERE = coalesce(Tables.fileOf(TRACK.ACCOUNT_ID, TRACK.ITEM_ID), inline(-2L));
    private static final List<SortField<?>> BY_TITLE = Behind.whole(List.of(TRACK.SORT_TITLE.asc()), TRACK.ACCOUNT_ID, TRACK.GONE_AT,
            TRACK.ID);
    /// Where more files are kept, or were fetched ahead, the first of them by title are soon met among all tracks.
    private static final int MANY = 2_000;

    private InFront() {}

    static long[] rows(DSLContext sql, Query query, Query.Sort sort) {
        return rows(sql, query, sort, MANY);
    }

    /// @param many as [#MANY]
    static long[] rows(DSLContext sql, Query query, Query.Sort sort, int many) {
        return switch (sort) {
            case PLAY_COUNT -> marked(sql, query, USER_DATA.KIND.eq(inline("track")).and(USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L))),
                    List.of(TrackTable.way(USER_DATA.PLAY_COUNT_SHOWN, query.descending())));
            case LAST_PLAYED -> marked(sql, query, USER_DATA.KIND.eq(inline("track")).and(USER_DATA.LAST_PLAYED_SHOWN_AT.isNotNull()),
                    List.of(TrackTable.way(USER_DATA.LAST_PLAYED_SHOWN_AT, query.descending())));
            case FAVOURITE -> query.within().isPresent()
                    ? TrackTable.slice(sorted(sql, query), query)
                    : marked(sql, query, Tables.shownFavourite(ItemKind.TRACK), BY_TITLE);
            case FILE_SIZE -> TrackTable.slice(bySize(sql, query), query);
            case HERE -> byPlace(sql, query, many);
            case TITLE, ARTIST, ALBUM, YEAR, ADDED, DURATION, GENRE, SIZE, RANDOM, TRACKS ->
                throw new IllegalArgumentException("none stand in front by " + sort);
        };
    }

    private static long[] marked(DSLContext sql, Query query, Condition mark, List<SortField<?>> order) {
        var marked = sql.select(TRACK.ID).from(USER_DATA).crossJoin(TRACK)
                .where(mark, TRACK.ACCOUNT_ID.eq(USER_DATA.ACCOUNT_ID), TRACK.ITEM_ID.eq(USER_DATA.ITEM_ID), TrackTable.where(query))
                .orderBy(order);
        int enough = query.offset() + query.limit();
        long[] first = Tables.longs(query.descending() && query.limit() > 0 ? marked.limit(enough) : marked);
        if (query.descending() && query.limit() > 0 && first.length >= enough) return TrackTable.slice(first, query);
        return TrackTable.slice(TrackTable.joined(first, byTitle(sql, query, first.length), query), query);
    }

    /// By title what a slice beside so many others may need; all of it for a whole list.
    private static long[] byTitle(DSLContext sql, Query query, int others) {
        var all = sql.select(TRACK.ID).from(TRACK).where(TrackTable.where(query)).orderBy(TRACK.SORT_TITLE);
        boolean slice = query.limit() > 0 && query.after().isEmpty() && query.everything();
        return Tables.longs(slice ? all.limit(query.offset() + query.limit() + others) : all);
    }

    /// The files in order of an index. Of a collection each track's file is looked up, since the files are many more.
    private static long[] bySize(DSLContext sql, Query query) {
        if (query.within().isPresent()) return sorted(sql, query);
        Condition where = query.playableOnly()
                ? TrackTable.where(query.playableOnly(false)).and(Tables.there())
                : TrackTable.where(query);
        long[] files = Arrays.stream(Tables.longs(sql.select(TRACK.ID).from(MEDIA_FILE).crossJoin(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID), TRACK.ITEM_ID.eq(MEDIA_FILE.ITEM_ID), where)
                .orderBy(MEDIA_FILE.SIZE.desc(), MEDIA_FILE.ACCOUNT_ID.desc(), MEDIA_FILE.ITEM_ID.desc()))).distinct().toArray();
        if (!query.descending()) {
            for (int i = 0, j = files.length - 1; i < j; i++, j--) {
                long swap = files[i];
                files[i] = files[j];
                files[j] = swap;
            }
        }
        if (query.playableOnly()) return files;
        return TrackTable.joined(files, byTitle(sql, query, files.length), query);
    }

    /// Of a collection each track is looked up.
    private static long[] sorted(DSLContext sql, Query query) {
        return Tables.longs(sql.select(TRACK.ID).from(TRACK).leftJoin(USER_DATA)
                .on(USER_DATA.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID), USER_DATA.ITEM_ID.eq(TRACK.ITEM_ID)).where(TrackTable.where(query))
                .orderBy(Behind.whole(TrackTable.order(query), TRACK.ACCOUNT_ID, TRACK.GONE_AT, TRACK.ID)));
    }

    /// Kept, fetched ahead, away, not here; each by title.
    private static long[] byPlace(DSLContext sql, Query query, int many) {
        if (query.within().isPresent()) return TrackTable.slice(sorted(sql, query), query);
        if (query.limit() > 0) return TrackTable.slice(firstByPlace(sql, query, query.offset() + query.limit(), many), query);
        List<SortField<?>> order = new ArrayList<>(BY_TITLE);
        order.addFirst(TrackTable.way(WHERE, query.descending()));
        long[] files = Arrays.stream(Tables.longs(files(sql, query, noCondition()).orderBy(order))).distinct().toArray();
        return TrackTable.slice(query.playableOnly() ? files : TrackTable.joined(files, byTitle(sql, query, files.length), query), query);
    }

    /// Group by group, as far as they are needed.
    private static long[] firstByPlace(DSLContext sql, Query query, int enough, int many) {
        long[] rows = new long[0];
        for (long where : query.descending() ? new long[]{1, 0, -1, -2} : new long[]{-2, -1, 0, 1}) {
            if (rows.length >= enough) break;
            Condition wanted = WHERE.eq(inline(where));
            boolean walk = where == -2 || where >= 0 && more(sql, where == 1, many);
            long[] more = Tables.longs((walk
                    ? sql.select(TRACK.ID).from(TRACK).where(TrackTable.where(query), wanted)
                    : files(sql, query, wanted.and(where == -1 ? Tables.there().not() : MEDIA_FILE.IS_PINNED.eq(inline(where == 1))))
                            .groupBy(TRACK.ID))
                    .orderBy(BY_TITLE).limit(enough - rows.length));
            rows = LongStream.concat(Arrays.stream(rows), Arrays.stream(more)).toArray();
        }
        return rows;
    }

    private static boolean more(DSLContext sql, boolean kept, int many) {
        return sql.fetchExists(select(MEDIA_FILE.IS_PINNED).from(MEDIA_FILE).where(MEDIA_FILE.IS_PINNED.eq(inline(kept))).limit(inline(1))
                .offset(inline(many)));
    }

    private static SelectConditionStep<Record1<Long>> files(DSLContext sql, Query query, Condition condition) {
        return sql.select(TRACK.ID).from(MEDIA_FILE).crossJoin(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID), TRACK.ITEM_ID.eq(MEDIA_FILE.ITEM_ID), TrackTable.where(query),
                        condition);
    }
}
