package app.waxwing.library;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/// The budgets of key read, search, Home and lists (C.4), as work instead of time: what SQLite does for each, in steps of its own machine, is the same
/// on every computer, and is the same whether a library has ten thousand tracks or a hundred thousand.
class WorkTest {
    private static final int LARGE = 100_000;
    private static final int SMALL = LARGE / 10;
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    @TempDir
    Path folder;

    /// Albums of ten tracks, artists of ten albums, a play and a half a track; forty tracks in all are called «Zephyr Lantern».
    private Path library(int tracks) {
        Path file = folder.resolve(tracks + ".db");
        try (var time = new SystemTime(); Database database = EmptyDatabase.open(file, time)) {
            String numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?) ";
            int albums = tracks / 10;
            int every = tracks / 40;
            database.write(Durability.SOON, Lane.BULK, sql -> {
                sql.execute("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                        + "VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)");
                sql.execute("INSERT INTO artist (id, account_id, item_id, name, sort_name) " + numbers
                        + "SELECT i + 1, 1, 'ar' || i, 'Artist ' || i, printf('artist %07d', i * 7919 % 100003) FROM n", albums / 10 - 1);
                sql.execute("INSERT INTO album (id, account_id, item_id, title, sort_title, artist_item_id, artist_name, year, added_at, "
                        + "track_count, duration_ms) " + numbers + "SELECT i + 1, 1, 'al' || i, 'Album ' || i, "
                        + "printf('album %07d', i * 7919 % 100003), 'ar' || (i / 10), 'Artist ' || (i / 10), 1960 + i % 60, "
                        + "1000 * i, 10, 2000000 FROM n", albums - 1);
                sql.execute("INSERT INTO album_artist (account_id, album_item_id, position, artist_item_id, artist_name) "
                        + "SELECT 1, item_id, 0, artist_item_id, artist_name FROM album");
                sql.execute("INSERT INTO track (id, account_id, item_id, title, sort_title, album_item_id, album_title, artist_name, "
                        + "album_artist, disc, number, year, duration_ms, added_at, size) " + numbers + "SELECT i + 1, 1, 't' || i, "
                        + "iif(i % ? = 0, 'Zephyr Lantern', 'Song ' || i), printf('song %07d', i * 7919 % 100003), 'al' || (i / 10), "
                        + "'Album ' || (i / 10), 'Artist ' || (i / 100), 'Artist ' || (i / 100), 1, i % 10 + 1, 1960 + i / 10 % 60, "
                        + "180000 + i * 7919 % 100003, 1000 * i, 30000000 + i FROM n", tracks - 1, every);
                sql.execute("INSERT INTO track_artist (account_id, track_item_id, position, artist_item_id, artist_name) "
                        + "SELECT 1, item_id, 0, 'ar' || ((id - 1) / 100), artist_name FROM track");
                sql.execute("INSERT INTO user_data (account_id, item_id, kind, play_count, last_played_at) "
                        + "SELECT 1, item_id, 'track', id % 9, ? - id * 60000 FROM track", NOW.toEpochMilli());
                sql.execute("INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, played_ms, source, "
                        + "is_counted) " + numbers + "SELECT 1, 't' || (i % ?), 'Song', 'Artist', ? - i * 60000, 180000, 'local', 1 FROM n",
                        tracks * 3 / 2 - 1, tracks, NOW.toEpochMilli());
                sql.execute("INSERT INTO track_fts (rowid, title, artist, album, album_artist, genre) "
                        + "SELECT id, title, artist_name, album_title, '', '' FROM track");
                sql.execute("INSERT INTO album_fts (rowid, title, artist) SELECT id, title, artist_name FROM album");
                return sql.execute("INSERT INTO artist_fts (rowid, name) SELECT id, name FROM artist");
            }).join();
        }
        return file;
    }

    private interface Question {
        void ask() throws Exception;
    }

    private static Map<String, Long> work(Path file) throws Exception {
        Map<String, Long> work = new LinkedHashMap<>();
        try (var time = new SystemTime(); var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            DSLContext sql = DSL.using(connection, SQLDialect.SQLITE, new Settings().withRenderSchema(false));
            var memory = new SearchMemory(time);
            Map<String, Question> questions = new LinkedHashMap<>();
            questions.put("key read", () -> assertThat(TrackTable.byKey(sql, List.of(new ItemKey(1, "t4711")))).hasSize(1));
            questions.put("Home", () -> assertThat(HomePage.read(sql, new HashMap<>(), 12, NOW)).satisfies(home -> {
                assertThat(home.added()).hasSize(12);
                assertThat(home.recent()).hasSize(12);
                assertThat(home.most()).hasSize(12);
            }));
            questions.put("recently played", () -> assertThat(HomePage.recent(sql, Library.RECENTS, false)).hasSize(Library.RECENTS));
            for (String text : List.of("zephyr lantern", "zeph", "zephyr artist")) {
                questions.put("search «" + text + "»", () -> assertThat(Search.search(sql, memory, text, 20, false).tracks()).isNotEmpty());
            }
            for (Query.Sort sort : List.of(Query.Sort.TITLE, Query.Sort.ARTIST, Query.Sort.ADDED, Query.Sort.YEAR)) {
                for (boolean middle : new boolean[]{false, true}) {
                    Query first = Query.ALL.sort(sort, false).slice(0, 50);
                    String where = middle ? ", in the middle" : "";
                    Query tracks = middle ? first.after(new ItemKey(1, "t5000")) : first;
                    Query albums = middle ? first.after(new ItemKey(1, "al500")) : first;
                    questions.put("tracks by " + sort + where,
                            () -> assertThat(TrackTable.byRow(sql, TrackTable.rows(sql, tracks, new Random(1)))).hasSize(50));
                    questions.put("albums by " + sort + where,
                            () -> assertThat(AlbumTable.byRow(sql, AlbumTable.rows(sql, albums, new Random(1)))).hasSize(50));
                }
            }
            questions.put("artists", () -> assertThat(ArtistTable.rows(sql, Query.ALL.slice(0, 50), new Random(1))).hasSize(50));
            questions.put("one album", () -> assertThat(TrackTable.rows(sql,
                    Query.ALL.within(new Query.Within.InAlbum(new ItemKey(1, "al7"))), new Random(1))).hasSize(10));
            questions.put("GROWS", () -> assertThat(sql.fetchCount(TRACK, TRACK.YEAR.plus(1L).gt(0L))).isPositive());
            for (var question : questions.entrySet()) {
                question.getValue().ask(); // what is read once a start is in memory now
                work.put(question.getKey(), steps(connection, question.getValue()));
            }
        }
        return work;
    }

    /// In tens.
    private static long steps(Connection connection, Question question) throws Exception {
        var count = new long[1];
        ProgressHandler.setHandler(connection, 10, new ProgressHandler() {
            @Override
            protected int progress() {
                count[0]++;
                return 0;
            }
        });
        try {
            question.ask();
        } finally {
            ProgressHandler.clearHandler(connection);
        }
        return count[0];
    }

    @Test
    @DisplayName("1.2, 1.3, 4.23 with 100,000 tracks and 150,000 plays SQLite does no more for a key read, a search, Home and a page of a list than with a tenth")
    void noMoreInALargerLibrary() throws Exception {
        Map<String, Long> few = work(library(SMALL));
        Map<String, Long> many = work(library(LARGE));
        few.forEach((question, small) -> System.out.printf("%-32s %6d tens of steps of SQLite, in the large library %6d%n", question, small,
                many.get(question)));
        long grown = java.util.Objects.requireNonNull(few.remove("GROWS"));
        assertThat(many.remove("GROWS")).as("the measure sees what goes through all rows").isGreaterThan(5 * grown);
        few.forEach((question, small) -> assertThat(many.get(question)).as("%s: %s and %s", question, small, many.get(question))
                .isLessThanOrEqualTo(small + small / 5 + 20));
    }
}
