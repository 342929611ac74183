package app.waxwing.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FORCE;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [ByteSource] as an AVIOContext. One pair of callbacks serves all sources, found by number: JavaCPP makes at most ten native callbacks
/// of a kind, and static ones are never collected while native code may call them.
final class SourceBridge {
    private static final Logger LOG = LoggerFactory.getLogger(SourceBridge.class);
    private static final int BUFFER = 64 * 1024;
    private static final int EIO = -5;
    private static final int EINVAL = -22;
    private static final int ENOSYS = -38;
    private static final Map<Long, SourceBridge> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();
    private static final Read READ = new Read();
    private static final Seek SEEK = new Seek();

    private final ByteSource source;
    private final long id = NEXT.incrementAndGet();
    private final AVIOContext context;
    private long position;
    private volatile boolean closed;
    private @Nullable Failure trouble;

    SourceBridge(ByteSource source) {
        this.source = source;
        OPEN.put(id, this);
        var buffer = new BytePointer(av_malloc(BUFFER));
        context = avio_alloc_context(buffer, BUFFER, 0, new Number(id), READ, (@Nullable Write_packet_Pointer_BytePointer_int) null, SEEK);
    }

    AVIOContext context() {
        return context;
    }

    /// Any thread: reads answer «leave» from now on; a waiting one is woken by the source.
    void close() {
        closed = true;
        source.close();
    }

    /// After the format context is gone. Frees the buffer too, which libavformat may have replaced.
    void free() {
        OPEN.remove(id);
        av_free(context.buffer());
        avio_context_free(context);
    }

    /// Why bytes did not come, when it was the source that failed.
    Optional<Failure> trouble() {
        return Optional.ofNullable(trouble);
    }

    private int read(BytePointer into, int size) {
        if (closed) return AVERROR_EXIT;
        try {
            int n = source.read(position, into.capacity(size).asByteBuffer());
            if (n < 0) return AVERROR_EOF;
            position += n;
            return n;
        } catch (IOException | FailureException e) {
            if (closed) return AVERROR_EXIT;
            trouble = FailureException.of(e);
            return EIO;
        } catch (RuntimeException | Error e) {
            // Whatever leaves a native callback ends the whole process (measured: «terminate called», exit code 134).
            LOG.error("reading {} failed", source.name(), e);
            trouble = FailureException.of(e);
            return EIO;
        }
    }

    private long seek(long offset, int whence) {
        long length = source.length();
        int how = whence & ~AVSEEK_FORCE;
        if (how == AVSEEK_SIZE) return length < 0 ? ENOSYS : length;
        long target = switch (how) {
            case 0 -> offset;
            case 1 -> position + offset;
            case 2 -> length < 0 ? -1 : length + offset;
            default -> -1;
        };
        if (target < 0) return EINVAL;
        position = target;
        return target;
    }

    /// A number that native code hands back to us as `opaque`.
    private static final class Number extends Pointer {
        Number(long value) {
            address = value;
        }
    }

    private static final class Read extends Read_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer opaque, BytePointer into, int size) {
            SourceBridge bridge = OPEN.get(opaque.address());
            return bridge == null ? AVERROR_EXIT : bridge.read(into, size);
        }
    }

    private static final class Seek extends Seek_Pointer_long_int {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
            SourceBridge bridge = OPEN.get(opaque.address());
            return bridge == null ? AVERROR_EXIT : bridge.seek(offset, whence);
        }
    }
}
