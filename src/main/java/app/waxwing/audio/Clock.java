package app.waxwing.audio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/// What the mixer last knew, for any thread to read without holding it up: readers only ever read optimistically.
final class Clock {
    private final StampedLock lock = new StampedLock();
    private AudioStatus.State state = AudioStatus.State.IDLE;
    private @Nullable Feed feed;
    private long nanos;

    /// The mixer's thread only.
    void set(AudioStatus.State newState, Feed newFeed, long newNanos) {
        long stamp = lock.writeLock();
        state = newState;
        feed = newFeed;
        nanos = newNanos;
        lock.unlockWrite(stamp);
    }

    void idle() {
        long stamp = lock.writeLock();
        state = AudioStatus.State.IDLE;
        feed = null;
        lock.unlockWrite(stamp);
    }

    AudioStatus read() {
        while (true) {
            long stamp = lock.tryOptimisticRead();
            AudioStatus.State nowState = state;
            Feed nowFeed = feed;
            long nowNanos = nanos;
            if (stamp == 0 || !lock.validate(stamp)) {
                Thread.onSpinWait();
                continue;
            }
            if (nowFeed == null) return AudioStatus.IDLE;
            return new AudioStatus(nowState, nowFeed.generation(), Duration.ofNanos(nowNanos),
                    nowFeed.open() ? Optional.of(nowFeed.info()) : Optional.empty(), nowFeed.decoderName());
        }
    }
}
