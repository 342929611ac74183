package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.Content;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Files that we did not make: real encodes by others with odd tags or none, and broken ones. A good file sounds; a broken one gets a sentence; nothing
/// is stuck, online or off.
class OddFilesTest {
    private static final Instant THEN = Instant.parse("2021-05-01T10:00:00Z");
    private static final String LONG_TITLE = "長い題名 Ünïcödé العربية ".repeat(20).substring(0, 300);
    private static final List<String> BROKEN = List.of("truncated", "zero bytes", "text named mp3");
    @TempDir
    Path folder;

    @Test
    void goodOnesSoundBrokenOnesSayWhyAndNothingIsStuck() throws IOException {
        Map<String, byte[]> files = files();
        DemoLibrary library = library(files);
        try (DemoServer server = DemoServer.start(library, 0);
                var waxwing = new WaxwingProcess(folder.resolve("data"), folder)) {
            var signedIn = waxwing.runWithInput("demo\n", "server", "add", server.url(), "--user", "demo", "--password-stdin");
            assertThat(signedIn.exit()).as(signedIn.err()).isZero();
            Process instance = waxwing.headless("--audio-out", "wav:" + folder.resolve("odd.wav"));
            assertThat(waxwing.json("sync").path("tracks").asInt()).isEqualTo(files.size());
            playEach(waxwing, library);

            JsonNode downloads = waxwing.json("download", library.albums().getFirst().id(), "--wait").path("items");
            assertThat(downloads).hasSize(files.size());
            for (JsonNode download : downloads) {
                Path path = Path.of(download.path("path").asString());
                assertThat(Files.readAllBytes(path)).as(path.toString()).isEqualTo(library.bytes(download.path("itemId").asString()));
                assertThat(path.getFileName().toString().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
            }
            server.close();
            playEach(waxwing, library);
            waxwing.quit(instance);
        }
    }

    private void playEach(WaxwingProcess waxwing, DemoLibrary library) {
        int before = waxwing.json("history", "--limit", "500").path("items").size();
        int heard = 0;
        for (Item.Track track : library.tracks()) {
            waxwing.json("play", track.id());
            WaxwingProcess.await(track.name() + " has ended", () -> waxwing.json("status").path("state").asString().equals("idle"));
            JsonNode status = waxwing.json("status");
            if (BROKEN.contains(track.name())) {
                assertThat(status.path("error").asString()).as(track.name()).contains("cannot be played").endsWith(".");
            } else {
                heard++;
            }
        }
        int expected = before + heard;
        WaxwingProcess.await("all good ones are in the history",
                () -> waxwing.json("history", "--limit", "500").path("items").size() == expected);
    }

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] mp3 = resource("/test-documents/testMP3noid3.mp3");
        files.put("no tags at all", mp3);
        files.put("non-Latin tags", resource("/test-documents/testMP3i18n.mp3"));
        files.put(LONG_TITLE, resource("/test-documents/testMP3id3v24.mp3"));
        files.put("cover of 6 MB", withCover(mp3, 6_000_000));
        files.put("a Flac file", resource("/testFLAC.flac"));
        files.put("a Vorbis file", resource("/testVORBIS.ogg"));
        files.put("an Opus file", resource("/testOPUS_11.opus"));
        files.put("an M4A file", resource("/test-documents/testMP4.m4a"));
        files.put("wrong extension", resource("/testFLAC.oga"));
        files.put("truncated", resource("/test-documents/testMP3truncated.mp3"));
        files.put("zero bytes", new byte[0]);
        files.put("text named mp3", "This is a letter and no music at all.\n".repeat(200).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static DemoLibrary library(Map<String, byte[]> files) {
        DemoLibrary real = DemoLibrary.bundled();
        var artist = new Item.Artist(id(1000), "Những người lạ", "những người lạ", THEN, "", Item.Picture.NONE);
        var album = new Item.Album(id(2000), "CON: odd/files?", "odd files", THEN, List.of(artist.id()), 1999, List.of(), Double.NaN,
                Item.Picture.NONE);
        List<Item.Track> tracks = new ArrayList<>();
        files.forEach((title, bytes) -> {
            String container = title.contains("Flac")
                    ? "flac"
                    : title.contains("Vorbis")
                            ? "ogg"
                            : title.contains("Opus")
                                    ? "opus"
                                    : title.contains("M4A") ? "m4a" : "mp3";
            var audio = new Item.Audio(container, container, 128_000, 44_100, 2, 0, Content.of(bytes, THEN), Map.of());
            int number = tracks.size() + 1;
            tracks.add(new Item.Track(id(number), title, title, THEN.plusSeconds(number), album.id(), List.of(artist.id()), number, 1, 1999,
                    List.of(),
                    20_000_000, Double.NaN, "/music/odd/" + number + "." + container, audio, Item.Lyrics.NONE));
        });
        return new DemoLibrary(id(9), "Odd files", real.views(), List.of(artist), List.of(), List.of(album), tracks, List.of());
    }

    private static String id(int number) {
        return "%032x".formatted(0xabcd_0000L + number);
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = OddFilesTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return in.readAllBytes();
        }
    }

    /// The MP3 with an ID3v2.3 tag in front that holds a picture of so many bytes.
    private static byte[] withCover(byte[] mp3, int size) {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[]{0});
        frame.writeBytes("image/jpeg".getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(new byte[]{0, 3, 0});
        byte[] picture = new byte[size];
        new java.util.Random(6).nextBytes(picture);
        picture[0] = (byte) 0xff;
        picture[1] = (byte) 0xd8;
        frame.writeBytes(picture);
        var tag = new ByteArrayOutputStream();
        tag.writeBytes("APIC".getBytes(StandardCharsets.US_ASCII));
        int length = frame.size();
        tag.writeBytes(new byte[]{(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length, 0, 0});
        tag.writeBytes(frame.toByteArray());
        int all = tag.size();
        var file = new ByteArrayOutputStream();
        file.writeBytes("ID3".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(
                new byte[]{3, 0, 0, (byte) (all >> 21 & 127), (byte) (all >> 14 & 127), (byte) (all >> 7 & 127), (byte) (all & 127)});
        file.writeBytes(tag.toByteArray());
        file.writeBytes(mp3);
        return file.toByteArray();
    }
}
