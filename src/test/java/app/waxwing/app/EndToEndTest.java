package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The main job by command line: the program in processes of its own, the demonstration server in another (this one).
class EndToEndTest {
    @TempDir
    Path folder;
    private DemoServer server;
    private WaxwingProcess waxwing;
    private final DemoLibrary library = DemoLibrary.bundled();

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(library, 0);
        waxwing = new WaxwingProcess(folder.resolve("data"), folder, "--audio-out", "null");
    }

    @AfterEach
    void stop() {
        waxwing.close();
        server.close();
    }

    @Test
    @DisplayName("sign in, sync, search, play, download, lose the server, restart, play on: 0.20, 2.6, 2.13, 2.14")
    void theWholeWay() throws IOException {
        signIn();
        JsonNode synced = waxwing.json("sync");
        assertThat(synced.path("tracks").asInt()).isEqualTo(library.tracks().size());
        assertThat(synced.path("albums").asInt()).isEqualTo(library.albums().size());

        JsonNode found = waxwing.json("search", "platform");
        assertThat(found.path("total").asInt()).isPositive();

        JsonNode album = waxwing.json("albums").path("items").get(0);
        String albumId = album.path("id").asString();
        waxwing.json("settings", "set", "playback.loudness", "off");

        Path streamed = folder.resolve("streamed.wav");
        play(streamed, albumId);
        assertThat(Files.size(streamed)).isGreaterThan(1_000_000);

        JsonNode downloads = waxwing.json("download", albumId, "--wait");
        assertThat(downloads.path("items")).isNotEmpty().allSatisfy(d -> {
            assertThat(d.path("status").asString()).isEqualTo("completed");
            assertThat(d.path("progress").asDouble()).isEqualTo(1.0);
            assertThat(Files.readAllBytes(Path.of(d.path("path").asString()))).isEqualTo(library.bytes(d.path("itemId").asString()));
        });
        assertThat(waxwing.json("offline", "has", albumId).path("available").asBoolean()).isTrue();

        server.forgetRequests();
        Path withServer = folder.resolve("local-with-server.wav");
        play(withServer, albumId);
        assertThat(server.requests()).as("bytes asked of the server for local tracks").noneMatch(r -> r.path().contains("/File")
                || r.path().contains("/Download") || r.path().contains("/stream") || r.path().contains("/universal"));

        server.close();
        Path local = folder.resolve("local.wav");
        play(local, albumId);
        byte[] expected = ReferenceDecode.of(tracksOf(albumId));
        assertThat(Wav.samples(withServer)).isEqualTo(expected);
        assertThat(Wav.samples(local)).isEqualTo(expected);

        assertThat(waxwing.json("tracks", "--offline-only").path("total").asInt()).isEqualTo(downloads.path("items").size());
        assertThat(waxwing.json("offline", "search", album.path("title").asString()).path("total").asInt()).isPositive();
        assertThat(waxwing.json("history").path("items")).isNotEmpty();
        assertNoTokenInLogs();
    }

    @Test
    @DisplayName("a wrong password is said once, with one attempt at the server; an unknown server is exit 5")
    void refusals() throws IOException {
        var wrong = waxwing.runWithInput("wrong\n", "server", "add", server.url(), "--user", DemoServer.USER, "--password-stdin", "--json");
        assertThat(wrong.exit()).isEqualTo(4);
        assertThat(wrong.json().path("error").path("code").asString()).isEqualTo("wrong-password");
        assertThat(wrong.err()).contains("User name or password are not right");
        assertThat(server.requests().stream().filter(r -> r.path().toLowerCase(java.util.Locale.ROOT).endsWith("/authenticatebyname")))
                .hasSize(1);

        String gone = server.url();
        server.close();
        assertThat(waxwing.runWithInput("demo\n", "server", "add", gone, "--user", "demo", "--password-stdin").exit()).isEqualTo(5);
        assertThat(waxwing.run("sync").exit()).isEqualTo(4);
        assertThat(waxwing.run("play").exit()).isEqualTo(3);
        assertThat(waxwing.run("show", "nothing").exit()).isEqualTo(6);
        assertThat(waxwing.run("albums", "--nonsense").exit()).isEqualTo(2);
    }

    @Test
    @DisplayName("favourites made without network are kept and sent when the server is back: 0.23, 2.12")
    void editsWithoutNetwork() throws IOException {
        signIn();
        waxwing.json("sync");
        String track = waxwing.json("tracks", "--limit", "1").path("items").get(0).path("id").asString();
        waxwing.json("offline", "on");
        assertThat(waxwing.json("favourite", track, "on").path("favourite").asBoolean()).isTrue();
        assertThat(waxwing.json("offline", "pending").path("total").asInt()).isEqualTo(1);
        assertThat(waxwing.json("show", track).path("favourite").asBoolean()).isTrue();

        waxwing.json("offline", "auto");
        Process instance = waxwing.headless();
        WaxwingProcess.await("the favourite is sent", () -> waxwing.ask("offline", "pending").path("total").asInt() == 0);
        waxwing.quit(instance);
        waxwing.json("sync", "--full");
        assertThat(waxwing.json("show", track).path("favourite").asBoolean()).isTrue();
        assertThat(server.requests()).anyMatch(r -> r.path().contains("UserFavoriteItems/" + track));
    }

    @Test
    @DisplayName("queue and position survive a kill")
    void queueSurvivesAKill() throws IOException {
        Process instance = waxwing.headless();
        waxwing.signIn(server);
        String album = waxwing.ask("albums").path("items").get(0).path("id").asString();
        waxwing.json("play", album);
        waxwing.json("next");
        WaxwingProcess.await("it plays", () -> waxwing.ask("status").path("position").asDouble() > 1);
        waxwing.json("pause");
        double position = waxwing.ask("status").path("position").asDouble();
        WaxwingProcess.await("the pause is kept", () -> {
            instance.destroyForcibly();
            return !instance.isAlive();
        });
        Process again = waxwing.headless();
        JsonNode status = waxwing.json("status");
        assertThat(status.path("queue").path("index").asInt()).isEqualTo(1);
        assertThat(status.path("queue").path("length").asInt()).isEqualTo(tracksOf(album).size());
        assertThat(status.path("position").asDouble()).isBetween(position - 11, position + 1);
        assertThat(status.path("state").asString()).isNotEqualTo("playing");
        waxwing.quit(again);
    }

    private void signIn() {
        var result = waxwing.runWithInput(DemoServer.PASSWORD + "\n", "server", "add", server.url(), "--user", DemoServer.USER,
                "--password-stdin",
                "--json");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.json().path("kind").asString()).isEqualTo("jellyfin");
    }

    /// Plays an item to its end in a headless instance whose sound goes to the file.
    private void play(Path wav, String id) {
        var own = new WaxwingProcess(folder.resolve("data"), folder);
        try (own) {
            Process instance = own.headless("--audio-out", "wav:" + wav);
            own.json("play", id);
            WaxwingProcess.await("it has played to the end", () -> own.ask("status").path("state").asString().equals("idle"));
            own.quit(instance);
        }
    }

    private List<String> tracksOf(String album) {
        List<String> ids = new ArrayList<>();
        for (JsonNode track : waxwing.json("tracks", "--album", album).path("items")) ids.add(track.path("id").asString());
        return ids;
    }

    private void assertNoTokenInLogs() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data").resolve("logs"))) {
            for (Path log : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(log)).doesNotContain("Token=\"").doesNotContain("AccessToken");
            }
        }
    }
}
