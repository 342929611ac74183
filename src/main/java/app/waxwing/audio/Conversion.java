package app.waxwing.audio;

/// From a decoder's format to the sink's, or nothing at all where they are equal.
final class Conversion {
    private final PcmFormat from;
    private final PcmFormat to;
    private final ChannelMap channels;
    private final boolean resamples;
    private final Resampler resampler;
    private float[] mapped = new float[0];
    private float[] out;

    Conversion(PcmFormat from, PcmFormat to, int block) {
        this.from = from;
        this.to = to;
        channels = new ChannelMap(from.channels(), to.channels());
        resamples = from.rate() != to.rate();
        resampler = new Resampler(from.rate(), resamples ? to.rate() : from.rate(), to.channels());
        if (!channels.identity()) mapped = new float[block * to.channels()];
        out = resamples ? new float[resampler.most(block) * to.channels()] : new float[0];
    }

    boolean neutral() {
        return !resamples && channels.identity();
    }

    PcmFormat target() {
        return to;
    }

    /// Frames now in [#result]. `in` holds at most a block.
    int process(float[] in, int frames) {
        float[] source = in;
        if (!channels.identity()) {
            channels.apply(in, frames, mapped);
            source = mapped;
        }
        if (!resamples) {
            out = source;
            return frames;
        }
        return resampler.process(source, frames, out);
    }

    int finish() {
        return resamples ? resampler.finish(out) : 0;
    }

    void reset() {
        if (resamples) resampler.reset();
    }

    /// Valid until the next call.
    float[] result() {
        return out;
    }

    /// The sink's frame number for a frame of the track.
    long toTarget(long frame) {
        return resamples ? Math.round((double) frame * to.rate() / from.rate()) : frame;
    }
}
