package app.waxwing.download;

import app.waxwing.base.NetworkMonitor.Metering;
import app.waxwing.base.NetworkMonitor.Network;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.DownloadEngine.Priced;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/// What the user set about when to fetch, against what the clock, the network and the battery say. Thread `downloads` looks, any thread reads.
final class Gate {
    /// What is so now.
    ///
    /// @param costs bytes count as paid for: the system says so, the user said so, or it is a mobile link and nobody said
    /// @param priced the network whose price only the user knows, as it counts
    /// @param opens when the hours begin or end; empty without hours
    record Conditions(Limits limits, boolean streaming, boolean costs, Optional<Priced> priced, boolean open, Optional<Instant> changes,
            boolean battery) {}

    private final Surroundings surroundings;
    private final LongPredicate onThisComputer;
    private final Time time;
    private final Map<String, Boolean> choices = new ConcurrentHashMap<>();
    private volatile boolean streaming;
    private volatile Conditions now;

    /// @param onThisComputer accounts whose server runs here: their bytes cost nothing
    Gate(Surroundings surroundings, LongPredicate onThisComputer, Time time) {
        this.surroundings = surroundings;
        this.onThisComputer = onThisComputer;
        this.time = time;
        now = conditions();
    }

    /// What the user said of networks before.
    void remember(Map<String, Boolean> metered) {
        choices.putAll(metered);
    }

    /// The player streams from a server, or does not any more.
    ///
    /// @return true when that is news
    boolean streaming(boolean streams) {
        boolean news = streams != streaming;
        streaming = streams;
        return news;
    }

    Conditions look() {
        now = conditions();
        return now;
    }

    Conditions seen() {
        return now;
    }

    /// Why this one may not run now; empty when it may.
    Optional<Reason> reason(Entry entry) {
        return reason(Lane.of(entry));
    }

    /// The same for all of a lane.
    Optional<Reason> reason(Lane lane) {
        return reason(now, lane.rank(), lane.anyway(), onThisComputer.test(lane.account()));
    }

    /// Pure. What is heard now and what the user hurried is never held.
    static Optional<Reason> reason(Conditions c, int rank, boolean anyway, boolean onThisComputer) {
        if (rank == 0 || anyway) return Optional.empty();
        boolean unmeteredOnly = rank == 1 ? c.limits().unmeteredOnly() : c.limits().prefetchUnmeteredOnly();
        if (c.costs() && unmeteredOnly && !onThisComputer) return Optional.of(Reason.METERED);
        if (!c.open()) return Optional.of(Reason.SCHEDULE);
        return c.battery() && c.limits().pauseOnBattery() ? Optional.of(Reason.BATTERY) : Optional.empty();
    }

    /// How long until the hours begin or end.
    Optional<Duration> untilChange() {
        return now.changes().map(at -> Duration.between(time.now(), at)).map(d -> d.isNegative() ? Duration.ZERO : d);
    }

    private Conditions conditions() {
        Limits limits = surroundings.limits().limits();
        Network network = surroundings.network().network();
        Instant at = time.now();
        Optional<Priced> priced = network.metering() == Metering.UNKNOWN && network.mobile()
                ? Optional.of(new Priced(network.name(), choices.getOrDefault(network.name(), true), choices.containsKey(network.name())))
                : Optional.empty();
        boolean costs = switch (network.metering()) {
            case METERED -> true;
            case UNMETERED -> false;
            case UNKNOWN -> priced.filter(Priced::costs).isPresent();
        };
        var zone = surroundings.zone().get();
        return new Conditions(limits, streaming, costs, priced, limits.hours().map(h -> h.open(at, zone)).orElse(true),
                limits.hours().map(h -> h.nextChange(at, zone)), surroundings.power().onBattery());
    }
}
