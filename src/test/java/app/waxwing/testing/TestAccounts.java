package app.waxwing.testing;

import static app.waxwing.store.schema.Tables.ACCOUNT;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.account.Reachability;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.server.MediaServer;
import app.waxwing.server.ServerKind;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Accounts with rows in a database and servers that the test supplies; reachable as the test says.
public final class TestAccounts implements Accounts {
    private final List<Account> accounts = new ArrayList<>();
    private final Map<Long, MediaServer> servers = new HashMap<>();
    private final Events<List<Account>> changes = new Events<>();
    private final Events<Reachability> reach = new Events<>();
    private final Reachability reachability = new Reach();
    public volatile boolean online = true;

    /// Adds an account with its row.
    public Account add(Database database, MediaServer server, String user) {
        String serverId = server.info().id();
        long id = database
                .write(Durability.KEPT, Lane.USER,
                        sql -> sql.insertInto(ACCOUNT).set(ACCOUNT.SERVER_ID, serverId).set(ACCOUNT.USER_ID, user)
                                .set(ACCOUNT.KIND, "jellyfin").set(ACCOUNT.SERVER_NAME, server.info().name()).set(ACCOUNT.USER_NAME, user)
                                .set(ACCOUNT.URL, "http://127.0.0.1:1")
                                .set(ACCOUNT.DEVICE_ID, "device").set(ACCOUNT.SIGNED_IN_AT, 0L)
                                .onConflict(ACCOUNT.SERVER_ID, ACCOUNT.USER_ID).doUpdate()
                                .set(ACCOUNT.USER_NAME, user).execute())
                .thenApply(n -> database.readNow(sql -> sql.select(ACCOUNT.ID).from(ACCOUNT)
                        .where(ACCOUNT.SERVER_ID.eq(serverId), ACCOUNT.USER_ID.eq(user)).fetchSingle().value1()))
                .join();
        var account = new Account(id, serverId, user, ServerKind.JELLYFIN, server.info().name(), "10.11.2", user,
                URI.create("http://127.0.0.1:1"), true, true, true, true);
        accounts.add(account);
        servers.put(id, server);
        return account;
    }

    /// Accounts whose rights were asked for anew.
    public final List<Long> renewed = new java.util.concurrent.CopyOnWriteArrayList<>();

    @Override
    public void renew(long account) {
        renewed.add(account);
    }

    /// Accounts whose sign-in their server refuses.
    private final java.util.Set<Long> signedOut = java.util.concurrent.ConcurrentHashMap.newKeySet();

    public void signedOut(long account, boolean now) {
        if (now) signedOut.add(account);
        else signedOut.remove(account);
        changes.publish(all());
    }

    @Override
    public boolean signedIn(long account) {
        return find(account).isPresent() && !signedOut.contains(account);
    }

    public void online(boolean now) {
        online = now;
        reach.publish(reachability);
    }

    @Override
    public List<Account> all() {
        return List.copyOf(accounts);
    }

    @Override
    public List<Account> active() {
        return all();
    }

    @Override
    public Optional<Account> find(long id) {
        return accounts.stream().filter(a -> a.id() == id).findFirst();
    }

    @Override
    public MediaServer server(long account) {
        MediaServer server = servers.get(account);
        if (server == null) throw new Failure.NotFound("account").asException();
        return server;
    }

    @Override
    public Reachability reachability() {
        return reachability;
    }

    @Override
    public Events<List<Account>> changes() {
        return changes;
    }

    private final class Reach implements Reachability {
        @Override
        public boolean online(long account) {
            return online;
        }

        @Override
        public boolean offline() {
            return !online;
        }

        @Override
        public Mode mode() {
            return Mode.AUTO;
        }

        @Override
        public void mode(Mode mode) {}

        @Override
        public void answered(long account) {}

        @Override
        public void failed(long account) {}

        @Override
        public void probeNow() {}

        @Override
        public Events<Reachability> changes() {
            return reach;
        }
    }

    @Override
    public CompletableFuture<ServerAddress> probe(String typed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<FoundServer>> discover(int millis) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Account> signIn(ServerAddress address, String user, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<QuickConnect> quickConnect(ServerAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<Leftover>> remove(long account, boolean keepFiles) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<Leftover>> erase(long account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Account> use(long account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<Account>> show(Set<String> servers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<ServerAddress> probeTrusting(String typed, String fingerprint) {
        throw new UnsupportedOperationException();
    }
}
