package app.waxwing.testing;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that stands still until a test moves it; what falls due then runs on the test's thread, in order.
public final class ManualTime implements Time {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long nanos;
    private long count;

    private record Task(long at, long number, Runnable action) {}

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Subscription after(Duration delay, Runnable action) {
        var task = new Task(nanos + delay.toNanos(), count++, action);
        tasks.add(task);
        return () -> {
            synchronized (this) {
                tasks.remove(task);
            }
        };
    }

    @Override
    public Subscription every(Duration period, Runnable action) {
        var current = new Subscription[1];
        Runnable again = new Runnable() {
            @Override
            public void run() {
                current[0] = after(period, this);
                action.run();
            }
        };
        current[0] = after(period, again);
        return () -> current[0].close();
    }

    /// Moves the clock on and runs what falls due on the way.
    public void pass(Duration duration) {
        long end = nanos() + duration.toNanos();
        while (true) {
            Task next;
            synchronized (this) {
                next = tasks.peek();
                if (next == null || next.at() > end) {
                    nanos = end;
                    return;
                }
                tasks.remove(next);
                nanos = Math.max(nanos, next.at());
            }
            next.action().run();
        }
    }

    /// How many tasks wait.
    public synchronized int waiting() {
        return tasks.size();
    }
}
