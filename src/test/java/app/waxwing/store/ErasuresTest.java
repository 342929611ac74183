package app.waxwing.store;

import static app.waxwing.store.Durability.KEPT;
import static app.waxwing.store.Lane.USER;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.ShiftedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
        time.setClock(Duration.ofHours(1));
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

    @Test
    @DisplayName("4.18 where the file cannot be written anew for hours, the backups are renewed once, and the log is deleted once: what was backed up "
            + "since stays")
    void renewedOnce() throws Exception {
        var cleared = new AtomicInteger();
        database.erasures().log(cleared::incrementAndGet);
        gone();
        try (var connection = Connections.source(database.file()).getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (var rows = statement.executeQuery("SELECT count(*) FROM account")) {
                rows.next();
            }
            assertThat(database.erasures().finish().left()).singleElement().asString().contains("could not be written anew", "every hour");
            Path first = database.backups().list().getFirst().file();
            time.setClock(Duration.ofHours(1));
            Path second = database.backups().make().file();
            assertThat(database.erasures().finish().left()).hasSize(1);
            assertThat(database.backups().list()).extracting(Backups.Backup::file).containsExactly(second, first);
            assertThat(cleared).hasValue(1);

            database.write(KEPT, USER, sql -> {
                Erasures.note(sql, 2, "s", "another", Instant.EPOCH);
                return 0;
            }).join();
            database.erasures().finish();
            assertThat(database.backups().list()).as("it may hold the other one").hasSize(1).noneMatch(b -> b.file().equals(first));
            assertThat(cleared).hasValue(2);
            connection.rollback();
        }
        assertThat(database.erasures().finish().left()).isEmpty();
        assertThat(database.erasures().unfinished(1) || database.erasures().unfinished(2)).isFalse();

        Path before = database.backups().make().file();
        database.write(KEPT, USER, sql -> {
            Erasures.note(sql, 1, "s", "idasnumber", Instant.EPOCH);
            return 0;
        }).join();
        database.erasures().finish();
        assertThat(before).as("a later one is another one").doesNotExist();
        assertThat(cleared).hasValue(3);
    }

    @Test
    @DisplayName("4.18 a log that cannot be deleted is named, and deleted the next time; the backups are not renewed for it")
    void logStays() throws Exception {
        var stuck = new AtomicBoolean(true);
        database.erasures().log(() -> {
            if (stuck.get()) throw new IOException("in use");
        });
        gone();
        assertThat(database.erasures().finish().left()).singleElement().asString().contains("the log", "every hour");
        assertThat(database.erasures().unfinished(1)).isTrue();
        assertThat(holds("waxwing.db-wal")).as("but for the wish").isFalse();
        Path fresh = database.backups().list().getFirst().file();
        stuck.set(false);
        time.setClock(Duration.ofHours(1));
        assertThat(database.erasures().finish().left()).isEmpty();
        assertThat(fresh).exists();
        assertThat(database.erasures().unfinished(1)).isFalse();
        assertThat(holds("waxwing.db") || holds("waxwing.db-wal")).isFalse();
    }

    @Test
    @DisplayName("4.18 nothing but the account is done for one that is to go and is here still: no backup is replaced for it, and a backup of now knows what is to be done")
    void wished() throws Exception {
        Path before = database.backups().make().file();
        for (int i = 0; i < 2; i++) {
            database.write(KEPT, USER, sql -> {
                Erasures.wish(sql, 1, "s", "idasnumber");
                return 0;
            }).join();
        }
        database.erasures().finish();
        assertThat(before).exists();
        assertThat(database.erasures().unfinished(1)).isTrue();
        time.setClock(Duration.ofHours(1));
        database.restore(database.backups().make().file(), p -> {});
        database.close();
        database = Database.open(folder.resolve("waxwing.db"), time);
        assertThat(database.<Boolean>readNow(sql -> Erasures.wished(sql, 1))).isTrue();
        gone();
        assertThat(database.<Boolean>readNow(sql -> Erasures.wished(sql, 1))).isFalse();
        database.erasures().finish();
        assertThat(before).doesNotExist();
        assertThat(database.erasures().unfinished(1)).isFalse();
    }
}
