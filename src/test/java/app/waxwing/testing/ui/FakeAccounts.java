package app.waxwing.testing.ui;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.account.Reachability;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.server.MediaServer;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.ServerKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Accounts whose servers answer as the test says. Password «right» signs in.
public final class FakeAccounts implements Accounts {
    public static final Account HOME = account(1, "home-server");
    private final List<Account> accounts = new ArrayList<>();
    private final Events<List<Account>> changes = new Events<>();
    private final Events<Reachability> reach = new Events<>();
    public final List<String> signIns = new ArrayList<>();
    public List<FoundServer> found = List.of(new FoundServer("home-server", "http://192.168.1.20:8096"),
            new FoundServer("Attic NAS", "https://nas.lan"));
    public Optional<Failure> probeFailure = Optional.empty();
    /// Addresses that were looked at.
    public final List<String> probed = new ArrayList<>();
    public boolean encrypted = true;
    public CompletableFuture<Account> quickConnected = new CompletableFuture<>();
    /// What a removal cannot delete.
    public List<Leftover> left = List.of();
    private Reachability.Mode mode = Reachability.Mode.AUTO;
    private final Reachability reachability = makeReachability();
    private boolean away;
    private final Set<Long> strangers = new HashSet<>();
    private final Set<Long> silent = new HashSet<>();
    private final Set<Long> signedOut = new HashSet<>();
    /// Accounts whose address the user wanted looked at again.
    public final List<Long> lookedAt = new ArrayList<>();
    /// Signs of use.
    public int uses;

    public FakeAccounts(Account... signedIn) {
        accounts.addAll(List.of(signedIn));
    }

    public static Account account(long id, String name) {
        return new Account(id, "server-" + id, "user-" + id, ServerKind.JELLYFIN, name, "10.11.2", "ida",
                URI.create("https://" + name + ".lan"), true,
                true, true, true);
    }

    /// At this account's address another server answers from now on, or its own again.
    public void stranger(long account, boolean now) {
        if (now) strangers.add(account);
        else strangers.remove(account);
        reach.publish(reachability);
    }

    /// The server of one account stops or begins to answer.
    public void away(long account, boolean now) {
        if (now) silent.add(account);
        else silent.remove(account);
        reach.publish(reachability);
    }

    /// From now on this account is used, and no other.
    public void only(long account) {
        accounts.replaceAll(a -> new Account(a.id(), a.serverId(), a.userId(), a.kind(), a.serverName(), a.serverVersion(), a.userName(),
                a.url(), a.id() == account, a.shown(), a.downloadAllowed(), a.transcodeAllowed()));
        changes.publish(all());
    }

    /// The server refuses this account's sign-in from now on, or takes it again.
    public void signedOut(long account, boolean now) {
        if (now) signedOut.add(account);
        else signedOut.remove(account);
        changes.publish(all());
    }

    @Override
    public boolean signedIn(long account) {
        return find(account).isPresent() && !signedOut.contains(account);
    }

    /// The servers stop or begin to answer.
    public void away(boolean now) {
        away = now;
        reach.publish(reachability);
    }

    @Override
    public List<Account> all() {
        return List.copyOf(accounts);
    }

    @Override
    public List<Account> active() {
        return accounts.stream().filter(Account::active).toList();
    }

    @Override
    public Optional<Account> find(long id) {
        return accounts.stream().filter(a -> a.id() == id).findFirst();
    }

    @Override
    public CompletableFuture<ServerAddress> probe(String typed) {
        probed.add(typed);
        if (probeFailure.isPresent()) return CompletableFuture.failedFuture(probeFailure.get().asException());
        return CompletableFuture.completedFuture(address(typed, Optional.empty()));
    }

    @Override
    public CompletableFuture<ServerAddress> probeTrusting(String typed, String fingerprint) {
        return CompletableFuture.completedFuture(address(typed, Optional.of(fingerprint)));
    }

    private ServerAddress address(String typed, Optional<String> fingerprint) {
        String host = typed.replaceFirst("^https?://", "");
        return new ServerAddress(URI.create((encrypted ? "https://" : "http://") + host),
                new ServerInfo("server-1", "home-server", "10.11.2", ServerKind.JELLYFIN), encrypted, host.startsWith("localhost"), true,
                fingerprint,
                false);
    }

    @Override
    public CompletableFuture<List<FoundServer>> discover(int millis) {
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public CompletableFuture<Account> signIn(ServerAddress address, String user, String password) {
        signIns.add(user);
        if (!password.equals("right"))
            return CompletableFuture.failedFuture(new Failure.WrongPassword(address.info().name()).asException());
        Optional<Account> known = accounts.stream().filter(a -> a.url().equals(address.url()) && a.userName().equals(user)).findFirst();
        known.ifPresent(a -> signedOut(a.id(), false));
        return CompletableFuture.completedFuture(known.orElseGet(() -> add(account(accounts.size() + 1L, address.info().name()))));
    }

    private Account add(Account account) {
        accounts.add(account);
        changes.publish(all());
        return account;
    }

    @Override
    public CompletableFuture<QuickConnect> quickConnect(ServerAddress address) {
        return CompletableFuture.completedFuture(new QuickConnect() {
            @Override
            public String code() {
                return "418203";
            }

            @Override
            public CompletableFuture<Account> finished() {
                return quickConnected.thenApply(FakeAccounts.this::add);
            }

            @Override
            public void close() {}
        });
    }

    @Override
    public CompletableFuture<List<Leftover>> remove(long account, boolean keepFiles) {
        accounts.removeIf(a -> a.id() == account);
        changes.publish(all());
        return CompletableFuture.completedFuture(keepFiles ? List.of() : left);
    }

    @Override
    public CompletableFuture<List<Leftover>> erase(long account) {
        return remove(account, false);
    }

    @Override
    public CompletableFuture<Account> use(long account) {
        return CompletableFuture.completedFuture(find(account).orElseThrow());
    }

    @Override
    public CompletableFuture<List<Account>> show(Set<String> servers) {
        accounts.replaceAll(a -> new Account(a.id(), a.serverId(), a.userId(), a.kind(), a.serverName(), a.serverVersion(), a.userName(),
                a.url(), a.active(), servers.contains(a.serverId()), a.downloadAllowed(), a.transcodeAllowed()));
        changes.publish(all());
        return CompletableFuture.completedFuture(shown());
    }

    @Override
    public MediaServer server(long account) {
        throw new Failure.Unauthorised("home-server").asException();
    }

    @Override
    public Reachability reachability() {
        return reachability;
    }

    @Override
    public Events<List<Account>> changes() {
        return changes;
    }

    private Reachability makeReachability() {
        return new Reachability() {
            @Override
            public Mode mode() {
                return mode;
            }

            @Override
            public void mode(Mode wanted) {
                mode = wanted;
                reach.publish(this);
            }

            @Override
            public boolean online(long account) {
                return !offline() && !strangers.contains(account) && !silent.contains(account);
            }

            @Override
            public boolean offline() {
                return mode == Mode.FORCED_OFFLINE || away || silent.containsAll(active().stream().map(Account::id).toList());
            }

            @Override
            public void answered(long account) {}

            @Override
            public void failed(long account) {}

            @Override
            public Set<Long> strangers() {
                return Set.copyOf(strangers);
            }

            @Override
            public void lookAgain(long account) {
                lookedAt.add(account);
            }

            @Override
            public void probeNow() {}

            @Override
            public void used() {
                uses++;
            }

            @Override
            public Events<Reachability> changes() {
                return reach;
            }
        };
    }
}
