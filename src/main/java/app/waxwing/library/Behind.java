package app.waxwing.library;

import static org.jooq.impl.DSL.noCondition;

import app.waxwing.base.ItemKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// Pages by key: what comes behind a row in an order is a range of the order's index and not a count of rows to pass over, so that a page costs the same
/// wherever it is. The order must end with a column that no two rows share.
final class Behind {
    private Behind() {}

    /// Row numbers behind an item; none where it is not known.
    static long[] rows(DSLContext sql, Table<?> table, Field<Long> row, Condition item, Condition where, List<SortField<?>> order,
            int limit) {
        Record at = sql.select(order.stream().map(SortField::$field).toList()).from(table).where(item).fetchOne();
        if (at == null) return new long[0];
        var page = new Page(sql, table, row, where, order, limit == 0 ? Integer.MAX_VALUE : limit);
        Condition[] same = new Condition[order.size()];
        Condition before = noCondition();
        for (int i = 0; i < same.length; i++) {
            same[i] = before;
            Object value = at.get(i);
            before = before.and(value == null ? order.get(i).$field().isNull() : same(order.get(i).$field(), value));
        }
        // The column that differs last comes first: what is equal up to it stands nearest.
        for (int i = same.length - 1; i >= 0; i--) {
            Field<?> field = order.get(i).$field();
            Object value = at.get(i);
            boolean down = down(order.get(i));
            if (value == null) {
                // SQLite has nulls before everything.
                if (!down) page.add(same[i].and(field.isNotNull()));
            } else {
                if (i == 0 && mixed(order)) page.groups(field, compare(field, value, true));
                else page.add(same[i].and(compare(field, value, down)));
                if (down) page.add(same[i].and(field.isNull()));
            }
        }
        return page.found;
    }

    /// The first rows of an order that is mixed.
    static long[] first(DSLContext sql, Table<?> table, Field<Long> row, Condition where, List<SortField<?>> order, int limit) {
        var page = new Page(sql, table, row, where, order, limit);
        Field<?> lead = order.getFirst().$field();
        page.groups(lead, noCondition());
        page.add(lead.isNull());
        return page.found;
    }

    /// Only the first column goes downwards: no index has that order whole, but it has each group of rows that are equal in the first.
    static boolean mixed(List<SortField<?>> order) {
        return down(order.getFirst()) && !down(order.getLast());
    }

    /// Stretches of the index one after the other until the page is full.
    private static final class Page {
        private final DSLContext sql;
        private final Table<?> table;
        private final Field<Long> row;
        private final Condition where;
        private final List<SortField<?>> order;
        private final int limit;
        private long[] found = new long[0];

        Page(DSLContext sql, Table<?> table, Field<Long> row, Condition where, List<SortField<?>> order, int limit) {
            this.sql = sql;
            this.table = table;
            this.row = row;
            this.where = where;
            this.order = order;
            this.limit = limit;
        }

        void add(Condition stretch) {
            if (found.length >= limit) return;
            long[] more = Tables.longs(sql.select(row).from(table).where(where, stretch).orderBy(order).limit(limit - found.length));
            found = LongStream.concat(Arrays.stream(found), Arrays.stream(more)).toArray();
        }

        /// Group by group downwards through the first column, from where the condition says.
        void groups(Field<?> lead, Condition from) {
            Condition under = from;
            while (found.length < limit) {
                Record next = sql.select(lead).from(table).where(where, under).orderBy(lead.desc()).limit(1).fetchOne();
                Object value = next == null ? null : next.get(0);
                if (value == null) return;
                add(same(lead, value));
                under = compare(lead, value, true);
            }
        }
    }

    @SuppressWarnings("unchecked") // the value was read from the same field
    private static Condition compare(Field<?> field, Object value, boolean down) {
        var f = (Field<Object>) field;
        return down ? f.lt(value) : f.gt(value);
    }

    @SuppressWarnings("unchecked") // as above
    private static Condition same(Field<?> field, Object value) {
        return ((Field<Object>) field).eq(value);
    }

    private static boolean down(SortField<?> field) {
        return field.$sortOrder() == SortOrder.DESC;
    }

    /// The order with what tells rows apart that are equal in it, as the indexes have it.
    static List<SortField<?>> whole(List<SortField<?>> order, Field<Long> account, Field<Long> gone, Field<Long> row) {
        boolean down = down(order.getLast());
        List<SortField<?>> whole = new ArrayList<>(order);
        for (Field<Long> field : List.of(account, gone, row)) whole.add(TrackTable.way(field, down));
        return whole;
    }

    /// The same for a list that is here as a whole.
    static int place(long[] rows, @Nullable Long row) {
        if (row == null) return rows.length;
        int at = 0;
        while (at < rows.length && rows[at] != row) at++;
        return Math.min(rows.length, at + 1);
    }

    static Condition item(Field<Long> account, Field<String> id, ItemKey key) {
        return account.eq(key.account()).and(id.eq(key.id()));
    }

    /// The same for the small kinds, which come whole.
    static <T> int offset(Query query, List<T> all, java.util.function.Function<T, ItemKey> key) {
        if (query.after().isEmpty()) return query.offset();
        int at = 0;
        while (at < all.size() && !key.apply(all.get(at)).equals(query.after().get())) at++;
        return at + 1;
    }
}
