package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.download.Download.Reason;
import app.waxwing.library.MediaFiles.Root;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/// What keeps whole accounts and folders from being fetched, and until when. Owned by thread `downloads`.
final class Holds {
    /// @param until monotonic nanoseconds; [Long#MAX_VALUE] = until an event ends it
    record Hold(Reason reason, Failure why, long until) {}

    /// What a full folder waits for: a download, and the bytes it needs beside what others were promised.
    record Lack(long download, long bytes) {}

    private final Map<Long, Hold> accounts = new HashMap<>();
    private final Map<Root, Hold> roots = new HashMap<>();
    private final Map<Root, Lack> lacks = new HashMap<>();
    private final Map<Long, Integer> refusals = new HashMap<>();
    private final Map<Long, Integer> forbidden = new HashMap<>();
    /// Accounts whose other calls went well while downloads were refused, which was believed once.
    private final Set<Long> believed = new HashSet<>();
    private final Map<Long, Probe> probes = new HashMap<>();
    private final LongPredicate online;
    private final LongPredicate running;

    /// After a hold that ended by itself: one download goes first and shows whether it is really over (B.14).
    ///
    /// @param id the download that went; 0 = none yet
    private record Probe(Hold hold, long id) {}

    /// @param running whether a download has an attempt under way, by its id
    Holds(LongPredicate online, LongPredicate running) {
        this.online = online;
        this.running = running;
    }

    /// Of two holds with the same reason the longer one counts, and so does a server's wish for time beside any other reason: nobody is asked earlier
    /// than he said (B.14), unless the user wants it ([#allow]).
    void account(long account, Hold hold) {
        probes.remove(account);
        accounts.merge(account, hold, (a, b) -> (a.reason() == b.reason() || a.why() instanceof Failure.ServerBusy)
                && (a.until() == Long.MAX_VALUE || (b.until() != Long.MAX_VALUE && a.until() - b.until() > 0)) ? a : b);
    }

    void root(Root root, Hold hold) {
        roots.put(root, hold);
        lacks.remove(root);
    }

    /// Ends when so much is free, and when the download does not wait any more ([#forgive]).
    void full(Root root, Hold hold, Lack lack) {
        roots.put(root, hold);
        lacks.put(root, lack);
    }

    Optional<Lack> lack(Root root) {
        return Optional.ofNullable(lacks.get(root));
    }

    /// Ends holds of full folders whose download was cancelled, paused or dropped: the others may be smaller.
    ///
    /// @param waits whether a download waits, by its id
    void forgive(LongPredicate waits) {
        for (var lack : Map.copyOf(lacks).entrySet()) if (!waits.test(lack.getValue().download())) release(lack.getKey());
    }

    /// How often in a row the account's sign-in was refused, this time included. Those that were on their way together count once.
    int refused(long account) {
        boolean heldAlready = accountReason(account).equals(Optional.of(Reason.SIGNED_OUT));
        return refusals.merge(account, 1, (a, b) -> heldAlready ? a : a + b);
    }

    void accepted(long account) {
        refusals.remove(account);
        believed.remove(account);
    }

    /// The server took the account's sign-in for something else: the hold for want of one ends early, for one download at first. If that is refused
    /// all the same, such a call says no more than time does.
    ///
    /// @return true when something was held
    boolean believe(long account) {
        Hold hold = accounts.get(account);
        if (hold == null || hold.reason() != Reason.SIGNED_OUT || !believed.add(account)) return false;
        relent(account, Reason.SIGNED_OUT);
        return true;
    }

    /// How often in a row the account was not permitted to download, this time included.
    int forbidden(long account) {
        return forbidden.merge(account, 1, Integer::sum);
    }

    /// Ends every hold but that of a server that asked for time. A refusal that is still on its way to us says nothing of the new sign-in: it counts
    /// as the first.
    void signedIn(long account) {
        accepted(account);
        Hold hold = accounts.get(account);
        if (hold != null && !(hold.why() instanceof Failure.ServerBusy)) release(account);
    }

    /// Somebody asks again: ends the hold of an account that was not permitted to download; one that is signed out, or whose server asked for time,
    /// looks with one download. That nobody is asked earlier than he said is for what happens by itself.
    void allow(long account) {
        forbidden.remove(account);
        relent(account, Reason.SIGNED_OUT);
        if (Optional.ofNullable(accounts.get(account)).filter(h -> h.why() instanceof Failure.ServerBusy).isPresent())
            relent(account, Reason.SERVER);
        // The count says nothing here: one that had begun before may have been served since.
        Hold hold = accounts.get(account);
        if (hold != null && hold.why() instanceof Failure.NotPermitted) accounts.remove(account);
    }

    /// The server sends what is asked for.
    ///
    /// @return true when others waited for that
    boolean served(long account) {
        forbidden.remove(account);
        return probes.remove(account) != null;
    }

    /// The attempt of the one that went first ended without an answer that says «wait».
    void probed(long account, long id) {
        probes.computeIfPresent(account, (a, p) -> p.id() == id ? null : p);
    }

    void started(Entry entry) {
        probes.computeIfPresent(entry.key().account(), (a, p) -> isOut(p) ? p : new Probe(p.hold(), entry.id()));
    }

    private boolean isOut(Probe probe) {
        return probe.id() != 0 && running.test(probe.id());
    }

    boolean release(long account) {
        accepted(account);
        forbidden.remove(account);
        probes.remove(account);
        return accounts.remove(account) != null;
    }

    /// Ends a hold of one kind, as far as one download may try.
    void relent(long account, Reason reason) {
        Hold hold = accounts.get(account);
        if (hold == null || hold.reason() != reason) return;
        accounts.remove(account);
        probes.put(account, new Probe(hold, 0));
    }

    void release(Root root) {
        roots.remove(root);
        lacks.remove(root);
    }

    Set<Root> heldRoots() {
        return Set.copyOf(roots.keySet());
    }

    Optional<Reason> accountReason(long account) {
        return Optional.ofNullable(accounts.get(account)).map(Hold::reason);
    }

    /// What keeps each account from being fetched now; while one goes first after a hold, that hold still.
    Map<Long, Hold> seen() {
        Map<Long, Hold> seen = new HashMap<>();
        probes.forEach((account, probe) -> {
            if (isOut(probe)) seen.put(account, probe.hold());
        });
        seen.putAll(accounts);
        return seen;
    }

    Optional<Hold> of(Root root) {
        return Optional.ofNullable(roots.get(root));
    }

    /// Why this one may not run now; empty when it may.
    Optional<Reason> reason(Entry entry) {
        Hold account = accounts.get(entry.key().account());
        if (account != null) return Optional.of(account.reason());
        Probe probe = probes.get(entry.key().account());
        if (probe != null && probe.id() != entry.id() && isOut(probe)) return Optional.of(probe.hold().reason());
        if (!online.test(entry.key().account())) return Optional.of(Reason.NETWORK);
        return roots.containsKey(entry.root()) ? Optional.of(Reason.DISK) : Optional.empty();
    }

    /// Ends account holds whose time has come, for one download at first.
    void expire(long now) {
        for (var entry : Map.copyOf(accounts).entrySet()) {
            long until = entry.getValue().until();
            if (until != Long.MAX_VALUE && until - now <= 0) relent(entry.getKey(), entry.getValue().reason());
        }
    }

    /// When the next account hold ends.
    long nextExpiry() {
        return accounts.values().stream().mapToLong(Hold::until).min().orElse(Long.MAX_VALUE);
    }
}
