package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafekeeperTest {
    @TempDir
    Path folder;

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    @DisplayName("4.18, 4.25 a real small volume: «export my data» without room says that the disk is full, and which; nothing half stays")
    void noRoom() throws Exception {
        Path stick = Files.createDirectory(folder.resolve("stick"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", stick.toString()),
                "a volume can be mounted here (needs root and a kernel that allows it)");
        try (var desk = new ProgramDesk(folder.resolve("data"))) {
            var keeping = desk.wiring().engines().keeping();
            Path filler = stick.resolve("filler");
            assertThatThrownBy(() -> Files.write(filler, new byte[100_000])).isInstanceOf(IOException.class);
            Path file = stick.resolve("mine.zip");
            assertThatThrownBy(() -> keeping.exportData(file, false)).isInstanceOfSatisfying(FailureException.class,
                    e -> assertThat(e.failure()).isEqualTo(new Failure.DiskFull(stick.toString(), 0)));
            try (var all = Files.list(stick)) {
                assertThat(all).containsExactly(filler);
            }
            Files.delete(filler);
            keeping.exportData(file, false);
            assertThat(file).isNotEmptyFile();
        } finally {
            run("umount", stick.toString());
        }
    }
}
