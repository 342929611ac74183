package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Qualities by command line, with the demonstration server's transcodes and the real decoder.
class QualityEndToEndTest {
    @TempDir
    Path folder;
    private DemoServer server;
    private WaxwingProcess waxwing;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        waxwing = new WaxwingProcess(folder.resolve("data"), folder, "--audio-out", "null");
        var signedIn = waxwing.runWithInput(DemoServer.PASSWORD + "\n", "server", "add", server.url(), "--user", DemoServer.USER,
                "--password-stdin", "--json");
        assertThat(signedIn.exit()).as(signedIn.err()).isZero();
        waxwing.headless();
        waxwing.ask("sync");
    }

    @AfterEach
    void stop() {
        waxwing.close();
        server.close();
    }

    @Test
    @DisplayName("Quality: FLACs come as Opus when that is wished for, measured by the real decoder, then as MP3, then as they are; each time one "
            + "file a track is left. An MP3 below the target is taken as it is")
    void upAndDown() throws IOException {
        String album = album("Night Train to Lund");
        for (String quality : List.of("opus-128", "mp3-192", "original")) {
            // The first by a process of its own, as a person types it.
            JsonNode items = (quality.startsWith("opus")
                    ? waxwing.json("download", album, "--quality", quality, "--wait")
                    : waxwing.ask("download", album, "--quality", quality, "--wait")).path("items");
            assertThat(items).hasSize(5).allSatisfy(d -> {
                assertThat(d.path("status").asString()).isEqualTo("completed");
                assertThat(d.path("quality").asString()).isEqualTo(quality);
                Path path = Path.of(d.path("path").asString());
                String number = path.getFileName().toString().substring(0, 2);
                String made = quality.startsWith("opus")
                        ? "transcoded/" + number + ".opus"
                        : quality.startsWith("mp3") ? "transcoded/" + number + ".mp3" : number + ".flac";
                assertThat(Files.readAllBytes(path)).isEqualTo(demo("night-train/" + made));
            });
            assertThat(waxwing.ask("offline", "has", album).path("available").asBoolean()).isTrue();
        }
        JsonNode lossy = waxwing.ask("download", album("Field Notes"), "--quality", "mp3-320", "--wait").path("items");
        assertThat(lossy).hasSize(5).allSatisfy(d -> {
            assertThat(d.path("status").asString()).isEqualTo("completed");
            assertThat(d.path("quality").asString()).isEqualTo("original");
        });
        assertThat(server.requests())
                .noneMatch(r -> r.path().contains("stream.mp3") && r.param("audioBitRate").filter("320000"::equals).isPresent());
        JsonNode report = waxwing.ask("downloads", "verify");
        assertThat(report.path("missing")).isEmpty();
        assertThat(report.path("unknown")).isEmpty();
        assertThat(kept()).hasSize(10).allMatch(f -> f.endsWith(".flac") || f.endsWith(".mp3"));
    }

    private String album(String title) {
        for (JsonNode album : waxwing.ask("albums").path("items"))
            if (album.path("title").asString().equals(title)) return album.path("id").asString();
        throw new AssertionError("no album " + title);
    }

    private static byte[] demo(String path) throws IOException {
        try (InputStream in = Objects.requireNonNull(QualityEndToEndTest.class.getResourceAsStream("/app/waxwing/demo/library/" + path))) {
            return in.readAllBytes();
        }
    }

    private List<String> kept() throws IOException {
        var files = new ArrayList<String>();
        try (Stream<Path> all = Files.walk(folder.resolve("data").resolve("media"))) {
            all.filter(Files::isRegularFile).map(Path::toString).filter(f -> !f.contains(".waxwing")).forEach(files::add);
        }
        return files;
    }
}
