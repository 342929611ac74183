package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {
    @TempDir
    Path folder;

    private Process child() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), LockChild.class.getName(),
                folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    @DisplayName("B.32 of two processes, and of two openings in one process, only one gets a data folder; a killed one leaves it free")
    void oneOwner() throws Exception {
        AppPaths paths = AppPaths.under(folder);
        paths.create();
        Process first = child();
        try (BufferedReader said = first.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("mine");
            assertThat(Instance.lock(paths)).isEmpty();
            Process second = child();
            try (BufferedReader other = second.inputReader(StandardCharsets.UTF_8)) {
                assertThat(other.readLine()).isEqualTo("not mine");
            } finally {
                second.destroyForcibly().waitFor();
            }
        } finally {
            first.destroyForcibly().waitFor();
        }
        try (Instance.Lock mine = Instance.lock(paths).orElseThrow()) {
            assertThat(mine.lock().isValid()).isTrue();
            assertThat(Instance.lock(paths)).isEmpty();
        }
        Instance.lock(paths).orElseThrow().close();
    }
}
