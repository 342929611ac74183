package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ByteSource;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Threads;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEvent.Kind;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyHeardTest {
    private static final int SIZE = 3 << 20;
    @TempDir
    Path folder;
    private Rig rig;
    private final Version version = Version.of(TransferTest.music(SIZE, 3), Instant.EPOCH);
    private final List<DownloadEvent> fetches = new CopyOnWriteArrayList<>();

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        rig.engine.fetches().subscribe(fetches::add);
        rig.server.hold(SIZE / 2);
    }

    @AfterEach
    void end() {
        rig.server.release();
        rig.close();
    }

    /// Its file comes as far as the middle, until the server lets it go on.
    private ItemKey offered(String id) {
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File")) {
            rig.server.file(path, version);
        }
        return rig.track(1, id, SIZE);
    }

    private ByteSource heard(ItemKey key) {
        return rig.engine.growingFiles().open(key).orElseThrow().file();
    }

    private static CompletableFuture<byte[]> all(ByteSource source) {
        var heard = new CompletableFuture<byte[]>();
        Threads.start("reader", () -> {
            var out = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(10_000);
            try {
                for (int n = source.read(0, buffer); n >= 0; n = source.read(out.size(), buffer)) {
                    out.write(buffer.array(), 0, n);
                    buffer.clear();
                }
                heard.complete(out.toByteArray());
            } catch (IOException e) {
                heard.completeExceptionally(e);
            }
        });
        return heard;
    }

    private static List<Kind> kinds(List<DownloadEvent> events, ItemKey key) {
        return events.stream().filter(e -> e.download().key().equals(key)).map(DownloadEvent::kind).filter(k -> k != Kind.PROGRESS)
                .toList();
    }

    private void awaitLast(List<DownloadEvent> events, ItemKey key, Kind kind) {
        Rig.await(() -> !kinds(events, key).isEmpty() && kinds(events, key).getLast() == kind,
                () -> "events: " + kinds(events, key) + ", " + rig.row(key) + ", " + rig.engine.activity());
    }

    @Test
    @DisplayName("2.15 2.16 what is only heard is no download: no event, no figure and no count tell of it; that its file came is told as of a fetch")
    void untold() throws Exception {
        ItemKey key = offered("t");
        try (ByteSource source = heard(key)) {
            assertThat(rig.engine.activity().running()).isEmpty();
            assertThat(rig.engine.fetchesForUser()).isTrue();
            CompletableFuture<byte[]> heard = all(source);
            rig.server.release();
            assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo(version.bytes());
        }
        awaitLast(fetches, key, Kind.COMPLETED);
        assertThat(kinds(fetches, key)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.COMPLETED);
        assertThat(rig.events).isEmpty();
        assertThat(rig.engine.activity()).isEqualTo(new DownloadEngine.Activity(List.of(), 0, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("«Pause all» and «resume all» leave alone what is only heard: it goes on, and pause what was asked for")
    void pauseAll() throws Exception {
        ItemKey wished = offered("wished");
        rig.enqueue(wished);
        ItemKey key = offered("t");
        try (ByteSource source = heard(key)) {
            CompletableFuture<byte[]> heard = all(source);
            rig.engine.pauseAll().join();
            rig.await(wished, Status.PAUSED);
            assertThat(rig.row(key).orElseThrow().status()).isEqualTo(Status.DOWNLOADING);
            rig.server.release();
            assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo(version.bytes());
            assertThat(rig.server.requests()).filteredOn(r -> r.path().contains("/t/")).hasSize(1);
            rig.engine.resumeAll().join();
        }
        rig.await(wished, Status.COMPLETED);
        assertThat(kinds(rig.events, key)).isEmpty();
    }

    @Test
    @DisplayName("B.37 2.16 what is heard and then wished for is a download from there on: queued, started, completed are told, and it is fetched once")
    void becomesADownload() throws Exception {
        ItemKey key = offered("t");
        try (ByteSource source = heard(key)) {
            CompletableFuture<byte[]> heard = all(source);
            rig.enqueue(key);
            awaitLast(rig.events, key, Kind.STARTED);
            assertThat(rig.engine.activity().running()).extracting(DownloadEngine.Running::key).containsExactly(key);
            rig.server.release();
            assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo(version.bytes());
        }
        awaitLast(rig.events, key, Kind.COMPLETED);
        assertThat(kinds(rig.events, key)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.COMPLETED);
        assertThat(rig.events).allSatisfy(e -> assertThat(e.download().origin()).isEqualTo(Origin.USER));
        assertThat(rig.server.requests()).hasSize(1);
        assertThat(rig.engine.activity()).isEqualTo(new DownloadEngine.Activity(List.of(), 0, 0, 0, 1, 0));
        assertThat(rig.engine.find(List.of(rig.row(key).orElseThrow().id())).join()).hasSize(1);
    }

    @Test
    @DisplayName("2.16 what was heard to its end and then wished for is told to be complete at once")
    void wholeAlready() throws Exception {
        ItemKey key = offered("t");
        rig.server.release();
        try (ByteSource source = heard(key)) {
            all(source).get(60, TimeUnit.SECONDS);
        }
        awaitLast(fetches, key, Kind.COMPLETED);
        rig.enqueue(key);
        awaitLast(rig.events, key, Kind.COMPLETED);
        assertThat(kinds(rig.events, key)).containsExactly(Kind.COMPLETED);
        assertThat(rig.engine.activity().completed()).isEqualTo(1);
    }

    @Test
    @DisplayName("B.42 a download that is heard now stays one: its events go on, and «pause all» pauses it")
    void heardDownload() throws Exception {
        ItemKey key = offered("t");
        rig.enqueue(key);
        awaitLast(rig.events, key, Kind.STARTED);
        try (ByteSource source = heard(key)) {
            assertThat(source.available()).isPositive();
            assertThat(rig.engine.activity().running()).hasSize(1);
            rig.engine.pauseAll().join();
            awaitLast(rig.events, key, Kind.PAUSED);
            assertThat(rig.row(key).orElseThrow().origin()).isEqualTo(Origin.USER);
        }
        rig.server.release();
        rig.engine.resumeAll().join();
        awaitLast(rig.events, key, Kind.COMPLETED);
        assertThat(kinds(rig.events, key)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.PAUSED, Kind.RESUMED, Kind.STARTED,
                Kind.COMPLETED);
    }

    @Test
    @DisplayName("2.16 a track that is heard and that nobody has: its failure is nobody's download")
    void failed() {
        ItemKey key = rig.track(1, "t", SIZE);
        rig.server.script("/Items/t/File", r -> FaultServer.Reply.of(404, new byte[0], "Content-Length: 0"));
        assertThat(rig.engine.growingFiles().open(key)).isEmpty();
        awaitLast(fetches, key, Kind.CANCELLED);
        assertThat(rig.events).isEmpty();
    }

    @Test
    @DisplayName("B.37 a wish that is stored while the file of what was heard is being stored stays a wish of the user, whichever comes first")
    void wishedAtTheEnd() {
        ItemKey key = rig.track(1, "t", SIZE);
        Rows rows = Rows.of(rig.database);
        var store = new DownloadStore(rows, r -> "");
        var keeps = new KeepRows(rows);
        Instant now = rig.time.now();
        Entry heard = keeps.enqueue(new KeepRows.Wish(List.of(key), Origin.PLAYING, 0, "original", false, Optional.empty()), Map.of(),
                Map.of(), now).join().all().getFirst();
        Entry running = heard.with(new DownloadState.Running(1, 0)).placed(Root.CACHE, Optional.of("t.part"), Optional.of("t.flac"));
        store.save(running, app.waxwing.store.Durability.KEPT, now).join();
        keeps.enqueue(KeepRows.Wish.of(List.of(key), Origin.USER, 0, "original"), Map.of(), Map.of(), now).join();
        // As memory knew it before it heard of the wish.
        store.ended(running, 1, now).join();
        assertThat(origin(heard.id())).isEqualTo("user");
        Entry done = running.with(new DownloadState.Completed(1)).finished(now, "digest");
        CompletedRows.Outcome outcome = store.complete(done,
                new TransferEnd.Arrived("t.flac", "original", SIZE, "digest", now), now).join();
        assertThat(outcome.stored().origin()).isEqualTo(Origin.USER);
        assertThat(origin(heard.id())).isEqualTo("user");
        assertThat(store.listed(List.of(heard.id())).join()).hasSize(1);
    }

    private String origin(long id) {
        return rig.database.readNow(sql -> sql.select(DOWNLOAD.ORIGIN).from(DOWNLOAD).where(DOWNLOAD.ID.eq(id)).fetchSingle().value1());
    }
}
