package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.download.Download.Reason;
import app.waxwing.library.MediaFiles.Root;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What keeps whole accounts, servers and folders from being fetched, and until when. Owned by thread `downloads`.
final class Holds {
    /// @param until monotonic nanoseconds; [Long#MAX_VALUE] = until an event ends it
    record Hold(Reason reason, Failure why, long until) {}

    /// What a full folder waits for: a download, and the bytes it needs beside what others were promised.
    record Lack(long download, long bytes) {}

    private final Map<Long, Hold> accounts = new HashMap<>();
    /// Servers that asked for time, whoever of their accounts they told.
    private final Map<String, Hold> servers = new HashMap<>();
    private final Map<Root, Hold> roots = new HashMap<>();
    private final Map<Root, Lack> lacks = new HashMap<>();
    private final Map<Long, Integer> refusals = new HashMap<>();
    private final Map<Long, Integer> forbidden = new HashMap<>();
    /// Accounts whose other calls went well while downloads were refused, which was believed once.
    private final Set<Long> believed = new HashSet<>();
    private final Map<Long, Probe> probes = new HashMap<>();
    private final Map<String, Probe> serverProbes = new HashMap<>();
    private final LongPredicate online;
    private final LongPredicate running;
    private final LongFunction<String> server;

    /// After a hold that ended by itself: one download goes first and shows whether it is really over (B.14).
    ///
    /// @param id the download that went; 0 = none yet
    private record Probe(Hold hold, long id) {}

    /// @param running whether a download has an attempt under way, by its id
    /// @param server on which an account is; at once, from memory
    Holds(LongPredicate online, LongPredicate running, LongFunction<String> server) {
        this.online = online;
        this.running = running;
        this.server = server;
    }

    /// Of two holds with the same reason the longer one counts. A server's wish for time holds all its accounts, beside any other reason: it is not
    /// asked earlier than it said (B.14), unless the user wants it ([#allow]).
    void account(long account, Hold hold) {
        if (hold.why() instanceof Failure.ServerBusy) {
            serverProbes.remove(server.apply(account));
            servers.merge(server.apply(account), hold, Holds::longer);
        } else {
            probes.remove(account);
            accounts.merge(account, hold, (a, b) -> a.reason() == b.reason() ? longer(a, b) : b);
        }
    }

    private static Hold longer(Hold a, Hold b) {
        return a.until() == Long.MAX_VALUE || (b.until() != Long.MAX_VALUE && a.until() - b.until() > 0) ? a : b;
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
        Hold hold = accounts.get(account);
        boolean heldAlready = hold != null && hold.reason() == Reason.SIGNED_OUT;
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
        if (accounts.containsKey(account)) release(account);
    }

    /// Somebody asks again: ends the hold of an account that was not permitted to download; one that is signed out, or whose server asked for time,
    /// looks with one download. That nobody is asked earlier than he said is for what happens by itself.
    void allow(long account) {
        forbidden.remove(account);
        relent(account, Reason.SIGNED_OUT);
        relent(server.apply(account));
        // The count says nothing here: one that had begun before may have been served since.
        Hold hold = accounts.get(account);
        if (hold != null && hold.why() instanceof Failure.NotPermitted) accounts.remove(account);
    }

    /// The server sends what is asked for.
    ///
    /// @return true when others waited for that
    boolean served(long account) {
        forbidden.remove(account);
        boolean waited = probes.remove(account) != null;
        return serverProbes.remove(server.apply(account)) != null || waited;
    }

    /// The attempt of the one that went first ended without an answer that says «wait».
    void probed(long account, long id) {
        probes.computeIfPresent(account, (a, p) -> p.id() == id ? null : p);
        serverProbes.computeIfPresent(server.apply(account), (a, p) -> p.id() == id ? null : p);
    }

    void started(Entry entry) {
        probes.computeIfPresent(entry.key().account(), (a, p) -> isOut(p) ? p : new Probe(p.hold(), entry.id()));
        serverProbes.computeIfPresent(server.apply(entry.key().account()), (a, p) -> isOut(p) ? p : new Probe(p.hold(), entry.id()));
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

    /// Ends the hold of a server that asked for time, as far as one download of all its accounts may try.
    private void relent(String busy) {
        Hold hold = servers.remove(busy);
        if (hold != null) serverProbes.put(busy, new Probe(hold, 0));
    }

    void release(Root root) {
        roots.remove(root);
        lacks.remove(root);
    }

    Set<Root> heldRoots() {
        return Set.copyOf(roots.keySet());
    }

    /// What keeps each of the accounts from being fetched now; while one goes first after a hold, that hold still.
    Map<Long, Hold> seen(Set<Long> all) {
        Map<Long, Hold> seen = new HashMap<>();
        for (long account : all) seen(account).ifPresent(hold -> seen.put(account, hold));
        return seen;
    }

    private Optional<Hold> seen(long account) {
        String of = server.apply(account);
        return Optional.ofNullable(servers.get(of)).or(() -> Optional.ofNullable(accounts.get(account)))
                .or(() -> Optional.ofNullable(serverProbes.get(of)).filter(this::isOut).map(Probe::hold))
                .or(() -> Optional.ofNullable(probes.get(account)).filter(this::isOut).map(Probe::hold));
    }

    Optional<Hold> of(Root root) {
        return Optional.ofNullable(roots.get(root));
    }

    /// Why this one may not run now; empty when it may.
    Optional<Reason> reason(Entry entry) {
        String of = server.apply(entry.key().account());
        Optional<Hold> held = Optional.ofNullable(servers.get(of)).or(() -> Optional.ofNullable(accounts.get(entry.key().account())))
                .or(() -> first(entry, serverProbes.get(of))).or(() -> first(entry, probes.get(entry.key().account())));
        if (held.isPresent()) return held.map(Hold::reason);
        if (!online.test(entry.key().account())) return Optional.of(Reason.NETWORK);
        return roots.containsKey(entry.root()) ? Optional.of(Reason.DISK) : Optional.empty();
    }

    /// What another download that goes first stands for.
    private Optional<Hold> first(Entry entry, @Nullable Probe probe) {
        return Optional.ofNullable(probe).filter(p -> p.id() != entry.id() && isOut(p)).map(Probe::hold);
    }

    /// Ends holds of accounts and servers whose time has come, for one download at first.
    void expire(long now) {
        for (var entry : Map.copyOf(servers).entrySet()) {
            long until = entry.getValue().until();
            if (until != Long.MAX_VALUE && until - now <= 0) relent(entry.getKey());
        }
        for (var entry : Map.copyOf(accounts).entrySet()) {
            long until = entry.getValue().until();
            if (until != Long.MAX_VALUE && until - now <= 0) relent(entry.getKey(), entry.getValue().reason());
        }
    }

    /// When the next hold of an account or a server ends.
    long nextExpiry() {
        return Stream.concat(accounts.values().stream(), servers.values().stream()).mapToLong(Hold::until).min().orElse(Long.MAX_VALUE);
    }
}
