package app.waxwing.desktop;

import app.waxwing.base.Events;
import app.waxwing.base.PowerMonitor;
import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;

/// Notices that the computer slept, because the wall clock went on by much more than the timer's period; and, on Linux, that it runs on its battery.
public final class SleepMonitor implements PowerMonitor, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration GAP = Duration.ofSeconds(30);
    private final Events<Instant> wakes = new Events<>();
    private final Events<Boolean> changes = new Events<>();
    private final ExecutorService io = Threads.virtual("io-power");
    private final PowerSupplies supplies;
    private final boolean known;
    private final Subscription timer;
    private volatile boolean battery;
    private Instant last;

    public SleepMonitor(Time time) {
        this(time, PowerSupplies.SYSTEM);
    }

    /// @param supplies as `/sys/class/power_supply`
    SleepMonitor(Time time, Path supplies) {
        this.supplies = new PowerSupplies(supplies);
        known = this.supplies.known();
        battery = this.supplies.onBattery();
        last = time.now();
        timer = time.every(PERIOD, () -> {
            Instant now = time.now();
            boolean slept = Duration.between(last, now).compareTo(GAP) > 0;
            last = now;
            if (slept) wakes.publish(now);
            io.execute(this::look);
        });
    }

    private synchronized void look() {
        boolean now = supplies.onBattery();
        if (now == battery) return;
        battery = now;
        changes.publish(now);
    }

    @Override
    public boolean onBattery() {
        return battery;
    }

    @Override
    public boolean knowsBattery() {
        return known;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return changes.subscribe(now -> listener.run());
    }

    @Override
    public Subscription onWake(Runnable listener) {
        return wakes.subscribe(at -> listener.run());
    }

    @Override
    public void close() {
        timer.close();
        io.shutdown();
    }
}
