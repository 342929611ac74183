package app.waxwing.audio.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S64;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;
import static org.bytedeco.ffmpeg.global.avutil.av_get_bytes_per_sample;
import static org.bytedeco.ffmpeg.global.avutil.av_get_packed_sample_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_sample_fmt_is_planar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/// Turns a decoded frame of any of libavutil's sample formats into interleaved float, exactly for up to 24 bits.
final class Samples {
    private Samples() {}

    /// @return true when the frame was all there was room for: `into` holds `frame.nb_samples()` frames of `channels`
    static void copy(AVFrame frame, int channels, float[] into) {
        int count = frame.nb_samples();
        int have = frame.ch_layout().nb_channels();
        int format = frame.format();
        int packed = av_get_packed_sample_fmt(format);
        int size = av_get_bytes_per_sample(format);
        if (av_sample_fmt_is_planar(format) != 0) {
            for (int channel = 0; channel < channels; channel++) {
                ByteBuffer bytes = bytes(frame.extended_data(Math.min(channel, have - 1)), (long) count * size);
                copy(packed, bytes, 0, 1, count, into, channel, channels);
            }
        } else {
            ByteBuffer bytes = bytes(frame.extended_data(0), (long) count * size * have);
            for (int channel = 0; channel < channels; channel++) {
                copy(packed, bytes, Math.min(channel, have - 1), have, count, into, channel, channels);
            }
        }
    }

    private static ByteBuffer bytes(BytePointer pointer, long size) {
        return new BytePointer(pointer).capacity(size).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static void copy(int packed, ByteBuffer in, int from, int step, int count, float[] into, int at, int stride) {
        if (packed == AV_SAMPLE_FMT_FLT) {
            for (int i = 0; i < count; i++) into[at + i * stride] = in.getFloat((from + i * step) * 4);
        } else if (packed == AV_SAMPLE_FMT_S16) {
            for (int i = 0; i < count; i++) into[at + i * stride] = in.getShort((from + i * step) * 2) * 0x1p-15f;
        } else if (packed == AV_SAMPLE_FMT_S32) {
            for (int i = 0; i < count; i++) into[at + i * stride] = in.getInt((from + i * step) * 4) * 0x1p-31f;
        } else if (packed == AV_SAMPLE_FMT_U8) {
            for (int i = 0; i < count; i++) into[at + i * stride] = ((in.get(from + i * step) & 0xff) - 128) * 0x1p-7f;
        } else if (packed == AV_SAMPLE_FMT_DBL) {
            for (int i = 0; i < count; i++) into[at + i * stride] = (float) in.getDouble((from + i * step) * 8);
        } else if (packed == AV_SAMPLE_FMT_S64) {
            for (int i = 0; i < count; i++) into[at + i * stride] = in.getLong((from + i * step) * 8) * 0x1p-63f;
        } else {
            throw new IllegalStateException("sample format " + packed);
        }
    }
}
