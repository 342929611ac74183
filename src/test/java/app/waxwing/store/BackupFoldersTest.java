package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ShiftedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups in folders that were chosen earlier, and on drives that are away.
class BackupFoldersTest {
    @TempDir
    Path folder;
    private final ShiftedTime time = new ShiftedTime();
    private final AtomicReference<Optional<Path>> chosen = new AtomicReference<>(Optional.empty());
    private Path file;
    private Path stick;
    private Path drawer;

    @BeforeEach
    void name() throws IOException {
        file = Files.createDirectory(folder.resolve("data")).resolve("waxwing.db");
        stick = Files.createDirectory(folder.resolve("stick"));
        drawer = folder.resolve("drawer");
    }

    @AfterEach
    void end() {
        time.close();
    }

    private Database open() {
        return Database.open(file, time, chosen::get);
    }

    private static List<Path> files(Database database) {
        return database.backups().list().stream().map(Backups.Backup::file).toList();
    }

    private static int tracks(Database database) {
        return database.readNow(sql -> sql.fetchCount(org.jooq.impl.DSL.table("track")));
    }

    /// A library whose one backup is on the stick.
    private Path onTheStick() {
        chosen.set(Optional.of(stick));
        try (Database database = open()) {
            BackupsTest.fill(database);
            Path made = ok(() -> database.backups().make().file());
            assertThat(made).startsWith(stick);
            return made;
        }
    }

    private interface Made {
        Path get() throws IOException;
    }

    private static Path ok(Made made) {
        try {
            return made.get();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("4.16, B.33 damaged while the drive with the backups is away: the user reads where they may be, and restores from there when it is back")
    void driveAway() throws Exception {
        Path made = onTheStick();
        Files.move(stick, drawer);
        RecoveryTest.Damage.HEADER.to(file);
        try (Database database = open()) {
            assertThat(database.recovered().orElseThrow().backup()).isEmpty();
            assertThat(database.recovered().orElseThrow().sentence()).contains("no good backup within reach")
                    .contains("More backups may be in " + made.getParent() + ", which cannot be read now: connect the drive");
            assertThat(database.backupState().away()).containsExactly(made.getParent());
            Files.move(drawer, stick);
            assertThat(database.backupState().away()).isEmpty();
            assertThat(files(database)).containsExactly(made);
            database.restore(made, p -> {});
        }
        try (Database again = open()) {
            assertThat(tracks(again)).isEqualTo(400);
        }
    }

    @Test
    @DisplayName("4.16, B.33 an older backup that is here takes the damaged database's place, and the drive that may hold newer ones is named too")
    void olderOneHere() throws Exception {
        try (Database database = open()) {
            database.backups().make();
            time.setClock(Duration.ofHours(30));
        }
        Path made = onTheStick();
        Files.move(stick, drawer);
        RecoveryTest.Damage.HEADER.to(file);
        try (Database database = open()) {
            assertThat(database.recovered().orElseThrow().backup()).isPresent();
            assertThat(database.recovered().orElseThrow().sentence()).contains("was put back as it was on ").contains(
                    "More backups may be in " + made.getParent());
        }
    }

    @Test
    @DisplayName("4.16 a database that is gone with all that lay beside it is missed still, where backups are known to be on a drive that is away")
    void gone() throws Exception {
        onTheStick();
        Files.move(stick, drawer);
        for (String suffix : List.of("", "-wal", "-shm", ".closed")) Files.deleteIfExists(Path.of(file + suffix));
        try (Database database = open()) {
            assertThat(database.recovered().orElseThrow().sentence()).contains("was not there").contains("connect the drive");
        }
    }

    @Test
    @DisplayName("4.16 a folder that somebody deleted from a drive that is there is not away")
    void deleted() throws Exception {
        Path made = onTheStick();
        Files.writeString(stick.resolve("letter.txt"), "Dear Ida");
        Files.delete(made);
        Files.delete(made.getParent());
        RecoveryTest.Damage.HEADER.to(file);
        try (Database database = open()) {
            assertThat(database.recovered().orElseThrow().sentence()).doesNotContain("More backups");
        }
    }

    @Test
    @DisplayName("4.16 backups in a folder that was chosen earlier are listed, restored from, and go as others do: seven stay in all")
    void earlierFolder() throws Exception {
        Path first = onTheStick();
        chosen.set(Optional.empty());
        RecoveryTest.Damage.HEADER.to(file);
        try (Database database = open()) {
            assertThat(database.recovered().orElseThrow().backup()).isPresent();
            assertThat(tracks(database)).isEqualTo(400);
            assertThat(files(database)).containsExactly(first);
            for (int day = 0; day < 8; day++) {
                time.setClock(Duration.ofHours(25));
                database.backups().make();
                assertThat(files(database)).hasSize(Math.min(7, day + 2));
            }
            assertThat(first).as("the oldest of all").doesNotExist();
        }
    }

    @Test
    @DisplayName("4.16 what cannot be deleted in a folder that was chosen earlier keeps no new backup from being made, and none goes in its place")
    void stays() throws Exception {
        Path first = onTheStick();
        chosen.set(Optional.empty());
        Path stubborn = Files.createDirectory(first.resolveSibling("waxwing-20200101-000000.db.gz"));
        Files.writeString(stubborn.resolve("letter.txt"), "Dear Ida");
        try (Database database = open()) {
            for (int day = 0; day < 9; day++) {
                time.setClock(Duration.ofHours(25));
                database.backups().make();
            }
            assertThat(files(database)).hasSize(8).endsWith(stubborn);
            assertThat(database.backupState().failure()).isEmpty();
        }
    }
}
