package app.waxwing.audio;

import java.time.Duration;

/// Shape of interleaved float PCM.
///
/// @param rate frames a second
/// @param channels samples a frame, in the order of WAVE (front left, front right, centre, LFE, …)
public record PcmFormat(int rate, int channels) {
    public PcmFormat {
        if (rate < 1 || rate > 1_536_000) throw new IllegalArgumentException("rate " + rate);
        if (channels < 1 || channels > 64) throw new IllegalArgumentException("channels " + channels);
    }

    /// Time that so many frames take, rounded down to a nanosecond.
    public Duration time(long frames) {
        return Duration.ofSeconds(Math.floorDiv(frames, rate), Math.floorMod(frames, (long) rate) * 1_000_000_000L / rate);
    }

    /// The frame that sounds at the time, rounded to the nearest; negative times give 0.
    public long frames(Duration time) {
        if (time.isNegative()) return 0;
        return time.getSeconds() * rate + (time.getNano() * (long) rate + 500_000_000L) / 1_000_000_000L;
    }
}
