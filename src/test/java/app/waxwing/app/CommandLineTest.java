package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What a script may rely on, by the program itself: one document, the right exit code, nothing left behind.
class CommandLineTest {
    @TempDir
    Path folder;
    private DemoServer server;
    private WaxwingProcess waxwing;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        waxwing = new WaxwingProcess(folder.resolve("data"), folder, "--audio-out", "null");
    }

    @AfterEach
    void stop() {
        waxwing.close();
        server.close();
    }

    @Test
    @DisplayName("help and version are one document with --json, and like wrong usage they touch no folder")
    void helpTouchesNothing() {
        assertThat(waxwing.json("--version").path("version").asString()).isNotBlank();
        assertThat(waxwing.json("--help").path("commands").size()).isGreaterThan(50);
        assertThat(waxwing.json("offline", "--help").path("commands").size()).isEqualTo(7);
        assertThat(waxwing.run("insights").exit()).isEqualTo(2);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    @DisplayName("single commands see the saved queue, refuse what is not there, and say why nothing comes when the user is offline")
    void singleCommands() throws IOException {
        signIn();
        String album = waxwing.json("albums").path("items").get(0).path("id").asString();
        int length = waxwing.json("queue", "add", album).path("items").size();
        assertThat(waxwing.json("queue").path("items").size()).isEqualTo(length);
        Process instance = waxwing.headless();
        assertThat(waxwing.json("status").path("queue").path("length").asInt()).isEqualTo(length);
        assertThat(waxwing.run("queue", "remove", "99").exit()).isEqualTo(6);
        assertThat(waxwing.run("tracks", "--album", album, "--genre", album).exit()).isEqualTo(2);

        waxwing.json("offline", "on");
        // The album in the queue may be here by now: what plays next is fetched ahead.
        var other = waxwing.json("albums").path("items").get(1);
        var wait = waxwing.run("download", other.path("id").asString(), "--wait", "--json");
        assertThat(wait.exit()).isEqualTo(5);
        assertThat(JsonMapper.shared().readTree(wait.out()).path("error").path("code").asString()).isEqualTo("offline");
        assertThat(wait.out().lines()).as("documents on stdout").hasSize(1);
        assertThat(waxwing.json("downloads", "--status", "pending").path("total").asInt())
                .isGreaterThanOrEqualTo(waxwing.json("tracks", "--album", other.path("id").asString()).path("total").asInt());
        var sync = waxwing.run("sync");
        assertThat(sync.exit()).isEqualTo(5);
        assertThat(sync.err()).contains("Offline mode is on");

        waxwing.quit(instance);

        for (String name : List.of("", "logs", "cache")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data").resolve(name))))
                    .as("who may read «%s»", name).isEqualTo("rwx------");
        }
    }

    @Test
    @DisplayName("who follows keeps neither a single command's folder nor an instance that is told to quit")
    void followers() throws InterruptedException {
        Process follower = waxwing.start(List.of("status", "--follow"));
        WaxwingProcess.await("the follower has the folder", () -> waxwing.run("raise").exit() == 0);
        int before = waxwing.printed(follower).size();
        Process instance = waxwing.headless();
        // It prints where things stand once more; told to quit before that, there would be no instance that it could follow.
        WaxwingProcess.await("the follower follows the instance", () -> waxwing.printed(follower).size() > before);
        assertThat(waxwing.json("queue").path("items")).isEmpty();
        assertThat(follower.isAlive()).as("the follower goes on with the new instance").isTrue();
        waxwing.quit(instance);
        assertThat(follower.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("broken settings are told on stderr, and the command goes on with the usual values")
    void brokenSettings() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data").resolve("settings.json"), "{\"downloads\": {\"at-once\": \"many\"}, \"later\": 1}");
        var result = waxwing.run("settings", "get", "downloads.at-once", "--json");
        assertThat(result.exit()).isZero();
        assertThat(result.json().path("value").asInt()).isEqualTo(3);
        assertThat(result.err()).contains("downloads.at-once").contains("many");
        var wrong = waxwing.run("settings", "set", "downloads.at-once", "99");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(waxwing.run("settings", "set", "folders.media", "music").exit()).as("a path that is not whole").isEqualTo(2);
        assertThat(wrong.err()).endsWith("The setting downloads.at-once takes a whole number from 1 to 8, not «99».");
    }

    @Test
    @DisplayName("0.3 settings set folders.media tells of the move that it made itself, and of no earlier one")
    void movesOfOthers() throws IOException {
        signIn();
        waxwing.headless();
        Path there = folder.resolve("drive");
        assertThat(waxwing.json("settings", "set", "folders.media", there.toString()).has("files")).isTrue();
        var again = waxwing.json("settings", "set", "folders.media", there.toString());
        assertThat(again.path("value").asString()).isEqualTo(there.toString());
        assertThat(again.has("files") || again.has("bytes") || again.has("left")).isFalse();
        assertThat(waxwing.json("downloads", "folders").path("items").get(0).path("folder").asString()).isEqualTo(there.toString());
        assertThat(waxwing.run("downloads", "bring", there.toString()).exit()).isNotZero();
    }

    @Test
    @DisplayName("a Linux session without a screen is known before anybody is asked to hand over")
    void noScreen() {
        assertThat(Windowed.screen("Linux", Map.of(), "")).isFalse();
        assertThat(Windowed.screen("Linux", Map.of("DISPLAY", ":0"), "")).isTrue();
        assertThat(Windowed.screen("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"), "")).isTrue();
        assertThat(Windowed.screen("Linux", Map.of(), "Headless")).isTrue();
        assertThat(Windowed.screen("Mac OS X", Map.of(), "")).isTrue();
    }

    @Test
    @DisplayName("C.5, 1.4, 1.10 after a script of known asks `metrics --json` shows exactly its hits and misses, in the next run too, and nothing after a reset")
    void metrics() {
        Process instance = waxwing.headless();
        waxwing.signIn(server);
        String album = waxwing.ask("albums").path("items").get(0).path("id").asString();
        waxwing.json("metrics", "reset");
        for (int i = 0; i < 3; i++) assertThat(waxwing.json("similar", album, "--limit", "5").path("items").size()).isEqualTo(5);
        assertThat(cache("similar")).isEqualTo("2 hits, 1 misses, 0.6667, 1 network, 0 errors");
        waxwing.json("quit");
        assertThat(instance.onExit().join().exitValue()).isZero();
        assertThat(cache("similar")).isEqualTo("2 hits, 1 misses, 0.6667, 1 network, 0 errors");
        waxwing.json("metrics", "reset");
        assertThat(cache("similar")).isEmpty();
        assertThat(waxwing.json("metrics").path("database").path("bytes").asLong()).isPositive();
        for (var c : waxwing.json("metrics").path("caches")) {
            if (c.path("name").asString().equals("similar")) assertThat(c.path("limit").asLong()).as("1.5 its cap").isEqualTo(10_000_000);
        }
        assertThat(waxwing.json("metrics").path("caches").valueStream().filter(c -> c.path("name").asString().equals("session")))
                .as("1.10 how long sign-ins take to come back").hasSize(1);
    }

    private String cache(String name) {
        for (var c : waxwing.json("metrics").path("caches")) {
            if (c.path("name").asString().equals(name) && c.path("hits").asLong() + c.path("misses").asLong() > 0) {
                return c.path("hits").asLong() + " hits, " + c.path("misses").asLong() + " misses, " + c.path("hitRate").asString() + ", "
                        + c.path("network").asLong() + " network, " + c.path("errors").asLong() + " errors";
            }
        }
        return "";
    }

    private void signIn() {
        var result = waxwing.runWithInput(DemoServer.PASSWORD + "\n", "server", "add", server.url(), "--user", DemoServer.USER,
                "--password-stdin");
        assertThat(result.exit()).as(result.err()).isZero();
        waxwing.json("sync");
    }
}
