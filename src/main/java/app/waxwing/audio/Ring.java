package app.waxwing.audio;

import java.util.concurrent.atomic.AtomicLong;

/// Interleaved frames between one thread that puts and one that takes; neither ever waits for the other. Frames are numbered from 0 for ever.
final class Ring {
    private final int channels;
    private final int capacity;
    private final float[] samples;
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    Ring(int capacity, int channels) {
        this.capacity = capacity;
        this.channels = channels;
        samples = new float[Math.multiplyExact(capacity, channels)];
    }

    /// Putter only: as many frames as fit.
    int put(float[] from, int offset, int frames) {
        long at = put.get();
        int n = (int) Math.min(frames, capacity - (at - taken.get()));
        int start = (int) (at % capacity);
        int first = Math.min(n, capacity - start);
        System.arraycopy(from, offset * channels, samples, start * channels, first * channels);
        System.arraycopy(from, (offset + first) * channels, samples, 0, (n - first) * channels);
        put.set(at + n);
        return n;
    }

    /// Taker only: as many frames as there are.
    int take(float[] into, int offset, int frames) {
        long at = taken.get();
        int n = (int) Math.min(frames, put.get() - at);
        int start = (int) (at % capacity);
        int first = Math.min(n, capacity - start);
        System.arraycopy(samples, start * channels, into, offset * channels, first * channels);
        System.arraycopy(samples, 0, into, (offset + first) * channels, (n - first) * channels);
        taken.set(at + n);
        return n;
    }

    /// Taker only: forgets everything before frame `number`.
    void skipTo(long number) {
        if (number > taken.get()) taken.set(number);
    }

    long takenSoFar() {
        return taken.get();
    }

    long putSoFar() {
        return put.get();
    }

    int size() {
        return (int) (put.get() - taken.get());
    }

    int room() {
        return capacity - size();
    }
}
