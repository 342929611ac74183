package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Account;
import app.waxwing.account.AccountBook;
import app.waxwing.account.HttpClients;
import app.waxwing.account.Reachability;
import app.waxwing.base.ItemKey;
import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.PowerMonitor;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Item;
import app.waxwing.demo.Request;
import app.waxwing.demo.Response;
import app.waxwing.store.Database;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.JellyfinCalls;
import app.waxwing.testing.MemorySecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real WebSocket over loopback to the demonstration server, which speaks it as the reference says.
class LiveSyncTest {
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final ExecutorService io = Threads.virtual("io");
    private final HttpClients clients = new HttpClients("0.1.0-test");
    private final LibraryChanges changes = new LibraryChanges(time, io);
    private DemoServer server;
    private Database database;
    private AccountBook accounts;
    private StoredLibrary library;
    private SyncEngine sync;
    private LiveSync live;
    private Account account;
    private volatile boolean allowed = true;
    /// Whether a proxy before the server refuses each WebSocket.
    private volatile boolean proxy;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.libraryQuiet(Duration.ofMillis(100))
                .interceptor((request, next) -> proxy && request.path().equals("/socket") ? Response.status(400) : next.answer(request)));
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        accounts = new AccountBook(database, new MemorySecrets(), clients, time, io, NetworkMonitor.NONE, PowerMonitor.NONE,
                new AccountBook.Settings("Test bench", "0.1.0", 9, () -> Set.of(InetAddress.getLoopbackAddress())));
        account = accounts.signIn(accounts.probe(server.url()).join(), DemoServer.USER, DemoServer.PASSWORD).join();
        library = new StoredLibrary(database, changes, accounts, io, time, new Random(7));
        sync = new SyncEngine(database, changes, accounts, io, time);
        live = live();
    }

    private LiveSync live() {
        return new LiveSync(accounts, sync, database, changes, time, io, new Random(7), () -> allowed).begin();
    }

    @AfterEach
    void stop() {
        live.close();
        sync.close();
        accounts.close();
        server.close();
        clients.close();
        io.shutdownNow();
        database.close();
        time.close();
    }

    private static void until(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting until %s", what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private Optional<Track> track(String id) {
        return library.track(new ItemKey(account.id(), id)).join();
    }

    private List<Request> upgrades() {
        return server.requests().stream().filter(r -> r.path().equals("/socket")).toList();
    }

    private void stands() throws InterruptedException {
        until("a line stands", () -> live.open() == 1 && server.sockets() == 1);
        until("the library is here", () -> library.totals().join().tracks() == 25);
    }

    @Test
    @DisplayName("1.12 A line stands after the start and brings a sync, so that no time of its own decides how old a track may be; changes, additions and removals on the server come by themselves")
    void changesComeByThemselves() throws Exception {
        stands();
        assertThat(upgrades()).singleElement().satisfies(r -> {
            assertThat(r.header("Authorization").orElse("")).contains("Token=", "DeviceId=");
            assertThat(r.target()).as("no token in an address").doesNotContain("?");
        });
        List<Item.Track> all = server.shelf().start().tracks();
        server.shelf().put(all.get(0).named("Another Name"), time.now().plusSeconds(1));
        until("the name has changed", () -> track(all.get(0).id()).filter(t -> t.title().equals("Another Name")).isPresent());
        server.shelf().remove(all.get(1).id());
        until("the track is gone", () -> track(all.get(1).id()).filter(t -> t.availability() == Availability.GONE).isPresent());
        assertThat(track(all.get(2).id()).orElseThrow().availability()).isEqualTo(Availability.REMOTE);
        server.shelf().put(all.get(1), time.now().plusSeconds(2));
        until("it is back", () -> track(all.get(1).id()).filter(t -> t.availability() == Availability.REMOTE).isPresent());
    }

    @Test
    @DisplayName("A favourite and a play of another client of the user come at once, those of another user never")
    void userDataComesAtOnce() throws Exception {
        stands();
        String id = server.shelf().start().tracks().getFirst().id();
        server.addUser("eve", "eve");
        try (var others = new JellyfinCalls(server.url(), "eves-device").login("eve", "eve");
                var calls = new JellyfinCalls(server.url(), "phone").login(DemoServer.USER, DemoServer.PASSWORD)) {
            others.post("/UserFavoriteItems/" + server.shelf().start().tracks().get(1).id(), "");
            calls.post("/UserFavoriteItems/" + id, "");
            calls.post("/UserPlayedItems/" + id + "?datePlayed=2026-11-01T10:00:00Z", "");
            until("the favourite is here", () -> track(id).filter(t -> t.favourite() && t.playCount() == 1).isPresent());
            assertThat(track(server.shelf().start().tracks().get(1).id()).orElseThrow().favourite()).isFalse();
        }
    }

    @Test
    @DisplayName("After a line broke another is made, and an ordinary sync brings what was said meanwhile")
    void reconnects() throws Exception {
        stands();
        String id = server.shelf().start().tracks().getFirst().id();
        server.down();
        until("the line is gone", () -> live.open() == 0);
        server.shelf().put(server.shelf().start().tracks().getFirst().named("Meanwhile"), time.now().plusSeconds(1));
        server.up();
        accounts.reachability().probeNow();
        until("a line stands again", () -> live.open() == 1);
        until("what was said meanwhile is here", () -> track(id).filter(t -> t.title().equals("Meanwhile")).isPresent());
    }

    @Test
    @DisplayName("1.12 behind a proxy that lets no line through a start brings what changed meanwhile, by one sync however often the line is tried")
    void behindAProxy() throws Exception {
        stands();
        live.close();
        until("the line is gone", () -> server.sockets() == 0);
        proxy = true;
        Item.Track track = server.shelf().start().tracks().getFirst();
        server.shelf().put(track.named("Meanwhile"), time.now().plusSeconds(1));
        int tries = upgrades().size();
        long syncs = syncs();
        live = live();
        until("what changed meanwhile is here", () -> track(track.id()).filter(t -> t.title().equals("Meanwhile")).isPresent());
        until("the line was tried again", () -> upgrades().size() >= tries + 3);
        assertThat(syncs()).isEqualTo(syncs + 1);
        assertThat(live.open()).isZero();
    }

    /// Each sync asks once which libraries there are.
    private long syncs() {
        return server.requests().stream().filter(r -> r.path().equals("/UserViews")).count();
    }

    @Test
    @DisplayName("No line while offline by choice or where the network must not be used; none after the sign-out, none at the end")
    void noLine() throws Exception {
        stands();
        accounts.reachability().mode(Reachability.Mode.FORCED_OFFLINE);
        until("offline by choice", () -> server.sockets() == 0 && live.open() == 0);
        accounts.reachability().mode(Reachability.Mode.AUTO);
        stands();
        allowed = false;
        live.look();
        until("a network that costs", () -> server.sockets() == 0);
        allowed = true;
        live.look();
        stands();
        accounts.beforeRemoval((gone, keep) -> live.leave(gone));
        accounts.remove(account.id(), false).join();
        until("signed out", () -> server.sockets() == 0 && live.open() == 0);
        account = accounts.signIn(accounts.probe(server.url()).join(), DemoServer.USER, DemoServer.PASSWORD).join();
        until("another sign-in has its line", () -> server.sockets() == 1);
        live.close();
        until("the end", () -> server.sockets() == 0);
    }

    @Test
    @DisplayName("A message longer than 16 MB ends the line, which then is made anew; one that makes no sense is passed over")
    void longMessages() throws Exception {
        stands();
        server.push(server.user(), "LibraryChanged", "[1,2,{\"ItemsAdded\":7}]");
        server.push(server.user(), "UserDataChanged", "{\"UserDataList\":\"no list\"}");
        server.push(server.user(), "Huge", "\"" + "x".repeat(17 << 20) + "\"");
        until("a second line", () -> upgrades().size() == 2);
        stands();
    }

    @Test
    @DisplayName("Waits between tries double from a second to five minutes, with up to a fifth more")
    void backsOff() {
        assertThat(LiveSync.pause(0, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(LiveSync.pause(3, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(LiveSync.pause(3, 1)).isEqualTo(Duration.ofMillis(9_600));
        for (int n : new int[]{9, 10, 100}) assertThat(LiveSync.pause(n, 0)).isEqualTo(Duration.ofMinutes(5));
    }
}
