package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.control.Commands;
import app.waxwing.control.Exit;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WatchTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("«downloads watch» says each event of a download in order, progress 1.0 only when it is complete, until it is told to stop")
    void downloads() throws Exception {
        try (DemoServer server = DemoServer.start(DemoLibrary.bundled(), 0);
                var desk = ProgramDesk.synced(folder.resolve("data"), server)) {
            String track = desk.ids("tracks").getFirst();
            List<JsonNode> seen = new CopyOnWriteArrayList<>();
            var stop = new AtomicBoolean();
            CompletableFuture<Commands.Outcome> watching = CompletableFuture
                    .supplyAsync(() -> desk.follow(seen::add, stop::get, "downloads", "watch"));
            // Nothing says when it listens: pausing and resuming a download that waits is said as soon as it does.
            desk.run("offline", "on");
            desk.run("download", track);
            ProgramDesk.until("it listens", () -> {
                desk.run("downloads", "pause", track);
                desk.run("downloads", "resume", track);
                return names(seen, track).contains("resumed");
            });
            seen.clear();
            desk.run("offline", "auto");
            ProgramDesk.until("it is complete", () -> names(seen, track).contains("completed"));
            assertThat(names(seen, track).stream().filter(e -> !e.equals("resumed") && !e.equals("paused")).distinct())
                    .containsSubsequence("started", "completed").last().isEqualTo("completed");
            assertThat(seen).allSatisfy(e -> {
                assertThat(e.path("at").asString()).isNotBlank();
                assertThat(e.path("download").path("progress").asDouble() < 1).isEqualTo(!e.path("event").asString().equals("completed"));
            });
            desk.run("downloads", "delete", track);
            ProgramDesk.until("its removal is said", () -> names(seen, track).contains("deleted"));
            assertThat(watching).isNotDone();
            stop.set(true);
            assertThat(watching.get(60, java.util.concurrent.TimeUnit.SECONDS).exit()).isEqualTo(Exit.DONE);
        }
    }

    private static List<String> names(List<JsonNode> seen, String track) {
        return seen.stream().filter(e -> e.path("download").path("itemId").asString().equals(track)).map(e -> e.path("event").asString())
                .toList();
    }
}
