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
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/// A connection that keeps the statements prepared on it: for one with many columns preparing takes SQLite longer than running it. Closing such a
/// statement only forgets its values; the next one with the same text is the same statement again. SQLite itself prepares anew what a change of the
/// schema made stale. Those used longest ago are closed. For the one thread that has the connection.
final class StatementCache implements InvocationHandler {
    /// Of each connection; a large statement takes SQLite some tens of KB.
    private static final int MOST = 64;
    private static final List<String> KEPT = List.of("select", "with", "insert", "update", "delete");
    private final Connection connection;
    private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>(MOST, 0.75f, true);

    private StatementCache(Connection connection) {
        this.connection = connection;
    }

    static Connection over(Connection connection) {
        return proxy(Connection.class, new StatementCache(connection));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("prepareStatement") && arguments.length == 1 && kept((String) arguments[0])) {
            return prepare((String) arguments[0]);
        }
        return pass(method, connection, arguments);
    }

    private static boolean kept(String sql) {
        return KEPT.stream().anyMatch(word -> sql.regionMatches(true, 0, word, 0, word.length()));
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        return proxy(PreparedStatement.class, new Lent(sql, statement));
    }

    private void back(String sql, PreparedStatement statement) throws SQLException {
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
                    Object answer = pass(method, statement, arguments);
                    if (answer instanceof ResultSet read) rows = Optional.of(read);
                    return answer;
                }
            }
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
