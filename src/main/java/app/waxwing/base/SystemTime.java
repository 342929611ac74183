package app.waxwing.base;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The computer's own clocks and one daemon timer thread, named `timer` where nothing else is said.
public final class SystemTime implements Time, AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    public SystemTime() {
        this("timer");
    }

    public SystemTime(String thread) {
        timer = new ScheduledThreadPoolExecutor(1, Threads.factory(thread));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Subscription after(Duration delay, Runnable task) {
        if (timer.isShutdown()) return () -> {};
        ScheduledFuture<?> future = timer.schedule(Threads.logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public Subscription every(Duration period, Runnable task) {
        if (timer.isShutdown()) return () -> {};
        ScheduledFuture<?> future = timer.scheduleWithFixedDelay(Threads.logged(task), period.toNanos(), period.toNanos(),
                TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
