package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedPlanTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("4.14 each bound value gets a plus, but for patterns and what only looks like one")
    void text() {
        assertThat(FixedPlan.of("select a from t where b = ? and c in (?, ?2) limit ?"))
                .isEqualTo("select a from t where b = +? and c in (+?, +?2) limit +?");
        assertThat(FixedPlan.of("select a from t where b = :name and c < :other"))
                .isEqualTo("select a from t where b = +:name and c < +:other");
        for (String same : new String[]{"select '?', 'it''s ?', \"?\", `a?`, [a?] from t", "select a from t -- why?\n",
                "select /* ? */ a from t",
                "select a from t where b like ? escape '!'", "select a from t where b GLOB ?", "select json_extract(a, '$.b:c') from t",
                "select 1 - 2"})
            assertThat(FixedPlan.of(same)).isEqualTo(same);
        assertThat(FixedPlan.of("select a from like_it where b=? and d like ? and e=?"))
                .isEqualTo("select a from like_it where b=+? and d like ? and e=+?");
    }

    private interface Use {
        void of(Connection plain, Connection kept) throws SQLException;
    }

    private void open(Use use) throws SQLException {
        try (var time = new SystemTime();
                Connection plain = Connections.source(folder.resolve("a.db")).getConnection();
                Connection kept = StatementCache.over(Connections.source(folder.resolve("a.db")).getConnection(),
                        new Statements(time, () -> {}))) {
            use.of(plain, kept);
        }
    }

    private static List<String> rows(Connection connection, String sql, Object... values) throws SQLException {
        List<String> out = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) find.setObject(i + 1, values[i]);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) out.add(rows.getString(1) + "/" + rows.getString(2));
            }
        }
        return out;
    }

    @Test
    @DisplayName("4.14 values compare, sort and are kept as without the plus, whatever their type and the column's")
    void same() throws SQLException {
        open((plain, kept) -> {
            Connections.run(plain, "CREATE TABLE t (n INTEGER, w TEXT COLLATE NOCASE, b)");
            for (Object value : new Object[]{1, "1", 1.0, "1.0", "A", "a", new byte[]{1}, null}) {
                try (PreparedStatement put = kept.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
                    for (int i = 1; i <= 3; i++) put.setObject(i, value);
                    put.executeUpdate();
                }
            }
            assertThat(rows(plain, "SELECT typeof(n), typeof(w) || typeof(b) FROM t"))
                    .containsExactly("integer/textinteger", "integer/texttext", "integer/textreal", "integer/texttext", "text/texttext",
                            "text/texttext", "blob/blobblob", "null/nullnull");
            int found = 0;
            for (String column : List.of("n", "w", "b", "w COLLATE BINARY")) {
                for (String way : List.of("= ?", "<> ?", "< ?", ">= ?", "IS ?", "IN (?, 7)", "LIKE ?", "BETWEEN ? AND 'b'",
                        "= ? COLLATE NOCASE")) {
                    for (Object value : new Object[]{1, "1", 1.0, "1.0", "A", "a", new byte[]{1}}) {
                        String sql = "SELECT rowid, b FROM t WHERE " + column + " " + way + " ORDER BY " + column + ", rowid LIMIT 5";
                        List<String> expected = rows(plain, sql, value);
                        assertThat(rows(kept, sql, value)).as("%s with %s", sql, value).isEqualTo(expected);
                        found += expected.size();
                    }
                }
            }
            assertThat(found).isGreaterThan(300);
        });
    }

    @Test
    @DisplayName("4.17 a statement with a limit is planned once; without the plus each run plans it again, else this class may go")
    void once() throws SQLException {
        open((plain, kept) -> {
            Connections.run(plain, "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER)");
            Connections.run(plain, "CREATE INDEX t_b ON t (b)");
            String many = "SELECT 1, 2 FROM " + IntStream.range(0, 10).mapToObj(i -> "t AS t" + i).collect(Collectors.joining(", "))
                    + " WHERE "
                    + IntStream.range(1, 10).mapToObj(i -> "t" + i + ".a = t" + (i - 1) + ".b").collect(Collectors.joining(" AND "))
                    + " ORDER BY t0.b LIMIT ?";
            try (PreparedStatement again = plain.prepareStatement(many); PreparedStatement once = kept.prepareStatement(many)) {
                time(again, 50);
                time(once, 50);
                double ratio = time(again, 300) / (double) time(once, 300);
                assertThat(ratio).as("times as long").isGreaterThan(3);
            }
        });
    }

    private static long time(PreparedStatement statement, int times) throws SQLException {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            statement.setInt(1, i);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isFalse();
            }
        }
        return System.nanoTime() - start;
    }
}
