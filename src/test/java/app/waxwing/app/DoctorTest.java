package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.settings.Diagnosis.Check;
import app.waxwing.store.BackupState;
import app.waxwing.store.Backups;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final Backups.Backup ONE = new Backups.Backup(Path.of("/b/waxwing-20261101-100000.db.gz"),
            Instant.parse("2026-11-01T10:00:00Z"), 1_500_000);
    @TempDir
    Path folder;

    private static Check check(List<Backups.Backup> all, List<Path> away, boolean overdue, Optional<Failure> failure) {
        return Doctor.backups(new BackupState(all, away, overdue, failure));
    }

    @Test
    @DisplayName("4.26, 4.16 `doctor` and Diagnostics call it a problem when no backup was made for more than three days, and say why the last one failed")
    void overdue() {
        assertThat(check(List.of(), List.of(), false, Optional.empty())).isEqualTo(new Check("backups", true, "There is no backup yet."));
        assertThat(check(List.of(ONE), List.of(), false, Optional.empty())).matches(Check::ok).extracting(Check::detail).asString()
                .startsWith("1 backup, 1.5 MB, the newest of 1 Nov 2026").doesNotContain("three days");
        Check late = check(List.of(ONE), List.of(), true, Optional.of(new Failure.DiskFull("/media/stick", 0)));
        assertThat(late.ok()).isFalse();
        assertThat(late.detail()).contains("The last one could not be made. The disk that holds /media/stick is full.",
                "None was made for more than three days");
        assertThat(check(List.of(), List.of(), true, Optional.empty()).ok()).isFalse();
        assertThat(check(List.of(), List.of(Path.of("/media/stick")), false, Optional.empty()).detail())
                .isEqualTo("No backup can be read now. More may be in /media/stick, which cannot be read now.");
    }

    @Test
    @DisplayName("4.26 the backups are one of the checks of `doctor`")
    void amongTheChecks() {
        try (var desk = new ProgramDesk(folder.resolve("data"))) {
            desk.run("backup");
            assertThat(desk.run("doctor").path("checks").valueStream().filter(c -> c.path("name").asString().equals("backups")).toList())
                    .singleElement().satisfies(c -> {
                        assertThat(c.path("ok").asBoolean()).isTrue();
                        assertThat(c.path("detail").asString()).startsWith("1 backup, ");
                    });
        }
    }
}
