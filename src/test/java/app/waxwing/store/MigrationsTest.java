package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.base.SystemTime;
import app.waxwing.store.schema.BundledMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @TempDir
    Path folder;
    private Path scripts;
    private Path file;

    @BeforeEach
    void copyScripts() throws IOException {
        scripts = Files.createDirectory(folder.resolve("scripts"));
        file = folder.resolve("waxwing.db");
        Path shipped = Path.of(System.getProperty("waxwing.basedir", ".")).resolve("migrations");
        try (var list = Files.list(shipped)) {
            for (Path script : list.toList()) Files.copy(script, scripts.resolve(script.getFileName()));
        }
    }

    private <T> T with(Work<T> work) throws IOException {
        try (var time = new SystemTime(); var database = Database.open(file, time, Migrations.in(scripts))) {
            return database.readNow(work);
        }
    }

    private static List<String> history(DSLContext sql) {
        return sql.fetch("SELECT version || ' ' || installed_on FROM flyway_schema_history ORDER BY installed_rank").getValues(0,
                String.class);
    }

    private int next() {
        return Integer.parseInt(BundledMigrations.FILES.getLast().substring(1, BundledMigrations.FILES.getLast().indexOf("__"))) + 1;
    }

    @Test
    @DisplayName("4.1, 4.27 migrating twice changes nothing the second time")
    void twiceIsOnce() throws IOException {
        List<String> first = with(MigrationsTest::history);
        assertThat(first).hasSize(BundledMigrations.FILES.size());
        assertThat(with(MigrationsTest::history)).isEqualTo(first);
        assertThat(folder.resolve("backups")).doesNotExist();
    }

    @Test
    @DisplayName("4.1 V2: downloads of the first version keep their reasons, reserved names and order")
    void downloadsOfV1() throws IOException, SQLException {
        Path later = Files.createDirectory(folder.resolve("later"));
        try (var list = Files.list(scripts)) {
            for (Path script : list.filter(p -> !p.getFileName().toString().startsWith("V1__")).toList()) {
                Files.move(script, later.resolve(script.getFileName()));
            }
        }
        with(sql -> 0);
        direct("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                + "VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://x', 'd', 0)");
        for (int i = 1; i <= 3; i++) {
            direct("INSERT INTO download (id, account_id, item_id, origin, class, reason, queued_at) VALUES (" + i + ", 1, 't" + i
                    + "', 'user', 1, " + (i == 2 ? "'disk'" : "NULL") + ", " + (5_000 - i) + ")");
        }
        direct("INSERT INTO reserved_path (root, path_key, download_id) VALUES ('media', 'a/b', 2)");
        try (var list = Files.list(later)) {
            for (Path script : list.toList()) Files.move(script, scripts.resolve(script.getFileName()));
        }
        List<String> rows = with(sql -> sql.fetch("SELECT id || ' ' || coalesce(reason, '-') || ' ' || is_anyway FROM download "
                + "ORDER BY class, priority DESC, place, id").getValues(0, String.class));
        assertThat(rows).containsExactly("3 - 0", "2 disk 0", "1 - 0");
        int reserved = with(sql -> sql.fetchCount(org.jooq.impl.DSL.table("reserved_path")));
        assertThat(reserved).isEqualTo(1);
        assertThatThrownBy(() -> direct("UPDATE download SET reason = 'nonsense'")).hasMessageContaining("CHECK");
        direct("UPDATE download SET reason = 'battery'");
    }

    @Test
    @DisplayName("issue 3, 4.1 V20: what the manifests say of the files and accounts of an older version is due; with an account it goes "
            + "without a word")
    void reasonsOfV18() throws IOException, SQLException {
        Path later = Files.createDirectory(folder.resolve("later"));
        Files.move(scripts.resolve("V20__manifest_due.sql"), later.resolve("V20__manifest_due.sql"));
        try (var list = Files.list(scripts)) {
            for (Path script : list.filter(p -> p.getFileName().toString().matches("V(?:[2-9]\\d|19)\\d*__.*")).toList()) {
                Files.move(script, later.resolve(script.getFileName()));
            }
        }
        with(sql -> 0);
        direct("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                + "VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://x', 'd', 0)");
        direct("INSERT INTO media_file (account_id, item_id, root, path, path_key, size, modified_at, sha256, completed_at) "
                + "VALUES (1, 't', 'media', 'f', 'f', 1, 0, '', 0)");
        direct("INSERT INTO keep_reason VALUES (1, 't', 'album', 'a', 0)");
        try (var list = Files.list(later)) {
            for (Path script : list.toList()) Files.move(script, scripts.resolve(script.getFileName()));
        }
        List<String> due = with(sql -> sql.fetch("SELECT account_id || item_id FROM manifest_due ORDER BY id").getValues(0, String.class));
        assertThat(due).containsExactly("1t", "1");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file + "?foreign_keys=on");
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM account");
        }
        int left = with(sql -> sql.fetchCount(org.jooq.impl.DSL.table("manifest_due")));
        assertThat(left).isZero();
    }

    @Test
    @DisplayName("issue 4, 4.1 V22: every artist of an older version is counted once more, also one that only tracks name; with an account all goes "
            + "without a word")
    void artistsOfV21() throws IOException, SQLException {
        Path later = Files.createDirectory(folder.resolve("later"));
        try (var list = Files.list(scripts)) {
            for (Path script : list.filter(p -> p.getFileName().toString().matches("V(?:2[2-9]|[3-9]\\d)__.*")).toList()) {
                Files.move(script, later.resolve(script.getFileName()));
            }
        }
        with(sql -> 0);
        direct("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                + "VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://x', 'd', 0)");
        direct("INSERT INTO artist (account_id, item_id, name, sort_name, track_count) VALUES (1, 'known', 'K', 'k', 7)");
        direct("INSERT INTO track (account_id, item_id, title, sort_title) VALUES (1, 't', 'T', 't')");
        direct("INSERT INTO track_artist VALUES (1, 't', 0, 'named', 'N'), (1, 't', 1, '', 'Nobody')");
        try (var list = Files.list(later)) {
            for (Path script : list.toList()) Files.move(script, scripts.resolve(script.getFileName()));
        }
        List<String> due = with(sql -> sql.fetch("SELECT item_id FROM artist_due ORDER BY item_id").getValues(0, String.class));
        assertThat(due).containsExactly("known", "named");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file + "?foreign_keys=on");
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM account");
        }
        int left = with(sql -> sql.fetchCount(org.jooq.impl.DSL.table("artist_due")));
        assertThat(left).isZero();
    }

    private void direct(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    @Test
    @DisplayName("4.1 the build knows every migration of the folder, in order")
    void bundledIsAll() throws IOException {
        try (var list = Files.list(scripts)) {
            assertThat(list.map(p -> p.getFileName().toString())).containsExactlyInAnyOrderElementsOf(BundledMigrations.FILES);
        }
    }

    @Test
    @DisplayName("4.1, 4.2 an upgrade keeps a copy of the old database first")
    void upgradeBacksUp() throws IOException {
        with(sql -> 0);
        Files.writeString(scripts.resolve("V" + next() + "__more.sql"), "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;");
        int rows = with(sql -> sql.fetchCount(org.jooq.impl.DSL.table("more")));
        assertThat(rows).isZero();
        try (var list = Files.list(folder.resolve("backups"))) {
            Path backup = list.toList().getFirst();
            file = folder.resolve("unpacked.db");
            try (var in = BackupFile.open(backup)) {
                Files.copy(in, file);
            }
        }
        Files.delete(scripts.resolve("V" + next() + "__more.sql"));
        assertThat(with(MigrationsTest::history)).hasSize(BundledMigrations.FILES.size());
    }

    @Test
    @DisplayName("4.2 a migration that fails leaves the database as it was")
    void failingUpgradeChangesNothing() throws IOException {
        with(sql -> 0);
        Path bad = scripts.resolve("V" + next() + "__bad.sql");
        Files.writeString(bad, "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT;\nINSERT INTO nowhere VALUES (1);");
        assertThatThrownBy(() -> with(sql -> 0)).isInstanceOf(FailureException.class).hasMessageContaining("as it was before");
        Files.delete(bad);
        boolean there = with(sql -> sql.fetch("SELECT 1 FROM sqlite_schema WHERE name = 'half'").isNotEmpty());
        assertThat(there).isFalse();
    }

    @Test
    @DisplayName("4.1 a schema newer than this build is refused in plain words and left alone")
    void newerIsRefused() throws IOException {
        Path newer = scripts.resolve("V" + next() + "__newer.sql");
        Files.writeString(newer, "CREATE TABLE newer (id INTEGER PRIMARY KEY) STRICT;");
        with(sql -> 0);
        Files.delete(newer);
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> with(sql -> 0)).isInstanceOf(FailureException.class).hasMessageContaining("newer Waxwing");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    @DisplayName("3.22, 4.1 a shipped script that was changed since is refused")
    void tamperedIsRefused() throws IOException {
        with(sql -> 0);
        Path first = scripts.resolve(BundledMigrations.FILES.getFirst());
        Files.writeString(first, Files.readString(first).replace("CREATE TABLE counter", "CREATE TABLE counter_2"));
        assertThatThrownBy(() -> with(sql -> 0)).isInstanceOf(FailureException.class)
                .hasMessageContaining("not the one this library was made with");
    }

    @Test
    @DisplayName("4.3 a folder that cannot be written gives a clear sentence")
    void unwritable() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "x");
        file = plain.resolve("waxwing.db");
        assertThatThrownBy(() -> with(sql -> 0)).isInstanceOf(FailureException.class).hasMessageContaining("cannot be");
    }

    @Test
    @DisplayName("4.1 a library of the first version keeps every row: its music is in the first music folder, names stay given away")
    void fromTheFirstVersion() throws IOException {
        Path newer = Files.createDirectory(folder.resolve("newer"));
        try (var list = Files.list(scripts)) {
            for (Path script : list.toList()) if (!script.getFileName().toString().startsWith("V1__")) {
                Files.move(script, newer.resolve(script.getFileName()));
            }
        }
        try (var time = new SystemTime(); var database = Database.open(file, time, Migrations.in(scripts))) {
            database.write(Durability.KEPT, Lane.USER, sql -> {
                sql.execute("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                        + "VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)");
                sql.execute("INSERT INTO counter VALUES ('media-root', 4711), ('use', 3)");
                for (int i = 1; i <= 6; i++) {
                    String root = i % 2 == 0 ? "media" : "cache";
                    sql.execute("INSERT INTO download (id, account_id, item_id, origin, class, status, reason, root, file_path, queued_at, "
                            + "completed_at, deleted_at) VALUES (?, 1, ?, 'user', 1, ?, ?, ?, ?, ?, ?, ?)", i, "i" + i,
                            i < 3 ? "pending" : "completed", i == 1 ? "disk" : null, root, "f" + i, i * 1000L, i < 3 ? null : 1L,
                            i == 6 ? 5L : null);
                    sql.execute(
                            "INSERT INTO media_file (account_id, item_id, root, path, path_key, size, modified_at, sha256, completed_at) "
                                    + "VALUES (1, ?, ?, ?, ?, 1, 1, 'x', 1)",
                            "i" + i, root, "f" + i, "f" + i);
                    sql.execute("INSERT INTO reserved_path VALUES (?, ?, ?)", root, "r" + i, i);
                }
                return 0;
            }).join();
        }
        try (var list = Files.list(newer)) {
            for (Path script : list.toList()) Files.move(script, scripts.resolve(script.getFileName()));
        }
        List<String> rows = with(sql -> sql.fetch("SELECT id || ' ' || status || ' ' || coalesce(reason, '-') || ' ' || root || ' ' || "
                + "coalesce(folder_id, 0) || ' ' || file_path || ' ' || queued_at FROM download ORDER BY id").getValues(0, String.class));
        assertThat(rows).containsExactly("1 pending disk cache 0 f1 1000", "2 pending - media 1 f2 2000", "3 completed - cache 0 f3 3000",
                "4 completed - media 1 f4 4000", "5 completed - cache 0 f5 5000", "6 completed - media 1 f6 6000");
        assertThat(this.<List<String>>with(
                sql -> sql.fetch("SELECT root || coalesce(folder_id, 0) FROM media_file ORDER BY id").getValues(0, String.class)))
                .containsExactly("cache0", "media1", "cache0", "media1", "cache0", "media1");
        assertThat(this.<List<String>>with(
                sql -> sql.fetch("SELECT path || '|' || marker || '|' || is_default FROM media_folder").getValues(0, String.class)))
                .containsExactly("|4711|1");
        int reserved = with(sql -> sql.fetchCount(org.jooq.impl.DSL.table("reserved_path")));
        assertThat(reserved).isEqualTo(6);
        assertThat(this.<Integer>with(sql -> sql.fetch("PRAGMA foreign_key_check").size())).isZero();
        assertThat(this.<List<String>>with(sql -> sql.fetch("SELECT name FROM counter").getValues(0, String.class))).containsExactly("use");
    }
}
