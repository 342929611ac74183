package app.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("a Java that a test starts has the program's classes from the archive, and says nothing of it")
    void used() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa")),
                "this Java came without an archive of its own classes");
        Path loaded = folder.resolve("loaded");
        Process child = ChildJvm.builder("app.waxwing.app.Launcher", List.of("-Xlog:class+load:file=" + loaded), List.of("--version"))
                .redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said.lines()).hasSize(1);
        assertThat(Files.readString(loaded)).contains("app.waxwing.app.Launcher source: shared objects file (top)");
    }
}
