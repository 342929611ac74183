package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk()).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    /// A track that begins and then never goes on.
    private ItemKey stuck(String id) {
        var version = Version.of(TransferTest.music(100_000, id.hashCode()), LONG_AGO);
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File")) {
            rig.server.file(path, version);
            for (int i = 0; i < 50; i++) rig.server.script(path, r -> FaultServer.serve(version, r).stall(1000));
        }
        return rig.track(1, id, 100_000);
    }

    private ItemKey good(String id) {
        var version = Version.of(TransferTest.music(5000, id.hashCode()), LONG_AGO);
        rig.server.file(Rig.path(id), version);
        rig.server.file("/Items/" + id + "/File", version);
        return rig.track(1, id, 5000);
    }

    private Status status(ItemKey key) {
        return rig.row(key).orElseThrow().status();
    }

    @Test
    @DisplayName("2.2 2.20 what a wish answers is what is stored, with what the library knows of the track, of a new row, of a merged one and of a file that is here")
    void answersWhatIsStored() {
        var keeps = new KeepRows(Rows.of(rig.database));
        ItemKey known = good("known");
        ItemKey here = good("here");
        rig.enqueue(here, app.waxwing.base.Quality.ORIGINAL);
        rig.await(here, Status.COMPLETED);
        rig.engine.pauseAll().join();
        var unknown = new ItemKey(1, "no such row in the library");
        for (int round = 0; round < 2; round++) {
            var wish = new KeepRows.Wish(List.of(known, unknown, here), Download.Origin.USER, round, "original", true,
                    Optional.of(new KeepRows.Edge("user", Optional.empty(), false)));
            List<Entry> told = keeps.enqueue(wish, java.util.Map.of(), java.util.Map.of(), Instant.ofEpochMilli(1_750_000_000_123L)).join()
                    .all();
            assertThat(told).hasSize(3).allSatisfy(
                    entry -> assertThat(stored(entry.id())).contains(entry));
            assertThat(told.getFirst().label().title()).isEqualTo("Title known");
        }
    }

    private Optional<Entry> stored(long id) {
        return rig.database.readNow(sql -> DownloadRows.find(sql, id));
    }

    @Test
    @DisplayName("2.21 the next rows come from the partial index, in the queue's order")
    void usesTheIndex() {
        String plan = rig.database.readNow(
                sql -> sql.fetch("explain query plan " + sql.renderInlined(DownloadStore.nextQuery(sql, new Lane(1, 1, false), 256)))
                        .format());
        assertThat(plan).contains("download_next").doesNotContain("TEMP B-TREE");
    }

    @Test
    @DisplayName("2.21 higher class first, then priority, then age")
    void order() {
        rig.network.mode(Reachability.Mode.FORCED_OFFLINE);
        rig.engine.enqueue(List.of(good("ahead")), Origin.QUEUE, 9, "original").join();
        rig.engine.enqueue(List.of(good("old")), Origin.USER, 0, "original").join();
        rig.engine.enqueue(List.of(good("new")), Origin.USER, 0, "original").join();
        rig.engine.enqueue(List.of(good("high")), Origin.USER, 5, "original").join();
        assertThat(rig.row(good("old")).orElseThrow().reason()).contains(Reason.NETWORK);
        assertThat(rig.server.requests()).isEmpty();
        rig.network.mode(Reachability.Mode.AUTO);
        rig.await(good("ahead"), Status.COMPLETED);
        assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.STARTED).map(e -> e.download().key().id()))
                .containsExactly("high", "old", "new", "ahead");
    }

    @Test
    @DisplayName("2.8 B.39 a waiting user item takes the place of a pre-fetch at once, and only one")
    void preempts() {
        ItemKey ahead = stuck("ahead");
        List<ItemKey> albums = List.of(stuck("b"), stuck("c"));
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        rig.engine.enqueue(albums, Origin.ALBUM, 0, "original").join();
        Rig.await(() -> status(ahead) == Status.DOWNLOADING && albums.stream().allMatch(k -> status(k) == Status.DOWNLOADING),
                () -> "not all run");
        ItemKey mine = stuck("mine");
        rig.enqueue(mine);
        Rig.await(() -> status(mine) == Status.DOWNLOADING, () -> "mine waits");
        assertThat(status(ahead)).isEqualTo(Status.PENDING);
        assertThat(albums).allMatch(k -> status(k) == Status.DOWNLOADING);
    }

    @Test
    @DisplayName("2.8 one is fetched ahead at a time, whatever slots are free; the user's own run beside it")
    void oneAhead() {
        List<ItemKey> ahead = List.of(stuck("a"), good("b"), good("c"));
        rig.engine.enqueue(ahead, Origin.QUEUE, 0, "original").join();
        Rig.await(() -> status(ahead.getFirst()) == Status.DOWNLOADING, () -> "nothing is fetched ahead");
        ItemKey mine = good("mine");
        rig.enqueue(mine);
        rig.await(mine, Status.COMPLETED);
        assertThat(status(ahead.get(1))).isEqualTo(Status.PENDING);
        assertThat(rig.row(ahead.get(1)).orElseThrow().reason()).contains(Download.Reason.SLOT);
        rig.engine.cancel(List.of(rig.row(ahead.getFirst()).orElseThrow().id())).join();
        rig.await(ahead.get(1), Status.COMPLETED);
        rig.await(ahead.get(2), Status.COMPLETED);
        var started = rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.STARTED).map(e -> e.download().key().id()).toList();
        assertThat(started).containsExactly("a", "mine", "b", "c");
    }

    @Test
    @DisplayName("2.8 while the player streams from a server nothing is fetched ahead; the user's own go on")
    void quietWhileStreaming() {
        ItemKey ahead = stuck("ahead");
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        Rig.await(() -> status(ahead) == Status.DOWNLOADING, () -> "it is not fetched ahead");
        rig.engine.streaming(true);
        Rig.await(() -> status(ahead) == Status.PENDING, () -> "it goes on beside the stream");
        ItemKey mine = good("mine");
        rig.enqueue(mine);
        rig.await(mine, Status.COMPLETED);
        assertThat(status(ahead)).isEqualTo(Status.PENDING);
        rig.engine.streaming(false);
        Rig.await(() -> status(ahead) == Status.DOWNLOADING, () -> "it does not go on after the stream");
    }

    @Test
    @DisplayName("2.2 what is heard while it is fetched goes back to the class of its own reason when nobody hears it any more")
    void fallsBack() {
        ItemKey ahead = stuck("ahead");
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        rig.engine.enqueue(List.of(ahead), Origin.PLAYING, 0, "original").join();
        long id = rig.row(ahead).orElseThrow().id();
        Rig.await(() -> stored(id).orElseThrow().rank() == 0, () -> "it is not heard");
        new PlayingNow(rig.engine, new Order(rig.engine, new OrderRows(Rows.of(rig.database))), rig.time).unheard(id);
        Rig.await(() -> stored(id).orElseThrow().rank() == 3, () -> "it stays in the class of what is heard");
        assertThat(rig.row(ahead)).as("it is still wanted").isPresent();
    }

    @Test
    @DisplayName("B.37 a second wish merges: one row, highest reason, highest priority")
    void merges() {
        rig.network.mode(Reachability.Mode.FORCED_OFFLINE);
        ItemKey key = good("t");
        rig.engine.enqueue(List.of(key), Origin.QUEUE, 3, "original").join();
        ItemKey other = good("u");
        List<Long> ids = rig.engine.enqueue(List.of(other, key, other), Origin.QUEUE, 0, "original").join();
        assertThat(ids).as("in the order of the wish").containsExactly(rig.row(other).orElseThrow().id(), rig.row(key).orElseThrow().id(),
                rig.row(other).orElseThrow().id());
        Download merged = rig.engine.enqueue(List.of(key, key), Origin.USER, 1, "original").thenCompose(rig.engine::find).join().getFirst();
        assertThat(rig.engine.byItem(key).join()).hasSize(1);
        assertThat(merged.origin()).isEqualTo(Origin.USER);
        assertThat(merged.priority()).isEqualTo(3);
        rig.network.mode(Reachability.Mode.AUTO);
        Download done = rig.await(key, Status.COMPLETED);
        assertThat(done.path().orElseThrow()).startsWithRaw(rig.paths.media());
    }

    @Test
    @DisplayName("0.4 what was fetched ahead and is then kept moves from the cache to the media folder")
    void promotes() {
        ItemKey key = good("t");
        rig.engine.enqueue(List.of(key), Origin.QUEUE, 0, "original").join();
        assertThat(rig.await(key, Status.COMPLETED).path().orElseThrow()).startsWithRaw(rig.paths.cachedMedia());
        rig.enqueue(key);
        Rig.await(() -> rig.row(key).orElseThrow().path().orElseThrow().startsWith(rig.paths.media()), () -> rig.row(key).toString());
        assertThat(rig.bytes(rig.row(key).orElseThrow())).isEqualTo(TransferTest.music(5000, "t".hashCode()));
        Rig.await(() -> Rig.files(rig.paths.cachedMedia()).isEmpty(), () -> "the cached file stays");
        assertThat(rig.server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("10,000 wishes: only some hundred rows in memory, all counted, pause and resume all")
    void many() {
        rig.network.mode(Reachability.Mode.FORCED_OFFLINE);
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) keys.add(new ItemKey(1, "n" + i));
        assertThat(rig.engine.enqueue(keys, Origin.USER, 0, "original").join()).hasSize(10_000);
        assertThat(rig.engine.activity().waiting()).isEqualTo(10_000);
        rig.engine.pauseAll().join();
        Rig.await(() -> rig.engine.activity().paused() == 10_000, () -> rig.engine.activity().toString());
        rig.engine.resumeAll().join();
        Rig.await(() -> rig.engine.activity().waiting() == 10_000, () -> rig.engine.activity().toString());
        assertThat(rig.engine.list(new DownloadEngine.Filter(List.of(Status.PENDING)), 20, 10).join().total()).isEqualTo(10_000);
    }

    @Test
    @DisplayName("2.22 rows that ran are pending after a restart and go on where they were")
    void restart() {
        ItemKey key = stuck("t");
        rig.enqueue(key);
        Rig.await(() -> status(key) == Status.DOWNLOADING, () -> "not running");
        rig.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER,
                sql -> sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "downloading")
                        .execute())
                .join();
        rig.network.mode(Reachability.Mode.FORCED_OFFLINE);
        rig.restart();
        assertThat(status(key)).isEqualTo(Status.PENDING);
        assertThat(rig.row(key).orElseThrow().reason()).isEqualTo(Optional.of(Reason.NETWORK));
    }

    @Test
    @DisplayName("B.23 a media folder that is gone holds its downloads, is not made again, and wakes them when it is back")
    void folderGone() throws Exception {
        Path away = folder.resolve("elsewhere");
        Files.move(rig.paths.media(), away);
        ItemKey key = good("t");
        rig.enqueue(key);
        Rig.await(() -> rig.row(key).orElseThrow().reason().equals(Optional.of(Reason.DISK)), () -> rig.row(key).toString());
        assertThat(rig.paths.media()).doesNotExist();
        Files.move(away, rig.paths.media());
        rig.await(key, Status.COMPLETED);
    }

    @Test
    @DisplayName("2.10 the cache stays within its limit, least recently used first, and never loses what is kept")
    void evicts() {
        rig.close();
        var small = new DownloadOptions(0, 12_000, Rig.PATIENT.retry(), Rig.PATIENT.connectTimeout(), Rig.PATIENT.readTimeout(),
                Rig.PATIENT.floorWindow(), 1024,
                Rig.PATIENT.recheck());
        rig = new Rig(folder.resolve("two"), new FaultServer(), small, new SystemDisk()).start();
        for (String id : List.of("a", "b", "c")) {
            rig.engine.enqueue(List.of(good(id)), Origin.QUEUE, 0, "original").join();
            Rig.await(() -> rig.row(good(id)).filter(d -> d.status() == Status.COMPLETED).isPresent(), () -> "not complete");
        }
        Rig.await(() -> rig.row(good("a")).isEmpty(), () -> "a stays");
        assertThat(status(good("b"))).isEqualTo(Status.COMPLETED);
        Rig.await(() -> rig.events.stream().anyMatch(e -> e.kind() == DownloadEvent.Kind.EVICTED), () -> "no event");
        assertThat(Rig.files(rig.paths.cachedMedia())).hasSize(2);
    }
}
