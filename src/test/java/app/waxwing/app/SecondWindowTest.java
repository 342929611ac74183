package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondWindowTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("B.32 the program opened a second time over one data folder brings the window of the first to the front and ends; the first goes on")
    void second() {
        try (var waxwing = new WaxwingProcess(folder.resolve("data"), folder).java("-Dglass.platform=Headless", "-Dprism.order=sw")) {
            Process first = waxwing.start(List.of());
            WaxwingProcess.await("the window can be brought to the front", () -> {
                WaxwingProcess.Result raised = waxwing.run("raise", "--json");
                assertThat(first.isAlive()).isTrue();
                return raised.exit() == 0 && raised.json().path("raised").asBoolean();
            });
            WaxwingProcess.Result second = waxwing.run();
            assertThat(second.exit()).as(second.err()).isZero();
            assertThat(second.err()).doesNotContain("waxwing:");
            assertThat(first.isAlive()).isTrue();
            assertThat(waxwing.ask("raise").path("raised").asBoolean()).as("the first answers as before").isTrue();
            waxwing.quit(first);
            assertThat(first.exitValue()).isZero();
        }
    }
}
