package app.waxwing.base;

/// Battery and sleep of a laptop.
public interface PowerMonitor {
    boolean onBattery();

    /// Fires after the computer woke up.
    Subscription onWake(Runnable listener);

    /// Always on mains, never sleeps.
    PowerMonitor NONE = new PowerMonitor() {
        @Override
        public boolean onBattery() {
            return false;
        }

        @Override
        public Subscription onWake(Runnable listener) {
            return () -> {};
        }
    };
}
