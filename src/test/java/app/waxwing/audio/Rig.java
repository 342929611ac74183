package app.waxwing.audio;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.base.ByteSource;
import app.waxwing.base.FailureException;
import app.waxwing.base.FileByteSource;
import app.waxwing.base.Mailbox;
import app.waxwing.base.SystemTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// An engine with real decoders for tests, its events collected, and a few ways to make and read sound files.
final class Rig implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(60);
    final SystemTime time = new SystemTime();
    final Mailbox player = Mailbox.start("player");
    final List<AudioEvent> events = new CopyOnWriteArrayList<>();
    final Decoders decoders;
    final MixingEngine engine;

    Rig(List<Sink> sinks, DecoderBackend vlc, Decoders.Choice choice) {
        decoders = new Decoders(vlc, new FfmpegBackend(), choice);
        engine = new MixingEngine(decoders, sinks, time, player);
        engine.subscribe(events::add);
    }

    Rig(Sink... sinks) {
        this(List.of(sinks), new NoBackend(), Decoders.Choice.AUTO);
    }

    static Path fixture(String name) {
        try {
            return Path.of(Rig.class.getResource("/audio/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static AudioTrack track(long generation, Path file) {
        return new AudioTrack(generation, file.getFileName().toString(), () -> new FileByteSource(file));
    }

    static ByteSource source(Path file) {
        try {
            return new FileByteSource(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within " + DEADLINE + ": " + what + "; events " + events);
            LockSupport.parkNanos(1_000_000);
        }
    }

    <E extends AudioEvent> E awaitEvent(Class<E> kind, long generation) {
        await(kind.getSimpleName() + " of " + generation, () -> event(kind, generation).isPresent());
        return event(kind, generation).orElseThrow();
    }

    <E extends AudioEvent> Optional<E> event(Class<E> kind, long generation) {
        return events.stream().filter(kind::isInstance).map(kind::cast).filter(e -> e.generation() == generation).findFirst();
    }

    /// Everything a decoder yields, interleaved.
    static float[] decode(Decoder decoder) {
        List<float[]> parts = new ArrayList<>();
        int total = 0;
        int channels = decoder.info().format().channels();
        float[] block = new float[1000 * channels];
        for (int n; (n = decoder.read(block, 1000)) > 0;) {
            parts.add(java.util.Arrays.copyOf(block, n * channels));
            total += n * channels;
        }
        float[] all = new float[total];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static float[] decode(DecoderBackend backend, Path file) {
        try (Decoder decoder = backend.open(1, source(file), Optional.empty())) {
            return decode(decoder);
        } catch (FailureException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /// Format and samples of a WAVE file with 16 or 24 bits, read chunk by chunk.
    record Wave(int rate, int channels, int bits, int[] samples) {
        int frames() {
            return samples.length / channels;
        }

        /// One channel as numbers within ±1.
        double[] channel(int channel) {
            double[] out = new double[frames()];
            for (int i = 0; i < out.length; i++) out[i] = samples[i * channels + channel] / (double) (1 << (bits - 1));
            return out;
        }

        static Wave read(Path file) {
            ByteBuffer in;
            try {
                in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(in.getInt(0)).isEqualTo(0x46464952);
            assertThat(in.getInt(4)).as("RIFF size").isEqualTo(in.capacity() - 8);
            int rate = 0;
            int channels = 0;
            int bits = 0;
            for (int at = 12; at + 8 <= in.capacity();) {
                int id = in.getInt(at);
                int size = in.getInt(at + 4);
                if (id == 0x20746d66) {
                    channels = in.getShort(at + 10);
                    rate = in.getInt(at + 12);
                    bits = in.getShort(at + 22);
                } else if (id == 0x61746164) {
                    assertThat(at + 8 + size).as("data size").isEqualTo(in.capacity());
                    return new Wave(rate, channels, bits, samples(in, at + 8, size, bits));
                }
                at += 8 + size + (size & 1);
            }
            throw new AssertionError("no data chunk in " + file);
        }

        private static int[] samples(ByteBuffer in, int from, int size, int bits) {
            int[] out = new int[size / (bits / 8)];
            for (int i = 0; i < out.length; i++) {
                out[i] = bits == 16
                        ? in.getShort(from + i * 2)
                        : (in.get(from + i * 3) & 0xff) | (in.get(from + i * 3 + 1) & 0xff) << 8 | in.get(from + i * 3 + 2) << 16;
            }
            return out;
        }
    }

    /// Writes a stereo WAVE file of a sine, 440 Hz left and 554.37 Hz right, beginning at the given time of it.
    static Path sine(Path file, int rate, int frames, double startSeconds) {
        ByteBuffer out = ByteBuffer.allocate(44 + frames * 4).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46464952).putInt(36 + frames * 4).putInt(0x45564157).putInt(0x20746d66).putInt(16).putShort((short) 1)
                .putShort((short) 2);
        out.putInt(rate).putInt(rate * 4).putShort((short) 4).putShort((short) 16).putInt(0x61746164).putInt(frames * 4);
        for (int i = 0; i < frames; i++) {
            double t = startSeconds + (double) i / rate;
            out.putShort((short) Math.rint(16383 * Math.sin(2 * Math.PI * 440 * t)));
            out.putShort((short) Math.rint(16383 * Math.sin(2 * Math.PI * 554.37 * t)));
        }
        try {
            return Files.write(file, out.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
        decoders.close();
        player.close();
        time.close();
    }
}
