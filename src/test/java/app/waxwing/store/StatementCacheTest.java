package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.SystemTime;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementCacheTest {
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final Statements statements = new Statements(time, () -> {});
    private Connection real;
    private Connection cached;

    @BeforeEach
    void open() throws SQLException {
        real = Connections.source(folder.resolve("a.db")).getConnection();
        cached = StatementCache.over(real, statements);
        run("CREATE TABLE t (a INTEGER, b TEXT)");
        for (int i = 0; i < 500; i++) run("INSERT INTO t VALUES (" + i + ", 'x')");
    }

    @AfterEach
    void close() throws SQLException {
        cached.close();
        time.close();
        assertThat(real.isClosed()).isTrue();
    }

    private void run(String sql) throws SQLException {
        Connections.run(cached, sql);
    }

    /// The statement that the cache lends.
    private static PreparedStatement under(PreparedStatement lent) throws SQLException {
        return lent.unwrap(org.sqlite.jdbc4.JDBC4PreparedStatement.class);
    }

    @Test
    @DisplayName("A closed statement comes back for the same text, without its values; another text is another statement")
    void again() throws SQLException {
        PreparedStatement first = cached.prepareStatement("SELECT ?");
        PreparedStatement kept = under(first);
        first.setString(1, "secret");
        try (ResultSet row = first.executeQuery()) {
            assertThat(row.next()).isTrue();
        }
        first.close();
        first.close();
        assertThat(first.isClosed()).isTrue();
        assertThat(kept.isClosed()).isFalse();
        assertThatThrownBy(first::executeQuery).isInstanceOf(SQLException.class);
        try (PreparedStatement second = cached.prepareStatement("SELECT ?");
                PreparedStatement other = cached.prepareStatement("SELECT ? ")) {
            assertThat(under(second)).isSameAs(kept);
            assertThat(under(other)).isNotSameAs(kept);
            try (ResultSet row = second.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isNull();
            }
        }
    }

    @Test
    @DisplayName("The same text twice at once are two statements; what a statement says of an error is what SQLite says")
    void nested() throws SQLException {
        String sql = "SELECT a FROM t WHERE a >= ? ORDER BY a";
        try (PreparedStatement outer = cached.prepareStatement(sql); PreparedStatement inner = cached.prepareStatement(sql)) {
            outer.setLong(1, 10);
            inner.setLong(1, 20);
            try (ResultSet outerRows = outer.executeQuery(); ResultSet innerRows = inner.executeQuery()) {
                assertThat(outerRows.next() && innerRows.next() && outerRows.next()).isTrue();
                assertThat(outerRows.getLong(1)).isEqualTo(11);
                assertThat(innerRows.getLong(1)).isEqualTo(20);
            }
        }
        assertThatThrownBy(() -> cached.prepareStatement("SELECT a FROM nowhere")).isInstanceOf(SQLException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    @DisplayName("Only so many are kept; those used longest ago are closed")
    void most() throws SQLException {
        PreparedStatement oldest = cached.prepareStatement("SELECT 0");
        PreparedStatement kept = under(oldest);
        oldest.close();
        for (int i = 1; i < 64; i++) cached.prepareStatement("SELECT " + i).close();
        assertThat(kept.isClosed()).isFalse();
        cached.prepareStatement("SELECT 64").close();
        assertThat(kept.isClosed()).isTrue();
    }

    @Test
    @DisplayName("Rows left half read end with their statement: another connection can write and fold the log into the file")
    void halfRead() throws SQLException {
        PreparedStatement half = cached.prepareStatement("SELECT a FROM t");
        ResultSet rows = half.executeQuery();
        assertThat(rows.next()).isTrue();
        half.close();
        assertThat(rows.isClosed()).isTrue();
        try (Connection other = Connections.source(folder.resolve("a.db")).getConnection()) {
            Connections.run(other, "INSERT INTO t VALUES (1000, 'y')");
            try (var check = other.createStatement(); ResultSet answer = check.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                assertThat(answer.next()).isTrue();
                assertThat(answer.getInt(1)).as("nobody keeps it").isZero();
            }
        }
    }

    @Test
    @DisplayName("A closed statement is at rest whatever it did: VACUUM, which bears no other, runs; a later reader sees what was written since")
    void atRest() throws SQLException {
        for (String sql : List.of("INSERT INTO t VALUES (?, 'n')", "UPDATE t SET b = 'm' WHERE a = ?", "DELETE FROM t WHERE a = ?",
                "INSERT INTO t VALUES (?, 'r') RETURNING a", "WITH w AS (SELECT a FROM t) SELECT a FROM w WHERE a > ?",
                "SELECT a FROM t WHERE a >= ?", "SELECT a FROM t WHERE a < ? - 5000")) {
            for (int i = 0; i < 2; i++) {
                try (PreparedStatement statement = cached.prepareStatement(sql)) {
                    statement.setLong(1, 7);
                    statement.execute();
                }
                try (PreparedStatement vacuum = cached.prepareStatement("VACUUM")) {
                    vacuum.execute();
                }
            }
        }
        try (Connection other = Connections.source(folder.resolve("a.db")).getConnection()) {
            for (int round = 0; round < 3; round++) {
                run("BEGIN");
                long seen;
                try (PreparedStatement count = cached.prepareStatement("SELECT count(*) FROM t"); ResultSet row = count.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    seen = row.getLong(1);
                }
                run("COMMIT");
                Connections.run(other, "INSERT INTO t VALUES (" + round + ", 'later')");
                run("BEGIN");
                try (PreparedStatement count = cached.prepareStatement("SELECT count(*) FROM t"); ResultSet row = count.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getLong(1)).isEqualTo(seen + 1);
                }
                run("COMMIT");
            }
        }
    }

    @Test
    @DisplayName("A table that changed its columns is read as it is now")
    void changed() throws SQLException {
        String sql = "SELECT * FROM t WHERE a = 7";
        cached.prepareStatement(sql).close();
        try (PreparedStatement before = cached.prepareStatement(sql); ResultSet row = before.executeQuery()) {
            assertThat(row.getMetaData().getColumnCount()).isEqualTo(2);
        }
        run("ALTER TABLE t ADD COLUMN c TEXT DEFAULT 'new'");
        try (PreparedStatement after = cached.prepareStatement(sql); ResultSet row = after.executeQuery()) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("c")).isEqualTo("new");
        }
    }
}
