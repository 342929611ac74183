package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ServerPush;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signs of life and what is acted on, with time by hand and a server in memory.
class KeepAliveTest {
    @TempDir
    Path folder;
    private final ManualTime clock = new ManualTime();
    private final FakeMediaServer server = new FakeMediaServer("one").fill(1_000);
    private LibraryDesk desk;
    private long account;
    private LiveSync live;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
        live = new LiveSync(desk.accounts, desk.sync, desk.database, desk.changes, clock, Runnable::run, new Random(1), () -> true).begin();
    }

    @AfterEach
    void close() {
        live.close();
        desk.close();
    }

    private ServerPush.Listener line() {
        return server.lines.getFirst();
    }

    @Test
    @DisplayName("Half the time the server allows passes between signs of life; a server that answers none any more is left and tried again")
    void signsOfLife() {
        line().opened();
        line().within(Duration.ofSeconds(60));
        for (int i = 0; i < 10; i++) {
            clock.pass(Duration.ofSeconds(30));
            line().heard();
        }
        assertThat(server.calls("alive")).isEqualTo(10);
        assertThat(server.calls("push")).isEqualTo(1);
        clock.pass(Duration.ofSeconds(149));
        assertThat(server.lines).hasSize(1);
        clock.pass(Duration.ofSeconds(1));
        assertThat(server.lines).as("silent for too long").isEmpty();
        clock.pass(Duration.ofSeconds(2));
        assertThat(server.calls("push")).as("and made anew").isEqualTo(2);
    }

    @Test
    @DisplayName("A line that breaks again and again is tried ever more seldom, until one has stood for a while")
    void everMoreSeldom() {
        for (int i = 0; i < 6; i++) {
            server.lines.removeFirst().ended("no");
            clock.pass(Duration.ofMillis(1_200L << i));
        }
        assertThat(server.calls("push")).isEqualTo(7);
        server.lines.removeFirst().ended("no");
        clock.pass(Duration.ofSeconds(60));
        assertThat(server.calls("push")).as("64 s by now").isEqualTo(7);
        clock.pass(Duration.ofSeconds(20));
        line().opened();
        line().within(Duration.ofSeconds(60));
        clock.pass(Duration.ofSeconds(30));
        line().heard();
        server.lines.removeFirst().ended("no");
        clock.pass(Duration.ofMillis(1_200));
        assertThat(server.calls("push")).isEqualTo(9);
    }

    @Test
    @DisplayName("What is said to be removed is gone at once, without reading everything; a moved track keeps its file under the new id")
    void removedAndMoved() {
        desk.file(new ItemKey(account, "t12"), true, "t12.flac", 5);
        var old = java.util.Objects.requireNonNull(server.tracks.remove("t12"));
        server.tracks.remove("t11");
        server.clock = server.clock.plusSeconds(3_600);
        server.put(FakeMediaServer.track("n12", old.title().orElse(""), "al1", old.albumTitle().orElse(""), old.artists().getFirst(), 3));
        server.calls.clear();
        desk.sync.news(account, Set.of("t11", "t12", "t13", "never seen")).join();
        assertThat(server.calls("tracks ")).as("the count alone").isEqualTo(1);
        assertThat(desk.library.track(new ItemKey(account, "t11")).join().orElseThrow().availability()).isEqualTo(Availability.GONE);
        assertThat(desk.library.track(new ItemKey(account, "t12")).join()).isEmpty();
        assertThat(desk.library.track(new ItemKey(account, "n12")).join().orElseThrow().availability()).isEqualTo(Availability.LOCAL);
        assertThat(desk.library.track(new ItemKey(account, "t13")).join().orElseThrow().availability()).as("the server still gives it")
                .isEqualTo(Availability.REMOTE);
    }

    @Test
    @DisplayName("Much that is said to be removed is not believed: everything is read, twice, and the user is asked")
    void muchRemoved() {
        var ids = new java.util.HashSet<String>();
        for (int i = 0; i < 100; i++) {
            server.tracks.remove("t" + i);
            ids.add("t" + i);
        }
        server.calls.clear();
        desk.sync.news(account, ids).join();
        assertThat(server.calls("tracks ")).as("a whole pass").isEqualTo(2);
        assertThat(desk.library.track(new ItemKey(account, "t50")).join().orElseThrow().availability()).isEqualTo(Availability.REMOTE);
        desk.sync(account, false);
        assertThat(desk.sync.held().join()).hasSize(1);
    }

    @Test
    @DisplayName("News that come while a sync runs are followed by a sync of their own")
    void newsDuringASync() {
        var begun = new CompletableFuture<Integer>();
        var go = new CompletableFuture<Integer>();
        try (var pages = desk.sync.progress().subscribe(p -> {
            begun.complete(0);
            go.join();
        })) {
            var running = desk.sync.sync(account, true);
            begun.join();
            server.tracks.remove("t11");
            var news = desk.sync.news(account, Set.of("t11"));
            go.complete(0);
            running.join();
            news.join();
        }
        assertThat(desk.library.track(new ItemKey(account, "t11")).join().orElseThrow().availability()).isEqualTo(Availability.GONE);
    }
}
