package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.download.MediaFolders.MoveEnd;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An error (no memory, a class that is not there) ends what it happens in, and that says so: nothing counts as under way for ever.
class ErrorsTest {
    private static final int SIZE = 300_000;
    @TempDir
    Path folder;
    private final AtomicInteger opening = new AtomicInteger();
    private final AtomicInteger moving = new AtomicInteger();
    private final AtomicInteger looking = new AtomicInteger();
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder.resolve("data"), new FaultServer(), Rig.PATIENT, new WrappedDisk() {
            @Override
            public Bytes open(Path file) throws IOException {
                fall(opening);
                return super.open(file);
            }

            @Override
            public void move(Path from, Path to) throws IOException {
                fall(moving);
                super.move(from, to);
            }

            @Override
            public long size(Path file) {
                fall(looking);
                return super.size(file);
            }
        }).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static void fall(AtomicInteger times) {
        if (times.getAndUpdate(n -> Math.max(0, n - 1)) > 0) throw new NoClassDefFoundError("not on the class path");
    }

    private ItemKey offered(String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(SIZE, id.hashCode()), Instant.EPOCH));
        return rig.track(1, id, SIZE);
    }

    @Test
    @DisplayName("B.1 a transfer that ends with an error is tried again, like one that broke")
    void transfer() {
        opening.set(1);
        ItemKey key = offered("t1");
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        assertThat(opening).hasValue(0);
    }

    @Test
    @DisplayName("0.3 a move that ends with an error has failed: another one can begin, and brings everything")
    void move() throws Exception {
        ItemKey key = offered("t1");
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        moving.set(1);
        Path other = folder.resolve("drive").resolve("music");
        MoveEnd end = rig.engine.folders().move(other).get(30, TimeUnit.SECONDS);
        assertThat(end).isInstanceOf(MoveEnd.Failed.class);
        assertThat(rig.engine.folders().moving()).isEmpty();
        assertThat(rig.engine.folders().move(other).get(30, TimeUnit.SECONDS)).isInstanceOf(MoveEnd.Done.class);
        assertThat(rig.row(key).orElseThrow().path().orElseThrow()).startsWith(other);
    }

    @Test
    @DisplayName("0.3 a verify that ends with an error says so, and the next one works")
    void verify() throws Exception {
        ItemKey key = offered("t1");
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        looking.set(Integer.MAX_VALUE);
        var verify = rig.engine.verify(false);
        assertThatThrownBy(() -> verify.get(30, TimeUnit.SECONDS)).hasMessageContaining("not on the class path");
        assertThat(rig.engine.checking()).isEmpty();
        looking.set(0);
        assertThat(rig.engine.verify(false).get(30, TimeUnit.SECONDS).damaged()).isEmpty();
    }
}
