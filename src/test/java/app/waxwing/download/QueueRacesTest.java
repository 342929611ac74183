package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The user's word that comes while something else of the queue is being stored.
class QueueRacesTest {
    private static final int SIZE = 8 << 20;
    private static final Version MUSIC = Version.of(TransferTest.music(SIZE, 5), Instant.EPOCH);
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        rig.server.hold(100_000);
    }

    @AfterEach
    void end() {
        rig.server.release();
        rig.close();
    }

    /// Of its file 100,000 bytes come with each answer, until the server lets it go on.
    private ItemKey held(String id) {
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File")) rig.server.file(path, MUSIC);
        return rig.track(1, id, SIZE);
    }

    private long rank(ItemKey key) {
        return rig.database.readNow(sql -> sql.select(DOWNLOAD.CLASS).from(DOWNLOAD)
                .where(DOWNLOAD.ITEM_ID.eq(key.id()).and(DownloadRows.PRESENT)).fetchSingle().value1());
    }

    @Test
    @DisplayName("B.37 2.6 «pause all» and «resume all» right behind it: what still closed its file goes on, a dozen times")
    void resumedWhileItStops() {
        List<ItemKey> keys = List.of(held("a"), held("b"), held("c"));
        keys.forEach(rig::enqueue);
        for (int i = 0; i < 12; i++) {
            int round = i;
            keys.forEach(key -> Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.key().equals(key)),
                    () -> "round " + round + ": " + rig.row(key) + ", " + rig.engine.activity()));
            CompletableFuture<Void> paused = rig.engine.pauseAll();
            rig.engine.resumeAll().join();
            paused.join();
            Rig.await(() -> rig.engine.activity().waiting() + rig.engine.activity().running().size() == keys.size(),
                    () -> "round " + round + ": " + rig.engine.activity());
        }
        rig.server.release();
        keys.forEach(key -> rig.await(key, Status.COMPLETED));
        Rig.await(() -> rig.engine.activity().completed() == keys.size(), () -> rig.engine.activity().toString());
        assertThat(rig.engine.activity().waiting()).isZero();
    }

    @Test
    @DisplayName("2.6 «pause all» holds what was just being queued when it was said")
    void pausedWhileQueued() throws Exception {
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < 600; i++) keys.add(held("t" + i));
        var queued = rig.engine.enqueue(keys, Origin.USER, 0, "original");
        rig.engine.pauseAll().join();
        queued.join();
        for (int i = 0; i < 10; i++) {
            assertThat(rig.engine.activity().running()).isEmpty();
            assertThat(rig.server.requests()).isEmpty();
            TimeUnit.MILLISECONDS.sleep(30);
        }
        assertThat(rig.engine.activity().paused()).isEqualTo(600);
        assertThat(rig.events).filteredOn(e -> e.kind() == DownloadEvent.Kind.STARTED).isEmpty();
    }

    @Test
    @DisplayName("2.16 to hear what the user paused, or what failed for good, does not fetch it: it is streamed, and stands where it stood")
    void pausedAndHeard() {
        ItemKey paused = held("paused");
        long id = rig.enqueue(paused).id();
        rig.await(paused, Status.DOWNLOADING);
        rig.engine.pause(List.of(id)).join();
        rig.stopped();
        ItemKey failed = rig.track(1, "failed", SIZE);
        for (String path : List.of(Rig.path("failed"), "/Items/failed/File"))
            rig.server.script(path, r -> FaultServer.Reply.of(404, new byte[0], "Content-Length: 0"));
        rig.enqueue(failed);
        rig.await(failed, Status.FAILED);
        int asked = rig.server.requests().size();
        for (ItemKey key : List.of(paused, failed)) {
            assertThat(rig.engine.growingFiles().open(key)).isEmpty();
            assertThat(rank(key)).isOne();
        }
        assertThat(rig.row(paused).orElseThrow().status()).isEqualTo(Status.PAUSED);
        assertThat(rig.row(failed).orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(rig.server.requests()).hasSize(asked);
        rig.server.release();
        rig.engine.resume(List.of(id)).join();
        rig.await(paused, Status.COMPLETED);
    }

    @Test
    @DisplayName("2.21 the end of an attempt stores its state and not its turn, which the user may have changed meanwhile")
    void turnedAtTheEnd() {
        ItemKey key = held("a");
        rig.engine.enqueue(List.of(key), Origin.QUEUE, 0, "original").join();
        rig.await(key, Status.DOWNLOADING);
        var store = new DownloadStore(Rows.of(rig.database), root -> "tag");
        Entry before = rig.database.readNow(sql -> DownloadRows.all(sql, DownloadRows.PRESENT)).getFirst();
        new OrderRows(Rows.of(rig.database)).toTop(List.of(before.id())).join();
        Entry after = before.with(new DownloadState.Queued(before.state().attempt(), 1, java.util.Optional.empty()));
        store.ended(after, before.state().attempt(), Instant.EPOCH).join();
        Entry stored = rig.database.readNow(sql -> DownloadRows.all(sql, DownloadRows.PRESENT)).getFirst();
        assertThat(stored.state()).isEqualTo(after.state());
        assertThat(stored.rank()).isOne();
        assertThat(stored.turn().place()).isLessThan(before.turn().place());
    }

    @Test
    @DisplayName("2.8 2.21 what was fetched ahead and put in front by the user stays when the queue of what is played changes")
    void putInFront() {
        ItemKey mine = held("mine");
        ItemKey stale = held("stale");
        var ahead = rig.engine.fetchAhead();
        ahead.next(List.of(mine, stale)).join();
        rig.engine.toTop(List.of(rig.row(mine).orElseThrow().id())).join();
        assertThat(rank(mine)).isOne();
        ahead.next(List.of()).join();
        Rig.await(() -> rig.row(stale).isEmpty(), () -> "still there: " + rig.row(stale));
        assertThat(rig.row(mine)).isPresent();
        rig.server.release();
        rig.await(mine, Status.COMPLETED);
    }
}
