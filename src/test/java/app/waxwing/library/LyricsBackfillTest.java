package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Accounts;
import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Threads;
import app.waxwing.server.RemoteLyrics;
import app.waxwing.testing.FakeMediaServer;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything runs on the test's thread when it moves the clock.
class LyricsBackfillTest {
    @TempDir
    Path folder;
    private StillDesk desk;

    @BeforeEach
    void open() {
        desk = new StillDesk(folder, 30);
        for (String id : List.of("t1", "t2", "t3", "t9"))
            LibraryDesk.file(desk.database, new ItemKey(desk.account, id), !id.equals("t9"), id, 1);
        desk.server.lyrics.put("t1", new RemoteLyrics(List.of(new RemoteLyrics.Line(Optional.empty(), "la"))));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private List<String> asked() {
        return desk.server.calls.stream().filter(c -> c.startsWith("lyrics")).toList();
    }

    @Test
    @DisplayName("C.3 14 words of kept tracks come by themselves, one at a time, and serve offline; «none» is asked again after seven days, not before")
    void comes() throws Exception {
        try (var job = desk.library.backfillLyrics(() -> desk.busy)) {
            assertThat(job).isNotNull();
            desk.busy = true;
            desk.time.pass(LyricsBackfill.FIRST.plusMinutes(5));
            assertThat(asked()).as("gives way to sound and downloads").isEmpty();
            desk.busy = false;
            desk.time.pass(QuietWork.BACK_OFF);
            assertThat(asked()).hasSize(1);
            desk.time.pass(QuietWork.PAUSE.multipliedBy(3));
            assertThat(asked()).containsExactlyInAnyOrder("lyrics t1", "lyrics t2", "lyrics t3");
            desk.time.pass(Duration.ofDays(6));
            assertThat(asked()).hasSize(3);
            desk.time.pass(Duration.ofDays(1).plusHours(1));
            assertThat(asked()).as("the two without words, once more").hasSize(5).filteredOn("lyrics t1"::equals).hasSize(1);
            desk.accounts.online = false;
            assertThat(desk.library.lyrics(new ItemKey(desk.account, "t1")).join()).isPresent();
            assertThat(desk.database.meters().figures().stream().filter(f -> f.name().equals("lyrics"))).as("nobody's asks").singleElement()
                    .matches(f -> f.network() == 0 && f.unasked() == 5 && f.hits() == 1 && f.misses() == 0);
        }
        desk.accounts.online = true;
        desk.time.pass(Duration.ofDays(30));
        assertThat(asked()).as("closed").hasSize(5);
    }

    @Test
    @DisplayName("C.3 14 while a server fails it is asked less and less often, offline not at all; it is no «none»")
    void backsOff() throws Exception {
        desk.server.failsAt = n -> true;
        desk.server.failure = new Failure.Trouble("fake", "it had an error of its own (500)");
        try (var job = desk.library.backfillLyrics(() -> desk.busy)) {
            assertThat(job).isNotNull();
            desk.accounts.online = false;
            desk.time.pass(Duration.ofHours(5));
            assertThat(asked()).isEmpty();
            desk.accounts.online = true;
            desk.time.pass(Duration.ofHours(5));
            assertThat(asked()).hasSizeBetween(6, 16);
            desk.server.failsAt = n -> false;
            desk.time.pass(Duration.ofHours(2));
            desk.accounts.online = false;
            assertThat(desk.library.lyrics(new ItemKey(desk.account, "t1")).join()).isPresent();
        }
    }

    @Test
    @DisplayName("C.3 14 a server that is away, with however many kept tracks, keeps no other server's words back")
    void behindAServerThatIsAway() {
        var other = new FakeMediaServer("other").fill(30);
        long second = desk.accounts.add(desk.database, other, "u").id();
        try (var io = Threads.virtual("io")) {
            new SyncEngine(desk.database, new LibraryChanges(desk.time, Runnable::run), desk.accounts, io, desk.time).sync(second, true)
                    .join();
        }
        LibraryDesk.file(desk.database, new ItemKey(second, "t4"), true, "other", 1);
        var store = new LyricsStore(desk.database, without(desk.account), Runnable::run, desk.time);
        assertThat(store.wanted(2)).containsExactly(new ItemKey(second, "t4"));
    }

    private Accounts without(long away) {
        var reach = (Reachability) Proxy.newProxyInstance(Reachability.class.getClassLoader(), new Class<?>[]{Reachability.class},
                (_, method, arguments) -> method.getName().equals("online")
                        ? !arguments[0].equals(away)
                        : method.invoke(desk.accounts.reachability(), arguments));
        return (Accounts) Proxy.newProxyInstance(Accounts.class.getClassLoader(), new Class<?>[]{Accounts.class},
                (_, method, arguments) -> method.getName().equals("reachability") ? reach : method.invoke(desk.accounts, arguments));
    }

    @Test
    @DisplayName("C.3 14 tracks whose words the server fails to give, however many, keep the words of no other track back")
    void behindManyFailures() throws Exception {
        int kept = 230;
        var many = new StillDesk(folder.resolve("many"), kept);
        for (int i = 0; i < kept; i++) LibraryDesk.file(many.database, new ItemKey(many.account, "t" + i), true, "t" + i, 1);
        many.server.failsAt = n -> true;
        many.server.failure = new Failure.Trouble("fake", "it had an error of its own (500)");
        try (var job = many.library.backfillLyrics(() -> false)) {
            assertThat(job).isNotNull();
            many.time.pass(Duration.ofDays(10));
            assertThat(many.server.calls.stream().filter(c -> c.startsWith("lyrics")).distinct()).hasSize(kept);
        } finally {
            many.close();
        }
    }
}
