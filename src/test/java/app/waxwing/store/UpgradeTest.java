package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.base.SystemTime;
import app.waxwing.store.schema.BundledMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Databases as every older Waxwing left them, made by its own migrations, with a row in every table.
class UpgradeTest {
    private static final Path SHIPPED = Path.of(System.getProperty("waxwing.basedir", ".")).resolve("migrations");
    @TempDir
    Path folder;

    static Stream<String> older() {
        return BundledMigrations.FILES.stream().limit(BundledMigrations.FILES.size() - 1L);
    }

    private Path scriptsUpTo(String newest) throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("scripts"));
        for (String name : BundledMigrations.FILES) {
            Files.copy(SHIPPED.resolve(name), scripts.resolve(name));
            if (name.equals(newest)) break;
        }
        return scripts;
    }

    /// One row for each ordinary table, with a value in every column.
    static void fill(Connection connection) throws SQLException {
        for (var table : tables(connection).entrySet()) {
            List<String> columns = new ArrayList<>();
            List<String> values = new ArrayList<>();
            try (var info = connection.createStatement().executeQuery("PRAGMA table_info(" + table.getKey() + ")")) {
                while (info.next()) {
                    String column = info.getString(2);
                    columns.add(column);
                    values.add(value(table.getKey(), table.getValue(), column, info.getString(3)));
                }
            }
            // What a migration put there itself stays beside it; the number that a trigger keeps is the same again.
            Connections.run(connection, "INSERT OR REPLACE INTO " + table.getKey() + " (" + String.join(", ", columns) + ") VALUES ("
                    + String.join(", ", values) + ")");
        }
    }

    private static String value(String table, String definition, String column, String type) {
        var allowed = Pattern.compile("CHECK \\(" + column + " IN \\(([^,)]+)").matcher(definition);
        if (allowed.find()) return allowed.group(1);
        if (table.equals("media_folder") && column.equals("id")) return "2";
        if (column.startsWith("is_") || column.startsWith("has_")) return "0";
        return switch (type) {
            case "INTEGER" -> "1";
            case "REAL" -> "0.5";
            default -> column.equals("quality") ? "'original'" : "'x1'";
        };
    }

    private static Map<String, String> tables(Connection connection) throws SQLException {
        Map<String, String> tables = new LinkedHashMap<>();
        try (var rows = connection.createStatement()
                .executeQuery("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                        + "'%_fts%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'flyway_%' ORDER BY rowid")) {
            while (rows.next()) tables.put(rows.getString(1), rows.getString(2));
        }
        return tables;
    }

    /// By table its rows, each with the columns that are asked for.
    private static Map<String, List<String>> rows(Connection connection, Map<String, List<String>> columns) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        for (var table : columns.entrySet()) {
            List<String> rows = new ArrayList<>();
            try (var read = connection.createStatement()
                    .executeQuery("SELECT " + String.join(", ", table.getValue()) + " FROM " + table.getKey() + " ORDER BY 1, 2")) {
                while (read.next()) {
                    var row = new StringBuilder();
                    for (int i = 1; i <= table.getValue().size(); i++) row.append(read.getString(i)).append('|');
                    rows.add(row.toString());
                }
            }
            all.put(table.getKey(), rows);
        }
        return all;
    }

    private static Map<String, List<String>> columns(Connection connection) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        for (String table : tables(connection).keySet()) {
            try (var info = connection.createStatement().executeQuery("PRAGMA table_info(" + table + ")")) {
                while (info.next()) all.computeIfAbsent(table, t -> new ArrayList<>()).add(info.getString(2));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("older")
    @DisplayName("4.1 from every older schema: every row of every table is there after the upgrade, and the file is sound")
    void everyRowStays(String newest) throws Exception {
        Path file = folder.resolve("waxwing.db");
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scriptsUpTo(newest))).close();
            Map<String, List<String>> columns;
            Map<String, List<String>> before;
            try (var connection = Connections.source(file).getConnection()) {
                fill(connection);
                columns = columns(connection);
                before = rows(connection, columns);
            }
            assertThat(before).hasSizeGreaterThan(20).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
            try (var database = Database.open(file, time)) {
                assertThat(database.integrityCheck().join()).isEmpty();
                assertThat(database.schema()).isEqualTo(Migrations.bundled().newest());
                assertThat(database.backups().list()).as("a backup first").hasSize(1);
                assertThat(database.<List<Audit.Entry>>readNow(sql -> Audit.newest(sql, 5))).as("4.20 it is written down")
                        .anyMatch(e -> e.action().equals(Audit.MIGRATION) && e.outcome().equals("done"));
            }
            try (var connection = Connections.source(file).getConnection()) {
                Map<String, List<String>> now = columns(connection);
                columns.forEach((table, old) -> old.retainAll(now.getOrDefault(table, List.of())));
                // The columns that are there still, read anew from the backup, row by row as before.
                Map<String, List<String>> after = rows(connection, columns);
                Path backup = folder.resolve("old.db");
                try (var in = BackupFile.open(Files.list(folder.resolve("backups")).findFirst().orElseThrow())) {
                    Files.copy(in, backup);
                }
                try (var old = Connections.source(backup).getConnection()) {
                    Map<String, List<String>> kept = rows(old, columns);
                    kept.put("image", after.getOrDefault("image", List.of())); // a backup goes without covers
                    kept.getOrDefault("counter", new ArrayList<>())
                            .removeIf(r -> r.startsWith("backup-at") || r.startsWith("search-index"));
                    for (String table : kept.keySet()) assertThat(after.get(table)).as(table).containsAll(kept.get(table));
                }
                assertThat(after.get("image")).hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("4.1 the upgrade puts every word that search knows into the index of middles, once, without asking a server")
    void middles() throws Exception {
        Path file = folder.resolve("waxwing.db");
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scriptsUpTo("V15__shown_servers.sql"))).close();
            try (var connection = Connections.source(file).getConnection()) {
                Connections.run(connection,
                        "INSERT INTO track_fts (rowid, title, artist) VALUES (1, 'midnight oil', 'michelle'), (2, '東 京 night', '')");
                Connections.run(connection, "INSERT INTO artist_fts (rowid, name) VALUES (1, 'michelle')");
            }
            try (var database = Database.open(file, time)) {
                assertThat(database.<List<String>>readNow(
                        sql -> sql.fetch("SELECT word || ' ' || kinds FROM search_word ORDER BY word").getValues(0, String.class)))
                        .containsExactly("michelle 5", "midnight 4", "night 4");
                assertThat(database.<List<String>>readNow(sql -> sql.fetch("SELECT search_word.word FROM word_fts CROSS JOIN search_word "
                        + "WHERE word_fts MATCH '\"igh\"' AND id = word_fts.rowid ORDER BY 1").getValues(0, String.class)))
                        .containsExactly("midnight", "night");
                assertThat(database.integrityCheck().join()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("4.2 of several migrations one fails: those before it are taken back too, every row is as it was, and the next try goes on from there")
    void allOrNothing() throws Exception {
        Path scripts = scriptsUpTo(BundledMigrations.FILES.getLast());
        int next = Migrations.bundled().newest() + 1;
        Path file = folder.resolve("waxwing.db");
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scripts)).close();
            Map<String, List<String>> columns;
            Map<String, List<String>> before;
            try (var connection = Connections.source(file).getConnection()) {
                fill(connection);
                columns = columns(connection);
                before = rows(connection, columns);
            }
            Files.writeString(scripts.resolve("V" + next + "__good.sql"),
                    "DELETE FROM track; CREATE TABLE fine (id INTEGER PRIMARY KEY) STRICT;");
            Path bad = Files.writeString(scripts.resolve("V" + (next + 1) + "__bad.sql"), "INSERT INTO nowhere VALUES (1);");
            assertThatThrownBy(() -> Database.open(file, time, Migrations.in(scripts))).isInstanceOf(FailureException.class)
                    .hasMessageContaining("as it was before");
            try (var connection = Connections.source(file).getConnection()) {
                assertThat(BackupFile.has(connection, "fine")).isFalse();
                assertThat(rows(connection, columns)).isEqualTo(before);
            }
            Files.delete(bad);
            try (var database = Database.open(file, time, Migrations.in(scripts))) {
                assertThat(database.schema()).isEqualTo(next);
            }
        }
    }
}
