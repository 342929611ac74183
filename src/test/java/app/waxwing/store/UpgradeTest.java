package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.base.SystemTime;
import app.waxwing.library.NameRefill;
import app.waxwing.library.SearchRefill;
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

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (var all = Files.list(folder)) {
            return all.toList();
        }
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
            Path untouched = folder.resolve("before.db");
            Files.copy(file, untouched);
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
                // The columns that are there still, read anew from what was there before, row by row; then from the backup too.
                Map<String, List<String>> after = rows(connection, columns);
                try (var old = Connections.source(untouched).getConnection()) {
                    Map<String, List<String>> were = rows(old, columns);
                    assertThat(were.keySet()).isEqualTo(before.keySet());
                    were.forEach((table, rows) -> assertThat(rows).as(table).hasSameSizeAs(before.get(table)));
                    java.util.Objects.requireNonNull(were.get("counter"))
                            .removeIf(r -> r.startsWith("backup-at") || r.startsWith("search-index"));
                    were.forEach(
                            (table, rows) -> assertThat(after.get(table)).as("%s against what was there before", table).containsAll(rows));
                }
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
    @DisplayName("issue 4, 4.1 V24: an older library is in order of folded names, and found by all ways to write them, without asking a server")
    void foldedNames() throws Exception {
        Path file = folder.resolve("waxwing.db");
        List<String> names = List.of("ärzte", "Birch", "Édith Piaf", "Fern", "İstanbul", "Ólafur", "Zebra");
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scriptsUpTo("V22__artist_due.sql"))).close();
            try (var connection = Connections.source(file).getConnection();
                    var track = connection
                            .prepareStatement("INSERT INTO track (account_id, item_id, title, sort_title, artist_name, album_title) "
                                    + "VALUES (1, ?, ?, ?, ?, ?)");
                    var album = connection.prepareStatement(
                            "INSERT INTO album (account_id, item_id, title, sort_title, artist_name) VALUES (1, ?, ?, ?, ?)")) {
                Connections.run(connection, "INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, "
                        + "signed_in_at) VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)");
                // More than come in one piece.
                for (int i = 0; i < 2_100; i++) {
                    String name = names.get(i * 5 % 7);
                    for (int column = 1; column <= 5; column++) track.setString(column, column < 4 ? "t" + i : name);
                    track.executeUpdate();
                    for (int column = 1; column <= 4; column++) album.setString(column, column < 4 ? "a" + i : name);
                    album.executeUpdate();
                }
                Connections.run(connection, "INSERT INTO track (account_id, item_id, title, sort_title, artist_name) "
                        + "VALUES (1, 'x', ' Front', ' front', 'AC/DC')");
                Connections.run(connection, "INSERT INTO track_fts (rowid, title, artist) VALUES (2101, 'front', 'ac dc')");
            }
            try (var database = Database.open(file, time)) {
                assertThat(database.searchIndexMissing()).isTrue();
                assertThat(new NameRefill(database).begin().join()).as("rows with names that SQLite folds wrongly").isEqualTo(2 * 1_200);
                assertThat(database.<List<String>>readNow(sql -> sql.fetch("SELECT DISTINCT artist_name FROM track WHERE item_id <> 'x' "
                        + "ORDER BY sort_artist").getValues(0, String.class))).isEqualTo(names);
                assertThat(database.<List<String>>readNow(sql -> sql.fetch("SELECT DISTINCT album_title FROM track WHERE item_id <> 'x' "
                        + "ORDER BY sort_album").getValues(0, String.class))).isEqualTo(names);
                assertThat(database.<List<String>>readNow(
                        sql -> sql.fetch("SELECT DISTINCT artist_name FROM album ORDER BY sort_artist").getValues(0, String.class)))
                        .isEqualTo(names);
                assertThat(database.<String>readNow(
                        sql -> sql.fetchSingle("SELECT sort_artist || sort_title FROM track WHERE item_id = 'x'").get(0, String.class)))
                        .isEqualTo("ac/dcfront");
                assertThat(new NameRefill(database).begin().join()).as("once").isZero();
                new SearchRefill(database).begin().join();
                assertThat(database.<List<Long>>readNow(
                        sql -> sql.fetch("SELECT rowid FROM track_fts WHERE track_fts MATCH '\"acdc\"'").getValues(0, Long.class)))
                        .containsExactly(2_101L);
                assertThat(database.searchIndexMissing()).isFalse();
                assertThat(database.integrityCheck().join()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("issue 4, 4.1 V25: the genres of an older library know how many tracks they have, and again when tracks and accounts go")
    void genreCounts() throws Exception {
        Path file = folder.resolve("waxwing.db");
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scriptsUpTo("V24__folded_names.sql"))).close();
            try (var connection = Connections.source(file).getConnection()) {
                Connections.run(connection, "INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, "
                        + "signed_in_at) VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)");
                Connections.run(connection, "INSERT INTO track (account_id, item_id, title, sort_title) "
                        + "VALUES (1, 'a', 'A', 'a'), (1, 'b', 'B', 'b')");
                Connections.run(connection,
                        "INSERT INTO genre (id, account_id, name) VALUES (1, 1, 'Rock'), (2, 1, 'Jazz'), (3, 1, 'Ska')");
                Connections.run(connection, "INSERT INTO track_genre (account_id, track_item_id, genre_id) "
                        + "VALUES (1, 'a', 1), (1, 'b', 1), (1, 'b', 2)");
            }
            try (var database = Database.open(file, time)) {
                assertThat(genres(database)).containsExactly("Rock 2", "Jazz 1", "Ska 0");
                change(database, "UPDATE track_genre SET genre_id = 3 WHERE genre_id = 2");
                assertThat(genres(database)).containsExactly("Rock 2", "Jazz 0", "Ska 1");
                change(database, "DELETE FROM track WHERE item_id = 'b'");
                assertThat(genres(database)).containsExactly("Rock 1", "Jazz 0", "Ska 0");
                change(database, "DELETE FROM account");
                assertThat(genres(database)).isEmpty();
            }
        }
    }

    private static void change(Database database, String statement) {
        database.write(Durability.KEPT, Lane.USER, sql -> sql.execute(statement)).join();
    }

    private static List<String> genres(Database database) {
        return database.readNow(sql -> sql.fetch("SELECT name || ' ' || track_count FROM genre ORDER BY id").getValues(0, String.class));
    }

    @Test
    @DisplayName("issue 4, 4.1 an upgrade tells how far it is, the backup first; a new library and one that is up to date tell nothing")
    void told() throws Exception {
        Path file = folder.resolve("waxwing.db");
        int left = Migrations.bundled().newest() - 22;
        List<Upgrade.Step> steps = new ArrayList<>();
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scriptsUpTo("V22__artist_due.sql"))).close();
            var upgrade = new Upgrade();
            List<Upgrade.Step> late = new ArrayList<>();
            upgrade.subscribe(step -> {
                steps.add(step);
                if (step.number() == 2) upgrade.subscribe(late::add);
            });
            Database.open(file, time, java.util.Optional::empty, upgrade).close();
            assertThat(steps).hasSize(1 + left).startsWith(new Upgrade.Step(1, 1 + left), new Upgrade.Step(2, 1 + left))
                    .endsWith(new Upgrade.Step(1 + left, 1 + left));
            assertThat(steps.getFirst().keeping()).isTrue();
            assertThat(late).as("who comes late hears what is being done").startsWith(new Upgrade.Step(2, 1 + left));
            steps.clear();
            Database.open(file, time, java.util.Optional::empty, upgrade).close();
            var fresh = new Upgrade();
            fresh.subscribe(steps::add);
            Database.open(Files.createDirectory(folder.resolve("new")).resolve("waxwing.db"), time, java.util.Optional::empty, fresh)
                    .close();
            assertThat(steps).isEmpty();
        }
    }

    @Test
    @DisplayName("issue 4, 4.2 given up before the copy there is none; until it is there the note that the file was closed well stays")
    void givenUpBeforeTheCopy() throws Exception {
        Path file = folder.resolve("waxwing.db");
        Path note = folder.resolve("waxwing.db.closed");
        List<Upgrade.Step> steps = new ArrayList<>();
        List<Boolean> noted = new ArrayList<>();
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scriptsUpTo("V22__artist_due.sql"))).close();
            byte[] before = Files.readAllBytes(file);
            var early = new Upgrade();
            early.subscribe(steps::add);
            early.giveUp();
            var justThen = new Upgrade();
            justThen.subscribe(_ -> justThen.giveUp());
            for (Upgrade upgrade : List.of(early, justThen)) {
                assertThatThrownBy(() -> Database.open(file, time, java.util.Optional::empty, upgrade)).isInstanceOf(FailureException.class)
                        .hasMessageContaining("as it was before");
                assertThat(files(folder.resolve("backups"))).as("no copy").isEmpty();
                assertThat(file).hasBinaryContent(before);
                assertThat(note).exists();
            }
            assertThat(steps).isEmpty();
            var whole = new Upgrade();
            whole.subscribe(_ -> noted.add(Files.exists(note)));
            Database.open(file, time, java.util.Optional::empty, whole).close();
            assertThat(noted.getFirst()).as("while the copy is made").isTrue();
            assertThat(noted.subList(1, noted.size())).as("while the file is changed").isNotEmpty().containsOnly(false);
        }
    }

    @Test
    @DisplayName("issue 4, 4.2 an upgrade that is given up in the middle, or killed, leaves every row as it was; the next start does it anew")
    void givenUp() throws Exception {
        Path scripts = scriptsUpTo(BundledMigrations.FILES.getLast());
        int next = Migrations.bundled().newest() + 1;
        Path file = folder.resolve("waxwing.db");
        Path killed = Files.createDirectory(folder.resolve("killed")).resolve("waxwing.db");
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scripts)).close();
            Map<String, List<String>> columns;
            Map<String, List<String>> before;
            try (var connection = Connections.source(file).getConnection()) {
                fill(connection);
                columns = columns(connection);
                before = rows(connection, columns);
            }
            Files.writeString(scripts.resolve("V" + next + "__first.sql"), "DELETE FROM track;");
            // Without an end that anybody would wait for.
            Path slow = Files.writeString(scripts.resolve("V" + (next + 1) + "__slow.sql"),
                    "CREATE TABLE long (i INTEGER PRIMARY KEY) STRICT; "
                            + "INSERT INTO long WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000) SELECT i FROM n;");
            var upgrade = new Upgrade();
            upgrade.subscribe(step -> {
                if (step.number() < 3) return;
                try {
                    // What a kill leaves: the files as they are now.
                    Files.copy(file, killed);
                    Path wal = file.resolveSibling("waxwing.db-wal");
                    if (Files.exists(wal)) Files.copy(wal, killed.resolveSibling("waxwing.db-wal"));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                upgrade.giveUp();
            });
            assertThatThrownBy(() -> Database.open(file, time, Migrations.in(scripts), java.util.Optional::empty, upgrade))
                    .isInstanceOf(FailureException.class).hasMessageContaining("as it was before");
            assertThat(folder.resolve("waxwing.db.closed")).as("the next start need not look through it").exists();
            Files.writeString(slow, "CREATE TABLE long (i INTEGER PRIMARY KEY) STRICT;");
            for (Path one : List.of(file, killed)) {
                try (var connection = Connections.source(one).getConnection()) {
                    assertThat(BackupFile.has(connection, "long")).isFalse();
                    assertThat(rows(connection, columns)).isEqualTo(before);
                }
                try (var database = Database.open(one, time, Migrations.in(scripts))) {
                    assertThat(database.schema()).isEqualTo(next + 1);
                    assertThat(database.integrityCheck().join()).isEmpty();
                }
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
