package app.waxwing.base;

/// Battery and sleep of a laptop.
public interface PowerMonitor {
    /// Any thread, at once.
    boolean onBattery();

    /// False where this system says nothing of its battery: then [#onBattery] is never true. Any thread, at once.
    default boolean knowsBattery() {
        return true;
    }

    /// Fires after the charger came or went; the listener must only post elsewhere.
    Subscription onChange(Runnable listener);

    /// Fires after the computer woke up.
    Subscription onWake(Runnable listener);

    /// Always on mains, never sleeps.
    PowerMonitor NONE = new PowerMonitor() {
        @Override
        public boolean knowsBattery() {
            return false;
        }

        @Override
        public boolean onBattery() {
            return false;
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return () -> {};
        }

        @Override
        public Subscription onWake(Runnable listener) {
            return () -> {};
        }
    };
}
