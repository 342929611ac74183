package app.waxwing.store;

import static app.waxwing.store.Durability.KEPT;
import static app.waxwing.store.Lane.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.testing.ShiftedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recoveries and restores that were killed in the middle, and what becomes of the other database.
class BrokenOffTest {
    @TempDir
    Path folder;
    private final ShiftedTime time = new ShiftedTime();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("waxwing.db");
    }

    @AfterEach
    void end() {
        time.close();
    }

    private Database open() {
        return Database.open(file, time);
    }

    private static int tracks(Database database) {
        return database.readNow(sql -> sql.fetchCount(org.jooq.impl.DSL.table("track")));
    }

    /// A damaged database, with a backup or without.
    private byte[] damaged(boolean backup) throws Exception {
        try (Database database = open()) {
            BackupsTest.fill(database);
            if (backup) database.backups().make();
        }
        RecoveryTest.Damage.HEADER.to(file);
        return Files.readAllBytes(file);
    }

    private Recovery recover() throws Exception {
        return Recovery.of(file, "it is bad", new Backups(file, Optional::empty, time), time);
    }

    @Test
    @DisplayName("4.16, B.33 a recovery that is broken off while a backup is unpacked has changed nothing: the next start says of the file that it was damaged, and where it is")
    void whileUnpacking() throws Exception {
        byte[] before = damaged(true);
        Path unreadable = Files.createDirectory(folder.resolve("backups/waxwing-20990101-000000.db.gz"));
        assertThatThrownBy(this::open).isInstanceOf(FailureException.class);
        Files.delete(unreadable);
        assertThat(file).hasBinaryContent(before);
        try (Database next = open()) {
            assertThat(next.recovered().orElseThrow().sentence()).contains("was damaged and was put back").contains(".damaged-");
            assertThat(next.recovered().orElseThrow().aside().orElseThrow()).hasBinaryContent(before);
        }
    }

    @Test
    @DisplayName("4.16, B.33 killed when the damaged file was set aside and its log was not: the next start says where it is, and the log follows it")
    void setAside() throws Exception {
        byte[] before = damaged(true);
        Path aside = recover().aside().orElseThrow();
        Files.delete(file);
        Files.writeString(Path.of(file + "-wal"), "its log");
        time.setClock(Duration.ofHours(1));
        try (Database next = open()) {
            Recovery recovery = next.recovered().orElseThrow();
            assertThat(recovery.aside()).contains(aside);
            assertThat(recovery.sentence()).contains("was damaged and was put back").contains(aside.getFileName().toString());
            assertThat(tracks(next)).isEqualTo(400);
        }
        assertThat(aside).hasBinaryContent(before);
        assertThat(Path.of(aside + "-wal")).hasContent("its log");
        try (Database third = open()) {
            assertThat(third.recovered()).as("once").isEmpty();
        }
    }

    @Test
    @DisplayName("4.16, B.33 killed when the backup was in its place and nobody had been told: the next start tells it")
    void inPlace() throws Exception {
        damaged(true);
        Recovery first = recover();
        try (Database next = open()) {
            Recovery recovery = next.recovered().orElseThrow();
            assertThat(recovery.held()).isEqualTo(2);
            assertThat(recovery).isEqualTo(first.holding(2));
        }
        try (Database third = open()) {
            assertThat(third.recovered()).as("once").isEmpty();
        }
    }

    @Test
    @DisplayName("4.16, B.33 without a backup too: killed before the new database was there, or when it was only begun, the damaged one is named")
    void newOneBegun() throws Exception {
        byte[] before = damaged(false);
        Path aside = recover().aside().orElseThrow();
        Files.deleteIfExists(Path.of(file + ".closed"));
        for (boolean begun : List.of(false, true)) {
            if (begun) Files.createFile(file);
            assertThat(recover().aside()).contains(aside);
            assertThat(file).doesNotExist();
        }
        try (Database next = open()) {
            assertThat(next.recovered().orElseThrow().sentence()).contains("was damaged and there was no good backup")
                    .contains(aside.getFileName().toString());
            assertThat(tracks(next)).isZero();
        }
        assertThat(aside).hasBinaryContent(before);
        try (Database third = open()) {
            assertThat(third.recovered()).as("once").isEmpty();
            assertThat(third.afresh()).isTrue();
        }
    }

    /// A restore is planned; the library of before, and its log, are what they were while it was open.
    private record Planned(byte[] database, byte[] log) {}

    private Planned planned() throws Exception {
        Planned planned;
        try (Database database = open()) {
            BackupsTest.fill(database);
            Path backup = database.backups().make(folder.resolve("one.gz"), false).file();
            byte[] before = Files.readAllBytes(file);
            for (int i = 0; i < 100; i++) {
                int deleted = i;
                database.write(KEPT, USER, sql -> sql.execute("DELETE FROM track WHERE item_id = ?", "t" + deleted)).join();
            }
            planned = new Planned(before, Files.readAllBytes(Path.of(file + "-wal")));
            database.restore(backup, p -> {});
        }
        for (String suffix : List.of("", "-wal", "-shm", ".closed")) Files.deleteIfExists(Path.of(file + suffix));
        Files.write(Path.of(file + "-wal"), planned.log());
        return planned;
    }

    @Test
    @DisplayName("4.16 a restore that was killed between the database and its log: the backup does not take the log for its own, and the log follows the database")
    void logLeftBehind() throws Exception {
        Planned planned = planned();
        Path aside = Files.write(folder.resolve("waxwing.db.replaced-20260101-000000"), planned.database());
        Files.writeString(Path.of(file + ".restored"), "hold 5000\naside " + aside.getFileName() + "\nasked");
        try (Database next = open()) {
            assertThat(tracks(next)).isEqualTo(400);
            assertThat(next.integrityCheck().join()).isEmpty();
            assertThat(next.recovered().orElseThrow().aside()).contains(aside);
        }
        assertThat(aside).hasBinaryContent(planned.database());
        assertThat(Path.of(aside + "-wal")).hasBinaryContent(planned.log());
    }

    @Test
    @DisplayName("4.16 a log whose database is nowhere does not come into the backup that is put back")
    void logOfNobody() throws Exception {
        planned();
        try (Database next = open()) {
            assertThat(tracks(next)).isEqualTo(400);
            assertThat(next.integrityCheck().join()).isEmpty();
            assertThat(next.recovered().orElseThrow().aside()).isEmpty();
        }
    }

    private List<Path> named(String part) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(p -> p.getFileName().toString().contains(part)).sorted().toList();
        }
    }

    @Test
    @DisplayName("4.16 of what restores replaced only the newest stays; a damaged one, of which no backup could be made, stays too")
    void damagedStays() throws Exception {
        Path backup;
        try (Database database = open()) {
            BackupsTest.fill(database);
            backup = database.backups().make(folder.resolve("one.gz"), false).file();
        }
        Path damaged;
        try (Database database = open()) {
            RecoveryTest.Damage.MIDDLE.to(file);
            database.restore(backup, p -> {});
            assertThat(database.backups().list()).as("none can be made").isEmpty();
        }
        try (Database database = open()) {
            damaged = database.recovered().orElseThrow().aside().orElseThrow();
            assertThat(database.recovered().orElseThrow()).matches(Recovery::asked);
            time.setClock(Duration.ofHours(1));
            database.restore(backup, p -> {});
        }
        try (Database database = open()) {
            assertThat(damaged).exists();
            assertThat(named(".replaced-")).hasSize(1);
            time.setClock(Duration.ofHours(1));
            database.restore(backup, p -> {});
        }
        try (Database database = open()) {
            assertThat(tracks(database)).isEqualTo(400);
            assertThat(damaged).exists();
            assertThat(named(".replaced-")).as("a backup of the other was made").hasSize(1);
        }
    }
}
