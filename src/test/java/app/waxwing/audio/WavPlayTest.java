package app.waxwing.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.audio.sink.WavSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real files through the embedded decoder, the mixer and the `wav` sink. The fixtures part1 and part2 are the two halves of one sine, 66,150 frames each.
@DisplayName("Playing into a wav file")
class WavPlayTest {
    private static final int PART = 66_150;
    @TempDir
    Path folder;

    private List<String> kinds(Rig rig) {
        return rig.events.stream().map(e -> e.getClass().getSimpleName()).toList();
    }

    @Test
    void a16BitFileComesOutBitForBit() {
        Path wav = Rig.sine(folder.resolve("in.wav"), 44_100, PART, 0);
        for (Path file : List.of(wav, Rig.fixture("part1.flac"), Rig.fixture("part1-alac.m4a"))) {
            Path out = folder.resolve("out.wav");
            try (var rig = new Rig(new WavSink(out))) {
                rig.engine.open(Rig.track(1, file), true);
                rig.awaitEvent(AudioEvent.Ended.class, 1);
                assertThat(kinds(rig)).as(file.toString()).containsExactly("Opened", "Sounding", "Ended");
            }
            Rig.Wave heard = Rig.Wave.read(out);
            assertThat(heard.rate()).isEqualTo(44_100);
            assertThat(heard.bits()).isEqualTo(16);
            assertThat(heard.frames()).as(file.toString()).isEqualTo(PART);
            if (file.equals(wav)) assertThat(heard.samples()).isEqualTo(Rig.Wave.read(wav).samples());
        }
    }

    @Test
    void a24BitFileBecomesA24BitFileAtItsOwnRate() {
        Path out = folder.resolve("out.wav");
        try (var rig = new Rig(new WavSink(out))) {
            rig.engine.open(Rig.track(1, Rig.fixture("hires-24-96.flac")), true);
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
        Rig.Wave heard = Rig.Wave.read(out);
        assertThat(List.of(heard.rate(), heard.channels(), heard.bits(), heard.frames())).containsExactly(96_000, 2, 24, 24_000);
        for (int i = 0; i < 24_000; i += 7) {
            long expected = Math.round(0.5 * Math.sin(2 * Math.PI * 440 * i / 96_000) * 8_388_607);
            assertThat((long) heard.samples()[2 * i]).isCloseTo(expected, within(1L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flac", "mp3", "wav", "ogg", "opus", "m4a"})
    @DisplayName("two halves of one wave are joined to exactly the whole, without a step")
    void tracksJoinSampleForSample(String kind) {
        Path one = kind.equals("wav") ? Rig.sine(folder.resolve("1.wav"), 44_100, PART, 0) : Rig.fixture("part1." + kind);
        Path two = kind.equals("wav") ? Rig.sine(folder.resolve("2.wav"), 44_100, PART, 1.5) : Rig.fixture("part2." + kind);
        Rig.Wave heard = joined(one, two);
        int part = kind.equals("opus") ? 72_000 : PART;
        assertThat(heard.frames()).isEqualTo(2 * part);
        for (int from : new int[]{4096, part - 12_288, part + 4096, 2 * part - 12_288}) {
            assertThat(slip(heard, from, 8192)).as("frames that the sound at %d is off its place", from).isBetween(-0.3, 0.3);
        }
        // Lossless halves meet without any step; lossy ones with what their encoders make of a hard edge.
        boolean lossless = kind.equals("flac") || kind.equals("wav");
        assertThat(worst(heard, 0, part - 2048, part + 2048)).isLessThan(lossless ? 2e-4 : 0.6);
    }

    /// By how many frames the wave is shifted there, from its phase.
    private static double slip(Rig.Wave heard, int from, int count) {
        double[] samples = heard.channel(0);
        double step = 2 * Math.PI * 440 / heard.rate();
        double sine = 0;
        double cosine = 0;
        for (int i = from; i < from + count; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from) / count);
            sine += window * samples[i] * Math.sin(step * i);
            cosine += window * samples[i] * Math.cos(step * i);
        }
        return Math.atan2(cosine, sine) / step;
    }

    @Test
    void tracksOfDifferentRatesJoinAtTheRateOfTheFirst() {
        Rig.Wave heard = joined(Rig.fixture("part1.flac"), Rig.fixture("part2-48k.flac"));
        assertThat(heard.rate()).isEqualTo(44_100);
        assertThat(heard.frames()).isEqualTo(2 * PART);
        assertThat(worst(heard, 0, 0, 2 * PART)).isLessThan(1e-3);
        assertThat(worst(heard, 1, 0, 2 * PART)).isLessThan(1e-3);
    }

    private Rig.Wave joined(Path one, Path two) {
        Path out = folder.resolve("joined.wav");
        try (var rig = new Rig(new WavSink(out))) {
            rig.engine.open(Rig.track(1, one), false);
            rig.engine.prepareNext(Rig.track(2, two));
            rig.awaitEvent(AudioEvent.Opened.class, 2);
            rig.engine.play();
            rig.awaitEvent(AudioEvent.Ended.class, 2);
            assertThat(kinds(rig)).containsSubsequence("Sounding", "TrackChanged", "Ended").doesNotContain("Failed", "Waiting");
            assertThat(rig.awaitEvent(AudioEvent.TrackChanged.class, 2).previous()).isEqualTo(1);
        }
        return Rig.Wave.read(out);
    }

    /// Largest distance from the sine that the file is made of.
    private static double worst(Rig.Wave heard, int channel, int from, int to) {
        double[] samples = heard.channel(channel);
        double frequency = channel == 0 ? 440 : 554.37;
        double worst = 0;
        for (int i = from; i < to; i++) {
            worst = Math.max(worst, Math.abs(samples[i] - 0.5 * Math.sin(2 * Math.PI * frequency * i / heard.rate())));
        }
        return worst;
    }

    @ParameterizedTest
    @ValueSource(strings = {"part1.flac", "part1.mp3", "part1.ogg", "part1.opus", "part1-alac.m4a"})
    void aSeekIsExactToTheFrame(String name) {
        var ffmpeg = new FfmpegBackend();
        float[] whole = Rig.decode(ffmpeg, Rig.fixture(name));
        try (Decoder decoder = ffmpeg.open(1, Rig.source(Rig.fixture(name)), Optional.empty())) {
            for (int millis : new int[]{1003, 0, 517, 1490, 250}) {
                long frame = decoder.seek(Duration.ofMillis(millis));
                assertThat(frame).isEqualTo(decoder.info().format().frames(Duration.ofMillis(millis)));
                float[] rest = Rig.decode(decoder);
                assertThat(rest).as("from %d ms", millis).hasSize(whole.length - (int) frame * 2);
                double worst = 0;
                for (int i = 0; i < rest.length; i++) worst = Math.max(worst, Math.abs(rest[i] - whole[(int) frame * 2 + i]));
                assertThat(worst).isLessThan(2e-4);
            }
        }
    }

    @Test
    void aSeekOfThePlayerWritesOnFromThatFrame() {
        Path out = folder.resolve("out.wav");
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 3 * PART, 0);
        try (var rig = new Rig(new WavSink(out))) {
            rig.engine.open(Rig.track(1, in), false);
            rig.awaitEvent(AudioEvent.Opened.class, 1);
            rig.engine.seek(1, Duration.ofSeconds(2));
            assertThat(rig.awaitEvent(AudioEvent.Seeked.class, 1).position()).isEqualTo(Duration.ofSeconds(2));
            assertThat(rig.engine.status().position()).isEqualTo(Duration.ofSeconds(2));
            rig.engine.play();
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
        int[] source = Rig.Wave.read(in).samples();
        assertThat(Rig.Wave.read(out).samples()).isEqualTo(Arrays.copyOfRange(source, 2 * 88_200, source.length));
    }

    @Test
    void nothingIsWrittenWhilePaused() throws IOException {
        Path out = folder.resolve("out.wav");
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 200 * 44_100, 0);
        try (var rig = new Rig(new WavSink(out))) {
            rig.engine.open(Rig.track(1, in), true);
            rig.awaitEvent(AudioEvent.Sounding.class, 1);
            rig.engine.pause();
            rig.await("paused", () -> rig.engine.status().state() == AudioStatus.State.PAUSED);
            long size = Files.size(out);
            Duration at = rig.engine.status().position();
            rig.engine.setVolume(1);
            rig.engine.pause();
            rig.await("a moment", () -> rig.engine.status().position().equals(at));
            assertThat(Files.size(out)).isEqualTo(size);
            assertThat(Rig.Wave.read(out).frames()).as("the file is readable as it stands")
                    .isEqualTo((int) new PcmFormat(44_100, 2).frames(at));
            rig.engine.play();
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
        assertThat(Rig.Wave.read(out).samples()).isEqualTo(Rig.Wave.read(in).samples());
    }

    @Test
    void volumeFollowsTheCubeOfTheSliderAndDoesNotClick() {
        Path out = folder.resolve("out.wav");
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, PART, 0);
        try (var rig = new Rig(new WavSink(out))) {
            rig.engine.setVolume(0.5);
            rig.engine.open(Rig.track(1, in), true);
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
        double[] heard = Rig.Wave.read(out).channel(0);
        double[] source = Rig.Wave.read(in).channel(0);
        for (int i = 0; i < heard.length; i++) assertThat(heard[i]).isCloseTo(source[i] / 8, within(3.0 / 32_768));
    }
}
