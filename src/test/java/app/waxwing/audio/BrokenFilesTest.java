package app.waxwing.audio;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.audio.sink.WavSink;
import app.waxwing.base.FailureWords;
import app.waxwing.demo.DemoLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Issue 2, «audio files that we did not make»: a clear sentence each, nothing stuck.
@DisplayName("Odd and broken files")
class BrokenFilesTest {
    @TempDir
    Path folder;

    private String sentenceFor(Path file) {
        try (var rig = new Rig(new WavSink(folder.resolve("out.wav")))) {
            rig.engine.open(Rig.track(1, file), true);
            AudioEvent.Failed failed = rig.awaitEvent(AudioEvent.Failed.class, 1);
            assertThat(rig.event(AudioEvent.Ended.class, 1)).isEmpty();
            rig.await("idle", () -> rig.engine.status().state() == AudioStatus.State.IDLE);
            return FailureWords.sentence(failed.failure());
        }
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void anEmptyFileIsCalledEmpty() throws IOException {
        assertThat(sentenceFor(file("a.mp3", new byte[0]))).isEqualTo("a.mp3 cannot be played: the file is empty.");
    }

    @Test
    void textNamedMp3IsCalledText() throws IOException {
        byte[] text = "These are words, and not a sound in them.\n".repeat(200).getBytes(StandardCharsets.UTF_8);
        assertThat(sentenceFor(file("a.mp3", text))).isEqualTo("a.mp3 cannot be played: the file is text, not sound.");
        byte[] page = "<!DOCTYPE html><html><body>Not found</body></html>".getBytes(StandardCharsets.UTF_8);
        assertThat(sentenceFor(file("b.flac", page))).isEqualTo("b.flac cannot be played: the file is a web page, not sound.");
    }

    @Test
    void aPlaylistIsNotFollowed() throws IOException {
        byte[] list = "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n/etc/hostname\n#EXT-X-ENDLIST\n".getBytes(StandardCharsets.UTF_8);
        assertThat(sentenceFor(file("a.mp3", list))).isEqualTo("a.mp3 cannot be played: the file is text, not sound.");
    }

    @Test
    void noiseIsNoKnownFormat() throws IOException {
        byte[] noise = new byte[20_000];
        new java.util.Random(7).nextBytes(noise);
        assertThat(sentenceFor(file("a.mp3", noise))).startsWith("a.mp3 cannot be played: ");
    }

    @ParameterizedTest
    @CsvSource({"part1.flac, 40000", "part1.mp3, 50000", "part1.m4a, 40000", "part1-alac.m4a, 40000"})
    @DisplayName("of a file cut off in the middle what is there is played, then it is said")
    void aTruncatedFileIsPlayedAsFarAsItGoes(String name, int atMost) throws IOException {
        byte[] whole = Files.readAllBytes(Rig.fixture(name));
        Path cut = file("cut-" + name, Arrays.copyOf(whole, whole.length / 2));
        assertThat(sentenceFor(cut)).satisfiesAnyOf(s -> assertThat(s).contains("the file breaks off after 1 of 2 seconds"),
                s -> assertThat(s).contains("its table of contents is missing"));
        Path out = folder.resolve("out.wav");
        if (Files.exists(out)) assertThat(Rig.Wave.read(out).frames()).isLessThan(atMost);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vorbis", "opus"})
    @DisplayName("an Ogg file does not say its length, but cut off within a page it is known to break off; cut between pages it is a shorter file")
    void aTruncatedOggIsPlayedAsFarAsItGoes(String codec) throws IOException {
        DemoLibrary library = DemoLibrary.bundled();
        byte[] whole = library.bytes(library.tracks().stream().filter(t -> t.audio().codec().equals(codec)).findFirst().orElseThrow().id());
        int page = whole.length * 2 / 3;
        while (whole[page] != 'O' || whole[page + 1] != 'g' || whole[page + 2] != 'g' || whole[page + 3] != 'S') page--;
        for (int left : new int[]{5, 20, 27, 30, 1500}) {
            assertThat(sentenceFor(file("cut.ogg", Arrays.copyOf(whole, page + left))))
                    .matches("cut.ogg cannot be played: the file breaks off after \\d+ seconds\\.");
        }
        Path shorter = file("shorter.ogg", Arrays.copyOf(whole, page));
        try (var rig = new Rig(new WavSink(folder.resolve("shorter.wav")))) {
            rig.engine.open(Rig.track(1, shorter), true);
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
    }

    @Test
    void aFailedTrackLetsThePreparedOnePlay() throws IOException {
        Path broken = file("a.mp3", new byte[0]);
        try (var rig = new Rig(new WavSink(folder.resolve("out.wav")))) {
            rig.engine.open(Rig.track(1, broken), true);
            rig.engine.prepareNext(Rig.track(2, Rig.fixture("part1.flac")));
            rig.awaitEvent(AudioEvent.Ended.class, 2);
            assertThat(rig.events.stream().filter(e -> e instanceof AudioEvent.Failed || e instanceof AudioEvent.TrackChanged).map(
                    AudioEvent::generation)).containsExactly(1L, 2L);
        }
        assertThat(Rig.Wave.read(folder.resolve("out.wav")).frames()).isEqualTo(66_150);
    }

    @ParameterizedTest
    @CsvSource({"non-latin.flac, 35280", "long-title.mp3, 35280", "no-tags.ogg, 70560", "no-tags.opus, 38400", "no-tags.m4a, 35280",
            "wrong-extension.mp3, 70560", "wrong-extension.flac, 35280", "wrong-extension.ogg, 35280"})
    void oddTagsAndWrongExtensionsDoNotMatter(String name, int frames) {
        Path out = folder.resolve("out.wav");
        try (var rig = new Rig(new WavSink(out))) {
            rig.engine.open(Rig.track(1, Rig.fixture(name)), true);
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
        assertThat(Rig.Wave.read(out).frames()).isEqualTo(frames);
    }

    @Test
    void aCoverOf6MegabytesIsStepped0ver() throws IOException {
        float[] plain = Rig.decode(new FfmpegBackend(), Rig.fixture("part1.mp3"));
        byte[] sound = Files.readAllBytes(Rig.fixture("part1.mp3"));
        var bytes = new ByteArrayOutputStream();
        byte[] picture = new byte[6_000_000];
        new java.util.Random(1).nextBytes(picture);
        byte[] head = "\0image/jpeg\0\3\0".getBytes(StandardCharsets.ISO_8859_1);
        int frame = head.length + picture.length;
        bytes.write("ID3\3\0\0".getBytes(StandardCharsets.ISO_8859_1));
        int tag = frame + 10;
        bytes.write(new byte[]{(byte) (tag >> 21 & 0x7f), (byte) (tag >> 14 & 0x7f), (byte) (tag >> 7 & 0x7f), (byte) (tag & 0x7f)});
        bytes.write("APIC".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(new byte[]{(byte) (frame >> 24), (byte) (frame >> 16), (byte) (frame >> 8), (byte) frame, 0, 0});
        bytes.write(head);
        bytes.write(picture);
        int skip = sound[0] == 'I'
                ? 10 + ((sound[6] & 0x7f) << 21 | (sound[7] & 0x7f) << 14 | (sound[8] & 0x7f) << 7 | sound[9] & 0x7f)
                : 0;
        bytes.write(sound, skip, sound.length - skip);
        assertThat(Rig.decode(new FfmpegBackend(), file("cover.mp3", bytes.toByteArray()))).isEqualTo(plain);
    }

}
