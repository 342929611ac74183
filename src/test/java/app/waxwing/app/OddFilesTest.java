package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.app.OddFiles.Odd;
import app.waxwing.app.ReferenceDecode.Heard;
import app.waxwing.audio.vlc.VlcBackend;
import app.waxwing.base.SystemTime;
import app.waxwing.testing.DemoProcess;
import app.waxwing.testing.Parts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole way with files that we did not make: the program and the server each in a process of its own, sound into `wav`, compared with the files'
/// own samples. Every second file is broken: it gets one clear sentence, and the music goes on.
@DisplayName("Issue 2: files that we did not make, good and broken, streamed, downloaded and played offline")
class OddFilesTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("2.6 2.13 2.14 by the embedded decoder: all four formats, odd tags, wrong names, broken ones between them")
    void embedded() throws IOException {
        List<Odd> files = OddFiles.all();
        try (var server = DemoProcess.start("--library", OddFiles.library(folder.resolve("music"), files).toString());
                var waxwing = waxwing("ffmpeg")) {
            Path streamed = folder.resolve("streamed.wav");
            Process instance = waxwing.headless("--audio-out", "wav:" + streamed);
            signIn(waxwing, server, files);
            for (String words : List.of("日本語", "Ελληνικά", "長い題名", "testMP3noid3"))
                assertThat(waxwing.ask("search", words, "--kind", "track").path("total").asInt()).as(words).isPositive();
            List<Odd> played = new ArrayList<>(playAll(waxwing, files));
            assertThat(saidInLog()).containsExactlyInAnyOrderElementsOf(sentences(files));
            played.addAll(playBroken(waxwing, files));
            String heard = OddFiles.id(files.get(2));
            WaxwingProcess.await("a play that was told counts without a sync", () -> playCount(waxwing, heard) > 0);
            waxwing.quit(instance);
            compare(Wav.samples(streamed), played, 2, 0);

            Path local = folder.resolve("local.wav");
            instance = waxwing.headless("--audio-out", "wav:" + local);
            download(waxwing, files);
            played = new ArrayList<>(List.of(deletedBehindItsBack(waxwing, files.getFirst())));
            server.close();
            played.addAll(playAll(waxwing, files));
            assertThat(waxwing.ask("status").path("queue").path("length").asInt()).isEqualTo(files.size());
            played.addAll(playBroken(waxwing, kept(files)));
            waxwing.quit(instance);
            compare(Wav.samples(local), played, 2, 0);
        }
    }

    @Test
    @DisplayName("by LibVLC: what it plays is the file's own sound, what it cannot play gets the same sentences")
    void vlc() throws IOException {
        requireVlc();
        List<Odd> all = OddFiles.all();
        List<Odd> files = List.of(all.get(2), all.get(1), all.get(3), all.get(4), all.get(7), all.get(6));
        try (var server = DemoProcess.start("--library", OddFiles.library(folder.resolve("music"), files).toString());
                var waxwing = waxwing("vlc")) {
            Path local = folder.resolve("vlc.wav");
            Process instance = waxwing.headless("--audio-out", "wav:" + local);
            signIn(waxwing, server, files);
            download(waxwing, files);
            server.close();
            List<Odd> played = playAll(waxwing, files);
            assertThat(saidInLog()).containsExactlyInAnyOrderElementsOf(sentences(kept(files)));
            waxwing.quit(instance);
            // Its MP3 decoder rounds in its own way, and begins a file with a count of frames at another one.
            byte[] found = Wav.samples(local);
            int last = length(files.getLast());
            int before = files.subList(0, 4).stream().mapToInt(OddFilesTest::length).sum();
            compare(Arrays.copyOf(found, before), played.subList(0, 4), 1, 1);
            compare(Arrays.copyOfRange(found, found.length - last, found.length), List.of(files.getLast()), 1, 1);
            assertThat((found.length - before - last) / 2 / 44_100.0).as("seconds heard of the one that is cut off").isBetween(0.8, 1.4);
        }
    }

    private static int length(Odd file) {
        return ReferenceDecode.heard(file.bytes(), file.fileName()).pcm().length;
    }

    private static void requireVlc() {
        try (var time = new SystemTime(); var vlc = new VlcBackend(time)) {
            Parts.require("vlc", "LibVLC is missing: install the Debian packages libvlc5 and vlc-plugin-base",
                    () -> vlc.missing().isEmpty());
        }
    }

    private WaxwingProcess waxwing(String decoder) {
        return new WaxwingProcess(folder.resolve("data"), folder).java("-Dwaxwing.decoder=" + decoder);
    }

    private static void signIn(WaxwingProcess waxwing, DemoProcess server, List<Odd> files) {
        waxwing.askWith(Optional.of("demo"), "server", "add", server.url(), "--user", "demo", "--password-stdin");
        assertThat(waxwing.ask("sync").path("tracks").asInt()).isEqualTo(files.size());
        waxwing.ask("settings", "set", "playback.loudness", "off");
        assertThat(waxwing.ask("tracks", "--album", OddFiles.ALBUM).path("items")).extracting(t -> t.path("title").asString())
                .containsExactlyElementsOf(files.stream().map(Odd::title).toList());
    }

    private static void download(WaxwingProcess waxwing, List<Odd> files) throws IOException {
        WaxwingProcess.Answer answer = waxwing.tell(Optional.empty(), "download", OddFiles.ALBUM, "--wait");
        // A command that fails answers with its failure alone.
        JsonNode downloads = waxwing.ask("downloads", "--limit", "100").path("items");
        assertThat(downloads).hasSize(files.size());
        assertThat(answer.outcome().sentence()).startsWith("Not everything is here: «Words»");
        for (Odd file : files) {
            JsonNode download = downloads.valueStream().filter(d -> d.path("itemId").asString().equals(OddFiles.id(file))).findFirst()
                    .orElseThrow();
            if (noMusic(file).isPresent()) {
                assertThat(download.path("status").asString()).as(download.toString()).isEqualTo("failed");
                assertThat(download.path("error").asString()).contains(noMusic(file).get());
                continue;
            }
            assertThat(download.path("status").asString()).as(download.toString()).isEqualTo("completed");
            Path path = Path.of(download.path("path").asString());
            assertThat(Files.readAllBytes(path)).as(file.title()).isEqualTo(file.bytes());
            assertThat(path.getFileName().toString().getBytes(StandardCharsets.UTF_8)).as(file.title()).hasSizeLessThanOrEqualTo(255);
        }
        assertThat(waxwing.ask("offline", "has", OddFiles.ALBUM).path("available").asBoolean()).isFalse();
    }

    /// What a server sends in the place of music is never kept: why not.
    private static Optional<String> noMusic(Odd file) {
        return switch (file.title()) {
            case "A page" -> Optional.of("a web page");
            case "Words" -> Optional.of("a text and no music");
            default -> Optional.empty();
        };
    }

    private static List<Odd> kept(List<Odd> files) {
        return files.stream().filter(f -> noMusic(f).isEmpty()).toList();
    }

    private static int playCount(WaxwingProcess waxwing, String id) {
        return waxwing.ask("show", id).path("playCount").asInt();
    }

    /// A kept file that somebody deletes: not available, said so in the downloads, streamed when it is played, and here again after that.
    private static Odd deletedBehindItsBack(WaxwingProcess waxwing, Odd file) throws IOException {
        String id = OddFiles.id(file);
        Files.delete(Path.of(waxwing.ask("offline", "has", id).path("path").asString()));
        assertThat(waxwing.ask("offline", "has", id).path("available").asBoolean()).isFalse();
        WaxwingProcess.await("the downloads say so",
                () -> waxwing.ask("downloads", "--status", "failed").path("items").valueStream()
                        .anyMatch(d -> d.path("itemId").asString().equals(id)
                                && d.path("error").asString().contains("deleted or changed outside Waxwing")));
        assertThat(waxwing.ask("show", id).path("availability").asString()).isEqualTo("remote");
        waxwing.ask("play", id);
        awaitIdle(waxwing, "the stream");
        WaxwingProcess.await("it is kept again", () -> waxwing.ask("offline", "has", id).path("available").asBoolean());
        return file;
    }

    /// The album from its start to its end.
    private static List<Odd> playAll(WaxwingProcess waxwing, List<Odd> files) {
        waxwing.ask("play", OddFiles.ALBUM);
        awaitIdle(waxwing, "the album");
        assertThat(waxwing.ask("status").path("queue").path("index").asInt()).as("it went to its end").isEqualTo(files.size() - 1);
        return files;
    }

    /// Each broken one alone: its sentence stands there when it is over.
    private static List<Odd> playBroken(WaxwingProcess waxwing, List<Odd> files) {
        List<Odd> broken = files.stream().filter(f -> !f.sentence().isEmpty()).toList();
        for (Odd file : broken) {
            waxwing.ask("play", OddFiles.id(file));
            awaitIdle(waxwing, file.title());
            assertThat(waxwing.ask("status").path("error").asString()).isEqualTo(file.sentence());
        }
        return broken;
    }

    private static void awaitIdle(WaxwingProcess waxwing, String what) {
        WaxwingProcess.await(what + " is over", () -> waxwing.ask("status").path("state").asString().equals("idle"));
    }

    private static List<String> sentences(List<Odd> files) {
        return files.stream().map(Odd::sentence).filter(s -> !s.isEmpty()).toList();
    }

    /// What the player wrote of tracks that it could not play.
    private List<String> saidInLog() throws IOException {
        List<String> said = new ArrayList<>();
        try (Stream<Path> logs = Files.walk(folder.resolve("data/logs"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(log)) {
                    int at = line.indexOf("Course - ");
                    if (at >= 0 && line.contains("cannot be played")) said.add(line.substring(at + "Course - ".length()));
                }
            }
        }
        return said;
    }

    /// The file holds these tracks one after the other. Those in its own format are there sample by sample, mono ones on both channels and dithered,
    /// those of another rate in their length and loudness.
    private static void compare(byte[] wav, List<Odd> played, int channels, int rounding) {
        ShortBuffer found = shorts(wav);
        for (Odd file : played) {
            Heard expected = ReferenceDecode.heard(file.bytes(), file.fileName());
            assertThat(expected.failure().isEmpty()).as(file.title()).isEqualTo(file.sentence().isEmpty());
            if (expected.pcm().length == 0) continue;
            if (expected.rate() == 44_100) same(file, expected, channels, rounding, found);
            else alike(file, expected, channels, found);
        }
        assertThat(found.remaining()).as("nothing more was heard").isZero();
    }

    private static void same(Odd file, Heard expected, int channels, int rounding, ShortBuffer found) {
        ShortBuffer samples = shorts(expected.pcm());
        int tolerance = rounding + (expected.channels() == channels ? 0 : 1);
        for (int frame = 0; samples.hasRemaining(); frame++) {
            short sample = samples.get();
            for (int channel = 0; channel < channels; channel++) {
                if (channel > 0 && expected.channels() > 1) sample = samples.get();
                int there = found.get();
                if (Math.abs(there - sample) > tolerance)
                    throw new AssertionError(file.title() + ", frame " + frame + ": " + there + " and not " + sample);
            }
        }
    }

    private static void alike(Odd file, Heard expected, int channels, ShortBuffer found) {
        ShortBuffer samples = shorts(expected.pcm());
        long frames = samples.remaining() / expected.channels();
        int count = Math.toIntExact(Math.ceilDiv(frames * 44_100, expected.rate()) * channels);
        assertThat(found.remaining()).as(file.title()).isGreaterThanOrEqualTo(count);
        double loudness = loudness(samples, samples.remaining());
        assertThat(loudness(found, count)).as(file.title()).isBetween(loudness * 0.9, loudness * 1.1);
    }

    private static double loudness(ShortBuffer samples, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += Math.pow(samples.get(), 2);
        return Math.sqrt(sum / count);
    }

    private static ShortBuffer shorts(byte[] pcm) {
        return ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    }
}
