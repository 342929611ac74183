package app.waxwing.desktop;

import app.waxwing.base.Events;
import app.waxwing.base.PowerMonitor;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Duration;
import java.time.Instant;

/// Notices that the computer slept: the wall clock went on by much more than the timer's period. Battery is not known here.
public final class SleepMonitor implements PowerMonitor, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration GAP = Duration.ofSeconds(30);
    private final Events<Instant> wakes = new Events<>();
    private final Subscription timer;
    private Instant last;

    public SleepMonitor(Time time) {
        last = time.now();
        timer = time.every(PERIOD, () -> {
            Instant now = time.now();
            boolean slept = Duration.between(last, now).compareTo(GAP) > 0;
            last = now;
            if (slept) wakes.publish(now);
        });
    }

    @Override
    public boolean onBattery() {
        return false;
    }

    @Override
    public Subscription onWake(Runnable listener) {
        return wakes.subscribe(at -> listener.run());
    }

    @Override
    public void close() {
        timer.close();
    }
}
