package app.waxwing.testing;

import app.waxwing.base.Subscription;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Time;
import java.time.Duration;
import java.time.Instant;

/// The computer's own clocks, of which a test sets the wall clock, or makes both jump as after a sleep.
public final class ShiftedTime implements Time, AutoCloseable {
    private final SystemTime real = new SystemTime();
    private volatile Duration wall = Duration.ZERO;
    private volatile Duration monotonic = Duration.ZERO;

    /// Sets the wall clock forward, or back where negative.
    public void setClock(Duration by) {
        wall = wall.plus(by);
    }

    /// As after a sleep of a system whose monotonic clock goes on meanwhile.
    public void sleepAndCount(Duration by) {
        wall = wall.plus(by);
        monotonic = monotonic.plus(by);
    }

    @Override
    public Instant now() {
        return real.now().plus(wall);
    }

    @Override
    public long nanos() {
        return real.nanos() + monotonic.toNanos();
    }

    @Override
    public Subscription after(Duration delay, Runnable task) {
        return real.after(delay, task);
    }

    @Override
    public Subscription every(Duration period, Runnable task) {
        return real.every(period, task);
    }

    @Override
    public void close() {
        real.close();
    }
}
