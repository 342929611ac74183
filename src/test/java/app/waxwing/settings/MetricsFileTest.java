package app.waxwing.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    @TempDir
    Path folder;
    private final Metrics.View view = new Metrics.View(List.of(), new Metrics.Store(1, 2, 3, Duration.ZERO, 0, 0, 0, List.of()));

    @Test
    @DisplayName("4.17 a slow statement is one cell of the CSV, whatever it holds")
    void statements() {
        var slow = new Metrics.Slow(java.time.Instant.parse("2026-03-01T12:00:00Z"), Duration.ofMillis(120),
                "select \"a\", b\nfrom t");
        var full = new Metrics.View(List.of(), new Metrics.Store(1, 2, 3, Duration.ZERO, 1, 0, 0, List.of(slow)));
        assertThat(MetricsText.csv(full)).endsWith("""

                at,took,statement
                2026-03-01T12:00:00Z,0.12,"select ""a"", b
                from t"
                """);
    }

    @Test
    @DisplayName("C.5 an export never writes over a file and says that it is there; of a folder that is not there it says that")
    void refusals() throws Exception {
        Path file = Files.writeString(folder.resolve("f.csv"), "mine");
        assertThatThrownBy(() -> MetricsFile.write(file, view)).isInstanceOf(FailureException.class)
                .hasMessage(file + " exists already, and is not written over; choose another name.");
        assertThat(file).hasContent("mine");
        Path nowhere = folder.resolve("no").resolve("f.json");
        assertThatThrownBy(() -> MetricsFile.write(nowhere, view)).isInstanceOf(FailureException.class)
                .hasMessageEndingWith("there is no folder " + folder.resolve("no") + ".");
        assertThat(MetricsFile.write(folder.resolve("g.csv"), view)).content()
                .contains("name,hits,misses", "hitRate,0", "database.bytes,1");
    }
}
