package app.waxwing.app;

import app.waxwing.audio.Decoder;
import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.demo.DemoLibrary;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/// The source files' own samples, decoded without player, mixer or sink: what a played file is compared with.
final class ReferenceDecode {
    private ReferenceDecode() {}

    /// 16-bit little-endian PCM of the tracks of the demonstration library, one after the other.
    static byte[] of(List<String> trackIds) {
        DemoLibrary library = DemoLibrary.bundled();
        var all = new ByteArrayOutputStream();
        for (String id : trackIds)
            all.writeBytes(decode(library.bytes(id), java.util.Objects.requireNonNull(library.tracksById().get(id), id).path()));
        return all.toByteArray();
    }

    static byte[] decode(byte[] file, String name) {
        return heard(file, name).pcm();
    }

    /// What can be heard of a file: 16-bit little-endian PCM in its own rate and channels, and why it was no more.
    record Heard(byte[] pcm, int rate, int channels, Optional<Failure> failure) {}

    static Heard heard(byte[] file, String name) {
        var pcm = new ByteArrayOutputStream();
        int rate = 0;
        int channels = 0;
        try (Decoder decoder = new FfmpegBackend().open(1, new Bytes(file, name), Optional.empty())) {
            rate = decoder.info().format().rate();
            channels = decoder.info().format().channels();
            float[] block = new float[4096 * channels];
            for (int frames; (frames = decoder.read(block, 4096)) > 0;) {
                ByteBuffer shorts = ByteBuffer.allocate(frames * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < frames * channels; i++)
                    shorts.putShort((short) Math.clamp(Math.rint(block[i] * 32768.0), -32768, 32767));
                pcm.writeBytes(shorts.array());
            }
        } catch (FailureException e) {
            return new Heard(pcm.toByteArray(), rate, channels, Optional.of(e.failure()));
        }
        return new Heard(pcm.toByteArray(), rate, channels, Optional.empty());
    }

    private record Bytes(byte[] file, String name) implements ByteSource {
        @Override
        public long length() {
            return file.length;
        }

        @Override
        public int read(long position, ByteBuffer into) {
            if (position >= file.length) return -1;
            int count = (int) Math.min(into.remaining(), file.length - position);
            into.put(file, (int) position, count);
            return count;
        }

        @Override
        public long available() {
            return file.length;
        }

        @Override
        public void close() {}
    }
}
