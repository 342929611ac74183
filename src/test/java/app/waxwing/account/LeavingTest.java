package app.waxwing.account;

import static app.waxwing.account.AccountBookTest.failure;
import static app.waxwing.account.Bench.get;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoServer;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultyServer;
import app.waxwing.testing.MemorySecrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeavingTest {
    @TempDir
    Path folder;
    private final MemorySecrets secrets = new MemorySecrets();
    private FaultyServer faulty;
    private Bench bench;

    @BeforeEach
    void start() {
        faulty = FaultyServer.start();
        bench = new Bench(folder, secrets);
    }

    @AfterEach
    void stop() {
        bench.close();
        faulty.close();
    }

    private Account signIn() {
        return bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
    }

    private void restart() {
        bench.close();
        bench = new Bench(folder, secrets);
    }

    /// A row of the account, as if it were of its library.
    private void played(Account account) {
        bench.database.write(Durability.KEPT, Lane.USER, sql -> sql.execute("INSERT INTO play_history (account_id, track_item_id, title, "
                + "artist_name, played_at, played_ms, source) VALUES (?, 't', 'Rain', 'Ada', 1, 1, 'stream')", account.id())).join();
    }

    private int rows(String table) {
        return bench.database.readNow(sql -> sql.fetchCount(org.jooq.impl.DSL.table(org.jooq.impl.DSL.name(table))));
    }

    /// As a program that is killed, or a disk that is full, in the midst of it.
    private Account brokenOff() {
        Account account = signIn();
        played(account);
        bench.book.beforeRemoval((a, keep) -> {
            throw new IllegalStateException("in the midst of it");
        });
        failure(() -> get(bench.book.erase(account.id())));
        assertThat(rows("play_history")).isEqualTo(1);
        return account;
    }

    @Test
    @DisplayName("4.18 «delete this account's data» that is broken off: the next start does not show the account, and goes on with it to its end")
    void resumed() throws Exception {
        Account account = brokenOff();
        assertThat(bench.book.all()).as("nor until then").isEmpty();
        restart();
        assertThat(bench.book.all()).isEmpty();
        assertThat(bench.database.erasures().unfinished(account.id())).isTrue();
        assertThat(rows("account")).isEqualTo(1);
        List<Long> hooks = new ArrayList<>();
        bench.book.deletesFiles((a, keep) -> {
            hooks.add(a);
            assertThat(keep).isFalse();
            return List.of(new Accounts.Leftover("/drive", 2, Accounts.Leftover.Why.AWAY));
        });
        assertThat(bench.database.erasures().finish().left()).singleElement().asString().contains("/drive");
        assertThat(hooks).containsExactly(account.id());
        assertThat(rows("account") + rows("play_history") + rows("erasure")).isZero();
        assertThat(secrets.all).isEmpty();
        assertThat(bench.database.backups().list()).as("one of now").hasSize(1);
    }

    @Test
    @DisplayName("4.18 whoever signs in again before it is done begins anew: what was to be deleted is, and what comes now stays")
    void signedInBefore() throws Exception {
        brokenOff();
        restart();
        Account anew = signIn();
        assertThat(bench.book.all()).extracting(Account::id).containsExactly(anew.id());
        assertThat(bench.book.active()).hasSize(1);
        assertThat(rows("play_history")).as("of before").isZero();
        played(anew);
        bench.database.erasures().finish();
        assertThat(rows("account")).isEqualTo(1);
        assertThat(rows("play_history")).isEqualTo(1);
        assertThat(rows("erasure")).isZero();
    }

    @Test
    @DisplayName("4.18 while one user's data are to be deleted, another one of the server is the active one")
    void another() {
        faulty.server().addUser("anna", "secret");
        Account anna = bench.signIn(faulty.url(), "anna", "secret");
        brokenOff();
        restart();
        assertThat(bench.book.all()).extracting(Account::id).containsExactly(anna.id());
        assertThat(bench.book.active()).extracting(Account::id).containsExactly(anna.id());
    }

    @Test
    @DisplayName("4.18 a removal without its data that breaks off leaves the account as it was")
    void notErased() {
        Account account = signIn();
        bench.book.beforeRemoval((a, keep) -> {
            throw new IllegalStateException("in the midst of it");
        });
        failure(() -> get(bench.book.remove(account.id(), true)));
        assertThat(bench.book.all()).hasSize(1);
        restart();
        assertThat(bench.book.active()).hasSize(1);
    }
}
