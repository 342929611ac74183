package app.waxwing.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/// A connection that keeps the statements prepared on it: for one with many columns preparing takes SQLite longer than running it. Closing such a
/// statement only forgets its values; the next one with the same text is the same statement again. SQLite itself prepares anew what a change of the
/// schema made stale. Those used longest ago are closed. Whoever asks, jOOQ or a [app.waxwing.library.Batch], each run of a statement is timed here,
/// until its rows are read. For the one thread that has the connection.
final class StatementCache implements InvocationHandler {
    /// Of each connection; a large statement takes SQLite some tens of KB.
    private static final int MOST = 64;
    private static final List<String> KEPT = List.of("select", "with", "insert", "update", "delete");
    private final Connection connection;
    private final Statements statements;
    private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>(MOST, 0.75f, true);

    private StatementCache(Connection connection, Statements statements) {
        this.connection = connection;
        this.statements = statements;
    }

    static Connection over(Connection connection, Statements statements) {
        return proxy(Connection.class, new StatementCache(connection, statements));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("prepareStatement") && arguments.length == 1) return prepare((String) arguments[0]);
        return pass(method, connection, arguments);
    }

    private static boolean kept(String sql) {
        return KEPT.stream().anyMatch(word -> sql.regionMatches(true, 0, word, 0, word.length()));
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(kept(sql) ? FixedPlan.of(sql) : sql) : kept;
        return proxy(PreparedStatement.class, new Lent(sql, statement));
    }

    private void back(String sql, PreparedStatement statement) throws SQLException {
        if (!kept(sql)) {
            statement.close();
            return;
        }
        // Rows that nobody asked for would keep this moment of the database for every later reader on this connection.
        statement.unwrap(JDBC4PreparedStatement.class).pointer.safeRunConsume(DB::reset);
        statement.clearParameters();
        statement.clearBatch();
        PreparedStatement twin = idle.put(sql, statement);
        if (twin != null) twin.close();
        if (idle.size() > MOST) idle.pollFirstEntry().getValue().close();
    }

    private final class Lent implements InvocationHandler {
        private final String sql;
        private final PreparedStatement statement;
        private Optional<ResultSet> rows = Optional.empty();
        private boolean closed;
        private OptionalLong began = OptionalLong.empty();

        Lent(String sql, PreparedStatement statement) {
            this.sql = sql;
            this.statement = statement;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "close" -> {
                    if (closed) return null;
                    closed = true;
                    ran();
                    // Rows that nobody read to their end would keep this moment of the database alive.
                    if (rows.isPresent()) rows.get().close();
                    back(sql, statement);
                    return null;
                }
                case "isClosed" -> {
                    return closed;
                }
                default -> {
                    if (closed) throw new SQLException("the statement is closed");
                    return method.getName().startsWith("execute") ? execute(method, arguments) : rows(pass(method, statement, arguments));
                }
            }
        }

        private Object execute(Method method, Object[] arguments) throws Throwable {
            ran();
            began = OptionalLong.of(statements.now());
            boolean reads = false;
            try {
                Object answer = rows(pass(method, statement, arguments));
                reads = answer instanceof ResultSet || Boolean.TRUE.equals(answer);
                return answer;
            } finally {
                if (!reads) ran(); // else SQLite works while its rows are stepped through
            }
        }

        private Object rows(Object answer) {
            if (answer instanceof ResultSet read) rows = Optional.of(read);
            return answer;
        }

        private void ran() {
            if (began.isPresent()) statements.ran(sql, statements.now() - began.getAsLong());
            began = OptionalLong.empty();
        }
    }

    private static Object pass(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw Optional.ofNullable(e.getCause()).orElse(e);
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }
}
