package app.waxwing.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import app.waxwing.audio.Decoder;
import app.waxwing.audio.SourceInfo;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Decodes with libavcodec. Frame 0 is the first one after the encoder's delay: libavcodec cuts what the container marks (MP3's LAME tag, Opus
/// pre-skip, MP4 edit lists), this class cuts the padding at the end of MP4. Seeking is exact to the frame: it lands earlier and drops.
///
/// A file that is cut off yields what is there and then throws «the file breaks off after 3 of 5 seconds» («after 3 seconds» of an
/// Ogg file, which does not say how long it is). Damaged stretches are skipped.
final class FfmpegDecoder implements Decoder {
    private static final int EAGAIN = -11;
    private final ReentrantLock use = new ReentrantLock();
    private final long generation;
    private final ByteSource source;
    private final String name;
    private final FfmpegFile file;
    private final SourceInfo info;
    /// Timestamp of frame 0 in the stream's time base.
    private final long origin;
    private volatile boolean closed;
    private boolean freed;

    private float[] pending = new float[0];
    private int pendingFrom;
    private int pendingTo;
    /// Frame number of the next one to be yielded.
    private long position;
    private boolean drained;
    private int damaged;

    static FfmpegDecoder open(long generation, ByteSource source, String name) {
        FfmpegFile file = FfmpegFile.open(source);
        boolean ready = false;
        try {
            var decoder = new FfmpegDecoder(generation, source, name, file);
            ready = true;
            return decoder;
        } finally {
            if (!ready) {
                file.input.close();
                file.free();
            }
        }
    }

    private FfmpegDecoder(long generation, ByteSource source, String name, FfmpegFile file) {
        this.generation = generation;
        this.source = source;
        this.name = name;
        this.file = file;
        info = file.info;
        if (!decodeFrame()) {
            throw new FailureException(file.input.trouble()
                    .orElseGet(() -> Sentences.unplayable(source, "there is no sound in it that could be decoded")));
        }
        long first = file.frame.pts();
        origin = first == AV_NOPTS_VALUE ? 0 : first;
        take();
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public SourceInfo info() {
        return info;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(float[] into, int frames) {
        if (frames < 1) throw new IllegalArgumentException("frames " + frames);
        use.lock();
        try {
            if (closed || freed) return -1;
            return fill(into, frames);
        } finally {
            leave();
        }
    }

    private int fill(float[] into, int frames) {
        int channels = info.format().channels();
        while (true) {
            long room = file.cut < 0 ? Long.MAX_VALUE : file.cut - position;
            if (pendingFrom < pendingTo && room > 0) {
                int n = (int) Math.min(Math.min(frames, pendingTo - pendingFrom), room);
                System.arraycopy(pending, pendingFrom * channels, into, 0, n * channels);
                pendingFrom += n;
                position += n;
                return n;
            }
            if (room <= 0 || !decodeFrame()) {
                if (!closed) checkComplete();
                return -1;
            }
            take();
        }
    }

    /// Said once: after it the track is simply at its end.
    private void checkComplete() {
        Optional<Failure> trouble = file.input.trouble();
        if (trouble.isPresent()) throw trouble.get().asException();
        long expected = file.expected;
        int rate = info.format().rate();
        if (expected < 0 || position >= expected - rate / 20) {
            checkOgg();
            return;
        }
        throw new FailureException(Sentences.unplayable(source, damaged > 0 && position > expected / 2
                ? "parts of the file are damaged"
                : "the file breaks off after " + seconds(position) + " of " + seconds(expected) + " seconds"));
    }

    private void checkOgg() {
        try {
            if (!info.container().equals("ogg") || !OggEnd.isCutOff(source)) return;
        } catch (IOException e) {
            throw new FailureException(FailureException.of(e), e);
        }
        String heard = seconds(position);
        throw new FailureException(
                Sentences.unplayable(source, "the file breaks off after " + heard + (heard.equals("1") ? " second" : " seconds")));
    }

    private String seconds(long frames) {
        return String.valueOf(Math.round((double) frames / info.format().rate()));
    }

    @Override
    public long seek(Duration to) {
        use.lock();
        try {
            if (closed || freed) return position;
            long target = info.format().frames(to);
            if (file.expected >= 0) target = Math.min(target, file.expected);
            pendingFrom = pendingTo = 0;
            drained = false;
            jump(target);
            return land(target);
        } finally {
            leave();
        }
    }

    private void jump(long target) {
        int rate = info.format().rate();
        // Lossy codecs need some frames to be themselves again: MP3's bit reservoir, AAC's overlap, Opus' 80 ms.
        long from = info.lossy() ? target - rate / 2 : target;
        long stamp = from <= 0 ? Math.min(origin, 0) : origin + file.toStream(from);
        int stream = file.stream.index();
        if (av_seek_frame(file.format, stream, stamp, AVSEEK_FLAG_BACKWARD) < 0) av_seek_frame(file.format, stream, stamp, 0);
        avcodec_flush_buffers(file.codec);
    }

    /// Decodes up to the frame that holds the target and drops what is before it.
    private long land(long target) {
        position = target;
        boolean known = false;
        long at = 0;
        while (decodeFrame()) {
            long pts = file.frame.pts();
            if (pts != AV_NOPTS_VALUE) {
                at = file.toFrames(pts - origin);
                known = true;
            }
            int count = file.frame.nb_samples();
            if (known && at + count <= target) {
                at += count;
                av_frame_unref(file.frame);
                continue;
            }
            take();
            if (known) {
                pendingFrom = (int) Math.max(0, target - at);
                position = Math.max(at, target);
            }
            return position;
        }
        return position;
    }

    /// The next decoded frame in `file.frame`; false at the end, when closed, or when no more bytes come.
    private boolean decodeFrame() {
        while (true) {
            int got = avcodec_receive_frame(file.codec, file.frame);
            if (got == 0) {
                if (file.frame.nb_samples() > 0) return true;
                continue;
            }
            if (got == AVERROR_EOF || drained || closed) return false;
            if (got != EAGAIN && got != AVERROR_INVALIDDATA) damaged++;
            if (!feed()) return false;
        }
    }

    private boolean feed() {
        while (true) {
            int got = av_read_frame(file.format, file.packet);
            if (closed) return false;
            if (got < 0) {
                drained = true;
                avcodec_send_packet(file.codec, null);
                return true;
            }
            boolean ours = file.packet.stream_index() == file.stream.index();
            if (ours && avcodec_send_packet(file.codec, file.packet) < 0) damaged++;
            av_packet_unref(file.packet);
            if (ours) return true;
        }
    }

    private void take() {
        int count = file.frame.nb_samples();
        int channels = info.format().channels();
        if (pending.length < count * channels) pending = new float[count * channels];
        Samples.copy(file.frame, channels, pending);
        pendingFrom = 0;
        pendingTo = count;
        av_frame_unref(file.frame);
    }

    /// Whoever closes while another thread reads leaves the freeing to the reader.
    private void leave() {
        use.unlock();
        if (closed) freeIfIdle();
    }

    private void freeIfIdle() {
        if (!use.tryLock()) return;
        try {
            if (!freed && use.getHoldCount() == 1) {
                freed = true;
                file.free();
            }
        } finally {
            use.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        file.input.close();
        freeIfIdle();
    }
}
