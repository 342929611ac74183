package app.waxwing.download;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Retry;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Work;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Answer;
import app.waxwing.testing.FaultServer.Reply;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is the matter with one download holds no other longer than it must, and what was tried stays counted.
class HoldsEndTest {
    private static final long SECOND = 1_000_000_000;
    @TempDir
    Path folder;

    /// @param folder where kept music lies
    /// @param media bytes that are free there
    private static final class TwoVolumes extends WrappedDisk {
        private final Path folder;
        private final long media;

        TwoVolumes(Path folder, long media) {
            this.folder = folder;
            this.media = media;
        }

        @Override
        public long usable(Path at) {
            return at.equals(folder) ? media : Long.MAX_VALUE;
        }

        @Override
        public boolean sameVolume(Path one, Path other) {
            return one.equals(folder) == other.equals(folder);
        }
    }

    /// So many bytes are free whatever is written.
    private static final class Small extends WrappedDisk {
        private final long free;

        Small(long free) {
            this.free = free;
        }

        @Override
        public long usable(Path at) {
            return free;
        }
    }

    private Rig rig(Disk disk) {
        return new Rig(folder, new FaultServer(), Rig.PATIENT, disk).start();
    }

    private static void waits(Rig rig, ItemKey key, Class<? extends Failure> cause) {
        Rig.await(() -> rig.row(key).flatMap(Download::waits).flatMap(Wait::why).filter(cause::isInstance).isPresent(),
                () -> rig.row(key).toString());
    }

    private static void comes(Rig rig) {
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() >= 524_288), () -> "no bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "paused"})
    @DisplayName("2.10 B.20 what finds no room holds its folder no longer than it waits: smaller ones go on when it is cancelled or paused")
    void theLargeOneIsGone(String how) {
        try (var rig = rig(new Small(1_000_000))) {
            ItemKey large = rig.offered("large", 3_000_000);
            ItemKey small = rig.offered("small", 100_000);
            rig.enqueue(large);
            waits(rig, large, Failure.DiskFull.class);
            rig.enqueue(small);
            waits(rig, small, Failure.DiskFull.class);
            List<Long> id = List.of(rig.row(large).orElseThrow().id());
            if (how.equals("paused")) rig.engine.pause(id).join();
            else rig.engine.cancel(id).join();
            rig.await(small, Status.COMPLETED);
            assertThat(rig.right(small, 100_000)).isTrue();
        }
    }

    @Test
    @DisplayName("B.20 room that a running transfer was promised is free again when that is cancelled: what waited for it goes on by itself")
    void promisedNoMore() {
        try (var rig = rig(new Small(1_000_000))) {
            ItemKey running = rig.offered("running", 900_000, r -> FaultServer.serve(Rig.version("running", 900_000), r).stall(600_000));
            ItemKey second = rig.offered("second", 700_000);
            rig.enqueue(running);
            comes(rig);
            rig.enqueue(second);
            waits(rig, second, Failure.DiskFull.class);
            rig.engine.cancel(List.of(rig.row(running).orElseThrow().id())).join();
            rig.await(second, Status.COMPLETED);
            assertThat(rig.right(second, 700_000)).isTrue();
        }
    }

    @Test
    @DisplayName("B.20 what comes to the cache on another volume takes no room from what is kept")
    void anotherVolume() {
        try (var rig = rig(new TwoVolumes(AppPaths.under(folder).media(), 700_000))) {
            ItemKey ahead = rig.offered("ahead", 900_000, r -> FaultServer.serve(Rig.version("ahead", 900_000), r).stall(600_000));
            rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
            comes(rig);
            ItemKey kept = rig.offered("kept", 500_000);
            rig.enqueue(kept);
            rig.await(kept, Status.COMPLETED);
        }
    }

    @Test
    @DisplayName("B.22 B.26 a folder of one album that cannot be written holds its own tracks, said with its name; the one behind them in line is fetched")
    void oneFolderOnly() {
        var open = new CountDownLatch(1);
        var disk = new WrappedDisk() {
            @Override
            public void createFolders(Path root, Path at) throws IOException {
                if (at.toString().contains("Artist") && open.getCount() > 0)
                    throw new AccessDeniedException(root.resolve("Artist").toString());
                super.createFolders(root, at);
            }
        };
        try (var rig = rig(disk)) {
            rig.limits.choose(Limits.USUAL.atOnce(1));
            ItemKey key = rig.offered("refused", 50_000);
            ItemKey other = rig.offered("other", 50_000);
            rig.database.write(Durability.SOON, Lane.USER, sql -> sql.update(TRACK).set(TRACK.ALBUM_ARTIST, "Somebody")
                    .set(TRACK.ARTIST_NAME, "Somebody").where(TRACK.ITEM_ID.eq("other")).execute()).join();
            rig.enqueue(key);
            waits(rig, key, Failure.NotWritable.class);
            rig.enqueue(other);
            rig.await(other, Status.COMPLETED);
            Download waiting = rig.row(key).orElseThrow();
            assertThat(waiting.retryCount()).isZero();
            assertThat(waiting.waits().orElseThrow().reason()).isEqualTo(Reason.DISK);
            assertThat(waiting.waits().orElseThrow().needs()).contains("Artist").endsWith("Waxwing tries again by itself.");
            open.countDown();
            rig.await(key, Status.COMPLETED);
        }
    }

    @Test
    @DisplayName("B.14 a server that asks to wait no time at all is asked again at its own pace, not as fast as it answers")
    void noTimeAtAll() {
        try (var rig = rig(new SystemDisk())) {
            ItemKey key = rig.offered("busy", 50_000);
            rig.server.always(Rig.path("busy"), r -> Reply.of(503, new byte[0], "Retry-After: 0", "Content-Length: 0"));
            long from = System.nanoTime();
            rig.enqueue(key);
            Rig.await(() -> System.nanoTime() - from > SECOND, () -> "never");
            int asked = rig.server.requests(Rig.path("busy")).size();
            // OkHttp itself asks such a server once more at once.
            long most = 2 * ((System.nanoTime() - from) / Rig.PATIENT.recheck().toNanos() + 2);
            assertThat((long) asked).isBetween(2L, most);
            assertThat(rig.row(key).orElseThrow().retryCount()).isZero();
        }
    }

    @Test
    @DisplayName("B.14 a server's wish for time outlasts a shorter hold of another reason")
    void neverEarlier() {
        var holds = new Holds(account -> true, id -> true, Long::toString);
        holds.account(1, new Holds.Hold(Reason.SERVER, new Failure.ServerBusy("Home", Optional.of(Duration.ofMinutes(10))), 600 * SECOND));
        holds.account(1, new Holds.Hold(Reason.NETWORK, new Failure.Offline("Home"), 10 * SECOND));
        holds.expire(11 * SECOND);
        assertThat(Optional.ofNullable(holds.seen(Set.of(1L)).get(1L)).map(Holds.Hold::reason)).contains(Reason.SERVER);
        holds.account(1, new Holds.Hold(Reason.SERVER, new Failure.NotPermitted("download"), Long.MAX_VALUE));
        holds.expire(601 * SECOND);
        assertThat(Optional.ofNullable(holds.seen(Set.of(1L)).get(1L)).map(Holds.Hold::why)).containsInstanceOf(Failure.NotPermitted.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("2.3 tries stay counted when a server, its own or another one's, goes and comes back: a track that breaks it every time fails after three more")
    void flapping(boolean own) {
        DownloadOptions o = Rig.PATIENT;
        var slower = new Retry(List.of(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(400)));
        var options = new DownloadOptions(o.diskFloor(), o.cacheLimit(), slower, o.connectTimeout(), o.readTimeout(), o.floorWindow(),
                o.floorBytes(), o.recheck());
        try (var rig = new Rig(folder, new FaultServer(), options, new SystemDisk()).start()) {
            rig.account(2);
            ItemKey key = rig.offered("breaks", 50_000);
            var asked = new AtomicInteger();
            Answer breaks = r -> {
                asked.incrementAndGet();
                return FaultServer.serve(Rig.version("breaks", 50_000), r).cut(0, true);
            };
            rig.server.always(Rig.path("breaks"), breaks);
            rig.enqueue(key);
            Rig.await(() -> {
                Download row = rig.row(key).orElseThrow();
                if (row.waits().map(Wait::reason).filter(Reason.RETRY::equals).isPresent()) {
                    rig.offline.add(own ? 1L : 2L);
                    rig.network.mode(Reachability.Mode.AUTO);
                    rig.offline.clear();
                    rig.network.mode(Reachability.Mode.AUTO);
                }
                return row.status() == Status.FAILED || asked.get() > 2 * Transitions.MOST_TRIES;
            }, () -> asked + " requests, " + rig.row(key));
            assertThat(asked).hasValue(Transitions.MOST_TRIES);
        }
    }

    /// Every write fails while it is armed.
    private static final class Refusing implements Rows {
        private final Rows real;
        private final AtomicInteger left = new AtomicInteger();

        Refusing(Rows real) {
            this.real = real;
        }

        @Override
        public <T> CompletableFuture<T> write(Durability durability, Work<T> work) {
            return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0
                    ? CompletableFuture.failedFuture(new Failure.InUse("the library database").asException())
                    : real.write(durability, work);
        }

        @Override
        public <T> CompletableFuture<T> read(Work<T> query) {
            return real.read(query);
        }
    }

    @Test
    @DisplayName("B.33 that a download failed is stored as soon as the database takes it, said once, and then it can be tried again")
    void failedIsStored() {
        var rows = new CopyOnWriteArrayList<Refusing>();
        try (var rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk(), real -> {
            rows.add(new Refusing(real));
            return rows.getFirst();
        }).start()) {
            ItemKey key = rig.offered("gone", 50_000, r -> {
                rows.getFirst().left.set(3);
                return Reply.of(404, new byte[0], "Content-Length: 0");
            });
            rig.enqueue(key);
            rig.await(key, Status.FAILED);
            Rig.await(() -> rig.events.stream().anyMatch(e -> e.kind() == DownloadEvent.Kind.FAILED), () -> "nothing is said");
            assertThat(rows.getFirst().left).as("the database refused it before").hasValue(0);
            rig.engine.retry(List.of(rig.row(key).orElseThrow().id())).join();
            rig.await(key, Status.COMPLETED);
            assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.FAILED)).hasSize(1);
        }
    }

    @Test
    @DisplayName("2.4 how far a transfer came is stored, and the program can end, also where the queue was read anew while it was closing its file")
    void forgottenMeanwhile() {
        var closes = new CountDownLatch(1);
        try (var rig = rig(new SystemDisk())) {
            rig.starter = real -> new Attempt.Starter() {
                @Override
                public Attempt begin(Entry entry, PartFile part, java.util.function.Consumer<TransferEnd> ended) {
                    return real.begin(entry, part, end -> Thread.ofVirtual().start(() -> {
                        try {
                            closes.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        ended.accept(end);
                    }));
                }

                @Override
                public void close() {
                    real.close();
                }
            };
            ItemKey key = rig.offered("slow", 900_000, r -> FaultServer.serve(Rig.version("slow", 900_000), r).stall(600_000));
            rig.enqueue(key);
            comes(rig);
            rig.engine.pauseAll().join();
            rig.engine.resumeAll().join();
            closes.countDown();
            rig.await(key, Status.COMPLETED);
            assertThat(rig.right(key, 900_000)).isTrue();
            assertThat(rig.server.requests(Rig.path("slow")).getLast().header("range")).isPresent();
        }
    }
}
