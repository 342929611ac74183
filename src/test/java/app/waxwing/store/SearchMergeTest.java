package app.waxwing.store;

import static app.waxwing.store.Durability.SOON;
import static app.waxwing.store.Lane.BULK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.testing.EmptyDatabase;
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
}
