package app.waxwing.audio;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.sink.NullSink;
import app.waxwing.audio.sink.WavSink;
import app.waxwing.audio.vlc.VlcBackend;
import app.waxwing.base.SystemTime;
import app.waxwing.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real sound through LibVLC, at its own pace, into a file.
@Timeout(180)
@DisplayName("Playing by LibVLC")
class VlcPlayTest {
    private static final int PART = 66_150;
    private static final SystemTime TIME = new SystemTime();
    private static VlcBackend vlc = new VlcBackend(TIME);
    @TempDir
    Path folder;

    @BeforeAll
    static void isInstalled() {
        Parts.require("vlc", "LibVLC is missing: install the Debian packages libvlc5 and vlc-plugin-base", () -> vlc.missing().isEmpty());
    }

    @AfterAll
    static void close() {
        vlc.close();
        TIME.close();
    }

    /// A file at the pace of a device.
    private static final class PacedWav implements Sink {
        private final NullSink clock = new NullSink(TIME);
        private final WavSink file;

        PacedWav(Path path) {
            file = new WavSink(path);
        }

        @Override
        public String describe() {
            return file.describe();
        }

        @Override
        public PcmFormat open(PcmFormat wanted, int bits) {
            return clock.open(file.open(wanted, bits), bits);
        }

        @Override
        public int writable() {
            return clock.writable();
        }

        @Override
        public void write(float[] from, int frames, boolean neutral) {
            file.write(from, frames, neutral);
            clock.write(from, frames, neutral);
        }

        @Override
        public long heard() {
            return clock.heard();
        }

        @Override
        public void resume() {
            clock.resume();
        }

        @Override
        public void pause() {
            clock.pause();
            file.pause();
        }

        @Override
        public void flush() {
            clock.flush();
        }

        @Override
        public boolean realTime() {
            return true;
        }

        @Override
        public void release() {
            clock.release();
            file.release();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /// The backend outlives each rig, which would close it.
    private static final class Shared implements DecoderBackend {
        @Override
        public String id() {
            return vlc.id();
        }

        @Override
        public String name() {
            return vlc.name();
        }

        @Override
        public Optional<app.waxwing.base.Failure> missing() {
            return vlc.missing();
        }

        @Override
        public Decoder open(long generation, app.waxwing.base.ByteSource source, Optional<SourceInfo> hint) {
            return vlc.open(generation, source, hint);
        }

        @Override
        public void close() {}
    }

    private Rig rig(Path out) {
        return new Rig(List.of(new PacedWav(out)), new Shared(), Decoders.Choice.AUTO);
    }

    @Test
    void losslessTracksAndMp3JoinSampleForSample() {
        Path wav = Rig.sine(folder.resolve("1.wav"), 44_100, PART, 0);
        for (List<Path> pair : List.of(List.of(wav, Rig.sine(folder.resolve("2.wav"), 44_100, PART, 1.5)),
                List.of(Rig.fixture("part1.flac"), Rig.fixture("part2.flac")),
                List.of(Rig.fixture("part1.mp3"), Rig.fixture("part2.mp3")))) {
            Path out = folder.resolve("out.wav");
            try (Rig rig = rig(out)) {
                rig.engine.open(Rig.track(1, pair.get(0)), true);
                rig.engine.prepareNext(Rig.track(2, pair.get(1)));
                rig.awaitEvent(AudioEvent.Ended.class, 2);
                assertThat(rig.awaitEvent(AudioEvent.Opened.class, 1).decoder()).startsWith("LibVLC");
                assertThat(rig.awaitEvent(AudioEvent.Opened.class, 2).decoder()).startsWith("LibVLC");
            }
            int[] one = samples(pair.get(0));
            int[] two = samples(pair.get(1));
            int[] heard = Rig.Wave.read(out).samples();
            assertThat(heard).as(pair.toString()).hasSize(one.length + two.length);
            int worst = 0;
            for (int i = 0; i < heard.length; i++)
                worst = Math.max(worst, Math.abs(heard[i] - (i < one.length ? one[i] : two[i - one.length])));
            assertThat(worst).as(pair.toString()).isLessThanOrEqualTo(pair.get(0).toString().endsWith("mp3") ? 1 : 0);
        }
    }

    /// What the embedded decoder makes of a file.
    private int[] samples(Path file) {
        Path out = folder.resolve("reference.wav");
        try (var rig = new Rig(new WavSink(out))) {
            rig.engine.open(Rig.track(1, file), true);
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
        return Rig.Wave.read(out).samples();
    }

    @Test
    void aSeekIsExactBecauseTheEmbeddedDecoderTakesOver() {
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 3 * PART, 0);
        Path out = folder.resolve("out.wav");
        try (Rig rig = rig(out)) {
            rig.engine.open(Rig.track(1, in), false);
            assertThat(rig.awaitEvent(AudioEvent.Opened.class, 1).decoder()).startsWith("LibVLC");
            rig.engine.seek(1, Duration.ofSeconds(3));
            assertThat(rig.awaitEvent(AudioEvent.Seeked.class, 1).position()).isEqualTo(Duration.ofSeconds(3));
            rig.await("FFmpeg", () -> rig.engine.status().decoder().startsWith("FFmpeg"));
            rig.engine.play();
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
        int[] source = Rig.Wave.read(in).samples();
        assertThat(Rig.Wave.read(out).samples()).isEqualTo(Arrays.copyOfRange(source, 3 * 88_200, source.length));
    }

    @Test
    void whatDoesNotComeOutExactlyOrDoesNotFitIsDecodedByFfmpeg() {
        for (String name : List.of("part1.ogg", "part1.opus", "part1.m4a", "hires-24-96.flac")) {
            try (Rig rig = rig(folder.resolve("out.wav"))) {
                rig.engine.open(Rig.track(1, Rig.fixture(name)), false);
                assertThat(rig.awaitEvent(AudioEvent.Opened.class, 1).decoder()).as(name).startsWith("FFmpeg");
            }
        }
    }

    @Test
    void aPauseLongerThanItsBufferLosesNothing() {
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 9 * 44_100, 0);
        Path out = folder.resolve("out.wav");
        try (Rig rig = rig(out)) {
            rig.engine.open(Rig.track(1, in), true);
            rig.awaitEvent(AudioEvent.Sounding.class, 1);
            rig.engine.pause();
            long until = System.nanoTime() + 5_500_000_000L;
            rig.await("LibVLC has filled its buffer and holds", () -> System.nanoTime() > until);
            rig.engine.play();
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
        assertThat(Rig.Wave.read(out).samples()).isEqualTo(Rig.Wave.read(in).samples());
    }

    @Test
    void brokenFilesGetASentenceAndClosingIsQuick() throws Exception {
        Path text = Files.writeString(folder.resolve("a.mp3"), "words and words\n".repeat(500));
        try (Rig rig = rig(folder.resolve("out.wav"))) {
            rig.engine.open(Rig.track(1, text), true);
            assertThat(rig.awaitEvent(AudioEvent.Failed.class, 1).failure()).hasToString(
                    "Unplayable[what=a.mp3, why=the file is text, not sound]");
        }
        Decoder decoder = vlc.open(1, Rig.source(Rig.fixture("part1.flac")), Optional.empty());
        assertThat(decoder.read(new float[2000], 1000)).isPositive();
        long start = System.nanoTime();
        decoder.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("on a machine that may be busy").isLessThan(Duration.ofSeconds(20));
    }
}
