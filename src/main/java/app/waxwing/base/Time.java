package app.waxwing.base;

import java.time.Duration;
import java.time.Instant;

/// Clock and timer as one seam, so that tests own time. Waits and rates use the monotonic side; only what people read uses the wall clock.
public interface Time {
    /// Wall clock, UTC.
    Instant now();

    /// Monotonic nanoseconds from an arbitrary origin.
    long nanos();

    /// Runs the task once after the delay on the timer's thread, where it must only post elsewhere. Closing it earlier cancels.
    Subscription after(Duration delay, Runnable task);

    /// Runs the task again and again, the first time after one period.
    Subscription every(Duration period, Runnable task);
}
