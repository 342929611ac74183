package app.waxwing.download;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.download.ui.DownloadsViewModel;
import app.waxwing.store.Audit;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import app.waxwing.testing.ui.FakeNotices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndoTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    /// So small that 500 rounds in a day are nothing that the runaway guard would stop.
    private static final byte[] MUSIC = TransferTest.music(4_000, 1);
    @TempDir
    Path folder;

    private static DownloadOptions undo(Duration time) {
        DownloadOptions o = Rig.PATIENT;
        return new DownloadOptions(o.diskFloor(), o.cacheLimit(), o.retry(), o.connectTimeout(), o.readTimeout(), o.floorWindow(),
                o.floorBytes(), o.recheck(), time);
    }

    private Rig rig(FaultServer server, Duration time) {
        return new Rig(folder, server, undo(time), new SystemDisk()).start();
    }

    private static Download fetched(Rig rig, ItemKey key) {
        rig.enqueue(key);
        return rig.await(key, Status.COMPLETED);
    }

    private static ItemKey track(Rig rig) {
        rig.server.file(Rig.path("t"), Version.of(MUSIC, LONG_AGO));
        return rig.track(1, "t", MUSIC.length);
    }

    private static void delete(Rig rig, ItemKey key) {
        rig.engine.delete(List.of(rig.row(key).orElseThrow().id())).join();
    }

    private static int files(Rig rig) {
        return rig.database.readNow(sql -> sql.fetchCount(MEDIA_FILE));
    }

    @Test
    @DisplayName("4.19 a deleted download is gone for everybody at once; taking that back finds the file as it was, without a request")
    void takenBack() throws Exception {
        try (var rig = rig(new FaultServer(), Duration.ofMinutes(5))) {
            ItemKey key = track(rig);
            Path path = fetched(rig, key).path().orElseThrow();
            for (int round = 0; round < 3; round++) {
                delete(rig, key);
                assertThat(rig.row(key)).isEmpty();
                assertThat(files(rig)).isZero();
                assertThat(path).as("its bytes wait").hasBinaryContent(MUSIC);
                Download back = rig.engine.enqueue(List.of(key), Origin.USER, 0, "original").thenCompose(rig.engine::find).join()
                        .getFirst();
                assertThat(back.status()).isEqualTo(Status.COMPLETED);
                assertThat(rig.row(key).orElseThrow().path()).contains(path);
                assertThat(files(rig)).isOne();
            }
            rig.settled();
            assertThat(rig.server.requests()).hasSize(1);
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged(), report.unknown())).allMatch(List::isEmpty);
            assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.COMPLETED)).as("lists are told")
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    @DisplayName("4.20 the deletion of what was whole is written down in its own transaction; what was only wanted is called off without a word")
    void writtenDown() {
        try (var rig = rig(new FaultServer(), Duration.ofMinutes(5))) {
            ItemKey key = track(rig);
            Download whole = fetched(rig, key);
            ItemKey wanted = rig.track(1, "nowhere", MUSIC.length);
            rig.engine.pauseAll().join();
            rig.enqueue(wanted);
            delete(rig, wanted);
            assertThat(deleted(rig)).isEmpty();
            delete(rig, key);
            assertThat(deleted(rig)).singleElement().asString().as("with whose it was")
                    .startsWith(whole.title() + " · ");
        }
    }

    private static List<String> deleted(Rig rig) {
        return rig.database.readNow(sql -> Audit.newest(sql, 10)).stream().filter(e -> e.action().equals(Audit.DOWNLOAD_DELETED))
                .map(Audit.Entry::object).toList();
    }

    @Test
    @DisplayName("4.19 when the time to take it back is over its bytes go; a later wish fetches it anew under its plain name")
    void goes() {
        try (var rig = rig(new FaultServer(), Duration.ofMillis(300))) {
            ItemKey key = track(rig);
            Path path = fetched(rig, key).path().orElseThrow();
            delete(rig, key);
            rig.settled();
            assertThat(path).doesNotExist();
            assertThat(fetched(rig, key).path()).contains(path);
            assertThat(rig.server.requests()).hasSize(2);
        }
    }

    @Test
    @DisplayName("4.19 B.31 the program ends while it could be taken back: the file goes at the next start, and nothing finds it before")
    void ends() {
        Path path;
        var server = new FaultServer();
        ItemKey key;
        try (var rig = new Rig(folder, server, undo(Duration.ofMinutes(5)), new SystemDisk(), r -> r, false).start()) {
            key = track(rig);
            path = fetched(rig, key).path().orElseThrow();
            delete(rig, key);
        }
        assertThat(path).exists();
        try (var rig = rig(server, Duration.ofMinutes(5))) {
            rig.settled();
            assertThat(path).doesNotExist();
            assertThat(files(rig)).isZero();
            assertThat(rig.row(key)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"deleted", "other bytes", "as many other bytes"})
    @DisplayName("4.19 B.30 what became of its file meanwhile is not taken for it: the track is fetched anew, and what somebody else put there stays")
    void replaced(String meanwhile) throws Exception {
        try (var rig = rig(new FaultServer(), Duration.ofMinutes(5))) {
            ItemKey key = track(rig);
            Path path = fetched(rig, key).path().orElseThrow();
            delete(rig, key);
            byte[] theirs = TransferTest.music(meanwhile.startsWith("as many") ? MUSIC.length : 500, 9);
            if (meanwhile.equals("deleted")) Files.delete(path);
            else Files.write(path, theirs);
            rig.enqueue(key);
            Rig.await(() -> rig.server.requests().size() == 2, () -> "it is not fetched anew: " + rig.row(key));
            Download row = rig.await(key, Status.COMPLETED);
            assertThat(rig.bytes(row)).isEqualTo(MUSIC);
            if (!meanwhile.equals("deleted")) assertThat(path).hasBinaryContent(theirs);
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged())).allMatch(List::isEmpty);
            assertThat(report.unknown()).hasSize(meanwhile.equals("deleted") ? 0 : 1);
        }
    }

    @Test
    @DisplayName("4.19 «Undo» on the Downloads page brings several back, each as it was wanted, without a request")
    void undo() {
        try (var rig = rig(new FaultServer(), Duration.ofMinutes(5)); var fx = Mailbox.start("test-fx")) {
            List<ItemKey> keys = Stream.of("a", "b", "c").map(id -> {
                rig.server.file(Rig.path(id), Version.of(MUSIC, LONG_AGO));
                return rig.track(1, id, MUSIC.length);
            }).toList();
            rig.engine.enqueue(keys.subList(0, 2), Origin.USER, 3, "original").join();
            rig.engine.enqueue(keys.subList(2, 3), Origin.PLAYLIST, 0, "original").join();
            List<Download> rows = keys.stream().map(k -> rig.await(k, Status.COMPLETED)).toList();
            int asked = rig.server.requests().size();
            var notices = new FakeNotices();
            var model = new DownloadsViewModel(rig.engine, new KeepDesk(rig).keeps, rig.time, fx::post, fx::post, notices);
            model.delete(rows).join();
            Rig.await(() -> notices.offered.size() == 1, () -> "nothing is offered: " + notices.said);
            assertThat(notices.times).containsExactly(DownloadEngine.UNDO);
            assertThat(files(rig)).isZero();
            fx.post(notices.offered.getFirst());
            for (int i = 0; i < 3; i++) {
                Download back = rig.await(keys.get(i), Status.COMPLETED);
                assertThat(List.of(back.origin(), back.priority(), back.path().orElseThrow()))
                        .containsExactly(rows.get(i).origin(), rows.get(i).priority(), rows.get(i).path().orElseThrow());
                assertThat(rig.bytes(back)).isEqualTo(MUSIC);
            }
            assertThat(rig.server.requests()).hasSize(asked);
            assertThat(notices.said).hasSize(1);
        }
    }

    @Test
    @DisplayName("4.19 «Undo» in its last moment finds the file: it stays longer than that is offered")
    void lastMoment() {
        assertThat(DownloadOptions.USUAL.undo()).isGreaterThan(DownloadEngine.UNDO);
    }

    @Test
    @DisplayName("4.19 a wish just when the time is over finds the file or fetches it anew: never a row without its file, nor a file without a row")
    void justOver() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var rig = rig(new FaultServer(), Duration.ofMillis(30))) {
            ItemKey key = track(rig);
            fetched(rig, key);
            for (int round = 0; round < TestScale.of(25, 500); round++) {
                delete(rig, key);
                LockSupport.parkNanos(25_000_000 + random.nextInt(10_000_000));
                Download row = fetched(rig, key);
                assertThat(files(rig)).as("seed %d round %d: %s", seed, round, row).isOne();
                // Sometimes the next deletion comes while this one is still cleared up after.
                if (round % 4 != 0) continue;
                rig.settled();
                assertThat(rig.bytes(rig.row(key).orElseThrow())).as("seed %d round %d", seed, round).isEqualTo(MUSIC);
            }
            rig.settled();
            assertThat(rig.bytes(rig.row(key).orElseThrow())).as("seed %d", seed).isEqualTo(MUSIC);
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged(), report.unknown())).as("seed %d", seed).allMatch(List::isEmpty);
        }
    }
}
