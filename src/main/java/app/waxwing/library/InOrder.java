package app.waxwing.library;

import static org.jooq.impl.DSL.count;

import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.Table;

/// The row numbers of a list in its order, or a slice of them.
final class InOrder {
    private InOrder() {}

    /// @param order as [Behind#whole] makes it
    static long[] rows(DSLContext sql, Table<?> table, Field<Long> row, Condition where, List<SortField<?>> order, Query query) {
        boolean all = query.limit() == 0 && query.offset() == 0;
        // No index has this order whole, and for a slice SQLite would rather sort the table than walk an index.
        if (Behind.mixed(order)) {
            if (!all && query.limit() > 0 && query.everything()) {
                return TrackTable.slice(Behind.first(sql, table, row, where, order, query.offset() + query.limit()), query);
            }
            long[] rows = query.everything()
                    ? turned(sql, table, row, where, order)
                    : Tables.longs(sql.select(row).from(table).where(where).orderBy(order));
            return TrackTable.slice(rows, query);
        }
        var ordered = sql.select(row).from(table).where(where).orderBy(order);
        if (all) return Tables.longs(ordered);
        return Tables.longs(ordered.limit(query.offset(), query.limit() == 0 ? Integer.MAX_VALUE : query.limit()));
    }

    /// Downwards by the first key and upwards by all others. The index has the rows upwards: those that are equal in the first key are groups, and the
    /// groups are put the other way round. SQLite would sort every group, which takes three times as long.
    private static long[] turned(DSLContext sql, Table<?> table, Field<Long> row, Condition where, List<SortField<?>> order) {
        Field<?> first = order.getFirst().$field();
        long[] up = Tables.longs(
                sql.select(row).from(table).where(where).orderBy(order.stream().map(key -> key.$field().asc()).toList()));
        long[] groups = Tables.longs(sql.select(count().cast(Long.class)).from(table).where(where).groupBy(first).orderBy(first.asc()));
        long[] down = new long[up.length];
        int from = 0;
        for (long group : groups) {
            int size = Math.toIntExact(group);
            System.arraycopy(up, from, down, down.length - from - size, size);
            from += size;
        }
        return down;
    }
}
