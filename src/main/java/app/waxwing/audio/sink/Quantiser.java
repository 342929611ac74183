package app.waxwing.audio.sink;

import java.nio.ByteBuffer;

/// Float to little-endian integers of 16 or 24 bits. Neutral sound is rounded plainly, so that integer sources come out as they went in;
/// changed sound gets triangular dither of ±1 LSB at 16 bits, where rounding alone would be correlated with the music.
final class Quantiser {
    private final int bits;
    private long random = 0x9E3779B97F4A7C15L;
    private double last;

    Quantiser(int bits) {
        if (bits != 16 && bits != 24) throw new IllegalArgumentException("bits " + bits);
        this.bits = bits;
    }

    int bytes() {
        return bits / 8;
    }

    void put(float[] from, int start, int count, boolean neutral, ByteBuffer into) {
        if (bits == 16) {
            for (int i = start; i < start + count; i++) {
                double value = from[i] * 32768.0;
                into.putShort((short) Math.clamp(Math.rint(neutral ? value : value + dither()), -32768, 32767));
            }
        } else {
            for (int i = start; i < start + count; i++) {
                int value = (int) Math.clamp(Math.rint(from[i] * 8388608.0), -8388608, 8388607);
                into.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
            }
        }
    }

    /// The difference of two uniform numbers in a row: triangular, and pushed to the high end of the spectrum.
    private double dither() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        double uniform = (random >>> 11) * 0x1p-53;
        double triangular = uniform - last;
        last = uniform;
        return triangular;
    }
}
