package app.waxwing.library;

import app.waxwing.base.ItemKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Items by row number or by key. The statements are written by jOOQ once: writing one with thirty columns takes longer than ten look-ups. Many rows
/// are one statement, keys one each.
final class LookUp<T> {
    private static final DSLContext TEXT = DSL.using(SQLDialect.SQLITE, new Settings().withRenderSchema(false));
    private static final Param<Long> ROW = DSL.param("row", Long.class);
    private static final Param<Long> ACCOUNT = DSL.param("account", Long.class);
    private static final Param<String> ITEM = DSL.param("item", String.class);
    private static final Param<String> ROWS = DSL.param("rows", String.class);
    private final String byRow;
    private final String byRows;
    private final String byKey;
    private final int rowColumn;
    private final Reader<T> reader;

    interface Reader<T> {
        T read(Columns columns) throws SQLException;
    }

    /// @param query the one with this condition; its columns in the order in which `reader` takes them
    LookUp(Function<Condition, Select<?>> query, Field<Long> row, Field<Long> account, Field<String> item, Reader<T> reader) {
        Select<?> many = query.apply(DSL.condition("{0} in (select value from json_each({1}))", row, ROWS));
        rowColumn = many.getSelect().indexOf(row) + 1;
        if (rowColumn == 0) throw new IllegalArgumentException(row + " is not among the columns");
        byRow = text(query.apply(row.eq(ROW)));
        byRows = text(many);
        byKey = text(query.apply(account.eq(ACCOUNT).and(item.eq(ITEM))));
        this.reader = reader;
    }

    /// The text of a statement that is asked again and again; its named parameters are bound in the order of their first use.
    static String text(Select<?> query) {
        return TEXT.renderNamedOrInlinedParams(query);
    }

    /// In the order asked for, a row as often as asked for; those that are not there are left out.
    List<T> byRow(DSLContext sql, long[] rows) {
        if (rows.length == 0) return List.of();
        Map<Long, T> found = HashMap.newHashMap(rows.length);
        Batch.run(sql, connection -> {
            try (var statement = new Batch(connection, rows.length == 1 ? byRow : byRows)) {
                if (rows.length == 1) statement.number(rows[0]);
                else statement.text(Arrays.toString(rows));
                statement.read(r -> found.put(r.getLong(rowColumn), reader.read(new Columns(r))));
            }
            return found;
        });
        return Arrays.stream(rows).mapToObj(found::get).filter(Objects::nonNull).toList();
    }

    /// As [#byRow].
    List<T> byKey(DSLContext sql, Collection<ItemKey> keys) {
        List<T> found = new ArrayList<>(keys.size());
        Batch.run(sql, connection -> {
            try (var statement = new Batch(connection, byKey)) {
                for (ItemKey key : keys) {
                    statement.number(key.account()).text(key.id()).read(r -> found.add(reader.read(new Columns(r))));
                }
            }
            return found;
        });
        return found;
    }

    /// The columns of one row, taken from left to right.
    static final class Columns {
        private final ResultSet row;
        private int at;

        Columns(ResultSet row) {
            this.row = row;
        }

        String text() throws SQLException {
            return row.getString(++at);
        }

        @Nullable
        String maybe() throws SQLException {
            return row.getString(++at);
        }

        long number() throws SQLException {
            return row.getLong(++at);
        }

        @Nullable
        Long whole() throws SQLException {
            return Batch.whole(row, ++at);
        }

        @Nullable
        Double fraction() throws SQLException {
            return Batch.fraction(row, ++at);
        }

        /// False for null.
        boolean flag() throws SQLException {
            return row.getLong(++at) != 0;
        }
    }
}
