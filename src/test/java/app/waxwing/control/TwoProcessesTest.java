package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import app.waxwing.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {
    @TempDir
    Path folder;

    private Process child() throws IOException {
        return ChildJvm.builder(LockChild.class.getName(), List.of(), List.of(folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
