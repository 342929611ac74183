package app.waxwing.library;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.tools.json.JSONArray;
import org.jspecify.annotations.Nullable;

/// One prepared statement filled row by row: for syncs and long queues, where building every statement anew would cost more than SQLite itself.
/// All text of statements is constant; values are always bound.
public final class Batch implements AutoCloseable {
    private final PreparedStatement statement;
    private int column;

    public Batch(Connection connection, String sql) throws SQLException {
        statement = connection.prepareStatement(sql);
    }

    @FunctionalInterface
    public interface Jdbc<T> {
        T with(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    public interface RowReader {
        void row(ResultSet row) throws SQLException;
    }

    /// Runs on the transaction's own connection.
    public static <T> T run(DSLContext sql, Jdbc<T> work) {
        return sql.connectionResult(work::with);
    }

    /// `?, ?, ?`
    public static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    public Batch text(@Nullable String value) throws SQLException {
        statement.setString(++column, value);
        return this;
    }

    public Batch text(Optional<String> value) throws SQLException {
        return text(value.orElse(null));
    }

    /// Many texts as one value, for `json_each(?)`: one call takes them all into SQLite, where one for each would cost more than the rest. Made once
    /// for all the statements of a chunk, since making it takes as much memory as the rest of a statement.
    public record Texts(List<String> values, String json) {
        public static Texts of(Collection<String> values) {
            List<String> all = List.copyOf(values);
            return new Texts(all, JSONArray.toJSONString(all));
        }
    }

    public Batch texts(Texts values) throws SQLException {
        return text(values.json());
    }

    public Batch texts(Collection<String> values) throws SQLException {
        return texts(Texts.of(values));
    }

    /// That a column is one of many values.
    public static Condition among(Field<String> column, Texts values) {
        return DSL.condition("{0} in (select value from json_each({1}))", column, DSL.val(values.json()));
    }

    public Batch number(long value) throws SQLException {
        statement.setLong(++column, value);
        return this;
    }

    public Batch number(@Nullable Long value) throws SQLException {
        if (value == null) statement.setNull(++column, Types.INTEGER);
        else statement.setLong(++column, value);
        return this;
    }

    Batch real(@Nullable Double value) throws SQLException {
        if (value == null) statement.setNull(++column, Types.REAL);
        else statement.setDouble(++column, value);
        return this;
    }

    /// Text or a whole number.
    Batch value(Object value) throws SQLException {
        return value instanceof Number number ? number(number.longValue()) : text(String.valueOf(value));
    }

    public Batch flag(boolean value) throws SQLException {
        return number(value ? 1 : 0);
    }

    public int run() throws SQLException {
        column = 0;
        return statement.executeUpdate();
    }

    public void read(RowReader reader) throws SQLException {
        readWhile(() -> true, reader);
    }

    /// Until nothing more is wanted.
    void readWhile(BooleanSupplier wanted, RowReader reader) throws SQLException {
        column = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (wanted.getAsBoolean() && rows.next()) reader.row(rows);
        }
    }

    /// The one number that the query answers.
    public static long number(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /// The same inside a transaction of jOOQ's.
    public static long number(DSLContext sql, String query, Object... values) {
        return run(sql, connection -> number(connection, query, values));
    }

    /// One change with its values.
    ///
    /// @return how many rows it changed
    public static int run(DSLContext sql, String change, @Nullable Object... values) {
        return run(sql, connection -> {
            try (var statement = connection.prepareStatement(change)) {
                fill(statement, values);
                return statement.executeUpdate();
            }
        });
    }

    private static void fill(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
    }

    public static @Nullable Long whole(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Double fraction(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Long boxed(OptionalInt value) {
        return value.isPresent() ? (long) value.getAsInt() : null;
    }

    static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    static <T> @Nullable T either(@Nullable T told, @Nullable T known) {
        return told != null ? told : known;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
