package app.waxwing.download;

import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.PowerMonitor;
import java.time.ZoneId;
import java.util.function.Supplier;

/// What around the engine decides whether it may fetch.
///
/// @param zone of the clock on the user's wall, asked each time: people travel
public record Surroundings(LimitChoice limits, NetworkMonitor network, PowerMonitor power, Supplier<ZoneId> zone) {
    DownloadEngine.Senses senses() {
        return new DownloadEngine.Senses(network.knowsCosts(), power.knowsBattery());
    }

    /// A computer on mains, on a network of which nothing is known.
    public static Surroundings plain(LimitChoice limits) {
        return new Surroundings(limits, NetworkMonitor.NONE, PowerMonitor.NONE, ZoneId::systemDefault);
    }
}
