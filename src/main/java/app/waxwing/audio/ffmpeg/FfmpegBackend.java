package app.waxwing.audio.ffmpeg;

import app.waxwing.audio.Decoder;
import app.waxwing.audio.DecoderBackend;
import app.waxwing.audio.SourceInfo;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// FFmpeg's libavformat and libavcodec, loaded once for the process at the first question. Thread-safe.
public final class FfmpegBackend implements DecoderBackend {
    private static final Logger LOG = LoggerFactory.getLogger(FfmpegBackend.class);
    private volatile boolean asked;
    private volatile Optional<Failure> missing = Optional.empty();
    private volatile String version = "";

    @Override
    public String id() {
        return "ffmpeg";
    }

    @Override
    public String name() {
        return version.isEmpty() ? "FFmpeg" : "FFmpeg " + version;
    }

    @Override
    public Optional<Failure> missing() {
        if (!asked) load();
        return missing;
    }

    private synchronized void load() {
        if (asked) return;
        try {
            Loader.load(avutil.class);
            Loader.load(avcodec.class);
            Loader.load(avformat.class);
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            version = avutil.av_version_info().getString();
        } catch (LinkageError e) {
            LOG.warn("FFmpeg's libraries do not load: {}", e.getMessage());
            missing = Optional.of(new Failure.MissingPart("The embedded decoder",
                    "this build carries no FFmpeg libraries for this kind of computer, install VLC instead"));
        }
        asked = true;
    }

    @Override
    public Decoder open(long generation, ByteSource source, Optional<SourceInfo> hint) {
        Optional<Failure> absent = missing();
        if (absent.isPresent()) {
            source.close();
            throw absent.get().asException();
        }
        return FfmpegDecoder.open(generation, source, name());
    }

    @Override
    public void close() {}
}
