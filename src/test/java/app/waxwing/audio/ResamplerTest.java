package app.waxwing.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The resampler")
class ResamplerTest {
    private static float[] convert(float[] in, int from, int to, int block) {
        var resampler = new Resampler(from, to, 1);
        float[] all = new float[(int) ((long) in.length * to / from) + 10];
        float[] out = new float[resampler.most(block)];
        float[] part = new float[block];
        int made = 0;
        for (int at = 0; at < in.length; at += block) {
            int n = Math.min(block, in.length - at);
            System.arraycopy(in, at, part, 0, n);
            int got = resampler.process(part, n, out);
            System.arraycopy(out, 0, all, made, got);
            made += got;
        }
        int got = resampler.finish(out);
        System.arraycopy(out, 0, all, made, got);
        return java.util.Arrays.copyOf(all, made + got);
    }

    private static float[] sine(int rate, int frames, double frequency) {
        float[] out = new float[frames];
        for (int i = 0; i < frames; i++) out[i] = (float) (0.5 * Math.sin(2 * Math.PI * frequency * i / rate));
        return out;
    }

    @ParameterizedTest
    @CsvSource({"44100,48000,1000", "48000,44100,1000", "44100,48000,15000", "96000,44100,15000", "44100,192000,10000", "22050,44100,5000",
            "192000,44100,440", "44100,44101,1000"})
    @DisplayName("keeps a sine at more than 95 dB over everything else, and its length")
    void keepsASine(int from, int to, double frequency) {
        int frames = from / 2;
        float[] out = convert(sine(from, frames, frequency), from, to, 700);
        assertThat(out).hasSize((int) Math.ceilDiv((long) frames * to, (long) from));
        double signal = 0;
        double noise = 0;
        for (int i = to / 20; i < out.length - to / 20; i++) {
            double ideal = 0.5 * Math.sin(2 * Math.PI * frequency * i / to);
            signal += ideal * ideal;
            noise += (out[i] - ideal) * (out[i] - ideal);
        }
        double decibels = 10 * Math.log10(signal / noise);
        assertThat(decibels).isGreaterThan(95);
    }

    @Test
    void leavesOutWhatTheLowerRateCannotCarry() {
        float[] out = convert(sine(96_000, 48_000, 30_000), 96_000, 44_100, 2048);
        double power = 0;
        for (int i = 2000; i < out.length - 2000; i++) power += out[i] * (double) out[i] / (out.length - 4000);
        assertThat(10 * Math.log10(power / 0.125)).isLessThan(-95);
    }

    @Test
    void blocksDoNotMatter() {
        float[] in = sine(44_100, 10_000, 777);
        assertThat(convert(in, 44_100, 48_000, 2048)).isEqualTo(convert(in, 44_100, 48_000, 333));
    }

    @Test
    void aFewFramesAreConvertedToo() {
        assertThat(convert(new float[]{0.25f}, 44_100, 48_000, 64)).hasSize(2).containsOnly(0.25f);
    }
}
