package app.waxwing.account;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.PowerMonitor;
import app.waxwing.base.Secrets;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.server.MediaServer;
import app.waxwing.server.jellyfin.ClientIdentity;
import app.waxwing.server.jellyfin.JellyfinSignIn;
import app.waxwing.store.Database;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Accounts] over the table `account`, the keyring and Jellyfin's sign-in; also the [Sessions] of those accounts. The list in memory is an immutable
/// snapshot that every change replaces; changes are made on `io-*` threads, one after the other.
public final class AccountBook implements Accounts, Sessions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccountBook.class);

    private final AccountStore store;
    private final Leaving leaving;
    private final Secrets secrets;
    private final HttpClients clients;
    private final Time time;
    private final Executor io;
    private final IoWork work;
    private final Settings settings;
    private final AddressProbe probe;
    private final Recognition recognition;
    private final NetworkReachability reachability;
    private final Renewal renewal;
    private final Events<List<Account>> changes = new Events<>();
    private final Events<Long> accepted = new Events<>();
    private final Map<String, CompletableFuture<Account>> signingIn = new ConcurrentHashMap<>();
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private final Subscription nudges;
    private volatile Map<Long, AccountRow> rows;

    /// @param device this computer's name, as a server's administrator reads it
    /// @param version of the program
    /// @param discoveryPort 7359, but for tests
    /// @param discoveryTargets where to call for servers
    public record Settings(String device, String version, int discoveryPort, Supplier<Set<InetAddress>> discoveryTargets) {
        public static Settings usual(String device, String version) {
            return new Settings(device, version, Discovery.PORT, Discovery::broadcasts);
        }
    }

    /// Reads the accounts; blocks, so not on the FX thread. Looks at each active server at once.
    ///
    /// @param io virtual `io-*` threads
    public AccountBook(Database database, Secrets secrets, HttpClients clients, Time time, Executor io, NetworkMonitor network,
            PowerMonitor power,
            Settings settings) {
        this.store = new AccountStore(database);
        this.secrets = new CountedSecrets(secrets, database.meters().of("session"));
        this.clients = clients;
        this.time = time;
        this.io = io;
        this.work = new IoWork(io);
        this.settings = settings;
        this.probe = new AddressProbe(clients, io);
        this.recognition = new Recognition(this::row, clients, time, io);
        this.reachability = new NetworkReachability(time, io, recognition);
        this.leaving = new Leaving(store, new AccountRemoval(database), this.secrets, time, leaving());
        var all = new LinkedHashMap<Long, AccountRow>();
        store.all().stream().filter(r -> !leaving.hides(r)).forEach(r -> all.put(r.account().id(), r));
        this.rows = Map.copyOf(all);
        recognition.tell(reachability);
        renewal = new Renewal(this, store, recognition, reachability, time, io);
        reachability.changes().subscribe(r -> rows.keySet().forEach(renewal::due));
        nudges = network.onChange(reachability::probeNow).and(power.onWake(reachability::probeNow));
        reachability.accounts(activeIds());
        database.erasures().removal(() -> leaving.resume(account -> true).stream().map(Leftover::words).toList());
    }

    private Leaving.Book leaving() {
        return new Leaving.Book() {
            @Override
            public boolean signOut(long account) {
                return AccountBook.this.signOut(account);
            }

            @Override
            public void forget(long account) {
                anew(account);
                recognition.forget(account);
            }

            @Override
            public void reload() {
                AccountBook.this.reload();
            }
        };
    }

    /// Registers what has to happen before an account's rows go.
    public void beforeRemoval(Removal hook) {
        leaving.before(hook.ofNoFiles());
    }

    /// Registers who deletes files.
    public void deletesFiles(FileRemoval hook) {
        leaving.before(hook);
    }

    @Override
    public List<Account> all() {
        return rows.values().stream().map(AccountRow::account).sorted(java.util.Comparator.comparingLong(Account::id)).toList();
    }

    @Override
    public List<Account> active() {
        return all().stream().filter(Account::active).toList();
    }

    @Override
    public Optional<Account> find(long id) {
        return Optional.ofNullable(rows.get(id)).map(AccountRow::account);
    }

    @Override
    public boolean signedIn(long account) {
        Session session = sessions.get(account);
        return rows.containsKey(account) && (session == null || !session.refused());
    }

    @Override
    public void renew(long account) {
        renewal.ask(account);
    }

    @Override
    public CompletableFuture<ServerAddress> probe(String typed) {
        return asking(typed, () -> probe.probe(typed, trusted(typed)));
    }

    /// The certificate that somebody trusted for this very address.
    private Optional<String> trusted(String address) {
        return rows.values().stream().filter(r -> r.account().url().toString().equals(address)).flatMap(r -> r.certificate().stream())
                .findFirst();
    }

    @Override
    public CompletableFuture<ServerAddress> probeTrusting(String typed, String fingerprint) {
        return asking(typed, () -> probe.probe(typed, Optional.of(fingerprint)));
    }

    @Override
    public CompletableFuture<List<FoundServer>> discover(int millis) {
        return asking("", () -> new Discovery(settings.discoveryPort(), settings.discoveryTargets(), time).collect(millis));
    }

    /// The same sign-in asked for twice at once (a double click) is sent once: servers count wrong passwords.
    @Override
    public CompletableFuture<Account> signIn(ServerAddress address, String user, String password) {
        String who = address.url() + " " + user;
        var own = new CompletableFuture<Account>();
        CompletableFuture<Account> running = signingIn.putIfAbsent(who, own);
        if (running != null) return running.copy();
        asking(address.info().name(), () -> {
            String deviceId = deviceId(address.info().id(), user);
            JellyfinSignIn.SignedIn in = signIn(address, deviceId).password(user, password);
            return keep(address, deviceId, in).join();
        }).whenComplete((account, trouble) -> {
            signingIn.remove(who);
            if (trouble != null) store.refused(address.info().name(), user, IoWork.unwrapped(trouble).failure().code(), time.now());
            if (trouble == null) own.complete(account);
            else own.completeExceptionally(IoWork.unwrapped(trouble));
        });
        return own.copy();
    }

    @Override
    public CompletableFuture<QuickConnect> quickConnect(ServerAddress address) {
        return asking(address.info().name(), () -> {
            String deviceId = deviceId("", "");
            JellyfinSignIn signIn = signIn(address, deviceId);
            return new QuickConnectFlow(signIn, signIn.begin(), in -> keep(address, deviceId, in), time, io).start();
        });
    }

    @Override
    public CompletableFuture<List<Leftover>> remove(long account, boolean keepFiles) {
        return work.run(() -> leaving.go(known(account), keepFiles, false));
    }

    @Override
    public CompletableFuture<List<Leftover>> erase(long account) {
        return work.run(() -> leaving.go(known(account), false, true));
    }

    private boolean signOut(long account) {
        if (reachability.mode() == Reachability.Mode.FORCED_OFFLINE || !reachability.online(account)) return false;
        try {
            server(account).signOut();
            return true;
        } catch (FailureException e) {
            LOG.debug("no sign-out: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public CompletableFuture<Account> use(long account) {
        return work.run(() -> {
            store.use(known(account).account()).join();
            reload();
            return known(account).account();
        });
    }

    @Override
    public CompletableFuture<List<Account>> show(Set<String> servers) {
        return work.run(() -> {
            if (active().stream().noneMatch(a -> servers.contains(a.serverId()))) throw new Failure.NotFound("server").asException();
            store.show(servers).join();
            reload();
            return shown();
        });
    }

    @Override
    public MediaServer server(long account) {
        return session(account).server();
    }

    @Override
    public Reachability reachability() {
        return reachability;
    }

    @Override
    public Events<List<Account>> changes() {
        return changes;
    }

    @Override
    public okhttp3.OkHttpClient transfers(long account) {
        return session(account).client();
    }

    @Override
    public Optional<Failure> stranger(long account) {
        return recognition.ask(account);
    }

    @Override
    public Events<Long> accepted() {
        return accepted;
    }

    @Override
    public void lookAgain(long account) {
        session(account).lookAgain();
    }

    @Override
    public ByteSource open(long account, String trackId) {
        return RemoteSource.open(transfers(account), server(account).stream(trackId), io, time);
    }

    @Override
    public byte[] image(long account, String itemId, String tag, int edge, int limit) {
        online(account);
        return ImageFetch.fetch(transfers(account), server(account).image(itemId, tag, edge), limit);
    }

    /// The tag of an item's cover as its server has it now. Blocks.
    public Optional<String> imageTag(long account, String itemId) {
        online(account);
        return server(account).imageTag(itemId);
    }

    private void online(long account) {
        if (!reachability.online(account)) throw reachability.why(account, known(account).account().serverName()).asException();
    }

    private JellyfinSignIn signIn(ServerAddress address, String deviceId) {
        if (!address.encrypted() && !address.loopback() && !address.plainAccepted()) {
            throw new Failure.NotEncrypted(address.url().getHost()).asException();
        }
        return new JellyfinSignIn(clients.client(address.trustedFingerprint()), address.url(), address.info().name(), identity(deviceId));
    }

    /// One id per installation and account: two users of one server must not share a session there.
    private String deviceId(String serverId, String user) {
        return rows.values().stream().filter(r -> r.account().serverId().equals(serverId) && r.account().userName().equalsIgnoreCase(user))
                .map(AccountRow::deviceId).findFirst().orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    }

    private ClientIdentity identity(String deviceId) {
        return new ClientIdentity("Waxwing", settings.device(), deviceId, settings.version());
    }

    private CompletableFuture<Account> keep(ServerAddress address, String deviceId, JellyfinSignIn.SignedIn in) {
        // What is to be deleted is not to come back, and what comes now not to go with it.
        var before = work.run(() -> leaving.resume(a -> a.serverId().equals(address.info().id()) && a.userId().equals(in.userId())));
        return before.thenCompose(left -> store.signedIn(address.info(), address.url(), address.trustedFingerprint(), deviceId,
                in.userId(), in.userName(), in.permissions(), time.now())).thenApplyAsync(row -> {
                    secrets.put(row.secretName(), in.token());
                    recognition.forget(row.account().id()); // what is known is of the address before
                    anew(row.account().id());
                    recognition.met(row.account().id(), address.info());
                    LOG.info("signed in to {} as account {}", row.account().url(), row.account().id());
                    return row.account();
                }, io);
    }

    private void reload() {
        read();
        told();
    }

    private void read() {
        var all = new LinkedHashMap<Long, AccountRow>();
        synchronized (lock) {
            store.all().stream().filter(r -> !leaving.hides(r)).forEach(r -> all.put(r.account().id(), r));
            rows = Map.copyOf(all);
        }
    }

    private void told() {
        reachability.accounts(activeIds());
        changes.publish(all());
    }

    private List<Long> activeIds() {
        return active().stream().map(Account::id).toList();
    }

    private AccountRow known(long account) {
        AccountRow row = rows.get(account);
        if (row == null) throw new Failure.NotFound("account " + account).asException();
        return row;
    }

    private Session session(long account) {
        return sessions.computeIfAbsent(account, a -> {
            AccountRow row = known(account); // in here, so that none of an older row comes after #anew took the last one away
            var watch = new CallWatch(row.account(), reachability, recognition, time);
            return new Session(row, secrets, clients.session(row.certificate(), row.account().url(), watch), identity(row.deviceId()),
                    () -> io.execute(() -> changes.publish(all())), () -> accepted.publish(account));
        });
    }

    private Optional<AccountRow> row(long account) {
        return Optional.ofNullable(rows.get(account));
    }

    /// What is known of it changed: the next call is made by a new session. First the rows, so that whoever calls meanwhile makes none of the old.
    void anew(long account) {
        read();
        sessions.remove(account);
        told();
    }

    /// As [IoWork#run], unless the user has chosen that nothing is asked of any server.
    private <T extends @Nullable Object> CompletableFuture<T> asking(String server, Supplier<T> question) {
        return work.run(() -> {
            if (reachability.mode() == Reachability.Mode.FORCED_OFFLINE) throw new Failure.Offline(server).asException();
            return question.get();
        });
    }

    @Override
    public void close() {
        nudges.close();
        reachability.close();
    }
}
