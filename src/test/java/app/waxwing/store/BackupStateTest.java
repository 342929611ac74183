package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.FailureWords;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.ShiftedTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupStateTest {
    @TempDir
    Path folder;
    private final ShiftedTime time = new ShiftedTime();
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

    @Test
    @DisplayName("4.16, 4.26 backups are overdue when the newest is older than three days; without one when the library is")
    void overdue() {
        assertThat(database.backupState()).matches(s -> s.all().isEmpty() && !s.overdue());
        time.setClock(Duration.ofDays(4));
        assertThat(database.backupState().overdue()).as("a library of four days without a backup").isTrue();
        assertThat(database.backUpDaily()).isTrue();
        assertThat(database.backupState()).matches(s -> s.all().size() == 1 && !s.overdue());
        time.setClock(Duration.ofHours(70));
        assertThat(database.backupState().overdue()).isFalse();
        time.setClock(Duration.ofHours(3));
        assertThat(database.backupState().overdue()).isTrue();
        time.setClock(Duration.ofDays(-30));
        assertThat(database.backupState().overdue()).as("a clock that was set back").isFalse();
    }

    @Test
    @DisplayName("4.16, 4.26 why the last backup failed is known until one is made")
    void whyItFailed() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("backups"), "a file");
        assertThat(database.backUpDaily()).isFalse();
        assertThat(database.backupState().failure().map(FailureWords::sentence)).contains("The backup: it cannot be written.");
        Files.delete(inTheWay);
        assertThat(database.backUpDaily()).isTrue();
        assertThat(database.backupState().failure()).isEmpty();
    }

    @Test
    @DisplayName("4.16, 4.26 a damaged library, of which no backup can be made, says that")
    void damaged() throws Exception {
        BackupsTest.fill(database);
        database.close();
        database = Database.open(folder.resolve("waxwing.db"), time);
        RecoveryTest.Damage.MIDDLE.to(folder.resolve("waxwing.db"));
        assertThat(database.backUpDaily()).isFalse();
        assertThat(database.backupState().failure().map(FailureWords::sentence)).hasValueSatisfying(s -> assertThat(s).contains("damaged"));
    }
}
