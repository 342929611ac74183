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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that the computer's network changed by comparing its interfaces and addresses every three seconds: no system service is needed.
/// What the network costs NetworkManager says, where it runs; elsewhere that is unknown, but a mobile or tethered link is seen as such.
public final class InterfaceMonitor implements NetworkMonitor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceMonitor.class);
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final int LOOKS_UNTIL_ASKED_AGAIN = 20;
    private final Events<Network> changes = new Events<>();
    private final ExecutorService io = Threads.virtual("io-network");
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Subscription timer;
    private volatile Set<String> last = Set.of();
    private final Optional<NetworkManagerLink> manager;
    private volatile boolean stale;
    private volatile boolean again;
    private NetworkManagerLink.Seen said = NetworkManagerLink.Seen.NOTHING;
    private int unanswered;
    private volatile Network network = Network.UNKNOWN;

    public InterfaceMonitor(Time time) {
        this(time, NetworkManagerLink.systemBus(System.getProperty("os.name"), System.getenv()));
    }

    /// @param systemBus address of the system's message bus, where it has one
    InterfaceMonitor(Time time, Optional<String> systemBus) {
        manager = systemBus.map(address -> new NetworkManagerLink(address, () -> {
            stale = true;
            lookSoon();
        }));
        lookSoon();
        timer = time.every(PERIOD, this::lookSoon);
    }

    private void lookSoon() {
        if (looking.compareAndSet(false, true)) io.execute(this::look);
        else again = true;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public boolean knowsCosts() {
        return manager.map(NetworkManagerLink::there).orElse(false);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return changes.subscribe(now -> listener.run());
    }

    @Override
    public void close() {
        timer.close();
        io.shutdown();
        manager.ifPresent(NetworkManagerLink::close);
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
            NetworkManagerLink.Seen seen = manager.map(m -> ask(m, changed || first)).orElse(NetworkManagerLink.Seen.NOTHING);
            Optional<String> mobile = Links.mobile(addresses);
            network = new Network(seen.connection().isBlank() ? mobile.orElse("") : seen.connection(), seen.metering(), mobile.isPresent());
            if (changed || !before.equals(network)) changes.publish(network);
        } finally {
            looking.set(false);
        }
        if (again) {
            again = false;
            lookSoon();
        }
    }

    /// Asked when something changed; where an answer failed, at the next look, and from then on now and then.
    private NetworkManagerLink.Seen ask(NetworkManagerLink link, boolean changed) {
        if (link.connected()) unanswered = 0;
        if (changed || stale || (!link.connected() && unanswered++ % LOOKS_UNTIL_ASKED_AGAIN == 0)) {
            stale = false;
            said = link.look();
        }
        return said;
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
