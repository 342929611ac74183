package app.waxwing.base;

/// What the system knows of the network: whether there is one, whether it costs, and when it changed.
public interface NetworkMonitor {
    /// How bytes are paid for. Unknown counts as unmetered, except on mobile or tethered links, where the user is asked once.
    enum Metering {
        UNMETERED, METERED, UNKNOWN
    }

    Metering metering();

    /// Fires after an interface or route changed; the listener runs on the monitor's thread and must only post elsewhere.
    Subscription onChange(Runnable listener);

    /// No knowledge and no events: for tests and systems without a monitor.
    NetworkMonitor NONE = new NetworkMonitor() {
        @Override
        public Metering metering() {
            return Metering.UNKNOWN;
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return () -> {};
        }
    };
}
