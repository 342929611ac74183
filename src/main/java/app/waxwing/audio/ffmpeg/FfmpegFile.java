package app.waxwing.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSLESS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_CUSTOM_IO;
import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_FAST_SEEK;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_get_bytes_per_sample;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import app.waxwing.audio.PcmFormat;
import app.waxwing.audio.SourceInfo;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// The native objects of one open file and what its headers say. The format is recognised by content only.
final class FfmpegFile {
    /// Containers and raw streams that carry music. Playlists (HLS, DASH, concat, SDP) are not among them: they would make the library open other
    /// addresses and files, and what servers send is a stranger's data.
    private static final String FORMATS = "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,dts,dtshd,eac3,flac,iff,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,"
            + "mp3,mpc,mpc8,mpeg,mpegts,ogg,rm,shn,tak,truehd,tta,voc,w64,wav,wv,xwma";

    private static final long PROBE_BYTES = 256 * 1024;

    final SourceBridge input;
    private final ByteSource source;
    AVFormatContext format;
    final AVStream stream;
    final AVCodecContext codec;
    final AVPacket packet;
    final AVFrame frame;
    final SourceInfo info;
    /// Frames that the headers promise, -1 where they only guess.
    final long expected;
    /// Frame at which the sound ends though the codec has some padding left; -1 for none.
    final long cut;

    static FfmpegFile open(ByteSource source) {
        if (source.length() == 0) {
            source.close();
            throw new FailureException(Sentences.unplayable(source, "the file is empty"));
        }
        var input = new SourceBridge(source);
        try {
            return new FfmpegFile(source, input);
        } catch (FailureException e) {
            input.close();
            throw e;
        }
    }

    private FfmpegFile(ByteSource source, SourceBridge input) {
        this.input = input;
        this.source = source;
        format = avformat_alloc_context();
        format.pb(input.context());
        format.flags(format.flags() | AVFMT_FLAG_CUSTOM_IO);
        // Of a file that is not whole yet MP3 is entered by its table; reading on to the place would wait for all bytes before it.
        if (source.length() < 0 || source.available() < source.length()) format.flags(format.flags() | AVFMT_FLAG_FAST_SEEK);
        // Looking for DTS inside WAVE would otherwise read 5 MB ahead before the first sound.
        format.probesize(PROBE_BYTES);
        var options = new AVDictionary(null);
        av_dict_set(options, "format_whitelist", FORMATS, 0);
        int opened = avformat_open_input(format, (@Nullable String) null, (@Nullable AVInputFormat) null, options);
        av_dict_free(options);
        if (opened < 0) {
            // libavformat has freed the context it was given.
            Failure failure = input.trouble().orElseGet(() -> Sentences.unknown(source));
            input.free();
            throw new FailureException(failure);
        }
        boolean ready = false;
        AVCodecContext context = new AVCodecContext(null);
        try {
            if (avformat_find_stream_info(format, (@Nullable AVDictionary) null) < 0) throw fail(Sentences.unknown(source));
            stream = audioStream();
            AVCodecParameters parameters = stream.codecpar();
            AVCodec decoder = avcodec_find_decoder(parameters.codec_id());
            String codecName = avcodec_get_name(parameters.codec_id()).getString();
            if (decoder == null || decoder.isNull()) throw fail(unplayable("its codec " + codecName + " is not known here"));
            context = avcodec_alloc_context3(decoder);
            avcodec_parameters_to_context(context, parameters);
            context.pkt_timebase(stream.time_base());
            context.thread_count(1);
            if (avcodec_open2(context, decoder, (@Nullable AVDictionary) null) < 0)
                throw fail(unplayable("its codec " + codecName + " does not open"));
            codec = context;
            if (context.sample_rate() < 1 || context.ch_layout().nb_channels() < 1) throw fail(unplayable("there is no sound in it"));
            info = describe(parameters, codecName);
            expected = info.frames();
            cut = info.container().equals("mov") ? lastFrame() : -1;
            packet = av_packet_alloc();
            frame = av_frame_alloc();
            ready = true;
        } finally {
            if (!ready) {
                if (!context.isNull()) avcodec_free_context(context);
                avformat_close_input(format);
                input.free();
            }
        }
    }

    private AVStream audioStream() {
        int index = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (@Nullable AVCodec) null, 0);
        if (index < 0) throw fail(input.trouble().orElseGet(() -> Sentences.unknown(source)));
        for (int i = 0; i < format.nb_streams(); i++) {
            if (i != index) format.streams(i).discard(org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL);
        }
        return format.streams(index);
    }

    private SourceInfo describe(AVCodecParameters parameters, String codecName) {
        var pcm = new PcmFormat(codec.sample_rate(), Math.min(64, codec.ch_layout().nb_channels()));
        int properties = avcodec_descriptor_get(parameters.codec_id()).props();
        boolean lossy = (properties & AV_CODEC_PROP_LOSSY) != 0 && (properties & AV_CODEC_PROP_LOSSLESS) == 0;
        int bits = parameters.bits_per_raw_sample();
        if (bits < 1) bits = parameters.bits_per_coded_sample();
        if (bits < 8) bits = 8 * av_get_bytes_per_sample(codec.sample_fmt());
        if (lossy) bits = 16;
        String container = format.iformat().name().getString();
        int comma = container.indexOf(',');
        return new SourceInfo(pcm, Math.min(bits, 64), lossy, codecName, comma < 0 ? container : container.substring(0, comma),
                promised(parameters, pcm.rate()));
    }

    /// Length by the container's own figures; Ogg counts in the samples that Opus says to skip at the start.
    private long promised(AVCodecParameters parameters, int rate) {
        if (format.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE) return -1;
        long duration = stream.duration();
        if (duration == AV_NOPTS_VALUE || duration <= 0) {
            return format.duration() == AV_NOPTS_VALUE || format.duration() <= 0 ? -1 : av_rescale(format.duration(), rate, 1_000_000);
        }
        long frames = av_rescale(duration * rate, stream.time_base().num(), stream.time_base().den());
        return parameters.codec_id() == AV_CODEC_ID_OPUS ? Math.max(0, frames - parameters.initial_padding()) : frames;
    }

    /// MP4 says how long the sound is, in its edit list or in iTunes' own field; libavcodec yields the padding after it all the same.
    private long lastFrame() {
        AVDictionaryEntry field = av_dict_get(format.metadata(), "iTunSMPB", null, 0);
        if (field != null && !field.isNull()) {
            String[] words = field.value().getString().strip().split("\\s+");
            if (words.length > 3) {
                try {
                    long samples = Long.parseLong(words[3], 16);
                    if (samples > 0) return samples;
                } catch (NumberFormatException e) {
                    return expected;
                }
            }
        }
        return expected;
    }

    long toFrames(long stamp) {
        return av_rescale(stamp, (long) stream.time_base().num() * info.format().rate(), stream.time_base().den());
    }

    long toStream(long frames) {
        return av_rescale(frames, stream.time_base().den(), (long) stream.time_base().num() * info.format().rate());
    }

    private Failure unplayable(String why) {
        return Sentences.unplayable(source, why);
    }

    private static FailureException fail(Failure failure) {
        return new FailureException(failure);
    }

    /// Not while another thread is inside a native call.
    void free() {
        av_frame_free(frame);
        av_packet_free(packet);
        avcodec_free_context(codec);
        avformat_close_input(format);
        input.free();
    }
}
