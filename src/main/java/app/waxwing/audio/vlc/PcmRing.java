package app.waxwing.audio.vlc;

import com.sun.jna.Pointer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// 16-bit frames from LibVLC's audio callback to the decoder's reader. The callback waits while it is full, the reader while it is empty;
/// closing wakes both.
final class PcmRing {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int channels;
    private final int capacity;
    private final short[] samples;
    private int start;
    private int size;
    private boolean closed;
    private boolean ended;
    private boolean deaf;
    private long received;

    PcmRing(int capacity, int channels) {
        this.capacity = capacity;
        this.channels = channels;
        samples = new short[capacity * channels];
    }

    void put(Pointer from, int frames) {
        lock.lock();
        try {
            int done = 0;
            while (done < frames && !closed && !deaf) {
                int room = capacity - size;
                if (room == 0) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                int at = (start + size) % capacity;
                int n = Math.min(Math.min(room, frames - done), capacity - at);
                from.read((long) done * channels * 2, samples, at * channels, n * channels);
                size += n;
                done += n;
            }
            received += done;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// At least one frame; -1 at the end or when closed.
    int take(float[] into, int frames) {
        lock.lock();
        try {
            while (size == 0 && !closed && !ended) changed.awaitUninterruptibly();
            if (closed || size == 0) return -1;
            int n = Math.min(Math.min(frames, size), capacity - start);
            for (int i = 0; i < n * channels; i++) into[i] = samples[start * channels + i] * 0x1p-15f;
            start = (start + n) % capacity;
            size -= n;
            changed.signalAll();
            return n;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the first frame, the end, or closing; false when none of these came in time.
    boolean awaitSound(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (received == 0 && !closed && !ended && left > 0) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return received > 0 || closed || ended;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    long received() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            if (!deaf) ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Drops what is here and what comes, until [#hear]: the old sound of a player that is being stopped.
    void clear() {
        lock.lock();
        try {
            size = 0;
            ended = false;
            deaf = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A new sound begins.
    void hear() {
        lock.lock();
        try {
            ended = false;
            deaf = false;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
