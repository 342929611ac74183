package app.waxwing.app;

import app.waxwing.base.NetworkMonitor;
import app.waxwing.library.StoredLibrary;
import java.util.function.BooleanSupplier;

/// What is fetched from servers before anybody asks: words of kept tracks, what goes with what. All of it keeps off a line that costs, and gives way
/// to sound, downloads and syncs.
final class Beforehand implements AutoCloseable {
    private final AutoCloseable words;
    private final AutoCloseable alike;

    /// @param busy something that matters more uses the network
    Beforehand(StoredLibrary library, NetworkMonitor network, BooleanSupplier busy) {
        BooleanSupplier notNow = () -> busy.getAsBoolean() || !allowed(network.network());
        words = library.backfillLyrics(notNow);
        alike = library.findAlike(notNow);
    }

    /// Whether what nobody waits for may go over this line.
    static boolean allowed(NetworkMonitor.Network network) {
        return switch (network.metering()) {
            case METERED -> false;
            case UNMETERED -> true;
            case UNKNOWN -> !network.mobile();
        };
    }

    @Override
    public void close() throws Exception {
        try (alike) {
            words.close();
        }
    }
}
