package app.waxwing.download;

import java.util.Optional;

/// How much is fetched at once, how fast and when, as the user set it. What is heard now keeps to none of it.
///
/// @param atOnce transfers at once, 1–8
/// @param bandwidth bytes a second of all transfers together; 0 = as fast as it goes
/// @param bandwidthWhileStreaming the same while the player streams from a server; 0 = no other than `bandwidth`. The lower of both counts
/// @param hours when downloads run; empty = always
/// @param unmeteredOnly the user's own downloads wait while the network costs
/// @param prefetchUnmeteredOnly what is fetched ahead waits while the network costs
/// @param pauseOnBattery downloads wait while the computer runs on its battery
public record Limits(int atOnce, long bandwidth, long bandwidthWhileStreaming, Optional<Hours> hours, boolean unmeteredOnly,
        boolean prefetchUnmeteredOnly, boolean pauseOnBattery) {
    public static final int MOST_AT_ONCE = 8;
    /// Slower than this and servers give up on us.
    public static final long LEAST_BANDWIDTH = 16_000;
    public static final Limits USUAL = new Limits(3, 0, 0, Optional.empty(), true, true, false);

    public Limits {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) throw new IllegalArgumentException("at once " + atOnce);
        if (!isBandwidth(bandwidth) || !isBandwidth(bandwidthWhileStreaming)) {
            throw new IllegalArgumentException("bandwidth " + bandwidth + ", " + bandwidthWhileStreaming);
        }
    }

    /// 0, or enough to keep a connection alive.
    public static boolean isBandwidth(long bytesPerSecond) {
        return bytesPerSecond == 0 || bytesPerSecond >= LEAST_BANDWIDTH;
    }

    /// What counts now; 0 = no limit.
    long bandwidthNow(boolean streaming) {
        if (!streaming || bandwidthWhileStreaming == 0) return bandwidth;
        return bandwidth == 0 ? bandwidthWhileStreaming : Math.min(bandwidth, bandwidthWhileStreaming);
    }

    public Limits atOnce(int transfers) {
        return new Limits(transfers, bandwidth, bandwidthWhileStreaming, hours, unmeteredOnly, prefetchUnmeteredOnly, pauseOnBattery);
    }

    public Limits bandwidth(long bytesPerSecond, long whileStreaming) {
        return new Limits(atOnce, bytesPerSecond, whileStreaming, hours, unmeteredOnly, prefetchUnmeteredOnly, pauseOnBattery);
    }

    public Limits hours(Optional<Hours> when) {
        return new Limits(atOnce, bandwidth, bandwidthWhileStreaming, when, unmeteredOnly, prefetchUnmeteredOnly, pauseOnBattery);
    }

    public Limits unmeteredOnly(boolean own, boolean prefetch) {
        return new Limits(atOnce, bandwidth, bandwidthWhileStreaming, hours, own, prefetch, pauseOnBattery);
    }

    public Limits pauseOnBattery(boolean pause) {
        return new Limits(atOnce, bandwidth, bandwidthWhileStreaming, hours, unmeteredOnly, prefetchUnmeteredOnly, pause);
    }
}
