package app.waxwing.download;

import app.waxwing.base.Events;

/// Where the limits are remembered: wiring fills it from the settings, so that the window, the command line and the engine see one truth.
public interface LimitChoice {
    /// As set now; any thread, at once.
    Limits limits();

    /// Sets and remembers them; listeners are told before it returns.
    void choose(Limits limits);

    /// After each change that made a difference.
    Events<Limits> changes();

    /// Remembered for this run only.
    static LimitChoice of(Limits first) {
        return new LimitChoice() {
            private final Events<Limits> changes = new Events<>();
            private volatile Limits limits = first;

            @Override
            public Limits limits() {
                return limits;
            }

            @Override
            public void choose(Limits chosen) {
                if (chosen.equals(limits)) return;
                limits = chosen;
                changes.publish(chosen);
            }

            @Override
            public Events<Limits> changes() {
                return changes;
            }
        };
    }
}
