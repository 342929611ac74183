package app.waxwing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/// A connection that keeps the statements prepared on it: for one with many columns preparing takes SQLite longer than running it. Closing such a
/// statement only forgets its values; the next one with the same text is the same statement again. SQLite itself prepares anew what a change of the
/// schema made stale. Those used longest ago are closed. Whoever asks, jOOQ or a [app.waxwing.library.Batch], each run of a statement is timed here
/// (but for the `executeLarge…` of JDBC, which nobody asks for), until its rows are read. For the one thread that has the connection.
final class StatementCache extends DefaultConnection {
    /// Of each connection; a large statement takes SQLite some tens of KB.
    private static final int MOST = 64;
    private static final List<String> KEPT = List.of("select", "with", "insert", "update", "delete");
    private final Statements statements;
    private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>(MOST, 0.75f, true);

    private StatementCache(Connection connection, Statements statements) {
        super(connection);
        this.statements = statements;
    }

    static Connection over(Connection connection, Statements statements) {
        return new StatementCache(connection, statements);
    }

    private static boolean kept(String sql) {
        return KEPT.stream().anyMatch(word -> sql.regionMatches(true, 0, word, 0, word.length()));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        PreparedStatement again = idle.remove(sql);
        if (again != null) return new Lent(sql, again, true);
        boolean keep = kept(sql);
        return new Lent(sql, getDelegate().prepareStatement(keep ? FixedPlan.of(sql) : sql), keep);
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

    private interface Run<T> {
        T get() throws SQLException;
    }

    private final class Lent extends DefaultPreparedStatement {
        private final String sql;
        private final PreparedStatement statement;
        private final boolean keep;
        private Optional<ResultSet> rows = Optional.empty();
        private boolean closed;
        private OptionalLong began = OptionalLong.empty();

        /// @param keep for the next one with this text
        Lent(String sql, PreparedStatement statement, boolean keep) {
            super(statement, StatementCache.this);
            this.sql = sql;
            this.statement = statement;
            this.keep = keep;
        }

        /// What all but [#close] and [#isClosed] are passed on to.
        @Override
        public Statement getDelegateStatement() throws SQLException {
            open();
            return statement;
        }

        private void open() throws SQLException {
            if (closed) throw new SQLException("the statement is closed");
        }

        @Override
        public void close() throws SQLException {
            if (closed) return;
            closed = true;
            ran();
            // Rows that nobody read to their end would keep this moment of the database alive.
            if (rows.isPresent()) rows.get().close();
            if (keep) back(sql, statement);
            else statement.close();
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        /// Rows are handed out as they are.
        @Override
        protected @Nullable ResultSet wrap(@Nullable ResultSet read) {
            if (read != null) rows = Optional.of(read);
            return read;
        }

        @Override
        public ResultSet executeQuery() throws SQLException {
            return timed(super::executeQuery);
        }

        @Override
        public boolean execute() throws SQLException {
            return timed(super::execute);
        }

        @Override
        public int executeUpdate() throws SQLException {
            return timed(super::executeUpdate);
        }

        @Override
        public int[] executeBatch() throws SQLException {
            return timed(super::executeBatch);
        }

        private <T> T timed(Run<T> run) throws SQLException {
            open();
            ran();
            began = OptionalLong.of(statements.now());
            boolean reads = false;
            try {
                T answer = run.get();
                reads = answer instanceof ResultSet || Boolean.TRUE.equals(answer);
                return answer;
            } finally {
                if (!reads) ran(); // else SQLite works while its rows are stepped through
            }
        }

        private void ran() {
            if (began.isPresent()) statements.ran(sql, statements.now() - began.getAsLong());
            began = OptionalLong.empty();
        }
    }
}
