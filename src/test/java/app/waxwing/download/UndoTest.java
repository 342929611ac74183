package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.RESERVED_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final byte[] MUSIC = TransferTest.music(40_000, 1);
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

    private static void nothingIsLeft(Rig rig) {
        Rig.await(() -> rig.database.readNow(sql -> sql.fetchCount(RESERVED_PATH)
                + sql.fetchCount(DOWNLOAD, DOWNLOAD.DELETED_AT.isNotNull().and(DOWNLOAD.FILE_PATH.isNotNull()))) == 0,
                () -> "a name or a file is left: " + rig.files());
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
                Download back = rig.engine.enqueue(List.of(key), Origin.USER, 0, "original").join().getFirst();
                assertThat(back.status()).isEqualTo(Status.COMPLETED);
                assertThat(rig.row(key).orElseThrow().path()).contains(path);
                assertThat(files(rig)).isOne();
            }
            nothingIsLeft(rig);
            assertThat(rig.server.requests()).hasSize(1);
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged(), report.unknown())).allMatch(List::isEmpty);
            assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.COMPLETED)).as("lists are told")
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    @DisplayName("4.19 when the time to take it back is over its bytes go; a later wish fetches it anew under its plain name")
    void goes() {
        try (var rig = rig(new FaultServer(), Duration.ofMillis(300))) {
            ItemKey key = track(rig);
            Path path = fetched(rig, key).path().orElseThrow();
            delete(rig, key);
            nothingIsLeft(rig);
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
            nothingIsLeft(rig);
            assertThat(path).doesNotExist();
            assertThat(files(rig)).isZero();
            assertThat(rig.row(key)).isEmpty();
        }
    }

    @Test
    @DisplayName("4.19 what somebody else put in its place meanwhile is not taken for it")
    void replaced() throws Exception {
        try (var rig = rig(new FaultServer(), Duration.ofMinutes(5))) {
            ItemKey key = track(rig);
            Path path = fetched(rig, key).path().orElseThrow();
            delete(rig, key);
            java.nio.file.Files.delete(path);
            rig.enqueue(key);
            Rig.await(() -> rig.row(key).filter(d -> d.status() == Status.COMPLETED).isPresent(), () -> rig.row(key).toString());
            var report = rig.engine.verify(true).join();
            assertThat(report.missing().size() + rig.server.requests().size()).as("it is missed or was fetched anew").isGreaterThan(1);
            Rig.await(() -> rig.row(key).filter(d -> d.status() == Status.COMPLETED).isPresent() && path.toFile().length() == MUSIC.length,
                    () -> rig.row(key) + " " + rig.files());
        }
    }
}
