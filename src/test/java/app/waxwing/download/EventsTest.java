package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEvent.Kind;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    private static final int MIB = 1 << 20;
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

    private ItemKey file(String id, int size) {
        return file(id, size, size);
    }

    private ItemKey file(String id, int size, int said) {
        var version = Version.of(TransferTest.music(size, 1), Instant.EPOCH);
        rig.server.file(Rig.path(id), version);
        rig.server.file("/Items/" + id + "/File", version);
        return rig.track(1, id, said);
    }

    private ItemKey stuck(String id) {
        return stuck(id, 2 * MIB);
    }

    /// @param said by the library; -1 = nothing
    private ItemKey stuck(String id, int said) {
        ItemKey key = file(id, 2 * MIB, said);
        rig.server.script(Rig.path(id),
                r -> FaultServer.serve(Version.of(TransferTest.music(2 * MIB, 1), Instant.EPOCH), r).stall(3 * MIB / 2));
        return key;
    }

    private List<DownloadEvent> of(ItemKey key) {
        return rig.events.stream().filter(e -> e.download().key().equals(key)).toList();
    }

    private List<Kind> kinds(ItemKey key) {
        return of(key).stream().map(DownloadEvent::kind).filter(k -> k != Kind.PROGRESS).toList();
    }

    private void awaitLast(ItemKey key, Kind kind) {
        Rig.await(() -> kinds(key).getLast() == kind, () -> "events: " + kinds(key));
    }

    private void running(ItemKey key) {
        Rig.await(() -> rig.row(key).filter(d -> d.status() == Status.DOWNLOADING && d.bytesDownloaded() > 0).isPresent(),
                () -> "not running: " + rig.row(key));
    }

    @Test
    @DisplayName("2.5 2.16 queued, started, progress each MiB and ten a second at most, completed: whole and named only then")
    void order() {
        List<String> wrong = new ArrayList<>();
        rig.engine.events().subscribe(e -> {
            if (e.kind() == Kind.COMPLETED
                    && !(e.download().progress() == 1.0 && e.download().path().filter(Files::isRegularFile).isPresent()))
                wrong.add("not whole at its event: " + e);
            if (e.kind() != Kind.COMPLETED && (e.download().progress() >= 1 || e.download().path().isPresent()))
                wrong.add("whole before: " + e);
        });
        rig.server.pace(2);
        ItemKey key = file("t", 10 * MIB);
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        awaitLast(key, Kind.COMPLETED);
        assertThat(wrong).isEmpty();
        assertThat(kinds(key)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.COMPLETED);
        List<DownloadEvent> all = of(key);
        assertThat(all.getLast().kind()).isEqualTo(Kind.COMPLETED);
        List<DownloadEvent> progress = all.stream().filter(e -> e.kind() == Kind.PROGRESS).toList();
        Duration took = Duration.between(all.get(1).at(), all.getLast().at());
        assertThat(progress).hasSizeBetween(1, (int) Math.min(10, took.toMillis() / 100 + 1));
        assertThat(progress).extracting(e -> e.download().bytesDownloaded()).isSorted();
        assertThat(progress.getFirst().download().bytesDownloaded()).isGreaterThanOrEqualTo(MIB);
    }

    @Test
    @DisplayName("2.5 2.16 progress is told after each MiB; of what comes faster than ten a second, ten a second")
    void eachMebibyte() {
        ItemKey key = file("t", 10 * MIB);
        // Behind each event so much time has passed that the next is due whenever it comes.
        rig.engine.events().subscribe(e -> rig.time.sleepAndCount(Duration.ofMillis(100)));
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        awaitLast(key, Kind.COMPLETED);
        List<Long> bytes = of(key).stream().filter(e -> e.kind() == Kind.PROGRESS).map(e -> e.download().bytesDownloaded()).toList();
        assertThat(bytes).hasSize(10).isSorted();
        for (int i = 0; i < 10; i++) assertThat(bytes.get(i)).isGreaterThanOrEqualTo((i + 1L) * MIB);
    }

    @Test
    @DisplayName("2.5 2.16 a track whose size only its server's answer names: every progress says it and how much of it is here, and the row keeps it")
    void sizeOfTheAnswer() {
        ItemKey key = stuck("t", -1);
        rig.enqueue(key);
        running(key);
        Rig.await(() -> of(key).stream().anyMatch(e -> e.kind() == Kind.PROGRESS), () -> "no progress: " + of(key));
        List<Download> told = of(key).stream().filter(e -> e.kind() == Kind.PROGRESS).map(DownloadEvent::download).toList();
        assertThat(told).allSatisfy(d -> {
            assertThat(d.size()).hasValue(2 * MIB);
            assertThat(d.progress()).isEqualTo((double) d.bytesDownloaded() / (2 * MIB)).isGreaterThanOrEqualTo(0.5);
        });
        Download listed = rig.row(key).orElseThrow();
        assertThat(listed.size()).hasValue(2 * MIB);
        assertThat(listed.progress()).isGreaterThanOrEqualTo(0.5);
        rig.engine.pause(List.of(listed.id())).join();
        Rig.await(() -> rig.row(key).filter(d -> d.status() == Status.PAUSED && d.size().isPresent()).isPresent(),
                () -> "paused: " + rig.row(key));
    }

    @Test
    @DisplayName("2.16 paused and resumed, one by one and all")
    void pauses() {
        ItemKey key = stuck("t");
        rig.enqueue(key);
        running(key);
        long id = rig.row(key).orElseThrow().id();
        rig.engine.pause(List.of(id)).join();
        rig.engine.resume(List.of(id)).join();
        rig.await(key, Status.COMPLETED);
        awaitLast(key, Kind.COMPLETED);
        assertThat(kinds(key)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.PAUSED, Kind.RESUMED, Kind.STARTED, Kind.COMPLETED);

        ItemKey other = stuck("other");
        rig.enqueue(other);
        running(other);
        rig.engine.pauseAll().join();
        Rig.await(() -> rig.engine.activity().running().isEmpty(), () -> "it still runs");
        rig.engine.resumeAll().join();
        rig.await(other, Status.COMPLETED);
        awaitLast(other, Kind.COMPLETED);
        assertThat(kinds(other)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.PAUSED, Kind.RESUMED, Kind.STARTED, Kind.COMPLETED);
    }

    @Test
    @DisplayName("2.5 2.16 a pause tells the bytes that are durable by then, not those of the attempt's beginning")
    void pausedWhere() {
        for (boolean all : new boolean[]{false, true}) {
            ItemKey key = stuck("t" + all);
            rig.enqueue(key);
            long id = rig.row(key).orElseThrow().id();
            Rig.await(() -> rig.database.readNow(sql -> sql.select(app.waxwing.store.schema.Tables.DOWNLOAD.BYTES_DOWNLOADED)
                    .from(app.waxwing.store.schema.Tables.DOWNLOAD).where(app.waxwing.store.schema.Tables.DOWNLOAD.ID.eq(id)).fetchSingle()
                    .value1()) >= MIB, () -> "nothing durable: " + rig.row(key));
            if (all) rig.engine.pauseAll().join();
            else rig.engine.pause(List.of(id)).join();
            Rig.await(() -> kinds(key).contains(Kind.PAUSED), () -> kinds(key).toString());
            Download paused = of(key).stream().filter(e -> e.kind() == Kind.PAUSED).findFirst().orElseThrow().download();
            assertThat(paused.bytesDownloaded()).isBetween((long) MIB, 2L * MIB);
            assertThat(paused.progress()).isGreaterThan(0.4);
            assertThat(paused.path()).isEmpty();
        }
    }

    @Test
    @DisplayName("2.16 «pause all» and «resume all» are told of every download, also of those beyond what the engine has in memory")
    void manyPauses() {
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < 3 * Board.WINDOW; i++) keys.add(rig.track(1, "m" + i, 5000));
        ItemKey first = stuck("first");
        rig.enqueue(first);
        running(first);
        rig.engine.enqueue(keys, Download.Origin.USER, 0, "original").join();
        rig.engine.pauseAll().join();
        rig.engine.resumeAll().join();
        rig.engine.pauseAll().join();
        for (Kind kind : List.of(Kind.PAUSED, Kind.RESUMED)) {
            Rig.await(() -> told(kind).containsAll(keys), () -> told(kind).size() + " of " + keys.size() + " are told to be " + kind);
        }
    }

    private java.util.Set<ItemKey> told(Kind kind) {
        return rig.events.stream().filter(e -> e.kind() == kind).map(e -> e.download().key()).collect(java.util.stream.Collectors.toSet());
    }

    @Test
    @DisplayName("2.16 failed with its sentence, queued again by «retry»; cancelled, deleted, evicted")
    void ends() {
        ItemKey key = file("t", 5000);
        rig.server.script(Rig.path("t"), r -> FaultServer.Reply.of(404, new byte[0], "Content-Length: 0"));
        rig.enqueue(key);
        rig.await(key, Status.FAILED);
        awaitLast(key, Kind.FAILED);
        assertThat(of(key).getLast().download().error()).contains("There is no such track on the server any more.");
        long id = rig.row(key).orElseThrow().id();
        rig.engine.retry(List.of(id)).join();
        rig.await(key, Status.COMPLETED);
        awaitLast(key, Kind.COMPLETED);
        rig.engine.delete(List.of(id)).join();
        awaitLast(key, Kind.DELETED);
        assertThat(kinds(key)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.FAILED, Kind.QUEUED, Kind.STARTED, Kind.COMPLETED,
                Kind.DELETED);

        ItemKey stuck = stuck("stuck");
        rig.enqueue(stuck);
        running(stuck);
        rig.engine.cancel(List.of(rig.row(stuck).orElseThrow().id())).join();
        awaitLast(stuck, Kind.CANCELLED);
        assertThat(kinds(stuck)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.CANCELLED);
    }

    @Test
    @DisplayName("2.16 evicted")
    void evicted() {
        rig.close();
        var small = new DownloadOptions(0, 12_000, Rig.PATIENT.retry(), Rig.PATIENT.connectTimeout(), Rig.PATIENT.readTimeout(),
                Rig.PATIENT.floorWindow(), 1024, Rig.PATIENT.recheck());
        rig = new Rig(folder.resolve("small"), new FaultServer(), small, new SystemDisk()).start();
        ItemKey first = file("first", 8000);
        ItemKey second = file("second", 8000);
        for (ItemKey key : List.of(first, second)) {
            rig.engine.enqueue(List.of(key), Origin.QUEUE, 0, "original").join();
            Rig.await(() -> of(key).stream().anyMatch(e -> e.kind() == Kind.COMPLETED), () -> "not completed");
        }
        awaitLast(first, Kind.EVICTED);
        assertThat(kinds(first)).containsExactly(Kind.QUEUED, Kind.STARTED, Kind.COMPLETED, Kind.EVICTED);
    }
}
