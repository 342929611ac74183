package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Work;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// For n = 1, 2, 3, … the n-th touch of the disk or of the database fails once, until a download passes untouched.
class FailAtEveryStepTest {
    private static final Instant DATE = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;

    private static final List<String> DISK_TROUBLES = List.of("No space left on device", "Input/output error", FailingDisk.DENIED);

    /// What the n-th write of the database meets.
    private enum RowTrouble {
        /// SQLITE_FULL, before anything is written.
        FULL,
        /// SQLITE_BUSY, before anything is written.
        BUSY,
        /// It is committed, and yet reported as failed.
        COMMITTED
    }

    private static final class FailingRows implements Rows {
        final Rows real;
        final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        volatile RowTrouble trouble = RowTrouble.FULL;

        FailingRows(Rows real) {
            this.real = real;
        }

        void failAt(int n, RowTrouble how) {
            trouble = how;
            left.set(n);
        }

        boolean happened() {
            return left.get() <= 0;
        }

        @Override
        public <T> CompletableFuture<T> write(Durability durability, Work<T> work) {
            if (left.get() > 0 && left.get() != Integer.MAX_VALUE && left.decrementAndGet() == 0) {
                return switch (trouble) {
                    case FULL -> CompletableFuture.failedFuture(new Failure.DiskFull("the library database", 0).asException());
                    case BUSY -> CompletableFuture.failedFuture(busy());
                    case COMMITTED -> real.write(durability, work).thenCompose(done -> CompletableFuture.failedFuture(busy()));
                };
            }
            return real.write(durability, work);
        }

        private static RuntimeException busy() {
            return new DataAccessException("database is locked", new SQLiteException("database is locked", SQLiteErrorCode.SQLITE_BUSY));
        }

        @Override
        public <T> CompletableFuture<T> read(Work<T> query) {
            return real.read(query);
        }
    }

    /// One row and one line of the library for each track, no name held, one file each.
    private static void right(Rig rig, int tracks) {
        rig.settled();
        Rig.await(() -> rig.files().size() == tracks, () -> "left over: " + rig.files());
        assertThat(rig.files()).allMatch(f -> f.endsWith(".flac"));
        List<Integer> counts = rig.database.readNow(sql -> List.of(sql.fetchCount(DOWNLOAD),
                sql.fetchCount(DOWNLOAD, DOWNLOAD.STATUS.eq("completed")), sql.fetchCount(MEDIA_FILE)));
        assertThat(counts).as("rows, completed rows, files in the library").containsExactly(tracks, tracks, tracks);
        var report = rig.engine.verify(false).join();
        assertThat(List.of(report.missing(), report.damaged(), report.unknown())).allMatch(List::isEmpty);
    }

    /// All troubles at each step; at the short scale they take turns.
    private static boolean inTurn(int step, int trouble) {
        return TestScale.of(0, 1) == 1 || trouble == step % 3;
    }

    private Version file(Rig rig, String id, int n) {
        var old = Version.of(TransferTest.music(700_000, n), DATE);
        var now = Version.of(TransferTest.music(700_000, n + 1000L), DATE.plusSeconds(60));
        rig.server.file(Rig.path(id), now);
        // A cut, another cut further on, then another version: offsets, a resume, a restart, a finish.
        rig.server.script(Rig.path(id), r -> FaultServer.serve(old, r).cut(300_000, false),
                r -> FaultServer.serve(old, r).cut(200_000, true));
        return now;
    }

    private static void wake(Rig rig, ItemKey key) {
        Rig.await(() -> {
            var row = rig.row(key);
            // The user's way on after «failed»; a pause that was not stored is none.
            if (row.filter(d -> d.status() == Status.FAILED).isPresent())
                rig.engine.retry(List.of(row.get().id())).exceptionally(e -> null).join();
            return row.filter(d -> d.status() == Status.COMPLETED).isPresent();
        }, () -> "stuck: " + rig.row(key));
    }

    @Test
    @DisplayName("B.20 B.31 whatever touch of the disk fails: the file is right in the end, and nothing is left over")
    void disk() {
        var disk = new FailingDisk();
        try (var rig = new Rig(folder, new FaultServer(), Rig.FAST, disk).start()) {
            boolean untouched = false;
            for (int n = 1; !untouched && n < 200; n++) {
                for (int which = 0; which < DISK_TROUBLES.size(); which++) {
                    if (!inTurn(n, which) && !inTurn(n + 1, which)) continue;
                    String why = DISK_TROUBLES.get(which);
                    String id = "d" + n + why.charAt(0);
                    ItemKey key = rig.track(1, id, 700_000);
                    Version right = file(rig, id, n);
                    disk.failAt(n, why);
                    rig.enqueue(key);
                    wake(rig, key);
                    assertThat(rig.bytes(rig.row(key).orElseThrow())).as("step %d, %s", n, why).isEqualTo(right.bytes());
                    untouched = !disk.happened();
                }
                disk.failAt(Integer.MAX_VALUE, "");
            }
            assertThat(untouched).isTrue();
            assertThat(rig.files()).allMatch(f -> f.endsWith(".flac"));
            assertThat(rig.engine.verify(false).join().damaged()).isEmpty();
        }
    }

    @Test
    @DisplayName("B.31 whatever touch of the disk fails, when the program ends right after it: the next start heals it")
    void diskThenRestart() {
        var disk = new FailingDisk();
        try (var rig = new Rig(folder, new FaultServer(), Rig.FAST, disk).start()) {
            boolean untouched = false;
            int tracks = 0;
            for (int n = 1; !untouched && n < 200; n++) {
                for (int which = 0; which < DISK_TROUBLES.size(); which++) {
                    if (!inTurn(n, which)) continue;
                    String why = DISK_TROUBLES.get(which);
                    String id = "r" + n + "x" + which;
                    ItemKey key = rig.track(1, id, 700_000);
                    Version right = file(rig, id, n);
                    disk.failAt(n, why);
                    rig.enqueue(key);
                    Rig.await(() -> disk.happened() || rig.row(key).filter(d -> d.status() == Status.COMPLETED).isPresent(),
                            () -> "neither");
                    untouched = !disk.happened();
                    disk.failAt(Integer.MAX_VALUE, "");
                    rig.restart();
                    wake(rig, key);
                    assertThat(rig.bytes(rig.row(key).orElseThrow())).as("step %d, %s", n, why).isEqualTo(right.bytes());
                    tracks++;
                }
            }
            assertThat(untouched).isTrue();
            right(rig, tracks);
        }
    }

    @Test
    @DisplayName("B.33 whatever write of the database fails, also when it was committed: the row and the file are right in the end")
    void database() {
        everyWrite(false);
    }

    @Test
    @DisplayName("B.31 B.33 whatever write of the database fails, when the program ends right after it: the next start makes row and file right")
    void databaseThenRestart() {
        everyWrite(true);
    }

    private void everyWrite(boolean restart) {
        var rows = new FailingRows[1];
        try (var rig = new Rig(folder, new FaultServer(), Rig.FAST, new SystemDisk(), real -> rows[0] = new FailingRows(real)).start()) {
            boolean untouched = false;
            int tracks = 0;
            for (int n = 1; !untouched && n < 200; n++) {
                for (RowTrouble trouble : RowTrouble.values()) {
                    if (restart && !inTurn(n, trouble.ordinal())) continue;
                    String id = "w" + n + trouble;
                    ItemKey key = rig.track(1, id, 700_000);
                    Version right = file(rig, id, n);
                    rig.enqueue(key);
                    rows[0].failAt(n, trouble);
                    if (restart) {
                        Rig.await(() -> rows[0].happened() || rig.row(key).filter(d -> d.status() == Status.COMPLETED).isPresent(),
                                () -> "neither");
                    } else {
                        wake(rig, key);
                    }
                    untouched = !rows[0].happened();
                    rows[0].left.set(Integer.MAX_VALUE);
                    if (restart) {
                        rig.restart();
                        wake(rig, key);
                    }
                    assertThat(rig.bytes(rig.row(key).orElseThrow())).as("step %d, %s", n, trouble).isEqualTo(right.bytes());
                    tracks++;
                }
            }
            assertThat(untouched).isTrue();
            right(rig, tracks);
        }
    }
}
