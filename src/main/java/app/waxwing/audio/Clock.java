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
    ///
    /// @param still playing, but without sound at the moment
    void set(@Nullable Feed newFeed, boolean playing, boolean still, Duration at) {
        set(newFeed, playing, still, at.toNanos());
    }

    void set(@Nullable Feed newFeed, boolean playing, boolean still, long frames, PcmFormat format) {
        set(newFeed, playing, still, frames / format.rate() * 1_000_000_000L + frames % format.rate() * 1_000_000_000L / format.rate());
    }

    private void set(@Nullable Feed newFeed, boolean playing, boolean still, long newNanos) {
        AudioStatus.State newState;
        if (newFeed == null) newState = AudioStatus.State.IDLE;
        else if (!newFeed.open()) newState = AudioStatus.State.OPENING;
        else if (!playing) newState = AudioStatus.State.PAUSED;
        else newState = still ? AudioStatus.State.WAITING : AudioStatus.State.PLAYING;
        long stamp = lock.writeLock();
        state = newState;
        feed = newFeed;
        nanos = newNanos;
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
