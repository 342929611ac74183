package app.waxwing.store;

import static app.waxwing.store.Durability.KEPT;
import static app.waxwing.store.Lane.USER;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.ShiftedTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasuresTest {
    @TempDir
    Path folder;
    private final ShiftedTime time = new ShiftedTime();
    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        database.write(KEPT, USER,
                sql -> sql.execute("INSERT INTO account (server_id, user_id, kind, server_name, user_name, url, device_id, "
                        + "signed_in_at) VALUES ('s', 'idasnumber', 'jellyfin', 'S', 'ida', 'http://s', 'd', 0)"))
                .join();
    }

    @AfterEach
    void close() {
        database.close();
        time.close();
    }

    private void gone() {
        database.write(KEPT, USER, sql -> {
            Erasures.note(sql, 1, "s", "idasnumber", Instant.EPOCH);
            return sql.execute("DELETE FROM account");
        }).join();
    }

    private boolean holds(String name) throws Exception {
        return new String(Files.readAllBytes(folder.resolve(name)), java.nio.charset.StandardCharsets.ISO_8859_1).contains("idasnumber");
    }

    @Test
    @DisplayName("4.18 somebody who reads the file keeps it from being written anew, and not the rest: that is said, and done the next time")
    void readMeanwhile() throws Exception {
        database.backups().make();
        gone();
        try (var connection = Connections.source(database.file()).getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (var rows = statement.executeQuery("SELECT count(*) FROM account")) {
                rows.next();
            }
            assertThat(database.erasures().finish().left()).singleElement().asString().contains("could not be written anew");
            assertThat(database.backups().list()).hasSize(1);
            assertThat(database.erasures().unfinished(1)).isTrue();
            connection.rollback();
        }
        assertThat(database.erasures().finish().left()).isEmpty();
        assertThat(database.erasures().unfinished(1)).isFalse();
        assertThat(holds("waxwing.db") || holds("waxwing.db-wal")).as("while it is open still").isFalse();
    }

    @Test
    @DisplayName("4.18 what a crash left of backups that were being made or looked at goes with the data that were deleted; a backup of between knows what is to be done")
    void leftOvers() throws Exception {
        database.backups().make();
        Path backups = folder.resolve("backups");
        for (String name : List.of("making.new", "looking.new", "looking.new-wal", "waxwing-20260101-000000.db.gz.new")) {
            Files.writeString(backups.resolve(name), "ida");
        }
        gone();
        time.setClock(java.time.Duration.ofHours(1));
        Path between = Files.copy(database.backups().make().file(), folder.resolve("mine.gz"));
        database.erasures().finish();
        try (var all = Files.list(backups)) {
            assertThat(all).hasSize(1);
        }
        database.restore(between, p -> {});
        database.close();
        database = Database.open(folder.resolve("waxwing.db"), time);
        assertThat(database.erasures().unfinished(1)).isTrue();
        Path fresh = database.backups().list().getFirst().file();
        database.erasures().finish();
        assertThat(fresh).doesNotExist();
        database.restore(database.backups().list().getFirst().file(), p -> {});
        database.close();
        database = Database.open(folder.resolve("waxwing.db"), time);
        assertThat(database.erasures().unfinished(1)).as("nor does the last one know whose it was").isFalse();
    }
}
