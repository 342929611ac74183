package app.waxwing.parts;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Many wishes, few deeds: the first runs soon, and while one is under way or has just been, further ones wait for the period to end.
/// [#wish] may be called on any thread; the action runs on the executor's.
public final class Conflated implements AutoCloseable {
    private final Time time;
    private final Executor fx;
    private final Duration period;
    private final Runnable action;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Subscription timer = () -> {};

    public Conflated(Time time, Executor fx, Duration period, Runnable action) {
        this.time = time;
        this.fx = fx;
        this.period = period;
        this.action = action;
    }

    public void wish() {
        if (closed || !waiting.compareAndSet(false, true)) return;
        timer = time.after(period, () -> fx.execute(() -> {
            waiting.set(false);
            if (!closed) action.run();
        }));
    }

    @Override
    public void close() {
        closed = true;
        timer.close();
    }
}
