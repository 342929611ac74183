package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.server.ServerPush;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Syncs that nobody asks for, with time by hand, a server in memory and everything on the test's thread.
class LivePassesTest {
    @TempDir
    Path folder;
    private final ManualTime clock = new ManualTime();
    private final FakeMediaServer server = new FakeMediaServer("one").fill(100);
    private final List<LibrarySync.Report> unasked = new ArrayList<>();
    private LibraryDesk desk;
    private SyncEngine sync;
    private LiveSync live;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        long account = desk.account(server, "ida").id();
        desk.sync(account, false);
        server.calls.clear();
        sync = new SyncEngine(desk.database, desk.changes, desk.accounts, Runnable::run, desk.time);
        sync.unasked().subscribe(unasked::add);
        live = new LiveSync(desk.accounts, sync, desk.database, desk.changes, clock, Runnable::run, new Random(1), () -> true);
    }

    @AfterEach
    void close() {
        live.close();
        sync.close();
        desk.close();
    }

    /// Each sync asks once which libraries there are.
    private long passes() {
        return server.calls("folders");
    }

    private void server(boolean reachable) {
        desk.accounts.online(reachable);
    }

    @Test
    @DisplayName("1.12 a server that never says anything by itself is synced at the start, when it is back, and a day later; not between")
    void noPush() {
        server.pushes = false;
        live.begin();
        assertThat(passes()).as("at the start").isEqualTo(1);
        assertThat(server.calls("tracks ")).as("only what changed, and the count").isEqualTo(1);
        clock.pass(Duration.ofHours(22));
        live.look();
        assertThat(passes()).as("nothing new").isEqualTo(1);
        clock.pass(Duration.ofHours(2));
        assertThat(passes()).as("within 24 hours").isEqualTo(2);
        clock.pass(Duration.ofHours(24));
        assertThat(passes()).isEqualTo(3);
        server(false);
        clock.pass(Duration.ofHours(48));
        assertThat(passes()).as("away").isEqualTo(3);
        server(true);
        assertThat(passes()).as("back").isEqualTo(4);
    }

    @Test
    @DisplayName("1.12 a line that is refused again and again brings one sync and not one for each try; a day later there is another")
    void refusedLines() {
        server.refusesLines = true;
        live.begin();
        clock.pass(Duration.ofHours(20));
        assertThat(server.calls("push")).as("tries").isGreaterThan(100);
        assertThat(passes()).isEqualTo(1);
        clock.pass(Duration.ofHours(4));
        assertThat(passes()).isEqualTo(2);
    }

    @Test
    @DisplayName("1.12 while a line stands there is one sync after the start and one a day; a line that breaks and cannot be had again brings one")
    void lineStands() {
        live.begin();
        server.lines.getFirst().opened();
        assertThat(passes()).isEqualTo(1);
        clock.pass(Duration.ofHours(22));
        assertThat(passes()).isEqualTo(1);
        clock.pass(Duration.ofHours(2));
        assertThat(passes()).isEqualTo(2);
        server.refusesLines = true;
        server.lines.removeFirst().ended("no");
        clock.pass(Duration.ofHours(3));
        assertThat(passes()).isEqualTo(3);
    }

    @Test
    @DisplayName("A sync by itself that fails is tried again, ever more seldom, until it succeeds")
    void failedPass() {
        server.pushes = false;
        server.failsAt = n -> true;
        live.begin();
        clock.pass(Duration.ofSeconds(6));
        assertThat(passes()).isEqualTo(2);
        clock.pass(Duration.ofHours(1));
        assertThat(passes()).as("at most every five minutes").isBetween(12L, 24L);
        server.failsAt = n -> false;
        clock.pass(Duration.ofMinutes(6));
        long then = passes();
        clock.pass(Duration.ofHours(20));
        assertThat(passes()).isEqualTo(then);
    }

    @Test
    @DisplayName("Issue 4 what the server said it removed is not forgotten with a sync that was stopped: the next one marks it")
    void stopped() {
        live.begin();
        server.lines.getFirst().opened();
        server.tracks.remove("t12");
        long account = desk.accounts.all().getFirst().id();
        try (var stop = sync.progress().subscribe(p -> sync.stop(account))) {
            server.lines.getFirst().libraryChanged(new ServerPush.LibraryNews(Set.of(), Set.of(), Set.of("t12")));
            clock.pass(Duration.ofSeconds(6));
        }
        assertThat(unasked.getLast().stopped()).isTrue();
        assertThat(desk.availability(account, "t12")).isEqualTo(Availability.REMOTE);
        server.lines.getFirst().libraryChanged(new ServerPush.LibraryNews(Set.of(), Set.of("t13"), Set.of()));
        clock.pass(Duration.ofSeconds(6));
        assertThat(unasked.getLast().stopped()).isFalse();
        assertThat(desk.availability(account, "t12")).isEqualTo(Availability.GONE);
    }

    @Test
    @DisplayName("A track that moved on the server, found by a sync that nobody asked for, is in what that sync tells")
    void movedIsTold() {
        server.pushes = false;
        var old = java.util.Objects.requireNonNull(server.tracks.remove("t12"));
        server.clock = server.clock.plusSeconds(3_600);
        server.put(FakeMediaServer.track("n12", old.title().orElse(""), "al1", old.albumTitle().orElse(""), old.artists().getFirst(), 3));
        live.begin();
        assertThat(unasked).singleElement().satisfies(r -> assertThat(r.moved()).isEqualTo(1));
        assertThat(sync.last().join().values()).as("it is known later, too").singleElement().satisfies(last -> {
            assertThat(last.moved()).isEqualTo(1);
            assertThat(last.movedAt()).isPresent();
        });
    }
}
