package app.waxwing.account;

import static app.waxwing.account.Bench.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Quality;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.server.Page;
import app.waxwing.testing.Fault;
import app.waxwing.testing.FaultyServer;
import app.waxwing.testing.MemorySecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountBookTest {
    @TempDir
    Path folder;
    @TempDir
    Path other;
    private FaultyServer faulty;
    private Bench bench;

    @BeforeEach
    void start() {
        faulty = FaultyServer.start();
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
        faulty.close();
    }

    static Failure failure(ThrowingCallable call) {
        var caught = new Failure[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, e -> caught[0] = e.failure());
        return caught[0];
    }

    @Test
    @DisplayName("4.5, C.3 no. 3 accounts: a password signs in, and the account is there after a restart, its token in the keyring")
    void aPasswordSignsInAndTheAccountIsThereAfterARestart() {
        Account account = bench.signIn("127.0.0.1:" + faulty.server().port(), DemoServer.USER, DemoServer.PASSWORD);
        assertThat(account.active()).isTrue();
        assertThat(account.userName()).isEqualTo(DemoServer.USER);
        assertThat(bench.book.server(account.id()).tracks(Optional.empty(), Page.FIRST, 5).items()).hasSize(5);
        var secrets = bench.secrets;
        bench.close();
        bench = new Bench(folder, secrets);
        assertThat(bench.book.all()).containsExactly(account);
        assertThat(bench.book.server(account.id()).tracks(Optional.empty(), Page.FIRST, 5).items()).hasSize(5);
    }

    @Test
    @DisplayName("a server that moved counts as there from the sign-in on, whatever its old address says")
    void aSignInAtANewAddress() throws IOException {
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        faulty.close();
        bench.book.reachability().probeNow();
        Bench.until(() -> !bench.book.reachability().online(account.id()));
        try (var moved = DemoServer.start(DemoLibrary.bundled(), 0)) {
            assertThat(bench.signIn(moved.url(), DemoServer.USER, DemoServer.PASSWORD).id()).isEqualTo(account.id());
            assertThat(bench.book.reachability().online(account.id())).isTrue();
            assertThat(bench.book.reachability().offline()).isFalse();
        }
    }

    @Test
    @DisplayName("a wrong password is said once: the server that locks accounts sees exactly one attempt")
    void wrongPasswordOnce() {
        faulty.server().user().lockoutAfter(2);
        var address = get(bench.book.probe(faulty.url()));
        var first = bench.book.signIn(address, DemoServer.USER, "wrong");
        assertThat(failure(() -> get(first))).isInstanceOf(Failure.WrongPassword.class);
        assertThat(faulty.asked("/Users/AuthenticateByName")).isEqualTo(1);
        assertThat(faulty.server().user().disabled()).isFalse();
    }

    @Test
    void aPasswordIsSentOnceEvenWhenTheConnectionBreaksOrTheServerAsksForARepeat() {
        var address = get(bench.book.probe(faulty.url()));
        faulty.on("/Users/AuthenticateByName").times(1).does(Fault.noAnswer());
        assertThat(failure(() -> get(bench.book.signIn(address, DemoServer.USER, "x")))).isInstanceOf(Failure.Offline.class);
        assertThat(faulty.asked("/Users/AuthenticateByName")).isEqualTo(1);
        faulty.on("/Users/AuthenticateByName").times(1).does(Fault.starting(0));
        assertThat(failure(() -> get(bench.book.signIn(address, DemoServer.USER, "x")))).isInstanceOf(Failure.ServerBusy.class);
        assertThat(faulty.asked("/Users/AuthenticateByName")).isEqualTo(2);
        faulty.on("/Users/AuthenticateByName").times(1).does(Fault.status(408, ""));
        assertThat(failure(() -> get(bench.book.signIn(address, DemoServer.USER, "x")))).isInstanceOf(Failure.class);
        assertThat(faulty.asked("/Users/AuthenticateByName")).isEqualTo(3);
        faulty.on("/Users/AuthenticateByName").times(1).does(Fault.redirect(307, faulty.url() + "/Users/AuthenticateByName"));
        assertThat(failure(() -> get(bench.book.signIn(address, DemoServer.USER, "x")))).isInstanceOf(Failure.Invalid.class);
        assertThat(faulty.asked("/Users/AuthenticateByName")).isEqualTo(4);
    }

    @Test
    void aDoubleClickSignsInOnce() {
        var address = get(bench.book.probe(faulty.url()));
        faulty.on("/Users/AuthenticateByName").does(Fault.delay(Duration.ofMillis(200)));
        List<CompletableFuture<Account>> clicks = new ArrayList<>();
        for (int i = 0; i < 3; i++) clicks.add(bench.book.signIn(address, DemoServer.USER, DemoServer.PASSWORD));
        clicks.forEach(Bench::get);
        assertThat(faulty.asked("/Users/AuthenticateByName")).isEqualTo(1);
    }

    @Test
    void aLockedAccountIsNotPermittedAndNotAWrongPassword() {
        faulty.server().user().disabled(true);
        var address = get(bench.book.probe(faulty.url()));
        assertThat(failure(() -> get(bench.book.signIn(address, DemoServer.USER, DemoServer.PASSWORD))))
                .isInstanceOf(Failure.NotPermitted.class);
    }

    @Test
    @DisplayName("Issue 4 which servers are shown is remembered over a restart; never none: not by a wish, not by a removal; who signs in is shown")
    void shownServers() throws IOException {
        Account home = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        try (var second = DemoServer.start(DemoLibrary.synthetic(30, 7), 0)) {
            Account attic = bench.signIn(second.url(), DemoServer.USER, DemoServer.PASSWORD);
            assertThat(bench.book.shown()).containsExactly(home, attic);
            List<List<Account>> told = new ArrayList<>();
            bench.book.changes().subscribe(told::add);
            assertThat(get(bench.book.show(Set.of(home.serverId())))).extracting(Account::id).containsExactly(home.id());
            assertThat(told).isNotEmpty();
            assertThat(failure(() -> get(bench.book.show(Set.of())))).isInstanceOf(Failure.NotFound.class);
            assertThat(failure(() -> get(bench.book.show(Set.of("nowhere"))))).isInstanceOf(Failure.NotFound.class);
            var secrets = bench.secrets;
            bench.close();
            bench = new Bench(folder, secrets);
            assertThat(bench.book.shown()).extracting(Account::id).containsExactly(home.id());
            assertThat(bench.book.active()).as("it is used as before").hasSize(2);

            bench.signIn(second.url(), DemoServer.USER, DemoServer.PASSWORD);
            assertThat(bench.book.shown()).hasSize(2);
            get(bench.book.show(Set.of(home.serverId())));
            get(bench.book.remove(home.id(), true));
            assertThat(bench.book.shown()).as("the others, once the only one shown is gone").extracting(Account::id)
                    .containsExactly(attic.id());
        }
    }

    @Test
    @DisplayName("0.13 two users of one server on one machine: each has rows and device id of its own, one is shown")
    void twoAccounts() {
        faulty.server().addUser("anna", "secret");
        Account one = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        Account two = bench.signIn(faulty.url(), "anna", "secret");
        assertThat(bench.book.active()).containsExactly(two);
        assertThat(get(bench.book.use(one.id())).active()).isTrue();
        assertThat(bench.book.active()).extracting(Account::id).containsExactly(one.id());
        assertThat(bench.book.server(one.id()).whoAmI()).isNotNull();
        assertThat(bench.book.server(two.id()).whoAmI()).isNotNull();
        var ids = faulty.server().requests().stream().filter(r -> r.path().equals("/Users/Me"))
                .map(r -> r.header("authorization").orElseThrow())
                .map(h -> h.replaceAll(".*DeviceId=\"([^\"]*)\".*", "$1")).distinct();
        assertThat(ids).hasSize(2);
    }

    @Test
    void signingInAgainRenewsTheAccountAndKeepsItsNumberAndDevice() {
        Account one = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        Account again = bench.signIn(faulty.url(), "DEMO", DemoServer.PASSWORD);
        assertThat(again.id()).isEqualTo(one.id());
        assertThat(bench.book.all()).hasSize(1);
        assertThat(bench.book.server(one.id()).whoAmI()).isNotNull();
    }

    @Test
    void aTokenTheServerHasForgottenIsConfirmedOnceAndSaid() {
        var renewals = new AtomicInteger();
        bench.book.accepted().subscribe(a -> renewals.incrementAndGet());
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        var server = bench.book.server(account.id());
        var told = new AtomicInteger();
        Bench.until(() -> renewals.get() == 1);
        bench.book.changes().subscribe(l -> told.incrementAndGet());
        faulty.server().revokeTokens();
        faulty.server().forgetRequests();
        faulty.on("/Items").does((r, n) -> Fault.delay(Duration.ofMillis(100)).answer(r, n));
        var calls = new ArrayList<CompletableFuture<Failure>>();
        for (int i = 0; i < 4; i++) {
            calls.add(CompletableFuture.supplyAsync(() -> failure(() -> server.tracks(Optional.empty(), Page.FIRST, 5)), bench.io));
        }
        calls.forEach(c -> assertThat(get(c)).isInstanceOf(Failure.Unauthorised.class));
        assertThat(faulty.asked("/Users/Me")).isEqualTo(1);
        assertThat(bench.book.signedIn(account.id())).isFalse();
        Bench.until(() -> told.get() > 0);
        assertThat(failure(() -> bench.book.server(account.id()))).isInstanceOf(Failure.Unauthorised.class);
        bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        assertThat(bench.book.signedIn(account.id())).isTrue();
        assertThat(bench.book.server(account.id()).whoAmI()).isNotNull();
    }

    @Test
    @DisplayName("B.11 that a sign-in is dead is known as soon as it is asked for who it is, told once, and known after the server was away; whoever "
            + "signs in again is the same account, at the address that stands there, with the certificate trusted for it")
    void aDeadSignIn() {
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        Bench.until(() -> faulty.asked("/Users/Me") == 1);
        var told = new AtomicInteger();
        bench.book.changes().subscribe(l -> told.incrementAndGet());
        faulty.server().revokeTokens();
        bench.book.renew(account.id());
        assertThat(bench.book.signedIn(account.id())).isFalse();
        Bench.until(() -> told.get() == 1);
        bench.book.renew(account.id());
        bench.book.lookAgain(account.id());
        assertThat(faulty.asked("/Users/Me")).as("and asked again, for it may have been restarting").isEqualTo(4);
        assertThat(told).as("it is no news").hasValue(1);
        assertThat(bench.signIn(account.url().toString(), account.userName(), DemoServer.PASSWORD).id()).isEqualTo(account.id());
        assertThat(bench.book.signedIn(account.id())).isTrue();
    }

    @Test
    @DisplayName("What an account may do is asked anew with each sync and each refusal: a right that was taken away is known at once")
    void rights() {
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        Bench.until(() -> faulty.asked("/Users/Me") == 1);
        assertThat(bench.book.find(account.id()).orElseThrow().transcodeAllowed()).isTrue();
        faulty.server().user().transcoding(false);
        bench.book.renew(account.id());
        assertThat(bench.book.find(account.id()).orElseThrow().transcodeAllowed()).isFalse();
        faulty.server().user().transcoding(true);
        faulty.on("/Users/Me").does(Fault.status(500, ""));
        bench.book.renew(account.id());
        assertThat(bench.book.find(account.id()).orElseThrow().transcodeAllowed()).as("trouble changes nothing").isFalse();
        faulty.heal();
        bench.book.renew(account.id());
        assertThat(bench.book.find(account.id()).orElseThrow().transcodeAllowed()).isTrue();
    }

    @Test
    @DisplayName("What an account may do is known to the next call also where others call just while it changes")
    void rightsWhileOthersCall() throws Exception {
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        Bench.until(() -> faulty.asked("/Users/Me") == 1);
        var over = new java.util.concurrent.atomic.AtomicBoolean();
        var others = new Thread(() -> {
            while (!over.get()) bench.book.server(account.id());
        });
        others.start();
        try {
            for (int n = 0; n < 30; n++) {
                boolean may = n % 2 == 1;
                faulty.server().user().transcoding(may);
                bench.book.renew(account.id());
                assertThat(bench.book.find(account.id()).orElseThrow().transcodeAllowed()).isEqualTo(may);
                assertThat(bench.book.server(account.id()).transcoded("a".repeat(32), Quality.OPUS_96).isPresent()).as("change %s", n)
                        .isEqualTo(may);
            }
        } finally {
            over.set(true);
            others.join();
        }
    }

    @Test
    @DisplayName("B.11 a server that refused the sign-in for a while is shown it again, and takes it: the account is signed in, and both are told")
    void aRefusedSignInThatIsGoodAgain() {
        var accepted = new java.util.concurrent.CopyOnWriteArrayList<Long>();
        bench.book.accepted().subscribe(accepted::add);
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        Bench.until(() -> accepted.size() == 1); // the renewal that follows the sign-in, to its end
        accepted.clear();
        faulty.on("/Users/Me").does(Fault.status(401, ""));
        faulty.on("/Items").does(Fault.status(401, ""));
        var server = bench.book.server(account.id());
        assertThat(failure(() -> server.tracks(Optional.empty(), Page.FIRST, 5))).isInstanceOf(Failure.Unauthorised.class);
        assertThat(bench.book.signedIn(account.id())).isFalse();
        bench.book.lookAgain(account.id());
        assertThat(bench.book.signedIn(account.id())).isFalse();
        assertThat(accepted).isEmpty();
        faulty.heal();
        var told = new AtomicInteger();
        bench.book.changes().subscribe(l -> told.incrementAndGet());
        bench.book.lookAgain(account.id());
        assertThat(bench.book.signedIn(account.id())).isTrue();
        assertThat(accepted).containsExactly(account.id());
        Bench.until(() -> told.get() > 0);
        long asked = faulty.asked("/Users/Me");
        bench.book.lookAgain(account.id());
        assertThat(faulty.asked("/Users/Me")).as("nothing to look for").isEqualTo(asked);
        bench.book.server(account.id()).tracks(Optional.empty(), Page.FIRST, 5);
        assertThat(accepted).hasSize(2);
    }

    @Test
    void removingSignsOutAndLeavesNothingBehind() {
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        var hooks = new ArrayList<String>();
        bench.book.beforeRemoval((a, keep) -> hooks.add(a + " " + keep));
        get(bench.book.remove(account.id(), true));
        assertThat(hooks).containsExactly(account.id() + " true");
        assertThat(bench.book.all()).isEmpty();
        assertThat(((MemorySecrets) bench.secrets).all).isEmpty();
        assertThat(faulty.asked("/Sessions/Logout")).isEqualTo(1);
        int left = bench.database.readNow(sql -> sql.fetchCount(app.waxwing.store.schema.Tables.ACCOUNT));
        assertThat(left).isZero();
        assertThat(bench.book.reachability().offline()).isTrue();
    }

    @Test
    @DisplayName("Issue 4 when the active user of a server goes, the one of the others that signed in last is the active one, at once and after a restart")
    void passedOn() {
        faulty.server().addUser("anna", "secret");
        faulty.server().addUser("bert", "secret");
        Account demo = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        Account bert = bench.signIn(faulty.url(), "bert", "secret");
        Account anna = bench.signIn(faulty.url(), "anna", "secret");
        var seen = new java.util.concurrent.CopyOnWriteArrayList<List<Long>>();
        bench.book.changes().subscribe(all -> seen.add(all.stream().filter(Account::active).map(Account::id).toList()));
        get(bench.book.remove(anna.id(), false));
        assertThat(bench.book.active()).extracting(Account::id).containsExactly(bert.id());
        assertThat(bench.book.shown()).extracting(Account::id).containsExactly(bert.id());
        assertThat(seen).as("the window never shows nobody").isNotEmpty().allMatch(active -> active.size() == 1);
        List<Long> stored = bench.database.readNow(app.waxwing.store.ActiveAccounts::ids);
        assertThat(stored).containsExactly(bert.id());
        get(bench.book.remove(demo.id(), false));
        assertThat(bench.book.active()).as("who was not active takes nothing along").extracting(Account::id).containsExactly(bert.id());
        get(bench.book.remove(bert.id(), false));
        assertThat(bench.book.all()).isEmpty();
    }

    @Test
    void quickConnectShowsACodeAndFinishesOnceItIsApproved() {
        var time = new app.waxwing.testing.ManualTime();
        try (var own = new Bench(other, new MemorySecrets(), time, 9)) {
            var address = get(own.book.probe(faulty.url()));
            assertThat(address.quickConnect()).isTrue();
            try (var flow = get(own.book.quickConnect(address))) {
                assertThat(flow.code()).matches("\\d{6}");
                time.pass(Duration.ofSeconds(5));
                Bench.until(() -> faulty.asked("/QuickConnect/Connect") == 1);
                assertThat(flow.finished()).isNotDone();
                assertThat(faulty.server().approve(flow.code())).isTrue();
                Bench.until(() -> {
                    time.pass(Duration.ofSeconds(1));
                    return flow.finished().isDone();
                });
                assertThat(get(flow.finished()).userName()).isEqualTo(DemoServer.USER);
            }
        }
    }

    @Test
    void quickConnectSaysWhenTheCodeIsTooOldAndWhenItIsSwitchedOff() {
        var time = new app.waxwing.testing.ManualTime();
        try (var own = new Bench(other, new MemorySecrets(), time, 9);
                var off = FaultyServer.start(DemoOptions.USUAL.quickConnect(false))) {
            var flow = get(own.book.quickConnect(get(own.book.probe(faulty.url()))));
            faulty.on("/QuickConnect/Connect").does(Fault.status(404, "\"Unknown secret\""));
            Bench.until(() -> {
                time.pass(Duration.ofSeconds(1));
                return flow.finished().isDone();
            });
            assertThat(failure(() -> get(flow.finished()))).isInstanceOfSatisfying(Failure.Invalid.class,
                    f -> assertThat(f.why()).contains("too old"));
            var address = get(own.book.probe(off.url()));
            assertThat(address.quickConnect()).isFalse();
            assertThat(failure(() -> get(own.book.quickConnect(address)))).isInstanceOf(Failure.Invalid.class);
        }
    }

    @Test
    void offlineByChoiceAsksNobody() {
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        Bench.until(() -> faulty.asked("/Users/Me") == 1);
        bench.book.reachability().mode(Reachability.Mode.FORCED_OFFLINE);
        faulty.server().forgetRequests();
        assertThat(bench.book.reachability().online(account.id())).isFalse();
        assertThat(failure(() -> bench.book.server(account.id()).whoAmI())).isInstanceOf(Failure.Offline.class);
        assertThat(failure(() -> get(bench.book.probe(faulty.url())))).isInstanceOf(Failure.Offline.class);
        assertThat(failure(() -> bench.book.open(account.id(), "0123456789abcdef0123456789abcdef"))).isInstanceOf(Failure.Offline.class);
        // A probe that was on its way may still have come in.
        assertThat(faulty.server().requests()).allSatisfy(r -> assertThat(r.path()).isEqualTo("/System/Info/Public")).hasSizeLessThan(2);
    }

    @Test
    @DisplayName("4.20 sign-ins, refused ones too, new servers, sign-outs and removals are written down, each once and without a secret")
    void audited() throws Exception {
        var address = get(bench.book.probe(faulty.url()));
        failure(() -> get(bench.book.signIn(address, DemoServer.USER, "WRONG-SECRET")));
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        get(bench.book.remove(account.id(), true));
        List<app.waxwing.store.Audit.Entry> all = bench.database.readNow(sql -> app.waxwing.store.Audit.newest(sql, 20));
        assertThat(all.reversed()).extracting(e -> e.action() + " " + e.outcome()).containsExactly("sign-in wrong-password",
                "server-added done",
                "sign-in done", "sign-in done", "sign-out done", "account-deleted done");
        assertThat(all).allMatch(e -> e.object().startsWith(DemoServer.USER + " at ") && e.actor() == app.waxwing.store.Audit.Actor.USER);
        assertThat(all.toString()).doesNotContain("SECRET");
    }

    @Test
    @DisplayName("4.18 that an account's data were deleted is written down without the user's name, which is among them")
    void erasedUnnamed() throws Exception {
        Account account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        get(bench.book.erase(account.id()));
        List<app.waxwing.store.Audit.Entry> all = bench.database.readNow(sql -> app.waxwing.store.Audit.newest(sql, 20));
        assertThat(all).singleElement()
                .matches(e -> e.action().equals("account-deleted") && e.object().equals("an account at " + account.serverName()));
    }
}
