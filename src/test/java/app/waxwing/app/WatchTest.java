package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.control.Commands;
import app.waxwing.control.Engines;
import app.waxwing.control.Exit;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Response;
import app.waxwing.download.Download;
import app.waxwing.testing.Fault;
import app.waxwing.testing.FaultyServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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

    @Test
    @DisplayName("2.5 2.16 «downloads watch» says progress, failed with its sentence, cancelled and evicted too, and nothing of what is only heard")
    void everyKind() throws Exception {
        try (FaultyServer server = FaultyServer.start(); var desk = ProgramDesk.synced(folder.resolve("data"), server.server())) {
            List<String> tracks = desk.ids("tracks", "--limit", "5");
            List<JsonNode> seen = new CopyOnWriteArrayList<>();
            var stop = new AtomicBoolean();
            CompletableFuture<Commands.Outcome> watching = CompletableFuture
                    .supplyAsync(() -> desk.follow(seen::add, stop::get, "downloads", "watch"));
            desk.run("offline", "on");
            String cancelled = tracks.get(0);
            desk.run("download", cancelled);
            ProgramDesk.until("it listens", () -> {
                desk.run("downloads", "pause", cancelled);
                desk.run("downloads", "resume", cancelled);
                return names(seen, cancelled).contains("resumed");
            });
            desk.run("downloads", "cancel", cancelled);
            ProgramDesk.until("it is cancelled", () -> names(seen, cancelled).getLast().equals("cancelled"));
            desk.run("offline", "auto");

            String large = tracks.get(1);
            byte[] music = new byte[3 << 20];
            System.arraycopy(new byte[]{'f', 'L', 'a', 'C'}, 0, music, 0, 4);
            var end = new CountDownLatch(1);
            server.on("/Items/.*/Download").when(r -> r.path().contains(large))
                    .does((request, next) -> Fault.stallAfter(5 << 19, end).answer(request, r -> Response.bytes(200, "audio/flac", music)));
            desk.run("download", large);
            ProgramDesk.until("its progress is said", () -> names(seen, large).contains("progress"));
            end.countDown();
            JsonNode progress = of(seen, large, "progress").getFirst().path("download");
            assertThat(progress.path("status").asString()).isEqualTo("downloading");
            assertThat(progress.path("bytesDownloaded").asLong()).isBetween(1L << 20, 3L << 20);

            String gone = tracks.get(2);
            server.on("/Items/.*/Download").when(r -> r.path().contains(gone)).does(Fault.status(404, ""));
            desk.run("download", gone);
            ProgramDesk.until("its failure is said", () -> names(seen, gone).contains("failed"));
            JsonNode failed = of(seen, gone, "failed").getFirst().path("download");
            assertThat(failed.path("status").asString()).isEqualTo("failed");
            assertThat(failed.path("error").asString()).isEqualTo("There is no such track on the server any more.");

            String ahead = tracks.get(3);
            String heard = tracks.get(4);
            Engines engines = desk.wiring().engines();
            long account = engines.accounts().active().getFirst().id();
            engines.downloads().enqueue(List.of(new ItemKey(account, ahead)), Download.Origin.QUEUE, 0, "original").join();
            engines.downloads().enqueue(List.of(new ItemKey(account, heard)), Download.Origin.PLAYING, 0, "original").join();
            ProgramDesk.until("both are here", () -> desk.run("cache", "status").path("files").asInt() == 2);
            ProgramDesk.until("one is complete", () -> names(seen, ahead).contains("completed"));
            desk.run("cache", "clear");
            ProgramDesk.until("it is evicted", () -> names(seen, ahead).getLast().equals("evicted"));
            assertThat(names(seen, heard)).isEmpty();
            assertThat(desk.run("cache", "status").path("files").asInt()).isZero();
            stop.set(true);
            assertThat(watching.get(60, java.util.concurrent.TimeUnit.SECONDS).exit()).isEqualTo(Exit.DONE);
        }
    }

    private static List<JsonNode> of(List<JsonNode> seen, String track, String event) {
        return seen.stream()
                .filter(e -> e.path("download").path("itemId").asString().equals(track) && e.path("event").asString().equals(event))
                .toList();
    }

    private static List<String> names(List<JsonNode> seen, String track) {
        return seen.stream().filter(e -> e.path("download").path("itemId").asString().equals(track)).map(e -> e.path("event").asString())
                .toList();
    }
}
