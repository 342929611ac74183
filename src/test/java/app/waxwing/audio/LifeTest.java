package app.waxwing.audio;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.audio.sink.NullSink;
import app.waxwing.audio.sink.WavSink;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisplayName("Waiting, closing, failing outputs")
class LifeTest {
    @TempDir
    Path folder;

    /// Gives a file's first bytes, then waits until more are allowed or it is closed.
    private static final class Dripping implements ByteSource {
        private final ByteSource inner;
        private long allowed;
        private boolean closed;
        final CountDownLatch waits = new CountDownLatch(1);

        Dripping(Path file, long allowed) {
            inner = Rig.source(file);
            this.allowed = allowed;
        }

        synchronized void allow(long bytes) {
            allowed = bytes;
            notifyAll();
        }

        @Override
        public long length() {
            return inner.length();
        }

        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            synchronized (this) {
                while (position >= allowed && position < inner.length() && !closed) {
                    waits.countDown();
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
                if (closed) throw new AsynchronousCloseException();
                into.limit((int) Math.min(into.limit(), into.position() + Math.max(1, allowed - position)));
            }
            return inner.read(position, into);
        }

        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public synchronized long available() {
            return allowed;
        }

        @Override
        public synchronized void close() {
            closed = true;
            inner.close();
            notifyAll();
        }
    }

    @Test
    void closingWakesADecoderThatWaitsForBytes() throws Exception {
        var source = new Dripping(Rig.sine(folder.resolve("in.wav"), 44_100, 400_000, 0), 800_000);
        Decoder decoder = new FfmpegBackend().open(1, source, Optional.empty());
        var ended = new CompletableFuture<Integer>();
        Threads.start("reader", () -> {
            float[] block = new float[2000];
            while (decoder.read(block, 1000) > 0) {
            }
            ended.complete(-1);
        });
        assertThat(source.waits.await(60, TimeUnit.SECONDS)).isTrue();
        decoder.close();
        assertThat(ended.get(60, TimeUnit.SECONDS)).as("it would wait for ever").isEqualTo(-1);
    }

    @Test
    void closingWakesAnOpenThatWaitsForBytes() throws Exception {
        var source = new Dripping(Rig.fixture("part1.flac"), 10);
        var rig = new Rig(new WavSink(folder.resolve("out.wav")));
        rig.engine.open(new AudioTrack(1, "slow", source), true);
        assertThat(source.waits.await(60, TimeUnit.SECONDS)).isTrue();
        rig.engine.stop();
        rig.await("the decode thread has gone",
                () -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("decode-1")));
        rig.close();
    }

    @Test
    void aGrowingFileIsWaitedForAndPlaysToItsEnd() throws Exception {
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 400_000, 0);
        var source = new Dripping(in, 800_000);
        Path out = folder.resolve("out.wav");
        try (var rig = new Rig(new WavSink(out))) {
            rig.engine.open(new AudioTrack(1, "growing", source), true);
            rig.awaitEvent(AudioEvent.Waiting.class, 1);
            rig.await("the engine says that it waits", () -> rig.engine.status().state() == AudioStatus.State.WAITING);
            source.allow(Long.MAX_VALUE);
            rig.awaitEvent(AudioEvent.Ended.class, 1);
            assertThat(rig.event(AudioEvent.Flowing.class, 1)).isPresent();
        }
        assertThat(Rig.Wave.read(out).samples()).isEqualTo(Rig.Wave.read(in).samples());
    }

    @Test
    void aSeekDoesNotWaitForAStalledRead() {
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 400_000, 0);
        try (var rig = new Rig(new NullSink(new app.waxwing.base.SystemTime()))) {
            rig.engine.open(new AudioTrack(1, "stalled", () -> new Dripping(in, 800_000)), true);
            rig.awaitEvent(AudioEvent.Waiting.class, 1);
            rig.engine.seek(1, Duration.ofSeconds(1));
            assertThat(rig.awaitEvent(AudioEvent.Seeked.class, 1).position()).isEqualTo(Duration.ofSeconds(1));
            rig.await("sound goes on from there", () -> rig.engine.status().position().compareTo(Duration.ofMillis(1100)) > 0);
        }
    }

    @Test
    void fiveHundredOpeningsLeaveNothingBehind() throws IOException {
        var ffmpeg = new FfmpegBackend();
        List<String> names = List.of("part1.flac", "part1.mp3", "part1.m4a", "part1.ogg", "part1.opus");
        open(ffmpeg, names, 100);
        long before = resident();
        open(ffmpeg, names, 500);
        // A leaked context, packet pool or 64-kB buffer each time would be 30 MB and more.
        assertThat(resident() - before).isLessThan(15_000_000);
    }

    private static void open(FfmpegBackend ffmpeg, List<String> names, int times) {
        float[] block = new float[2000];
        for (int i = 0; i < times; i++) {
            try (Decoder decoder = ffmpeg.open(i + 1, Rig.source(Rig.fixture(names.get(i % names.size()))), Optional.empty())) {
                decoder.read(block, 1000);
            }
        }
        System.gc();
    }

    /// Memory of the process less the Java heap's part that may grow on its own.
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return 0;
        long all = Files.readAllLines(status).stream().filter(l -> l.startsWith("RssAnon:")).mapToLong(
                l -> Long.parseLong(l.replaceAll("\\D", "")) * 1024).findFirst().orElse(0);
        return all - Runtime.getRuntime().totalMemory();
    }

    @Test
    void theNullSinkKeepsTheTimeOfTheSound() {
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 44_100, 0);
        try (var rig = new Rig(new NullSink(new app.waxwing.base.SystemTime()))) {
            rig.engine.open(Rig.track(1, in), false);
            rig.awaitEvent(AudioEvent.Opened.class, 1);
            long start = System.nanoTime();
            rig.engine.play();
            rig.awaitEvent(AudioEvent.Ended.class, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(950));
        }
    }

    /// An output that is lost after a while.
    private static final class Dying implements Sink {
        private final NullSink inner = new NullSink(new app.waxwing.base.SystemTime());
        private int writes;

        @Override
        public String describe() {
            return "a device";
        }

        @Override
        public PcmFormat open(PcmFormat wanted, int bits) {
            return inner.open(wanted, bits);
        }

        @Override
        public int writable() {
            return inner.writable();
        }

        @Override
        public void write(float[] from, int frames, boolean neutral) {
            if (++writes > 5) throw new FailureException(new Failure.MissingPart("The sound output in use", "connect it"));
            inner.write(from, frames, neutral);
        }

        @Override
        public long heard() {
            return inner.heard();
        }

        @Override
        public void resume() {
            inner.resume();
        }

        @Override
        public void pause() {
            inner.pause();
        }

        @Override
        public void flush() {
            inner.flush();
        }

        @Override
        public boolean realTime() {
            return true;
        }

        @Override
        public void release() {}

        @Override
        public void close() {}
    }

    @Test
    void aLostDeviceIsSaidAndTheSoundGoesOnElsewhere() {
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 44_100, 0);
        try (var rig = new Rig(new Dying(), new NullSink(new app.waxwing.base.SystemTime()))) {
            rig.engine.open(Rig.track(1, in), true);
            AudioEvent.SinkChanged changed = rig.awaitEvent(AudioEvent.SinkChanged.class, 1);
            assertThat(changed.failure()).isInstanceOf(Failure.MissingPart.class);
            rig.awaitEvent(AudioEvent.Ended.class, 1);
        }
    }

    /// No such device: it cannot even be opened.
    private static final class Absent implements Sink {
        private final NullSink inner = new NullSink(new app.waxwing.base.SystemTime());

        @Override
        public String describe() {
            return "a device that is not there";
        }

        @Override
        public PcmFormat open(PcmFormat wanted, int bits) {
            throw new Failure.MissingPart("A sound output", "connect one").asException();
        }

        @Override
        public int writable() {
            return inner.writable();
        }

        @Override
        public void write(float[] from, int frames, boolean neutral) {
            inner.write(from, frames, neutral);
        }

        @Override
        public long heard() {
            return inner.heard();
        }

        @Override
        public void resume() {}

        @Override
        public void pause() {}

        @Override
        public void flush() {}

        @Override
        public boolean realTime() {
            return true;
        }

        @Override
        public void release() {}

        @Override
        public void close() {}
    }

    @Test
    void withoutADeviceOneTrackStillFollowsTheOtherAndSoOn() {
        Path in = Rig.sine(folder.resolve("in.wav"), 44_100, 22_050, 0);
        try (var rig = new Rig(new Absent(), new Absent(), new NullSink(new app.waxwing.base.SystemTime()))) {
            rig.engine.open(Rig.track(1, in), true);
            rig.engine.prepareNext(Rig.track(2, in));
            rig.awaitEvent(AudioEvent.TrackChanged.class, 2);
            rig.engine.prepareNext(Rig.track(3, in));
            rig.awaitEvent(AudioEvent.Ended.class, 3);
        }
    }

    @Test
    void aSoundFileThatCannotBeWrittenIsSaid() {
        Path in = Rig.fixture("part1.flac");
        try (var rig = new Rig(new WavSink(folder.resolve("no/such/folder/out.wav")))) {
            rig.engine.open(Rig.track(1, in), true);
            assertThat(rig.awaitEvent(AudioEvent.Failed.class, 1).failure()).isInstanceOf(Failure.Trouble.class);
            rig.await("idle", () -> rig.engine.status().state() == AudioStatus.State.IDLE);
        }
    }
}
