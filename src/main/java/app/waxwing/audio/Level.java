package app.waxwing.audio;

/// A gain that moves to its target over 20 ms, so that changes do not click. At 1 it is exactly neutral.
final class Level {
    private static final double RAMP_SECONDS = 0.02;
    private float now;
    private float target;

    Level(double value) {
        now = (float) value;
        target = now;
    }

    void set(double value) {
        target = (float) value;
    }

    /// At once, for a sound that has not begun.
    void jump() {
        now = target;
    }

    boolean neutral() {
        return now == 1 && target == 1;
    }

    void apply(float[] samples, int offset, int frames, PcmFormat format) {
        if (neutral()) return;
        int channels = format.channels();
        float step = (float) (1 / (RAMP_SECONDS * format.rate()));
        int at = offset * channels;
        for (int frame = 0; frame < frames; frame++) {
            if (now < target) now = Math.min(target, now + step);
            else if (now > target) now = Math.max(target, now - step);
            for (int c = 0; c < channels; c++) samples[at++] *= now;
        }
    }
}
