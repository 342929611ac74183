package app.waxwing.store;

import static app.waxwing.store.Durability.SOON;
import static app.waxwing.store.Lane.BULK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.testing.EmptyDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchMergeTest {
    @TempDir
    Path folder;

    private static void rows(Database database, int from, int to) {
        for (int i = from; i < to; i++) {
            int n = i;
            database.write(SOON, BULK, sql -> sql.execute("INSERT INTO track_fts (rowid, title) VALUES (?, ?)", n + 1, "again word" + n))
                    .join();
        }
    }

    @Test
    @DisplayName("1.3 an index in many parts is put together in steps; what it finds stays, and few parts are left as they are")
    void together() {
        try (var time = new SystemTime(); var database = EmptyDatabase.open(folder.resolve("waxwing.db"), time)) {
            rows(database, 0, 3);
            assertThat(new SearchMerge(database).run().join()).as("few parts").isZero();
            int i = 3;
            while (database.<Integer>readNow(sql -> SearchMerge.parts(sql, "track_fts")) <= 8 && i < 2_000) rows(database, i, i += 7);
            assertThat(database.<Integer>readNow(sql -> SearchMerge.parts(sql, "track_fts"))).isGreaterThan(6);
            database.write(SOON, BULK, sql -> sql.execute("DELETE FROM track_fts WHERE rowid = 2")).join();
            assertThat(new SearchMerge(database).run().join()).isEqualTo(1);
            assertThat(database.<Integer>readNow(sql -> SearchMerge.parts(sql, "track_fts"))).isEqualTo(1);
            assertThat(database.<Integer>readNow(sql -> sql.fetch("SELECT rowid FROM track_fts WHERE track_fts MATCH 'again'").size()))
                    .isEqualTo(i - 1);
            assertThat(database.integrityCheck().join()).isEmpty();
            assertThat(new SearchMerge(database).run().join()).as("once").isZero();
        }
    }

    @Test
    @DisplayName("4.18 words that were deleted stand in no part of an index that is put together whole, however few and large its parts were")
    void deletedWords() {
        try (var time = new SystemTime(); var database = EmptyDatabase.open(folder.resolve("waxwing.db"), time)) {
            database.write(SOON, BULK, sql -> {
                for (int i = 0; i < 40_000; i++) {
                    String words = "again word" + i + (i % 20 == 0 ? " quetzalfeather" + i : "");
                    sql.execute("INSERT INTO track_fts (rowid, title) VALUES (?, ?)", i + 1, words);
                }
                return sql.execute("INSERT INTO track_fts (track_fts) VALUES ('optimize')");
            }).join();
            assertThat(database.<Integer>readNow(sql -> SearchMerge.parts(sql, "track_fts"))).isEqualTo(1);
            assertThat(database.<Integer>readNow(sql -> sql.fetchSingle("SELECT count(*) FROM track_fts_data").get(0, Integer.class)))
                    .as("more than a step of merging takes").isGreaterThan(300);
            // Fewer than a tenth: SQLite itself writes a part anew when more of it is gone.
            database.write(SOON, BULK, sql -> sql.execute("DELETE FROM track_fts WHERE rowid % 20 = 1")).join();
            assertThat(pages(database, "quetzalfeather")).isPositive();
            new SearchMerge(database).whole().join();
            assertThat(pages(database, "quetzalfeather")).isZero();
            assertThat(database.<Integer>readNow(sql -> SearchMerge.parts(sql, "track_fts"))).isEqualTo(1);
            assertThat(database.<Integer>readNow(sql -> sql.fetch("SELECT rowid FROM track_fts WHERE track_fts MATCH 'again'").size()))
                    .isEqualTo(38_000);
            new SearchMerge(database).whole().join();
            assertThat(database.integrityCheck().join()).isEmpty();
        }
    }

    /// How many of an index's own pages hold a word.
    private static int pages(Database database, String word) {
        return database.readNow(sql -> sql.fetch("SELECT block FROM track_fts_data").stream()
                .filter(r -> new String(r.get(0, byte[].class), StandardCharsets.ISO_8859_1).contains(word)).toList().size());
    }
}
