package app.waxwing.desktop;

import app.waxwing.base.Events;
import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that the computer's network changed by comparing its interfaces and addresses every three seconds: no system service is needed.
/// It does not know what a network costs, but it knows a mobile or tethered link when it sees one.
public final class InterfaceMonitor implements NetworkMonitor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceMonitor.class);
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private final Events<Network> changes = new Events<>();
    private final ExecutorService io = Threads.virtual("io-network");
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Subscription timer;
    private volatile Set<String> last = Set.of();
    private volatile Network network = Network.UNKNOWN;

    public InterfaceMonitor(Time time) {
        io.execute(this::look);
        timer = time.every(PERIOD, () -> {
            if (looking.compareAndSet(false, true)) io.execute(this::look);
        });
    }

    @Override
    public Network network() {
        return network;
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
            List<Links.Address> addresses = addresses();
            Set<String> now = new TreeSet<>();
            addresses.forEach(a -> now.add(a.link() + " " + a.address().getHostAddress()));
            boolean changed = !last.isEmpty() && !now.equals(last);
            boolean first = last.isEmpty();
            last = now;
            Network before = network;
            network = Links.mobile(addresses).map(name -> new Network(name, Metering.UNKNOWN, true)).orElse(Network.UNKNOWN);
            if (changed || (first && !before.equals(network))) changes.publish(network);
        } finally {
            looking.set(false);
        }
    }

    private static List<Links.Address> addresses() {
        List<Links.Address> all = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .forEach(i -> i.inetAddresses().forEach(a -> all.add(new Links.Address(i.getName(), a))));
        } catch (SocketException e) {
            LOG.debug("the network interfaces cannot be listed", e);
        }
        return all;
    }
}
