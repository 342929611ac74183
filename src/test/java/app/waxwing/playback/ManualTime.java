package app.waxwing.playback;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Duration;
import java.time.Instant;

/// A clock that stands until it is moved.
final class ManualTime implements Time {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    @Override
    public Subscription after(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription every(Duration period, Runnable task) {
        throw new UnsupportedOperationException();
    }
}
