package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.control.Exit;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Interceptor;
import app.waxwing.demo.Response;
import app.waxwing.library.Album;
import app.waxwing.library.Library;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachesTest {
    @TempDir
    Path folder;

    private static List<String> albums(List<Album> albums) {
        return albums.stream().map(a -> a.key().toString()).toList();
    }

    private static List<String> recent(ProgramDesk desk) {
        var library = desk.wiring().engines().library();
        return albums(library.albumsByRow(library.recentRows(false).join()).join());
    }

    @Test
    @DisplayName("1.1, 4.7, C.3 no. 7 lists of playlists and answers of search have no time to live: they ask no server, and what was changed a moment ago is in them")
    void nothingIsOld() throws Exception {
        try (DemoServer server = DemoServer.start(DemoLibrary.bundled(), 0);
                var desk = ProgramDesk.synced(folder.resolve("data"), server)) {
            List<String> tracks = desk.ids("tracks");
            String title = desk.run("show", tracks.get(0)).path("title").asString();
            desk.run("offline", "on");
            server.forgetRequests();
            assertThat(desk.ids("search", "Zebra crossing")).isEmpty();
            assertThat(desk.ids("search", title, "--kind", "track")).contains(tracks.get(0));
            int before = desk.ids("playlists").size();
            String made = desk.run("playlist", "create", "Zebra crossing", tracks.get(0)).path("id").asString();
            assertThat(desk.ids("search", "Zebra crossing")).as("asked for a moment ago, when it was not there").containsExactly(made);
            assertThat(desk.ids("playlists")).hasSize(before + 1).contains(made);
            // What the work of its own had sent before the server was left may still come in.
            assertThat(server.requests()).noneMatch(r -> r.path().contains("Playlists") || r.target().contains("earch"));
        }
    }

    @Test
    @DisplayName("1.1, 1.2, C.3 no. 1, 2, 6, 12, 13 and 15 what the caches of C.3 hold is here after a restart without the server, and asking for it again "
            + "calls no server; 4.8 Home is warm at the start")
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
            var library = desk.wiring().engines().library();
            var outbox = desk.wiring().engines().outbox();
            for (String id : tracks.subList(0, 3)) outbox.played(key(desk, id), Instant.now()).join();
            ProgramDesk.until("the plays are sent", () -> desk.run("offline", "pending").path("items").isEmpty());
            List<String> recent = recent(desk);
            assertThat(recent).isNotEmpty();
            String home = shown(library.home(12).join());
            String updated = desk.run("sync", "status").path("items").get(0).path("updated").asString();
            assertThat(updated).isNotBlank();
            long plays = plays(desk, heard);
            assertThat(plays).isPositive();
            List<String> queue = desk.ids("queue");
            long sent = calls(server, "/Similar");
            assertThat(desk.ids("similar", heard)).as("8 asked again").isEqualTo(alike);
            assertThat(calls(server, "/Similar")).isEqualTo(sent);

            server.down();
            desk.run("favourite", tracks.get(4), "on");
            server.forgetRequests();
            desk.restart();
            assertThat(shown(desk.wiring().engines().library().home(12).join())).as("9 Home, 4.8").isEqualTo(home);
            assertThat(plays(desk, heard)).as("10 how often it was heard").isEqualTo(plays);
            assertThat(recent(desk)).as("11 what was heard of late").isEqualTo(recent);

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
            assertThat(desk.run("sync", "status").path("items").get(0).path("updated").asString()).as("15 when it was brought up to date")
                    .isEqualTo(updated);
        }
    }

    private volatile int trouble;

    @Test
    @DisplayName("C.3 8, C.3 14 a server in trouble is no «none»: `lyrics` says what is wrong, `similar` answers from here, and both ask again")
    void serverInTrouble() throws Exception {
        Interceptor inTrouble = (request, next) -> trouble != 0
                && List.of("/Lyrics", "/InstantMix", "/Similar").stream().anyMatch(request.target()::contains)
                        ? Response.status(trouble)
                        : next.answer(request);
        try (DemoServer server = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.port(0).interceptor(inTrouble));
                var desk = ProgramDesk.synced(folder.resolve("data"), server)) {
            List<String> tracks = desk.ids("tracks");
            for (int status : List.of(500, 503, 429)) {
                trouble = status;
                assertThat(desk.outcome("lyrics", tracks.getFirst())).as("%s", status).matches(o -> o.exit() != Exit.DONE
                        && o.exit() != Exit.NOT_FOUND && !o.sentence().contains("no known text"));
                assertThat(desk.outcome("similar", tracks.getFirst()).exit()).isEqualTo(Exit.DONE);
            }
            trouble = 0;
            assertThat(withWords(desk, tracks)).isNotBlank();
            long sent = calls(server, "/Similar");
            desk.run("similar", tracks.getFirst());
            assertThat(calls(server, "/Similar")).as("none of the troubles was kept as an answer").isEqualTo(sent + 1);
            desk.run("offline", "on");
            String never = tracks.stream().filter(t -> desk.outcome("lyrics", t).exit() == Exit.OFFLINE).findFirst().orElseThrow();
            assertThat(desk.outcome("lyrics", never).sentence()).contains("is not on this computer");
        }
    }

    private static ItemKey key(ProgramDesk desk, String id) {
        return new ItemKey(desk.wiring().engines().accounts().all().getFirst().id(), id.substring(id.indexOf(':') + 1));
    }

    private static long plays(ProgramDesk desk, String track) {
        return desk.run("show", track).path("playCount").asLong();
    }

    /// What stands on it, in its order.
    private static String shown(Library.Home home) {
        return home.started().stream().map(s -> s.next().key().toString()).toList() + " " + albums(home.added()) + " "
                + albums(home.recent()) + " " + home.most().stream().map(t -> t.key().toString()).toList();
    }

    /// A track whose words the server knows.
    private static String withWords(ProgramDesk desk, List<String> tracks) {
        return tracks.stream().filter(t -> desk.outcome("lyrics", t).exit() == Exit.DONE).findFirst().orElseThrow();
    }

    private static long calls(DemoServer server, String part) {
        return server.requests().stream().filter(r -> r.path().contains(part)).count();
    }
}
