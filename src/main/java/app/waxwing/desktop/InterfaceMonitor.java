package app.waxwing.desktop;

import app.waxwing.base.Events;
import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that the computer's network changed by comparing its interfaces and addresses every three seconds: no system service is needed.
/// It does not know what a network costs, so [#metering] is unknown.
public final class InterfaceMonitor implements NetworkMonitor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceMonitor.class);
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private final Events<Set<String>> changes = new Events<>();
    private final ExecutorService io = Threads.virtual("io-network");
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Subscription timer;
    private volatile Set<String> last = Set.of();

    public InterfaceMonitor(Time time) {
        io.execute(() -> last = addresses());
        timer = time.every(PERIOD, () -> {
            if (looking.compareAndSet(false, true)) io.execute(this::look);
        });
    }

    @Override
    public Metering metering() {
        return Metering.UNKNOWN;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return changes.subscribe(now -> listener.run());
    }

    @Override
    public void close() {
        timer.close();
        io.shutdown();
    }

    private void look() {
        try {
            Set<String> now = addresses();
            boolean changed = !last.isEmpty() && !now.equals(last);
            last = now;
            if (changed) changes.publish(now);
        } finally {
            looking.set(false);
        }
    }

    private static Set<String> addresses() {
        Set<String> all = new TreeSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .forEach(i -> i.inetAddresses().forEach(a -> all.add(i.getName() + " " + a.getHostAddress())));
        } catch (SocketException e) {
            LOG.debug("the network interfaces cannot be listed", e);
        }
        return all;
    }
}
