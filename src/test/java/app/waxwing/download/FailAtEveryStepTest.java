package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Work;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// For n = 1, 2, 3, … the n-th touch of the disk or of the database fails once, until a download passes untouched.
class FailAtEveryStepTest {
    private static final Instant DATE = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;

    private static final class FailingRows implements Rows {
        final Rows real;
        final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

        FailingRows(Rows real) {
            this.real = real;
        }

        @Override
        public <T> CompletableFuture<T> write(Durability durability, Work<T> work) {
            if (left.get() != Integer.MAX_VALUE && left.decrementAndGet() == 0) {
                return CompletableFuture.failedFuture(new Failure.DiskFull("the library database", 0).asException());
            }
            return real.write(durability, work);
        }

        @Override
        public <T> CompletableFuture<T> read(Work<T> query) {
            return real.read(query);
        }
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
                rig.engine.retry(java.util.List.of(row.get().id())).exceptionally(e -> null).join();
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
                for (String why : new String[]{"No space left on device", "Input/output error"}) {
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
            for (int n = 1; !untouched && n < 200; n++) {
                String id = "r" + n;
                ItemKey key = rig.track(1, id, 700_000);
                Version right = file(rig, id, n);
                disk.failAt(n, "Input/output error");
                rig.enqueue(key);
                Rig.await(() -> disk.happened() || rig.row(key).filter(d -> d.status() == Status.COMPLETED).isPresent(), () -> "neither");
                untouched = !disk.happened();
                disk.failAt(Integer.MAX_VALUE, "");
                rig.restart();
                wake(rig, key);
                assertThat(rig.bytes(rig.row(key).orElseThrow())).as("step %d", n).isEqualTo(right.bytes());
            }
            assertThat(untouched).isTrue();
            assertThat(rig.files()).allMatch(f -> f.endsWith(".flac"));
        }
    }

    @Test
    @DisplayName("B.33 whatever write of the database fails: the row and the file are right in the end")
    void database() {
        var rows = new FailingRows[1];
        try (var rig = new Rig(folder, new FaultServer(), Rig.FAST, new SystemDisk(), real -> rows[0] = new FailingRows(real)).start()) {
            boolean untouched = false;
            for (int n = 1; !untouched && n < 200; n++) {
                String id = "w" + n;
                ItemKey key = rig.track(1, id, 700_000);
                Version right = file(rig, id, n);
                rig.enqueue(key);
                rows[0].left.set(n);
                wake(rig, key);
                assertThat(rig.bytes(rig.row(key).orElseThrow())).as("step %d", n).isEqualTo(right.bytes());
                untouched = rows[0].left.get() > 0;
                rows[0].left.set(Integer.MAX_VALUE);
            }
            assertThat(untouched).isTrue();
            assertThat(rig.files()).allMatch(f -> f.endsWith(".flac"));
        }
    }
}
