package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.server.ArtistRef;
import app.waxwing.server.MediaServer;
import app.waxwing.server.Page;
import app.waxwing.server.RemoteUserData;
import app.waxwing.testing.FakeMediaServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Syncs beside other syncs, and beside what matters more.
class SyncBesideOthersTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private FakeMediaServer server;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server = new FakeMediaServer("one").fill(120);
        for (int i = 0; i < 4; i++) server.playlist("p" + i, "List " + i, "t1", "t2");
        for (int i = 0; i < 20; i++) {
            server.userData.put("t" + i,
                    new RemoteUserData("t" + i, true, 1, Optional.of(server.clock), Duration.ZERO));
        }
        account = desk.account(server, "ida").id();
        desk.sync(account, true);
        server.calls.clear();
    }

    @AfterEach
    void close() {
        server.failsAt = n -> false;
        desk.close();
    }

    /// Whoever asks the server waits until the gate is open.
    private CompletableFuture<Void> gate() {
        var gate = new CompletableFuture<Void>();
        server.failsAt = n -> {
            gate.join();
            return false;
        };
        return gate;
    }

    @Test
    @DisplayName("Issue 4: a full sync that is asked for while an ordinary one runs follows it; one that is asked for while a full one runs joins that")
    void fullFollows() throws Exception {
        CompletableFuture<Void> gate = gate();
        var ordinary = desk.sync.sync(account, false);
        var full = desk.sync.sync(account, true);
        var another = desk.sync.sync(account, true);
        var joins = desk.sync.sync(account, false);
        gate.complete(null);
        assertThat(ordinary.get(60, TimeUnit.SECONDS)).isEqualTo(joins.get(60, TimeUnit.SECONDS));
        assertThat(full.get(60, TimeUnit.SECONDS)).isEqualTo(another.get(60, TimeUnit.SECONDS));
        assertThat(server.calls("tracksChanged")).as("one ordinary").isOne();
        assertThat(server.calls.stream().filter("artists "::equals).count()).as("one full").isOne();
        assertThat(desk.sync.runs()).isFalse();
    }

    @Test
    @DisplayName("Issue 4: «Stop» ends the sync that runs and the full one that waits for it")
    void stopEndsBoth() throws Exception {
        CompletableFuture<Void> gate = gate();
        var ordinary = desk.sync.sync(account, false);
        var full = desk.sync.sync(account, true);
        assertThat(desk.sync.stop(account)).isTrue();
        gate.complete(null);
        assertThat(ordinary.get(60, TimeUnit.SECONDS).stopped()).isTrue();
        assertThat(full.get(60, TimeUnit.SECONDS).stopped()).isTrue();
        assertThat(server.calls("artists ")).isZero();
    }

    /// What the server was asked for, and each time that the sync looked whether others want the network.
    private List<String> looks() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        desk.sync.giveWayTo(() -> {
            seen.add("look");
            return GiveWay.Traffic.NONE;
        });
        server.losesAnswerAt = n -> {
            seen.add(server.calls.getLast());
            return false;
        };
        return seen;
    }

    @Test
    @DisplayName("Issue 4: entries of playlists, favourites, plays and what is in doubt of them are asked for one after the other, and each gives way to sound and downloads")
    void givesWayEverywhere() {
        server.shortPages = 5;
        server.userData.remove("t4");
        server.playlist("p1", "List 1", "t1");
        var moved = java.util.Objects.requireNonNull(server.tracks.remove("t2"));
        server.put(FakeMediaServer.track("n2", moved.title().orElseThrow(), moved.albumId().orElseThrow(), moved.albumTitle().orElseThrow(),
                moved.artists().getFirst(), moved.number().orElseThrow()));
        List<String> seen = looks();
        assertThat(desk.sync(account, true).moved()).isOne();
        List<String> without = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            String call = seen.get(i);
            boolean one = List.of("entries", "favourites", "recentlyPlayed", "tracksById").stream().anyMatch(call::startsWith);
            if (one && !seen.get(i - 1).equals("look")) without.add(call);
        }
        assertThat(seen).contains("entries p1", "favourites album", "recentlyPlayed ", "recentlyPlayed 5", "tracksById");
        assertThat(without).isEmpty();
    }

    @Test
    @DisplayName("Issue 4: a server is asked for no more than two things at once, by a full sync as by an ordinary one")
    void atOnce() {
        server.shortPages = 7;
        server.put(FakeMediaServer.track("n1", "New", "al1", "An album", new ArtistRef("ar1", "Somebody"), 9));
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var pages = new AtomicInteger();
        var counting = (MediaServer) Proxy.newProxyInstance(MediaServer.class.getClassLoader(), new Class<?>[]{MediaServer.class},
                (_, method, args) -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    try {
                        if (method.getReturnType() == Page.class) {
                            pages.incrementAndGet();
                            TimeUnit.MILLISECONDS.sleep(3);
                        }
                        return method.invoke(server, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        now.decrementAndGet();
                    }
                });
        long other = desk.account(counting, "eva").id();
        assertThat(desk.sync(other, true).added()).isGreaterThan(100);
        server.put(FakeMediaServer.track("n2", "Newer", "al1", "An album", new ArtistRef("ar1", "Somebody"), 10));
        assertThat(desk.sync(other, false).added()).isOne();
        assertThat(pages.get()).as("counted").isGreaterThan(30);
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    @DisplayName("Issue 4, C.3 no. 15: how far the reading of playlists' entries, favourites and plays is, is told")
    void progress() {
        server.shortPages = 5;
        List<LibrarySync.Progress> told = Collections.synchronizedList(new ArrayList<>());
        try (var s = desk.sync.progress().subscribe(told::add)) {
            assertThat(s).isNotNull();
            desk.sync(account, true);
        }
        assertThat(told).filteredOn(p -> p.what().equals("playlists")).extracting(LibrarySync.Progress::done).endsWith(1L, 2L, 3L, 4L);
        assertThat(told).filteredOn(p -> p.what().equals("favourites")).extracting(LibrarySync.Progress::done).contains(5L, 20L);
        assertThat(told).filteredOn(p -> p.what().equals("plays")).extracting(LibrarySync.Progress::done).contains(5L, 20L);
    }
}
