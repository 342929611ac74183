package app.waxwing.audio;

/// How the channels of a track reach those of the sink: a matrix of weights. Mono goes to both fronts, surround is folded into stereo by ITU-R BS.775
/// (centre and surrounds at −3 dB, LFE left out, scaled so that nothing clips), stereo to mono is the mean; else channels keep their number.
final class ChannelMap {
    private static final float MINUS_3_DB = 0.70710678f;
    private final int from;
    private final int to;
    /// `weights[out * from + in]`
    private final float[] weights;

    ChannelMap(int from, int to) {
        this.from = from;
        this.to = to;
        weights = new float[from * to];
        if (from == 1) {
            for (int out = 0; out < Math.min(to, 2); out++) weights[out] = 1;
        } else if (to <= 2 && from > 2) {
            fold();
        } else if (to == 1) {
            weights[0] = weights[1] = 0.5f;
        } else {
            for (int channel = 0; channel < Math.min(from, to); channel++) weights[channel * from + channel] = 1;
        }
    }

    /// WAVE order: front left, front right, centre, LFE (from six channels on), then pairs of surrounds.
    private void fold() {
        float[] left = new float[from];
        float[] right = new float[from];
        left[0] = right[1] = 1;
        boolean quad = from == 4;
        if (!quad) left[2] = right[2] = MINUS_3_DB;
        for (int channel = quad ? 2 : from < 6 ? 3 : 4, side = 0; channel < from; channel++, side++) {
            (side % 2 == 0 ? left : right)[channel] = MINUS_3_DB;
        }
        if (to == 2) {
            scale(left, 0);
            scale(right, 1);
        } else {
            for (int channel = 0; channel < from; channel++) left[channel] += right[channel];
            scale(left, 0);
        }
    }

    private void scale(float[] row, int out) {
        float sum = 0;
        for (float weight : row) sum += weight;
        for (int channel = 0; channel < from; channel++) weights[out * from + channel] = row[channel] / sum;
    }

    boolean identity() {
        return from == to;
    }

    void apply(float[] in, int frames, float[] out) {
        for (int frame = 0; frame < frames; frame++) {
            for (int channel = 0; channel < to; channel++) {
                float sum = 0;
                for (int source = 0; source < from; source++) sum += weights[channel * from + source] * in[frame * from + source];
                out[frame * to + channel] = sum;
            }
        }
    }
}
