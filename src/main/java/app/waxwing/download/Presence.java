package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Whether the server that an account was made with is the one that answers. A hotel's page, a guest of its address or another installation
/// behind the same URL may answer too: their «not here» and «not allowed» are no answers to us (B.18, B.43). Who answers the account's session knows,
/// which sends nothing to another server; here is decided when an answer is worth that question. Thread-safe; [#trouble] and [#weigh] may block, so
/// they are for transfer threads.
final class Presence {
    private static final Duration SURE_FOR = Duration.ofSeconds(30);
    private final TransferSource source;
    private final Time time;
    private final Map<Long, Long> sureUntil = new ConcurrentHashMap<>();
    private final Set<Long> doubted = ConcurrentHashMap.newKeySet();

    Presence(TransferSource source, Time time) {
        this.source = source;
        this.time = time;
    }

    /// From now on the server is asked who it is before anything else is sent to it.
    void doubt(long account) {
        sureUntil.remove(account);
        doubted.add(account);
    }

    /// Asks only where there is doubt. Empty = go on.
    Optional<Verdict.Hold> trouble(long account) {
        return doubted.contains(account) ? look(account) : Optional.empty();
    }

    /// The verdict, or a hold in its place when somebody else gave the answer.
    ///
    /// @param elsewhere the answer came from another origin than the account's
    Verdict weigh(long account, Verdict verdict, boolean elsewhere) {
        boolean questionable = switch (verdict) {
            case Verdict.Refuse v -> true;
            case Verdict.Hold v -> v.reason() == Reason.SIGNED_OUT;
            case Verdict.Append v -> elsewhere;
            case Verdict.Whole v -> elsewhere;
            case Verdict.Complete v -> elsewhere;
            case Verdict.Afresh v -> false;
            case Verdict.AtOnce v -> false;
            case Verdict.Broken v -> false;
            case Verdict.Page v -> false;
        };
        if (verdict instanceof Verdict.Page || verdict instanceof Verdict.Hold hold && hold.reason() == Reason.NETWORK) doubt(account);
        if (!questionable) return verdict;
        if (!sure(account)) {
            Optional<Verdict.Hold> stranger = look(account);
            if (stranger.isPresent()) return stranger.get();
        }
        if (ofTheAccount(verdict)) source.refused(account);
        return verdict;
    }

    /// What the account may do is not what we took it for.
    private static boolean ofTheAccount(Verdict verdict) {
        return verdict instanceof Verdict.Hold hold && hold.reason() == Reason.SIGNED_OUT
                || verdict instanceof Verdict.Refuse refuse && refuse.why() instanceof Failure.NotPermitted;
    }

    private boolean sure(long account) {
        Long until = sureUntil.get(account);
        return until != null && until - time.nanos() > 0;
    }

    private Optional<Verdict.Hold> look(long account) {
        Optional<Failure> why = source.stranger(account);
        if (why.isEmpty()) {
            doubted.remove(account);
            sureUntil.put(account, time.nanos() + SURE_FOR.toNanos());
            return Optional.empty();
        }
        doubt(account);
        return Optional.of(new Verdict.Hold(Reason.NETWORK, why.get(), Optional.empty()));
    }
}
