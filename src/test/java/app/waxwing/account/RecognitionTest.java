package app.waxwing.account;

import static app.waxwing.account.AccountBookTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Response;
import app.waxwing.server.Page;
import app.waxwing.testing.Fault;
import app.waxwing.testing.FaultyServer;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.MemorySecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// B.43: whoever answers at an account's address hears nothing of its sign-in before it has said that it is the account's own server.
class RecognitionTest {
    @TempDir
    Path folder;
    private final ManualTime time = new ManualTime();
    private FaultyServer home;
    private Bench bench;
    private Account account;

    @BeforeEach
    void start() {
        home = FaultyServer.start();
        bench = new Bench(folder, new MemorySecrets(), time, 9);
        var answered = new AtomicInteger();
        bench.book.accepted().subscribe(a -> answered.incrementAndGet());
        account = bench.signIn(home.url(), DemoServer.USER, DemoServer.PASSWORD);
        bench.book.server(account.id()).whoAmI();
        Bench.until(() -> answered.get() == 2); // the other one is the account's own renewal
    }

    @AfterEach
    void stop() {
        bench.close();
        home.close();
    }

    /// A server that was set up anew, at the address of the one that is gone.
    private DemoServer stranger() throws IOException {
        int port = home.server().port();
        home.kill();
        return DemoServer.start(DemoLibrary.synthetic(30, 7), DemoOptions.USUAL.port(port));
    }

    private Failure ask(long id) {
        return failure(() -> bench.book.server(id).tracks(Optional.empty(), Page.FIRST, 5));
    }

    private static void toldNothing(DemoServer server) {
        assertThat(server.requests()).isNotEmpty().allSatisfy(r -> {
            assertThat(r.path()).isEqualTo("/System/Info/Public");
            assertThat(r.header("Authorization")).isEmpty();
        });
    }

    @Test
    @DisplayName("B.43 a server that takes the address while nobody looks gets no request with the sign-in: each new connection is asked first")
    void newConnection() throws IOException {
        bench.book.reachability().mode(Reachability.Mode.FORCED_ONLINE); // no probes
        bench.book.server(account.id()).whoAmI();
        try (var other = stranger()) {
            assertThat(ask(account.id())).isEqualTo(new Failure.Offline(account.serverName(), true));
            toldNothing(other);
            assertThat(FailureWords.sentence(ask(account.id()))).contains("another server answers at its address");
            assertThat(bench.book.reachability().strangers()).containsExactly(account.id());
            assertThat(bench.book.reachability().online(account.id())).as("offline in this mode too").isFalse();
            assertThat(bench.book.reachability().offline()).isTrue();
            assertThat(failure(() -> bench.book.image(account.id(), "x", "t", 100, 1000))).isInstanceOf(Failure.Offline.class);
            toldNothing(other);
        }
        home.revive();
        Bench.until(() -> {
            time.pass(Duration.ofSeconds(1)); // until the next probe
            return bench.book.reachability().online(account.id());
        });
        assertThat(bench.book.server(account.id()).whoAmI()).isNotNull();
        assertThat(bench.book.reachability().strangers()).isEmpty();
    }

    @Test
    @DisplayName("B.43 a 401 is no «signed out» before the server has said that it is ours: not even the question whether the sign-in still counts goes out")
    void refused() {
        // The connection is the right server's, so that its word counts; what comes now is the one request that another may see behind the same proxy.
        home.server().forgetRequests();
        home.on("/System/Info/Public").does((_, _) -> Response.json(200, """
                {"Version":"10.11.11","Id":"ffffffffffffffffffffffffffffffff","ServerName":"other","StartupWizardCompleted":true}"""));
        home.on("/Items").does(Fault.status(401, ""));
        assertThat(ask(account.id())).isEqualTo(new Failure.Offline(account.serverName(), true));
        assertThat(home.server().requests()).filteredOn(r -> r.header("Authorization").isPresent()).hasSize(1);
        assertThat(bench.book.signedIn(account.id())).isTrue();
        home.heal();
        bench.book.reachability().lookAgain(account.id());
        Bench.until(() -> bench.book.reachability().online(account.id()));
        assertThat(bench.book.server(account.id()).whoAmI()).isNotNull();
    }

    @Test
    @DisplayName("B.18 B.43 a hotel's page instead of the server: that is asked who it is, and nothing else")
    void portal() {
        home.on(".*").does(Fault.portal());
        bench.book.reachability().probeNow(); // the network has changed
        home.server().forgetRequests();
        assertThat(ask(account.id())).isEqualTo(new Failure.Offline(account.serverName()));
        Bench.until(() -> !bench.book.reachability().online(account.id()));
        assertThat(bench.book.reachability().strangers()).isEmpty();
        toldNothing(home.server());
        home.heal();
        assertThat(bench.book.server(account.id()).whoAmI()).isNotNull();
    }

    @Test
    @DisplayName("B.43 the program starts while another server has the address: it is told nothing, and the account is offline at once")
    void atTheStart() throws IOException {
        var secrets = bench.secrets;
        bench.close();
        try (var other = stranger()) {
            bench = new Bench(folder, secrets, time, 9);
            assertThat(ask(account.id())).isEqualTo(new Failure.Offline(account.serverName(), true));
            assertThat(bench.book.reachability().online(account.id())).isFalse();
            toldNothing(other);
        }
    }

    @Test
    @DisplayName("B.43 «Sign in there»: the new account works and the old one stays offline, until its own server is signed in to at another address")
    void signInThere() throws IOException {
        try (var other = stranger()) {
            assertThat(ask(account.id())).isEqualTo(new Failure.Offline(account.serverName(), true));
            toldNothing(other);
            Account there = bench.signIn(other.url(), DemoServer.USER, DemoServer.PASSWORD);
            assertThat(there.id()).isNotEqualTo(account.id());
            assertThat(bench.book.server(there.id()).tracks(Optional.empty(), Page.FIRST, 5).items()).hasSize(5);
            assertThat(bench.book.reachability().online(there.id())).isTrue();
            assertThat(bench.book.reachability().online(account.id())).isFalse();
            assertThat(bench.book.reachability().strangers()).containsExactly(account.id());
            try (var moved = DemoServer.start(DemoLibrary.bundled(), 0)) {
                var before = bench.book.server(account.id());
                assertThat(bench.signIn(moved.url(), DemoServer.USER, DemoServer.PASSWORD).id()).isEqualTo(account.id());
                assertThat(bench.book.reachability().strangers()).isEmpty();
                assertThat(bench.book.reachability().online(account.id())).isTrue();
                assertThat(bench.book.server(account.id()).whoAmI()).isNotNull();
                other.forgetRequests();
                assertThat(failure(before::whoAmI)).as("who still holds the old address sends nothing there")
                        .isInstanceOf(Failure.Offline.class);
                assertThat(other.requestCount()).isZero();
            }
        }
    }

    @Test
    @DisplayName("B.43 the account removed while another server has its address: the sign-out is not sent there, and nobody is asked any more")
    void removed() throws IOException {
        try (var other = stranger()) {
            bench.book.reachability().probeNow();
            Bench.until(() -> bench.book.reachability().strangers().equals(Set.of(account.id())));
            Bench.get(bench.book.remove(account.id(), true));
            assertThat(bench.book.reachability().strangers()).isEmpty();
            toldNothing(other);
        }
    }

    @Test
    @DisplayName("0.12 B.43 a request that the server drops each time fails, and is not tried over one connection after the other without end")
    void droppedEachTime() {
        home.on("/Items").does(Fault.noAnswer());
        home.server().forgetRequests();
        for (int i = 0; i < 20; i++) ask(account.id());
        assertThat(home.asked("/Items")).isBetween(20L, 40L);
        home.heal();
        assertThat(bench.book.server(account.id()).whoAmI()).isNotNull();
    }
}
