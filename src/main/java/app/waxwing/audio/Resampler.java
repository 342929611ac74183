package app.waxwing.audio;

/// Band-limited rate conversion by a Kaiser-windowed sinc in polyphase form: 64 zero crossings a side, stop band below −100 dB.
/// `n` frames give `ceil(n · to / from)` frames, the first at the time of the first. Beyond both ends the signal is continued by point reflection,
/// so that two parts of one wave, resampled or not, meet without a step.
final class Resampler {
    private static final int CROSSINGS = 64;
    private static final double BETA = 10.5;
    /// Rates with a finer ratio than this (never met in music files) interpolate between phases.
    private static final int MAX_PHASES = 4096;
    private final int channels;
    private final long up;
    private final long down;
    private final int half;
    private final int phases;
    private final float[] table;

    private float[] buffer;
    /// Input frame number of buffer frame 0; frames before 0 are the reflection.
    private long base;
    private int filled;
    private boolean primed;
    private long inputs;
    private long outputs;

    Resampler(int from, int to, int channels) {
        long divisor = gcd(from, to);
        up = to / divisor;
        down = from / divisor;
        this.channels = channels;
        double narrowing = Math.min(1, (double) to / from);
        half = (int) Math.ceil(CROSSINGS / narrowing);
        phases = (int) Math.min(up, MAX_PHASES);
        table = new float[(phases + 1) * 2 * half];
        for (int phase = 0; phase <= phases; phase++) fillPhase(phase, narrowing);
        buffer = new float[(4 * half + 4096) * channels];
    }

    private void fillPhase(int phase, double narrowing) {
        double shift = (double) phase / phases;
        // The transition band ends at the lower of the two Nyquist frequencies.
        double cutoff = narrowing * (1 - 1.65 / CROSSINGS);
        double sum = 0;
        double[] taps = new double[2 * half];
        for (int i = 0; i < taps.length; i++) {
            double t = i - (half - 1) - shift;
            double x = t / half;
            double window = Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x));
            double angle = Math.PI * cutoff * t;
            taps[i] = window * (angle == 0 ? 1 : Math.sin(angle) / angle);
            sum += taps[i];
        }
        for (int i = 0; i < taps.length; i++) table[phase * 2 * half + i] = (float) (taps[i] / sum);
    }

    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 60; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /// Frames that one call with so many input frames, or [#finish], may give at most.
    int most(int frames) {
        return (int) ((frames + 2L * half + 2) * up / down + 2);
    }

    /// Forgets the past: what comes next is a new beginning.
    void reset() {
        base = 0;
        filled = 0;
        primed = false;
        inputs = 0;
        outputs = 0;
    }

    int process(float[] in, int frames, float[] out) {
        append(in, frames);
        if (!primed && filled <= half) return 0;
        if (!primed) reflectStart();
        return produce(out, Long.MAX_VALUE);
    }

    /// What is left once the input has ended; then it is as after [#reset].
    int finish(float[] out) {
        if (inputs == 0) return 0;
        if (!primed) reflectStart();
        reflectEnd();
        int n = produce(out, (inputs * up + down - 1) / down);
        reset();
        return n;
    }

    private void append(float[] in, int frames) {
        room(frames);
        System.arraycopy(in, 0, buffer, filled * channels, frames * channels);
        filled += frames;
        inputs += frames;
    }

    private void room(int frames) {
        if ((filled + frames) * channels > buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, Math.max(buffer.length * 2, (filled + frames) * channels));
        }
    }

    private void reflectStart() {
        room(half);
        System.arraycopy(buffer, 0, buffer, half * channels, filled * channels);
        for (int i = 1; i <= half; i++) {
            int mirror = Math.min(i, filled - 1);
            for (int c = 0; c < channels; c++) {
                buffer[(half - i) * channels + c] = 2 * buffer[half * channels + c] - buffer[(half + mirror) * channels + c];
            }
        }
        filled += half;
        base = -half;
        primed = true;
    }

    private void reflectEnd() {
        room(half);
        int last = filled - 1;
        for (int i = 1; i <= half; i++) {
            int mirror = Math.max(last - i, 0);
            for (int c = 0; c < channels; c++) {
                buffer[(last + i) * channels + c] = 2 * buffer[last * channels + c] - buffer[mirror * channels + c];
            }
        }
        filled += half;
    }

    private int produce(float[] out, long limit) {
        int made = 0;
        while (outputs < limit) {
            long numerator = outputs * down;
            long centre = numerator / up;
            int first = (int) (centre - (half - 1) - base);
            if (first + 2 * half > filled) break;
            double phase = (double) (numerator % up) * phases / up;
            int lower = (int) phase;
            double between = phases == up ? 0 : phase - lower;
            for (int c = 0; c < channels; c++) {
                double value = convolve(first, lower, c);
                if (between > 0) value += between * (convolve(first, lower + 1, c) - value);
                out[made * channels + c] = (float) value;
            }
            made++;
            outputs++;
        }
        discard();
        return made;
    }

    private double convolve(int first, int phase, int channel) {
        double sum = 0;
        int tap = phase * 2 * half;
        int at = first * channels + channel;
        for (int i = 0; i < 2 * half; i++, at += channels) sum += (double) table[tap + i] * buffer[at];
        return sum;
    }

    private void discard() {
        long keepFrom = outputs * down / up - (half - 1);
        int drop = (int) Math.clamp(keepFrom - base, 0, filled);
        if (drop < 2048) return;
        System.arraycopy(buffer, drop * channels, buffer, 0, (filled - drop) * channels);
        filled -= drop;
        base += drop;
    }
}
