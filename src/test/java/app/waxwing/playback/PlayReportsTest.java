package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.library.Track;
import app.waxwing.outbox.Outbox;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.ManualTime;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is counted, kept and told, with a clock that the test moves.
class PlayReportsTest {
    private static final Duration LENGTH = Duration.ofSeconds(60);
    @TempDir
    Path folder;
    private final SystemTime system = new SystemTime();
    private final ManualTime time = new ManualTime();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<ItemKey> outbox = new CopyOnWriteArrayList<>();
    private final List<ItemKey> countedHere = new CopyOnWriteArrayList<>();
    private final Counting counting = new Counting();
    private volatile boolean online = true;
    private final java.util.concurrent.Semaphore refused = new java.util.concurrent.Semaphore(0);
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private Database database;
    private PlayHistory history;
    private PlayReports reports;
    private PlayLog log;

    @BeforeEach
    void begin() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), system);
        database.write(Durability.SOON, Lane.USER, sql -> sql.execute(
                "INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at)"
                        + " VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://localhost', 'd', 0)"))
                .join();
        history = new PlayHistory(database);
        reports = new PlayReports(servers(), (Outbox) Proxy.newProxyInstance(Outbox.class.getClassLoader(), new Class<?>[]{Outbox.class},
                (proxy, method, args) -> {
                    (method.getName().equals("told") ? countedHere : outbox).add((ItemKey) args[0]);
                    return CompletableFuture.completedFuture(null);
                }));
        log = new PlayLog(history, reports, counting, time, new Random(1));
    }

    @AfterEach
    void end() {
        reports.close();
        database.close();
        system.close();
    }

    private PlayReports.Servers servers() {
        return new PlayReports.Servers() {
            @Override
            public boolean online(long account) {
                boolean now = online;
                if (!now) refused.release();
                return now;
            }

            @Override
            public void started(PlayReports.Report r) {
                ask("started", r);
            }

            @Override
            public void progress(PlayReports.Report r) {
                ask(r.paused() ? "paused" : "progress", r);
            }

            @Override
            public void stopped(PlayReports.Report r) {
                ask("stopped", r);
            }
        };
    }

    private void ask(String what, PlayReports.Report r) {
        try {
            hold.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (!online) throw new Failure.Offline("Home").asException();
        told.add(what + " " + r.track().id() + " " + r.position().toSeconds());
    }

    /// Hears the track from one second to another, a second at a time.
    private void hear(int from, int to) {
        for (int second = from + 1; second <= to; second++) {
            time.pass(Duration.ofSeconds(1));
            log.reached(Duration.ofSeconds(second), false, 80);
        }
    }

    private void begin(String id) {
        Track track = Tracks.track(id, Optional.of(LENGTH));
        log.begin(track, track.duration(), PlayerState.Source.LOCAL, Duration.ZERO);
    }

    private void await(String said) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (said.equals("kept") ? outbox.isEmpty() : !told.contains(said)) {
            if (System.nanoTime() > end) throw new AssertionError(said + " was not told; " + told);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private List<Player.Played> rows() {
        database.write(Durability.SOON, Lane.USER, sql -> 0).join();
        return history.recent(50).join();
    }

    @Test
    @DisplayName("A play is told at 5 s, then each 10 s, on pause, on a seek and at its end, always with the position; counted once (2.14)")
    void aPlayIsToldAsItGoes() {
        begin("a");
        hear(0, 5);
        await("started a 5");
        hear(5, 16);
        await("progress a 15");
        log.paused(Duration.ofSeconds(16), true, 80);
        await("paused a 16");
        log.paused(Duration.ofSeconds(16), false, 80);
        await("progress a 16");
        log.jumped(Duration.ofSeconds(16), Duration.ofSeconds(40), false, 80);
        await("progress a 40");
        hear(40, 56);
        await("progress a 50");
        log.end(Duration.ofSeconds(56), 80);
        reports.close();
        assertThat(told).containsExactly("started a 5", "progress a 15", "paused a 16", "progress a 16", "progress a 40", "progress a 50",
                "stopped a 56");
        assertThat(outbox).as("the server counted it").isEmpty();
        assertThat(countedHere).as("and so do the figures here, at once").containsExactly(new ItemKey(1, "a"));
        assertThat(rows()).singleElement().satisfies(p -> {
            assertThat(p.counted()).isTrue();
            assertThat(p.heard()).isEqualTo(Duration.ofSeconds(32));
        });
    }

    @Test
    void aPlayHeardOfflineGoesToTheOutboxOnceAndIsNotToldAnyMore() {
        online = false;
        begin("a");
        hear(0, 31);
        await("kept");
        online = true;
        hear(31, 60);
        log.end(LENGTH, 80);
        reports.close();
        assertThat(told).isEmpty();
        assertThat(countedHere).isEmpty();
        assertThat(outbox).containsExactly(new ItemKey(1, "a"));
        assertThat(rows()).singleElement().satisfies(p -> assertThat(p.heard()).isEqualTo(LENGTH));
    }

    @Test
    void aServerThatComesBackBeforeThePlayCountsIsTold() {
        online = false;
        begin("a");
        hear(0, 8);
        refused.acquireUninterruptibly();
        online = true;
        hear(8, 16);
        await("started a 15");
        hear(16, 60);
        log.end(LENGTH, 80);
        reports.close();
        assertThat(told).last().isEqualTo("stopped a 60");
        assertThat(outbox).isEmpty();
    }

    @Test
    void aSkipIsNeitherToldNorKept() {
        begin("a");
        hear(0, 4);
        log.end(Duration.ofSeconds(4), 80);
        begin("b");
        hear(0, 20);
        log.end(Duration.ofSeconds(20), 80);
        reports.close();
        assertThat(told).startsWith("started b 5");
        assertThat(rows()).singleElement().satisfies(p -> {
            assertThat(p.key().id()).isEqualTo("b");
            assertThat(p.counted()).isFalse();
            assertThat(p.heard()).isEqualTo(Duration.ofSeconds(20));
        });
        assertThat(outbox).isEmpty();
    }

    @Test
    @DisplayName("The same track again within 30 s counts once, here and at the server (4.7)")
    void theSameTrackAgainSoonCountsOnce() {
        Track small = Tracks.track("s", Optional.of(Duration.ofSeconds(20)));
        for (int i = 0; i < 3; i++) {
            log.begin(small, small.duration(), PlayerState.Source.CACHED, Duration.ZERO);
            hear(0, 20);
            log.end(Duration.ofSeconds(20), 80);
        }
        reports.close();
        assertThat(rows().stream().filter(Player.Played::counted).count()).as("counted at 10 s and 50 s, not at 30 s").isEqualTo(2);
        assertThat(rows()).hasSize(3);
        assertThat(told.stream().filter(t -> t.startsWith("started"))).hasSize(2);
        assertThat(countedHere).as("as often as the server counts").hasSize(2);
        assertThat(outbox).isEmpty();
    }

    @Test
    void aSlowServerGetsOnlyTheNewestProgressAndHoldsNobodyUp() {
        hold = new CountDownLatch(1);
        begin("a");
        hear(0, 55);
        log.end(Duration.ofSeconds(55), 80);
        hold.countDown();
        reports.close();
        assertThat(told).containsExactly("started a 5", "stopped a 55");
        assertThat(outbox).as("its start got through in the end").isEmpty();
    }
}
