package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.SystemTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the schema promises of itself.
class SchemaTest {
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("waxwing.db"), time);
    }

    @AfterEach
    void close() {
        database.close();
        time.close();
    }

    private Map<String, List<String>> columns() {
        return database.readNow(sql -> {
            Map<String, List<String>> all = new TreeMap<>();
            for (String table : sql.fetch("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_fts%' "
                    + "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'flyway_%'").getValues(0, String.class)) {
                all.put(table, sql.fetch("PRAGMA table_xinfo(" + table + ")").getValues("name", String.class));
            }
            return all;
        });
    }

    @Test
    @DisplayName("4.4, 4.5 there is a table for everything a library and its user have, each row known by account and the server's own id")
    void everyThingHasATable() {
        Map<String, List<String>> columns = columns();
        assertThat(columns.keySet()).contains("account", "track", "album", "artist", "genre", "playlist", "playlist_item", "image",
                "library_folder",
                "user_data", "play_history", "player_state", "queue_item", "download", "media_file", "keep_reason", "pending_action",
                "sync_state", "lyrics", "audit", "account_setting");
        for (String kept : List.of("track", "album", "artist", "playlist", "user_data", "image", "download", "media_file")) {
            assertThat(columns.get(kept)).as(kept).contains("account_id", "item_id");
        }
    }

    @Test
    @DisplayName("4.13 the same id on two servers is two rows; twice on one server is refused")
    void idsOfServers() {
        for (int account : new int[]{1, 2}) {
            run("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                    + "VALUES (" + account + ", 's" + account + "', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)");
            run("INSERT INTO track (account_id, item_id, title, sort_title) VALUES (" + account + ", 'same', 'T', 't')");
        }
        assertThat(database.<Integer>readNow(sql -> sql.fetch("SELECT id FROM track WHERE item_id = 'same'").size())).isEqualTo(2);
        assertThatThrownBy(() -> run("INSERT INTO track (account_id, item_id, title, sort_title) VALUES (1, 'same', 'T', 't')"))
                .matches(Database::duplicate);
        run("DELETE FROM account WHERE id = 1");
        assertThat(database.<Integer>readNow(sql -> sql.fetch("SELECT id FROM track").size())).as("4.24 its rows go with an account")
                .isEqualTo(1);
    }

    private void run(String statement) {
        database.write(Durability.KEPT, Lane.USER, sql -> sql.execute(statement)).join();
    }

    @Test
    @DisplayName("4.21 no column could hold a password or a sign-in token")
    void noSecrets() {
        for (var table : columns().entrySet()) {
            for (String column : table.getValue()) {
                String name = column.toLowerCase(Locale.ROOT);
                assertThat(name).as(table.getKey()).doesNotContain("password").doesNotContain("secret").doesNotContain("credential");
                // The outbox's token makes a replay recognisable: random, made here, of no worth to anybody.
                if (!table.getKey().equals("pending_action")) assertThat(name).as(table.getKey()).doesNotContain("token");
            }
        }
    }

    @Test
    @DisplayName("4.24 every reference to an account goes with it, and nothing that points elsewhere is left without a rule")
    void cascades() {
        for (String table : columns().keySet()) {
            database.readNow(sql -> {
                for (var key : sql.fetch("PRAGMA foreign_key_list(" + table + ")")) {
                    boolean account = "account".equals(key.get("table"));
                    assertThat(key.get("on_delete")).as("%s to %s", table, key.get("table"))
                            .isEqualTo(account || !"media_folder".equals(key.get("table")) ? "CASCADE" : "NO ACTION");
                }
                return 0;
            });
        }
    }
}
