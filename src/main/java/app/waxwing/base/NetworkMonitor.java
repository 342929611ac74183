package app.waxwing.base;

/// What the system knows of the network: whether there is one, whether it costs, and when it changed.
public interface NetworkMonitor {
    /// How bytes are paid for. Unknown counts as unmetered, except on mobile or tethered links, where the user is asked once.
    enum Metering {
        UNMETERED, METERED, UNKNOWN
    }

    /// @param name stays the same each time this network is joined; empty when it has none
    /// @param mobile a mobile or tethered link, by what it is called and which addresses it gives out
    record Network(String name, Metering metering, boolean mobile) {
        public static final Network UNKNOWN = new Network("", Metering.UNKNOWN, false);
    }

    /// The network that is used now; any thread, at once.
    Network network();

    /// False where this system says nothing of what networks cost: then the price is never other than unknown. Any thread, at once.
    default boolean knowsCosts() {
        return true;
    }

    /// Fires after an interface, a route or the price of the network changed; the listener runs on the monitor's thread and must only post elsewhere.
    Subscription onChange(Runnable listener);

    /// No knowledge and no events: for tests and systems without a monitor.
    NetworkMonitor NONE = new NetworkMonitor() {
        @Override
        public boolean knowsCosts() {
            return false;
        }

        @Override
        public Network network() {
            return Network.UNKNOWN;
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return () -> {};
        }
    };
}
