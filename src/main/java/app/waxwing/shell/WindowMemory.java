package app.waxwing.shell;

import app.waxwing.kit.Theme;
import java.util.Optional;

/// What the window remembers between runs. A seam to the settings; both calls return at once.
public interface WindowMemory {
    Look load();

    /// Called after a change, not more than once a second.
    void save(Look look);

    /// @param place left and top edge, where known
    record Look(double width, double height, Optional<Place> place, boolean maximised, boolean railFolded, boolean panelOpen,
            double panelWidth, String panelTab, Theme.Choice theme, boolean playableOnly) {
        /// The first start.
        public static final Look FIRST = new Look(1440, 900, Optional.empty(), false, false, true, 320, "queue", Theme.Choice.SYSTEM,
                false);
    }

    record Place(double x, double y) {}

    /// Remembers for this run only.
    static WindowMemory forgetful() {
        return new WindowMemory() {
            private Look last = Look.FIRST;

            @Override
            public Look load() {
                return last;
            }

            @Override
            public void save(Look look) {
                last = look;
            }
        };
    }
}
