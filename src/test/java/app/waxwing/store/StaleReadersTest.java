package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each reader's connection remembers how a search index lies in the file: what comes of that once it lies otherwise.
class StaleReadersTest {
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
    }

    @AfterEach
    void close() {
        database.close();
        time.close();
    }

    /// The answers of all four readers, which all work at once.
    private <T> List<T> onEach(Work<T> query) {
        var together = new CyclicBarrier(4);
        List<CompletableFuture<T>> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asked.add(database.read(sql -> {
                try {
                    together.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
                return query.with(sql);
            }));
        }
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private void write(int from, int count) {
        for (int at = from; at < from + count; at += 100) {
            int first = at;
            database.write(Durability.SOON, Lane.BULK, sql -> {
                for (int i = first; i < first + 100; i++) {
                    sql.execute("INSERT INTO track_fts (rowid, title, artist) VALUES (?, ?, ?)", i, "word" + i + " common",
                            "artist" + i % 37);
                }
                return 0;
            }).join();
        }
    }

    private static int found(DSLContext sql, String words) {
        return sql.fetch("SELECT rowid FROM track_fts WHERE track_fts MATCH ?", words).size();
    }

    /// Every reader searched the index, which was then written anew and put together.
    private void searchedAndWrittenSince() {
        write(1, 1_000);
        assertThat(onEach(sql -> found(sql, "common"))).containsExactly(1_000, 1_000, 1_000, 1_000);
        write(1_001, 4_000);
        database.write(Durability.SOON, Lane.BULK, sql -> sql.execute("DELETE FROM track_fts WHERE rowid <= 800")).join();
        database.write(Durability.SOON, Lane.BULK, sql -> sql.execute("INSERT INTO track_fts (track_fts) VALUES ('optimize')")).join();
    }

    @Test
    @DisplayName("4.17, 4.20 a sound database is called sound, though every reader searched it before its search index was written anew")
    void soundIsSound() {
        searchedAndWrittenSince();
        for (int i = 0; i < 4; i++) assertThat(database.integrityCheck().join()).isEmpty();
        assertThat(database.doubtful()).isFalse();
    }

    @Test
    @DisplayName("1.3 every reader finds what is in a search index, however it lay when that reader searched it last")
    void searchesFindWhatIsThere() {
        searchedAndWrittenSince();
        assertThat(onEach(sql -> sql.fetch("SELECT doc FROM track_fts_words WHERE term = 'common'").getValues(0, Integer.class)))
                .containsOnly(List.of(4_200));
        assertThat(onEach(sql -> found(sql, "common"))).containsOnly(4_200);
        assertThat(onEach(sql -> found(sql, "word7"))).as("deleted").containsOnly(0);
        assertThat(onEach(sql -> found(sql, "word4*"))).containsOnly(1_000);
        write(5_001, 200);
        assertThat(onEach(sql -> found(sql, "word5*"))).as("and once more").containsOnly(201);
    }
}
