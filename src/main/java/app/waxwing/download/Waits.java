package app.waxwing.download;

import app.waxwing.account.Reachability;
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

/// Says of each that waits why, what it needs, and when it goes on by itself. Thread `downloads` refreshes, any thread asks.
final class Waits {
    private final Board board;
    private final Holds holds;
    private final Gate gate;
    private final Reachability reachability;
    private final Time time;
    private volatile Seen seen = new Seen(Map.of(), Map.of(), Map.of(), 0, Instant.EPOCH);
    private Said said = new Said(Map.of(), Map.of(), Set.of(), Set.of(), false, Optional.empty());

    /// As things stood when all was last decided.
    ///
    /// @param nanos monotonic, at wall clock `at`
    private record Seen(Map<Long, Holds.Hold> accounts, Map<Root, Holds.Hold> roots, Map<Long, Long> retries, long nanos,
            Instant at) {
        Optional<Instant> moment(long until) {
            return until == Long.MAX_VALUE ? Optional.empty() : Optional.of(at.plusNanos(Math.max(0, until - nanos)));
        }
    }

    /// What the words about many depend on, without what they do not name: as long as it is the same, so are they.
    ///
    /// @param away accounts whose server cannot be reached
    /// @param strangers accounts at whose address another server answers
    private record Said(Map<Long, Holds.Hold> accounts, Map<Root, Holds.Hold> roots, Set<Long> away, Set<Long> strangers, boolean forced,
            Optional<Gate.Conditions> gate) {}

    Waits(Board board, Holds holds, Gate gate, Reachability reachability, Time time) {
        this.board = board;
        this.holds = holds;
        this.gate = gate;
        this.reachability = reachability;
        this.time = time;
    }

    /// @return of whom something else is said now
    QueueChange refresh() {
        Map<Root, Holds.Hold> roots = new HashMap<>();
        for (Root root : holds.heldRoots()) holds.of(root).ifPresent(h -> roots.put(root, h));
        Map<Long, Long> before = seen.retries();
        seen = new Seen(holds.seen(), roots, board.retries(), time.nanos(), time.now());
        Said now = said(seen);
        if (!now.equals(said)) {
            said = now;
            return QueueChange.ALL;
        }
        Map<Long, Long> after = seen.retries();
        if (after.equals(before)) return QueueChange.NONE;
        Set<Long> others = new HashSet<>(before.keySet());
        others.addAll(after.keySet());
        others.removeIf(id -> Objects.equals(before.get(id), after.get(id)));
        return QueueChange.of(others);
    }

    private Said said(Seen now) {
        Map<Long, Holds.Hold> accounts = new HashMap<>();
        now.accounts().forEach((account, hold) -> accounts.put(account,
                hold.reason() == Reason.SERVER ? hold : new Holds.Hold(hold.reason(), hold.why(), Long.MAX_VALUE)));
        Set<Long> away = board.accounts();
        away.removeIf(reachability::online);
        Gate.Conditions c = gate.seen();
        return new Said(accounts, now.roots(), away, reachability.strangers(), reachability.mode() == Reachability.Mode.FORCED_OFFLINE,
                Optional.of(new Gate.Conditions(c.limits(), false, c.costs(), c.question(), c.open(), c.changes(), c.battery())));
    }

    /// In the order in which [Holds] and [Gate] are asked before a start.
    Wait of(Entry entry) {
        Seen now = seen;
        Holds.Hold account = now.accounts().get(entry.key().account());
        if (account != null) return held(account, now);
        if (!reachability.online(entry.key().account())) return new Wait(Reason.NETWORK, offline(entry.key().account()), Optional.empty());
        Optional<Reason> gated = gate.reason(entry);
        if (gated.isPresent()) return gated(gated.get(), gate.seen());
        Holds.Hold root = now.roots().get(entry.root());
        if (root != null) return held(root, now);
        Long retry = now.retries().get(entry.id());
        if (retry != null) return new Wait(entry.reason().orElse(Reason.RETRY), again(entry), now.moment(retry));
        if (entry.target().transcoded() && gate.seen().limits().atOnce() > Slots.MOST_MADE) {
            return new Wait(Reason.SLOT, "It is not its turn yet; a server makes at most " + Slots.MOST_MADE
                    + " files in another quality at once.", Optional.empty());
        }
        int atOnce = gate.seen().limits().atOnce();
        return new Wait(Reason.SLOT, atOnce == 1
                ? "It is not its turn yet; one runs at a time."
                : "It is not its turn yet; " + atOnce + " run at once.", Optional.empty());
    }

    private static Wait held(Holds.Hold hold, Seen now) {
        String why = FailureWords.sentence(hold.why());
        Optional<Instant> until = hold.reason() == Reason.SERVER ? now.moment(hold.until()) : Optional.empty();
        String then = switch (hold.reason()) {
            case SERVER -> hold.until() == Long.MAX_VALUE ? " Waxwing asks again when you do." : " Waxwing asks again by itself.";
            case NETWORK -> " Waxwing looks again by itself.";
            case DISK -> " It goes on by itself once that has changed.";
            case SIGNED_OUT, METERED, SLOT, RETRY, SCHEDULE, BATTERY -> "";
        };
        return new Wait(hold.reason(), why + then, until);
    }

    private static String again(Entry entry) {
        return entry.reason().equals(Optional.of(Reason.DISK))
                ? "Another program holds the file; Waxwing tries again by itself."
                : "The last try failed; the next one begins by itself.";
    }

    private String offline(long account) {
        if (reachability.mode() == Reachability.Mode.FORCED_OFFLINE) {
            return "Waxwing works offline because you said so; it goes on when that ends.";
        }
        return reachability.strangers().contains(account)
                ? "Another server answers at its server's address; it goes on when its own is back."
                : "The server cannot be reached; it goes on when the server answers.";
    }

    private static Wait gated(Reason reason, Gate.Conditions c) {
        String needs = switch (reason) {
            case METERED -> c.question()
                    .map(name -> "Nobody said yet whether " + (name.isBlank() ? "this mobile network" : "«" + name + "»")
                            + " costs by the byte; it goes on when you say that it does not, with another network, or with «Download now».")
                    .orElse("This network costs by the byte; it goes on with another one, or with «Download now».");
            case SCHEDULE ->
                c.limits().hours().map(h -> "Downloads run " + h.text().replace("-", " to ") + "; it goes on then, or with «Download now».")
                        .orElse("It is not the hour for downloads.");
            case BATTERY -> "The computer runs on its battery; it goes on with the charger, or with «Download now».";
            case SLOT, NETWORK, SERVER, DISK, SIGNED_OUT, RETRY -> throw new IllegalStateException(reason + " is none of the gate's");
        };
        return new Wait(reason, needs, reason == Reason.SCHEDULE ? c.changes() : Optional.empty());
    }
}
