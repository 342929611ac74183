package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `packaging/bin/waxwing` with a folder of devices of our own and a Java that only says what it was started with.
@EnabledOnOs(OS.LINUX)
class StartScriptTest {
    @TempDir
    Path folder;

    private Path script;
    private Path devices;
    private Path java;

    @BeforeEach
    void copy() throws IOException {
        devices = Files.createDirectory(folder.resolve("dev"));
        Path program = Files.createDirectories(folder.resolve("waxwing/bin"));
        String text = Files.readString(Path.of("packaging/bin/waxwing"));
        assertThat(text).as("looks for devices").contains("-e /dev/dri");
        script = Files.writeString(program.resolve("waxwing"), text.replace("-e /dev/", "-e " + devices + "/"));
        java = Files.writeString(folder.resolve("java"), """
                #!/bin/sh
                echo "GDK_GL=${GDK_GL:-}"
                echo "MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-}"
                for word in "$@"; do echo "$word"; done
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    @DisplayName("4: where there is no graphics device no OpenGL is loaded only to be turned down, and JavaFX paints by itself")
    void withoutGraphics() throws Exception {
        assertThat(start(Map.of())).contains("-Dprism.order=sw", "-Dprism.disableRegionCaching=true", "GDK_GL=disable");
    }

    @Test
    @DisplayName("4: with a graphics device, Mesa's or NVIDIA's, JavaFX and GTK find out by themselves what it can do")
    void withGraphics() throws Exception {
        for (String device : List.of("dri", "nvidiactl")) {
            Path made = Files.createDirectory(devices.resolve(device));
            assertThat(start(Map.of())).contains("GDK_GL=").noneMatch(word -> word.contains("prism"));
            Files.delete(made);
        }
    }

    @Test
    @DisplayName("4: the allocator has two pools, and what somebody set otherwise holds")
    void theirs() throws Exception {
        assertThat(start(Map.of())).contains("MALLOC_ARENA_MAX=2");
        List<String> said = start(Map.of("MALLOC_ARENA_MAX", "5", "GDK_GL", "always", "WAXWING_JAVA_OPTIONS", "-Dprism.order=es2"));
        assertThat(said).contains("MALLOC_ARENA_MAX=5", "GDK_GL=always").as("the last one counts for Java")
                .containsSubsequence("-Dprism.order=sw", "-Dprism.order=es2")
                .endsWith("app.waxwing.app.Launcher", "status", "two words");
    }

    private List<String> start(Map<String, String> environment) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", script.toString(), "status", "two words").redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("MALLOC_ARENA_MAX", "GDK_GL", "WAXWING_JAVA_OPTIONS"));
        builder.environment().put("WAXWING_JAVA", java.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(lines.toString()).isZero();
        return lines;
    }
}
