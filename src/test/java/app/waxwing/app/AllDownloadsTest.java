package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoOptions;
import app.waxwing.testing.Fault;
import app.waxwing.testing.FaultyServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AllDownloadsTest {
    @TempDir
    Path folder;

    private static List<String> items(JsonNode answer) {
        return answer.path("items").valueStream().map(i -> i.path("itemId").asString() + " " + i.path("status").asString()).toList();
    }

    @Test
    @DisplayName("«downloads retry --all» tries again what failed and leaves what is paused; «downloads resume --all» goes on with that alone")
    void retryAndResume() throws Exception {
        try (FaultyServer faulty = FaultyServer.start(DemoOptions.USUAL);
                var desk = ProgramDesk.synced(folder.resolve("data"), faulty.server())) {
            List<String> tracks = desk.ids("tracks");
            String failed = tracks.get(0);
            String paused = tracks.get(1);
            String waits = tracks.get(2);
            faulty.on("/Items/" + failed + "/Download").does(Fault.status(404, ""));
            desk.run("download", failed);
            ProgramDesk.until("it failed", () -> items(desk.run("downloads", "--status", "failed")).size() == 1);
            desk.run("offline", "on");
            desk.run("download", paused, waits);
            desk.run("downloads", "pause", paused);

            assertThat(items(desk.run("downloads", "resume", "--all"))).containsExactly(paused + " pending");
            assertThat(items(desk.run("downloads", "--status", "failed"))).containsExactly(failed + " failed");
            desk.run("downloads", "pause", paused);
            assertThat(items(desk.run("downloads", "retry", "--all"))).containsExactly(failed + " pending");
            assertThat(items(desk.run("downloads"))).containsExactlyInAnyOrder(failed + " pending", waits + " pending", paused + " paused");
            assertThat(items(desk.run("downloads", "retry", paused))).as("named, it is meant").containsExactly(paused + " pending");
        }
    }
}
