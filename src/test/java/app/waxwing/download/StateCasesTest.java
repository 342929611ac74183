package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Answer;
import app.waxwing.testing.TestScale;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cases B.33–B.44: time, other processes, commands in the wrong moment, the end of the program.
class StateCasesTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder.resolve("unused"));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void begin(Disk disk) {
        begin(disk, Rig.PATIENT);
    }

    private void begin(Disk disk, DownloadOptions options) {
        rig.close();
        rig = new Rig(folder.resolve("rig"), new FaultServer(), options, disk).start();
    }

    private void running(ItemKey key, long bytes) {
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.key().equals(key) && r.bytes() >= bytes),
                () -> "does not run: " + rig.row(key));
    }

    @Test
    @DisplayName("B.33 another process holds the database's write lock: downloads go on, and every row is right when it lets go")
    void databaseBusy() throws Exception {
        begin(new SystemDisk());
        rig.server.pace(10);
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++)
            keys.add(rig.offered("b" + i, 600_000, r -> FaultServer.serve(Rig.version("b", 600_000), r).cut(0, true)));
        rig.engine.enqueue(keys, Origin.USER, 0, "original").join();
        Rig.await(() -> !rig.engine.activity().running().isEmpty(), () -> "nothing runs");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + rig.paths.database());
                var lock = other.createStatement()) {
            lock.execute("pragma busy_timeout = 20000");
            lock.execute("begin immediate");
            // Longer than the engine's own patience in the full run only.
            new CountDownLatch(1).await(TestScale.of(1500, 8000), TimeUnit.MILLISECONDS);
            lock.execute("rollback");
        }
        Rig.await(() -> {
            List<Long> failed = keys.stream().map(k -> rig.row(k).orElseThrow()).filter(d -> d.status() == Status.FAILED).map(Download::id)
                    .toList();
            if (!failed.isEmpty()) rig.engine.retry(failed).join();
            return keys.stream().allMatch(k -> rig.row(k).orElseThrow().status() == Status.COMPLETED);
        }, () -> keys.stream().map(rig::row).toList().toString());
        keys.forEach(k -> assertThat(rig.right(k, 600_000)).isTrue());
    }

    @Test
    @DisplayName("B.34 the wall clock is set back by years and forward by a minute: transfers, waits and retries go on")
    void clockJumps() {
        begin(new SystemDisk());
        rig.server.pace(20);
        Answer cut = r -> FaultServer.serve(Rig.version("c", 900_000), r).cut(200_000, true);
        ItemKey key = rig.offered("c", 900_000, cut, cut);
        rig.enqueue(key);
        running(key, 1);
        rig.time.setClock(Duration.ofDays(-4000));
        rig.time.setClock(Duration.ofSeconds(20));
        rig.await(key, Status.COMPLETED);
        assertThat(rig.right(key, 900_000)).isTrue();
        ItemKey second = rig.offered("c2", 600_000);
        rig.enqueue(second);
        running(second, 1);
        rig.time.setClock(Duration.ofSeconds(20));
        rig.await(second, Status.COMPLETED);
        assertThat(rig.server.requests(Rig.path("c2"))).hasSize(1);
    }

    @Test
    @DisplayName("2.4 B.35 after a sleep every connection is given up, the server is asked who it is, and downloads go on where they were, without a try")
    void slept() {
        begin(new SystemDisk());
        for (boolean counted : new boolean[]{false, true}) {
            String id = "s" + counted;
            var looks = new java.util.concurrent.atomic.AtomicInteger();
            rig.stranger = a -> {
                looks.incrementAndGet();
                return java.util.Optional.empty();
            };
            ItemKey key = rig.offered(id, 900_000, r -> FaultServer.serve(Rig.version(id, 900_000), r).stall(600_000));
            rig.enqueue(key);
            running(key, 524_288);
            if (counted) rig.time.sleepAndCount(Duration.ofHours(8));
            else rig.time.setClock(Duration.ofHours(8));
            assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
            assertThat(rig.right(key, 900_000)).isTrue();
            assertThat(rig.server.requests(Rig.path(id)).getLast().header("range").orElseThrow()).matches("bytes=[56]\\d{5}-");
            assertThat(looks.get()).isPositive();
        }
    }

    @Test
    @DisplayName("2.12 B.37 B.38 cancelled and wished for again at once, many times, running, finishing or not begun: one row and one file, under its plain name")
    void cancelAndAgain() {
        begin(new SystemDisk());
        rig.server.pace(2);
        List<String> names = new ArrayList<>();
        List<ItemKey> keys = new ArrayList<>();
        for (int t = 0; t < TestScale.of(8, 60); t++) {
            ItemKey key = rig.offered("again" + t, 400_000);
            keys.add(key);
            names.add("Artist/Album/01 Title again" + t + ".flac");
            for (int i = 0; i < 10; i++) {
                Download row = rig.enqueue(key);
                if (i % 3 == 0) begunOrWhole(key);
                var first = rig.engine.cancel(List.of(row.id()));
                var second = rig.engine.cancel(List.of(row.id()));
                if (i % 2 == 0) CompletableFuture.allOf(first, second).join();
            }
            rig.enqueue(key);
        }
        for (ItemKey key : keys) {
            rig.await(key, Status.COMPLETED);
            assertThat(rig.right(key, 400_000)).isTrue();
            assertThat(rig.engine.byItem(key).join()).hasSize(1);
        }
        Rig.await(() -> Set.copyOf(rig.files()).equals(Set.copyOf(names)), () -> rig.files().toString());
    }

    @Test
    @DisplayName("a track that moves on its server while its download waits is fetched under its new id, whether that was told or not")
    void movedWhileWaiting() {
        begin(new SystemDisk());
        for (boolean told : new boolean[]{true, false}) {
            rig.network.mode(Reachability.Mode.FORCED_OFFLINE);
            ItemKey old = rig.track(1, "old" + told, 5000);
            ItemKey now = rig.offered("new" + told, 5000);
            rig.enqueue(old);
            rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.update(DOWNLOAD).set(DOWNLOAD.ITEM_ID, now.id())
                    .where(DOWNLOAD.ITEM_ID.eq(old.id())).execute()
                    + sql.update(KEEP_REASON).set(KEEP_REASON.TRACK_ITEM_ID, now.id()).where(KEEP_REASON.TRACK_ITEM_ID.eq(old.id()))
                            .execute())
                    .join();
            if (told) rig.engine.readAgain(java.util.Map.of(old, now));
            rig.network.mode(Reachability.Mode.AUTO);
            rig.await(now, Status.COMPLETED);
            assertThat(rig.right(now, 5000)).isTrue();
            assertThat(rig.server.requests(Rig.path(old.id()))).isEmpty();
            assertThat(rig.row(old)).isEmpty();
        }
        assertThat(rig.files()).containsExactlyInAnyOrder("Artist/Album/01 Title newtrue.flac", "Artist/Album/01 Title newfalse.flac");
    }

    @Test
    @DisplayName("a track that moves on its server while its download runs has its file under its new id when that is whole, whether that was told or not")
    void movedWhileRunning() {
        begin(new SystemDisk());
        for (boolean told : new boolean[]{true, false}) {
            ItemKey old = rig.offered("old" + told, 900_000);
            ItemKey now = rig.track(1, "new" + told, 900_000);
            rig.server.hold(600_000);
            rig.enqueue(old);
            begunOrWhole(old);
            rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.update(DOWNLOAD).set(DOWNLOAD.ITEM_ID, now.id())
                    .where(DOWNLOAD.ITEM_ID.eq(old.id())).execute()
                    + sql.update(KEEP_REASON).set(KEEP_REASON.TRACK_ITEM_ID, now.id()).where(KEEP_REASON.TRACK_ITEM_ID.eq(old.id()))
                            .execute())
                    .join();
            if (told) rig.engine.readAgain(java.util.Map.of(old, now));
            rig.server.release();
            rig.await(now, Status.COMPLETED);
            assertThat(rig.qualities(now.id())).as("its file").containsExactly("original");
            assertThat(rig.qualities(old.id())).isEmpty();
            assertThat(rig.bytes(rig.row(now).orElseThrow())).isEqualTo(TransferTest.music(900_000, old.id().hashCode()));
        }
        rig.restart();
        assertThat(rig.engine.verify(true).join())
                .isEqualTo(new DownloadEngine.VerifyReport(2, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0));
    }

    @Test
    @DisplayName("B.26 B.33 a stored path that leads out of its folder keeps neither the engine from starting nor others from coming; its own row says what is wrong")
    void damagedPaths() {
        begin(new SystemDisk());
        rig.server.hold(600_000);
        ItemKey runs = rig.offered("runs", 900_000);
        ItemKey goes = rig.offered("goes", 900_000);
        rig.enqueue(runs);
        rig.enqueue(goes);
        begunOrWhole(runs);
        begunOrWhole(goes);
        rig.engine.close();
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "downloading")
                .set(DOWNLOAD.FILE_PATH, "../out.flac").set(DOWNLOAD.PART_PATH, "../out.part").execute()
                + sql.update(DOWNLOAD).set(DOWNLOAD.DELETED_AT, 1L).set(DOWNLOAD.STATUS, "paused")
                        .where(DOWNLOAD.ITEM_ID.eq(goes.id())).execute())
                .join();
        rig.server.release();
        rig.reopen();
        ItemKey other = rig.offered("other", 5000);
        rig.enqueue(other);
        rig.await(other, Status.COMPLETED);
        assertThat(rig.await(runs, Status.FAILED).error().orElseThrow()).contains("stored path");
    }

    private void begunOrWhole(ItemKey key) {
        Rig.await(() -> rig.row(key).orElseThrow().status() == Status.COMPLETED
                || rig.engine.activity().running().stream().anyMatch(r -> r.key().equals(key) && r.bytes() > 0), () -> "" + rig.row(key));
    }

    /// Stops a finishing download right before or right after its rename until it is told to go on.
    private static final class GatedDisk extends WrappedDisk {
        final boolean before;
        volatile CountDownLatch reached = new CountDownLatch(1);
        volatile CountDownLatch go = new CountDownLatch(1);

        GatedDisk(boolean before) {
            this.before = before;
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            if (before) hold();
            super.move(from, to);
            if (!before) hold();
        }

        private void hold() throws IOException {
            reached.countDown();
            try {
                if (!go.await(60, TimeUnit.SECONDS)) throw new IOException("nobody opened the gate");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    @DisplayName("2.12 B.38 cancel and pause while a download finishes: the rename decides, and a cancelled one leaves neither part nor file")
    void whileFinishing() throws Exception {
        for (boolean before : new boolean[]{true, false}) {
            var disk = new GatedDisk(before);
            rig.close();
            rig = new Rig(folder.resolve("gate" + before), new FaultServer(), Rig.PATIENT, disk).start();
            ItemKey key = rig.offered("f", 5000);
            rig.enqueue(key);
            assertThat(disk.reached.await(60, TimeUnit.SECONDS)).isTrue();
            var cancelled = rig.engine.cancel(List.of(rig.row(key).orElseThrow().id()));
            cancelled.join();
            disk.go.countDown();
            Rig.await(() -> rig.files().isEmpty() && rig.row(key).isEmpty(), () -> rig.files() + " " + rig.row(key));
            disk.reached = new CountDownLatch(1);
            disk.go = new CountDownLatch(1);
            rig.enqueue(key);
            assertThat(disk.reached.await(60, TimeUnit.SECONDS)).isTrue();
            rig.engine.pause(List.of(rig.row(key).orElseThrow().id())).join();
            disk.go.countDown();
            rig.await(key, Status.COMPLETED);
            assertThat(rig.right(key, 5000)).isTrue();
        }
    }

    @Test
    @DisplayName("2.8 B.39 a priority that changes reorders what waits at once and stops nothing of its own class")
    void priorities() {
        begin(new SystemDisk());
        var stuck = new ArrayList<ItemKey>();
        for (int i = 0; i < 3; i++) {
            String id = "p" + i;
            stuck.add(rig.offered(id, 900_000, r -> FaultServer.serve(Rig.version(id, 900_000), r).stall(600_000)));
        }
        rig.engine.enqueue(stuck, Origin.USER, 0, "original").join();
        stuck.forEach(k -> running(k, 524_288));
        ItemKey early = rig.offered("early", 5000);
        ItemKey late = rig.offered("late", 5000);
        rig.enqueue(early);
        rig.enqueue(late);
        rig.engine.priority(rig.row(late).orElseThrow().id(), 9).join();
        assertThat(stuck).allSatisfy(k -> assertThat(rig.row(k).orElseThrow().status()).isEqualTo(Status.DOWNLOADING));
        rig.engine.pause(List.of(rig.row(stuck.getFirst()).orElseThrow().id())).join();
        rig.await(early, Status.COMPLETED);
        List<String> started = rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.STARTED).map(e -> e.download().key().id())
                .toList();
        assertThat(started).endsWith("late", "early");
    }

    @Test
    @DisplayName("2.12 B.40 pause all stops what runs and keeps its place and its bytes; resume all goes on there")
    void pauseAll() {
        begin(new SystemDisk());
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String id = "a" + i;
            keys.add(rig.offered(id, 900_000, r -> FaultServer.serve(Rig.version(id, 900_000), r).stall(600_000)));
        }
        rig.engine.enqueue(keys, Origin.USER, 0, "original").join();
        running(keys.getFirst(), 524_288);
        rig.engine.pauseAll().join();
        Rig.await(() -> rig.engine.activity().running().isEmpty() && rig.row(keys.getFirst()).orElseThrow().bytesDownloaded() >= 524_288,
                () -> rig.row(keys.getFirst()).toString());
        assertThat(keys).allSatisfy(k -> assertThat(rig.row(k).orElseThrow().status()).isEqualTo(Status.PAUSED));
        rig.engine.resumeAll().join();
        rig.await(keys.getFirst(), Status.COMPLETED);
        assertThat(rig.server.requests(Rig.path("a0")).getLast().header("range").orElseThrow()).matches("bytes=[56]\\d{5}-");
        assertThat(rig.row(keys.getFirst()).orElseThrow().retryCount()).isZero();
    }

    @Test
    @DisplayName("2.10 B.41 what is larger than the whole cache is not fetched ahead and empties nothing; what is in use stays")
    void largerThanCache() {
        var small = new DownloadOptions(0, 20_000, Rig.PATIENT.retry(), Rig.PATIENT.connectTimeout(), Rig.PATIENT.readTimeout(),
                Rig.PATIENT.floorWindow(), 1024, Rig.PATIENT.recheck());
        begin(new SystemDisk(), small);
        ItemKey there = rig.offered("there", 15_000);
        rig.engine.enqueue(List.of(there), Origin.QUEUE, 0, "original").join();
        rig.await(there, Status.COMPLETED);
        ItemKey huge = rig.offered("huge", 20_001);
        rig.engine.enqueue(List.of(huge), Origin.QUEUE, 0, "original").join();
        Rig.await(() -> rig.row(huge).isEmpty(), () -> rig.row(huge).toString());
        assertThat(rig.server.requests("/Items/huge/File")).isEmpty();
        assertThat(rig.row(there).orElseThrow().status()).isEqualTo(Status.COMPLETED);
        assertThat(rig.events).noneMatch(e -> e.kind() == DownloadEvent.Kind.FAILED || e.kind() == DownloadEvent.Kind.EVICTED);
        ItemKey kept = rig.offered("kept", 30_000);
        rig.enqueue(kept);
        rig.await(kept, Status.COMPLETED);
        assertThat(rig.right(there, 15_000)).isTrue();
    }

    @Test
    @DisplayName("2.10 B.34 B.41 room is made in the order of use, whatever the clock on the wall says; what plays or comes next stays, and what is kept")
    void order() {
        begin(new SystemDisk(), new DownloadOptions(0, 50_000, Rig.PATIENT.retry(), Rig.PATIENT.connectTimeout(), Rig.PATIENT.readTimeout(),
                Rig.PATIENT.floorWindow(), 1024, Rig.PATIENT.recheck()));
        ItemKey kept = rig.offered("kept", 40_000);
        rig.enqueue(kept);
        rig.await(kept, Status.COMPLETED);
        List<ItemKey> ahead = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ahead.add(rig.offered("ahead" + i, 15_000));
            rig.engine.enqueue(List.of(ahead.get(i)), Origin.QUEUE, 0, "original").join();
            rig.await(ahead.get(i), Status.COMPLETED);
            rig.time.setClock(Duration.ofDays(-400));
        }
        rig.inUse = ahead.getFirst()::equals;
        ItemKey more = rig.offered("more", 15_000);
        rig.engine.enqueue(List.of(more), Origin.QUEUE, 0, "original").join();
        rig.await(more, Status.COMPLETED);
        Rig.await(() -> rig.row(ahead.get(1)).isEmpty(), () -> "the one that was not used for longest stays: " + rig.row(ahead.get(1)));
        for (ItemKey stays : List.of(ahead.get(0), ahead.get(2), more)) assertThat(rig.right(stays, 15_000)).isTrue();
        assertThat(rig.right(kept, 40_000)).isTrue();
        assertThat(Rig.files(rig.paths.cachedMedia())).hasSize(3);
        Rig.await(() -> rig.events.stream().anyMatch(e -> e.kind() == DownloadEvent.Kind.EVICTED), () -> "nobody is told");
        assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.EVICTED)).hasSize(1);
    }

    @Test
    @DisplayName("2.22 B.44 the end waits neither for a silent server nor for a disk that hangs; what was written is kept and used by the next run")
    void ends() throws Exception {
        var hang = new CountDownLatch(1);
        var hangs = new java.util.concurrent.atomic.AtomicBoolean();
        begin(new WrappedDisk() {
            @Override
            public Bytes open(Path file) throws IOException {
                return new WrappedBytes(super.open(file)) {
                    @Override
                    public void force(boolean metadata) throws IOException {
                        try {
                            if (hangs.get() && file.toString().contains("hangs")) hang.await(60, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        super.force(metadata);
                    }
                };
            }
        });
        ItemKey silent = rig.offered("silent", 900_000, r -> FaultServer.serve(Rig.version("silent", 900_000), r).stall(600_000));
        ItemKey hanging = rig.offered("hangs", 900_000, r -> FaultServer.serve(Rig.version("hangs", 900_000), r).stall(600_000));
        rig.enqueue(silent);
        running(silent, 524_288);
        long id = rig.row(silent).orElseThrow().id();
        Rig.await(() -> rig.engine.stored(id).join().orElseThrow().part().bytes() >= 524_288, () -> "nothing is durable");
        rig.restart();
        rig.await(silent, Status.COMPLETED);
        assertThat(rig.server.requests(Rig.path("silent")).getLast().header("range").orElseThrow()).matches("bytes=(524288|600000)-");
        rig.enqueue(hanging);
        running(hanging, 524_288);
        hangs.set(true);
        rig.engine.close();
        assertThat(hang.getCount()).as("the disk still hangs").isEqualTo(1);
        hangs.set(false);
        hang.countDown();
        rig.restart();
        rig.await(hanging, Status.COMPLETED);
        assertThat(rig.right(silent, 900_000)).isTrue();
        assertThat(rig.right(hanging, 900_000)).isTrue();
    }
}
