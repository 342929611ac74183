package app.waxwing.download.ui;

import java.util.Arrays;

/// The last minute of the total speed, one figure per sample; what the speed graph draws.
public final class SpeedHistory {
    private final long[] samples;
    private int count;
    private int next;

    public SpeedHistory(int capacity) {
        samples = new long[capacity];
    }

    public void add(long bytesPerSecond) {
        samples[next] = Math.max(0, bytesPerSecond);
        next = (next + 1) % samples.length;
        count = Math.min(samples.length, count + 1);
    }

    /// Oldest first.
    public long[] all() {
        long[] all = new long[count];
        for (int i = 0; i < count; i++) all[i] = samples[Math.floorMod(next - count + i, samples.length)];
        return all;
    }

    public int capacity() {
        return samples.length;
    }

    public long peak() {
        return Arrays.stream(all()).max().orElse(0);
    }

    /// Mean of the newest samples (at most ten): steadier than the last one, for the time that remains.
    public long steady() {
        long[] all = all();
        return (long) Arrays.stream(all, Math.max(0, all.length - 10), all.length).average().orElse(0);
    }
}
