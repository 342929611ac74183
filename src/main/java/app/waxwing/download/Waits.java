package app.waxwing.download;

import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Reason;
import app.waxwing.library.MediaFiles.Root;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/// Says of each that waits why, what it needs, and when it goes on by itself. Thread `downloads` refreshes, any thread asks.
final class Waits {
    private final Board board;
    private final Holds holds;
    private final Gate gate;
    private final Reachability reachability;
    private final LongFunction<String> servers;
    private final Time time;
    private volatile Seen seen = new Seen(Map.of(), Map.of(), Map.of(), Ahead.FREE, 0, Instant.EPOCH);
    private Optional<Said> said = Optional.empty();
    /// What was said last, of whichever: most that wait do so for the same, and thousands of the same sentence need memory.
    private volatile Optional<Wait> shared = Optional.empty();

    /// As things stood when all was last decided.
    ///
    /// @param nanos monotonic, at wall clock `at`
    private record Seen(Map<Long, Holds.Hold> accounts, Map<Root, Holds.Hold> roots, Map<Long, Board.Retry> retries, Ahead ahead,
            long nanos,
            Instant at) {
        Optional<Instant> moment(long until) {
            return until == Long.MAX_VALUE ? Optional.empty() : Optional.of(at.plusNanos(Math.max(0, until - nanos)));
        }

        /// Its next try was to be by now: only its turn is wanting.
        boolean due(long id) {
            Board.Retry retry = retries.get(id);
            return retry != null && retry.at() - nanos <= 0;
        }
    }

    /// What keeps those from their turn that are fetched ahead, beside what keeps all.
    ///
    /// @param streams the player streams from a server
    /// @param heard accounts of which something is heard while it is fetched
    /// @param runs one of them runs already
    private record Ahead(boolean streams, Set<Long> heard, boolean runs) {
        static final Ahead FREE = new Ahead(false, Set.of(), false);

        Optional<String> needs(Entry entry) {
            if (!entry.turn().anyway() && (streams || heard.contains(entry.key().account())))
                return Optional.of("It is fetched ahead and waits while music comes from a server; it goes on after that.");
            return runs ? Optional.of("It is fetched ahead, one file after the other, and another one comes now.") : Optional.empty();
        }
    }

    /// What the words about many depend on, without what they do not name: as long as it is the same, so are they.
    ///
    /// @param away accounts whose server cannot be reached
    /// @param strangers accounts at whose address another server answers
    private record Said(Map<Long, Holds.Hold> accounts, Map<Root, Holds.Hold> roots, Set<Long> away, Set<Long> strangers, boolean forced,
            Gate.Conditions gate) {}

    /// @param servers what the user calls an account's server; empty where it has no name. At once, from memory
    Waits(Board board, Holds holds, Gate gate, Reachability reachability, LongFunction<String> servers, Time time) {
        this.board = board;
        this.holds = holds;
        this.gate = gate;
        this.reachability = reachability;
        this.servers = servers;
        this.time = time;
    }

    /// @return of whom something else is said now
    QueueChange refresh() {
        Map<Root, Holds.Hold> roots = new HashMap<>();
        for (Root root : holds.heldRoots()) holds.of(root).ifPresent(h -> roots.put(root, h));
        Seen before = seen;
        Ahead wasAhead = seen.ahead();
        seen = new Seen(holds.seen(board.accounts()), roots, board.retries(), ahead(), time.nanos(), time.now());
        Optional<Said> now = Optional.of(said(seen));
        if (!said.equals(now)) {
            said = now;
            return QueueChange.ALL;
        }
        Seen after = seen;
        Set<Long> others = new HashSet<>(before.retries().keySet());
        others.addAll(after.retries().keySet());
        others.removeIf(id -> Objects.equals(before.retries().get(id), after.retries().get(id)) && before.due(id) == after.due(id));
        if (!seen.ahead().equals(wasAhead)) for (Entry entry : board.waiting(Slots.AHEAD)) others.add(entry.id());
        return others.isEmpty() ? QueueChange.NONE : QueueChange.of(others);
    }

    private Ahead ahead() {
        Set<Long> heard = new HashSet<>();
        boolean runs = false;
        for (Entry entry : board.running()) {
            if (entry.rank() == 0) heard.add(entry.key().account());
            runs |= entry.rank() == Slots.AHEAD;
        }
        return new Ahead(gate.seen().streaming(), heard, runs);
    }

    private Said said(Seen now) {
        Map<Long, Holds.Hold> accounts = new HashMap<>();
        now.accounts().forEach((account, hold) -> accounts.put(account,
                hold.reason() == Reason.SERVER ? hold : new Holds.Hold(hold.reason(), hold.why(), Long.MAX_VALUE)));
        Set<Long> away = board.accounts();
        away.removeIf(reachability::online);
        Gate.Conditions c = gate.seen();
        return new Said(accounts, now.roots(), away, reachability.strangers(), reachability.mode() == Reachability.Mode.FORCED_OFFLINE,
                new Gate.Conditions(c.limits(), false, c.costs(), c.priced(), c.open(), c.changes(), c.battery()));
    }

    Wait of(Entry entry) {
        Wait now = why(entry);
        Optional<Wait> before = shared;
        if (before.isPresent() && before.get().equals(now)) return before.get();
        shared = Optional.of(now);
        return now;
    }

    /// In the order in which [Holds] and [Gate] are asked before a start.
    private Wait why(Entry entry) {
        Seen now = seen;
        Holds.Hold account = now.accounts().get(entry.key().account());
        if (account != null) return held(account, now);
        if (!reachability.online(entry.key().account())) return offline(entry.key().account());
        Optional<Reason> gated = gate.reason(entry);
        if (gated.isPresent()) return gated(gated.get(), gate.seen());
        Holds.Hold root = now.roots().get(entry.root());
        if (root != null) return held(root, now);
        Board.Retry retry = now.retries().get(entry.id());
        if (retry != null && !now.due(entry.id())) {
            return new Wait(entry.reason().orElse(Reason.RETRY), Optional.of(retry.why()),
                    FailureWords.sentence(retry.why()) + " Waxwing tries again by itself.", now.moment(retry.at()));
        }
        Optional<Failure> before = Optional.ofNullable(retry).map(Board.Retry::why);
        return new Wait(Reason.SLOT, before, before.map(why -> FailureWords.sentence(why) + " ").orElse("") + turn(entry, now),
                Optional.empty());
    }

    /// Nothing but its turn is wanting.
    private String turn(Entry entry, Seen now) {
        Optional<String> ahead = entry.rank() == Slots.AHEAD ? now.ahead().needs(entry) : Optional.empty();
        if (ahead.isPresent()) return ahead.get();
        int atOnce = gate.seen().limits().atOnce();
        if (entry.target().transcoded() && atOnce > Slots.MOST_MADE)
            return "It is not its turn yet; a server makes at most " + Slots.MOST_MADE + " files in another quality at once.";
        return atOnce == 1 ? "It is not its turn yet; one runs at a time." : "It is not its turn yet; " + atOnce + " run at once.";
    }

    private static Wait held(Holds.Hold hold, Seen now) {
        String why = FailureWords.sentence(hold.why());
        Optional<Instant> until = hold.reason() == Reason.SERVER ? now.moment(hold.until()) : Optional.empty();
        String then = switch (hold.reason()) {
            case SERVER -> hold.until() == Long.MAX_VALUE ? " Waxwing asks again when you do." : " Waxwing asks again by itself.";
            case NETWORK, SIGNED_OUT -> " Waxwing looks again by itself.";
            case DISK -> " It goes on by itself once that has changed.";
            case METERED, SLOT, RETRY, SCHEDULE, BATTERY -> "";
        };
        return new Wait(hold.reason(), Optional.of(hold.why()), why + then, until);
    }

    /// Where the user said so, nothing went wrong: there is no cause.
    private Wait offline(long account) {
        if (reachability.mode() == Reachability.Mode.FORCED_OFFLINE) {
            return new Wait(Reason.NETWORK, "Waxwing works offline because you said so; it goes on when that ends.", Optional.empty());
        }
        String server = servers.apply(account);
        Failure.Offline why = reachability.why(account, server);
        return new Wait(Reason.NETWORK, Optional.of(why), why.another()
                ? "Another server answers at the address of " + (server.isBlank() ? "its server" : server)
                        + "; it goes on when its own is back."
                : (server.isBlank() ? "The server" : server) + " cannot be reached; it goes on when the server answers.", Optional.empty());
    }

    private static Wait gated(Reason reason, Gate.Conditions c) {
        String needs = switch (reason) {
            case METERED -> c.priced().filter(p -> !p.answered()).map(DownloadEngine.Priced::name)
                    .map(name -> "Nobody said yet whether " + (name.isBlank() ? "this mobile network" : "«" + name + "»")
                            + " costs by the byte; it goes on when you say that it does not, with another network, or with «Download now anyway».")
                    .orElse("This network costs by the byte; it goes on with another one, or with «Download now anyway».");
            case SCHEDULE ->
                c.limits().hours()
                        .map(h -> "Downloads run " + h.text().replace("-", " to ") + "; it goes on then, or with «Download now anyway».")
                        .orElse("It is not the hour for downloads.");
            case BATTERY -> "The computer runs on its battery; it goes on with the charger, or with «Download now anyway».";
            case SLOT, NETWORK, SERVER, DISK, SIGNED_OUT, RETRY -> throw new IllegalStateException(reason + " is none of the gate's");
        };
        return new Wait(reason, needs, reason == Reason.SCHEDULE ? c.changes() : Optional.empty());
    }
}
