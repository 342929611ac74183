package app.waxwing.store;

import static app.waxwing.store.Durability.KEPT;
import static app.waxwing.store.Lane.USER;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        run("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                + "VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)");
    }

    @AfterEach
    void close() {
        database.close();
        time.close();
    }

    private void run(String statement, @Nullable Object... values) {
        database.write(KEPT, USER, sql -> sql.execute(statement, values)).join();
    }

    private static long before(int days, int seconds) {
        return NOW.minus(Duration.ofDays(days)).minusSeconds(seconds).toEpochMilli();
    }

    private void play(String title, long at, @Nullable Long deleted) {
        run("INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, played_ms, source, deleted_at) "
                + "VALUES (1, 't', ?, '', ?, 1, 'local', ?)", title, at, deleted);
    }

    private List<String> titles(String table, String column) {
        return database.readNow(sql -> sql.fetch("SELECT " + column + " FROM " + table + " ORDER BY 1").getValues(0, String.class));
    }

    @Test
    @DisplayName("4.18, 4.19 plays go after two years to the second, removed rows after 30 days, what was done after two years; for ever is for ever")
    void goesInTime() {
        play("a just in time", before(730, -1), null);
        play("b too old", before(730, 1), null);
        play("c removed of late", before(40, 0), before(30, -1));
        play("d removed long ago", before(40, 0), before(30, 1));
        for (String p : List.of("kept", "late", "old", "waiting")) {
            run("INSERT INTO playlist (account_id, item_id, title, sort_title, deleted_at) VALUES (1, ?, ?, ?, ?)", p, p, p,
                    p.equals("kept") ? null : p.equals("late") ? before(30, -1) : before(31, 0));
            run("INSERT INTO playlist_item (account_id, playlist_item_id, position, track_item_id) VALUES (1, ?, 0, 't')", p);
        }
        run("INSERT INTO pending_action (account_id, kind, item_id, item_kind, detail, token, created_at) "
                + "VALUES (1, 'playlist-delete', 'waiting', 'playlist', '', 'x', 0)");
        for (String d : List.of("here", "late", "old", "file")) {
            run("INSERT INTO download (account_id, item_id, origin, class, queued_at, deleted_at, file_path) VALUES (1, ?, 'user', 1, 0, ?, ?)",
                    d, d.equals("here") ? null : d.equals("late") ? before(30, -1) : before(31, 0), d.equals("file") ? "a" : null);
        }
        run("INSERT INTO audit (at, actor, action) VALUES (?, 'user', 'old'), (?, 'user', 'late')", before(730, 1), before(730, -1));
        for (int days = 1; days <= 4; days++) {
            run("INSERT INTO download_traffic (account_id, item_id, hour, bytes) VALUES (1, ?, ? / 3600000, 9)",
                    "came " + days + " days ago",
                    before(days, 0));
        }
        var retention = new Retention(database);
        assertThat(retention.run(NOW, 730, 90).join()).isEqualTo(5 + 2);
        assertThat(titles("download_traffic", "item_id")).containsExactly("came 1 days ago", "came 2 days ago");
        assertThat(titles("play_history", "title")).containsExactly("a just in time", "c removed of late");
        assertThat(titles("playlist", "title")).as("what its server has not heard stays").containsExactly("kept", "late", "waiting");
        assertThat(titles("playlist_item", "playlist_item_id")).containsExactly("kept", "late", "waiting");
        assertThat(titles("download", "item_id")).as("a file that is not gone yet keeps its row").containsExactly("file", "here", "late");
        assertThat(titles("audit", "action")).containsExactly("late");
        play("e of another century", 0, null);
        assertThat(retention.run(NOW, 0, 90).join()).isZero();
        assertThat(titles("play_history", "title")).contains("e of another century");
    }

    private void search(String typed, long at) {
        run("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (1, ?, ?, ?)", typed, typed, at);
    }

    @Test
    @DisplayName("4.18 what was looked for goes after 90 days to the second, many in pieces; 0 days keep nothing of it")
    void searches() {
        search("just in time", before(90, -1));
        search("too old", before(90, 1));
        database.write(KEPT, USER, sql -> {
            for (int i = 0; i < 1_200; i++) {
                sql.execute("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (1, ?, 'x', ?)", "x" + i,
                        before(100, i));
            }
            return 0;
        }).join();
        var retention = new Retention(database);
        assertThat(retention.run(NOW, 730, 90).join()).isEqualTo(1_201);
        assertThat(titles("search_history", "typed")).containsExactly("just in time");
        search("a moment ago", before(0, 1));
        assertThat(retention.run(NOW, 730, 0).join()).isEqualTo(2);
        assertThat(titles("search_history", "typed")).isEmpty();
    }

    @Test
    @DisplayName("4.17, 4.18 many rows go in pieces, and the file is made smaller when more than a fifth of it is empty")
    void shrinks() {
        database.write(KEPT, USER, sql -> {
            for (int i = 0; i < 12_000; i++) {
                sql.execute("INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, played_ms, source) "
                        + "VALUES (1, 't', ?, '', ?, 1, 'local')", "x".repeat(700), i < 11_000 ? 5L : NOW.toEpochMilli());
            }
            return 0;
        }).join();
        database.write(KEPT, USER, sql -> sql.execute("DELETE FROM play_history WHERE id < 500")).join();
        assertThat(database.shrink().join()).as("little is empty").isFalse();
        long before = pages();
        assertThat(new Retention(database).run(NOW, 730, 90).join()).isEqualTo(11_000 - 499);
        assertThat(pages()).isLessThan(before / 3);
        assertThat(database.integrityCheck().join()).isEmpty();
        assertThat(database.<Integer>readNow(sql -> sql.fetchCount(org.jooq.impl.DSL.table("play_history")))).isEqualTo(1_000);
    }

    private long pages() {
        return database.readNow(sql -> sql.fetchSingle("PRAGMA page_count").get(0, Long.class));
    }

    private void gone(String table, String id, @Nullable Long at, String more, String values) {
        run("INSERT INTO " + table + " (account_id, item_id, gone_at, " + more + ") VALUES (1, ?, ?, " + values + ")", id, at);
    }

    private void track(String id, @Nullable Long at, String album) {
        gone("track", id, at, "title, sort_title, album_item_id", "'T', 'T', '" + album + "'");
        run("INSERT INTO track_fts (rowid, title) SELECT id, 'longword' || replace(item_id, ' ', '') FROM track WHERE item_id = ?", id);
        run("INSERT INTO search_word (word, kinds) VALUES (?, 4)", "longword" + id.replace(" ", ""));
        run("INSERT INTO track_artist (account_id, track_item_id, position, artist_item_id, artist_name) VALUES (1, ?, 0, ?, 'A')", id,
                "by-" + id);
        run("INSERT INTO user_data (account_id, item_id, kind, position_ms) VALUES (1, ?, 'track', 5)", id);
    }

    @Test
    @DisplayName("What its server no longer has is purged after 30 days, but nothing that has a file, a play, a favourite, a place or a wish")
    void goneItems() {
        long old = before(30, 1);
        for (String id : List.of("nothing", "file", "played", "counted", "favourite", "wanted", "listed", "in gone list", "queued",
                "waiting",
                "wished", "collected")) {
            track(id, old, "old");
        }
        track("late", before(30, -1), "late");
        track("there", null, "there");
        track("left out", 0L, "left out");
        for (String album : List.of("old", "late", "there", "left out", "empty", "loved"))
            gone("album", album, album.equals("there") ? null : old, "title, sort_title", "'A', 'A'");
        gone("artist", "by-nothing", old, "name, sort_name", "'A', 'A'");
        gone("artist", "by-file", old, "name, sort_name", "'A', 'A'");
        gone("playlist", "mix", null, "title, sort_title", "'P', 'P'");
        gone("playlist", "gone mix", old, "title, sort_title", "'P', 'P'");
        run("INSERT INTO media_file (account_id, item_id, root, path, path_key, size, modified_at, sha256, completed_at) "
                + "VALUES (1, 'file', 'cache', 'a', 'a', 1, 0, '00', 0)");
        run("INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, played_ms, source) "
                + "VALUES (1, 'played', '', '', ?, 1, 'stream')", before(10, 0));
        run("UPDATE user_data SET play_count = 1 WHERE item_id = 'counted'");
        run("UPDATE user_data SET is_favourite = 1 WHERE item_id = 'favourite'");
        run("INSERT INTO user_data (account_id, item_id, kind, is_favourite) VALUES (1, 'loved', 'album', 1)");
        run("INSERT INTO download (account_id, item_id, origin, class, queued_at) VALUES (1, 'wanted', 'user', 1, 0)");
        run("INSERT INTO playlist_item (account_id, playlist_item_id, position, track_item_id) VALUES (1, 'mix', 0, 'listed'), "
                + "(1, 'gone mix', 0, 'in gone list')");
        run("INSERT INTO queue_item (list, position, account_id, track_item_id, entry) VALUES (1, 0, 1, 'queued', 1)");
        run("INSERT INTO pending_action (account_id, kind, item_id, item_kind, detail, token, created_at) "
                + "VALUES (1, 'played', 'waiting', 'track', '', 'x', 0)");
        run("INSERT INTO keep_reason (account_id, track_item_id, kind, source_item_id, added_at) VALUES (1, 'wished', 'user', 'wished', 0), "
                + "(1, 'collected', 'album', 'old', 0)");
        new Retention(database).run(NOW, 730, 90).join();
        assertThat(titles("track", "item_id")).containsExactly("collected", "counted", "favourite", "file", "late", "left out", "listed",
                "played", "queued", "there", "waiting", "wanted", "wished");
        assertThat(titles("album", "item_id")).containsExactly("late", "left out", "loved", "old", "there");
        assertThat(titles("artist", "item_id")).as("an artist that a track still names stays").containsExactly("by-file");
        assertThat(titles("playlist", "item_id")).containsExactly("mix");
        assertThat(titles("user_data", "item_id")).doesNotContain("nothing", "in gone list").contains("late", "file");
        assertThat(titles("track_fts", "rowid")).hasSize(13);
        assertThat(titles("search_word", "word")).as("words that nothing holds any more go too").hasSize(13)
                .doesNotContain("longwordnothing").contains("longwordfile");
        assertThat(titles("word_fts", "rowid")).hasSize(13);
        database.write(KEPT, USER, sql -> sql.execute("DELETE FROM media_file") + sql.execute("DELETE FROM queue_item")).join();
        assertThat(new Retention(database).run(NOW, 730, 90).join()).as("freed since: two tracks and the artist").isEqualTo(3);
        assertThat(titles("track", "item_id")).doesNotContain("file", "queued");
    }
}
