package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.control.Exit;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachesTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("1.1, 1.2 what the caches of C.3 hold is here after a restart without the server, and asking for it again calls no server")
    void overARestart() throws Exception {
        try (DemoServer server = DemoServer.start(DemoLibrary.bundled(), 0);
                var desk = ProgramDesk.synced(folder.resolve("data"), server)) {
            List<String> tracks = desk.ids("tracks");
            String heard = tracks.get(0);
            String kept = withWords(desk, tracks);
            desk.run("download", kept);
            ProgramDesk.until("the track is here", () -> desk.run("offline", "has", kept).path("available").asBoolean());
            List<String> alike = desk.ids("similar", heard);
            String playlist = desk.run("playlist", "create", "For the train", tracks.get(2), tracks.get(3)).path("id").asString();
            ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
            desk.run("queue", "add", tracks.get(1), heard);
            List<String> queue = desk.ids("queue");
            long sent = calls(server, "/Similar");
            assertThat(desk.ids("similar", heard)).as("8 asked again").isEqualTo(alike);
            assertThat(calls(server, "/Similar")).isEqualTo(sent);

            server.down();
            desk.run("favourite", tracks.get(4), "on");
            desk.restart();

            assertThat(desk.ids("tracks")).as("1, 2 the library").isEqualTo(tracks);
            assertThat(desk.run("show", heard).path("title").asString()).isNotBlank();
            assertThat(desk.run("server", "list").path("items").get(0).path("user").asString()).as("3 signed in")
                    .isEqualTo(DemoServer.USER);
            assertThat(desk.run("offline", "pending").path("items")).as("4 what waits for the server").hasSize(1);
            assertThat(desk.ids("queue")).as("5 where playback was").isEqualTo(queue);
            assertThat(desk.run("show", playlist).path("trackCount").asInt()).as("6 playlists").isEqualTo(2);
            String title = desk.run("show", heard).path("title").asString();
            assertThat(desk.ids("search", title, "--kind", "track")).as("7 search").contains(heard);
            assertThat(desk.ids("similar", heard)).as("8 what is like it").isEqualTo(alike);
            assertThat(desk.ids("tracks", "--favourites")).as("12 favourites").contains(tracks.get(4));
            assertThat(desk.run("downloads", "--status", "completed").path("items").valueStream().map(d -> d.path("itemId").asString()))
                    .as("13 downloads").contains(kept);
            assertThat(desk.run("lyrics", kept).path("lines")).as("14 words").isNotEmpty();
        }
    }

    /// A track whose words the server knows.
    private static String withWords(ProgramDesk desk, List<String> tracks) {
        return tracks.stream().filter(t -> desk.outcome("lyrics", t).exit() == Exit.DONE).findFirst().orElseThrow();
    }

    private static long calls(DemoServer server, String part) {
        return server.requests().stream().filter(r -> r.path().contains(part)).count();
    }
}
