package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.RESERVED_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoKillTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int TRACKS = 6;
    private static final List<Halts.Place> PLACES = List.of(Halts.Place.BEFORE_COMMIT, Halts.Place.AFTER_COMMIT, Halts.Place.BEFORE_DELETE,
            Halts.Place.AFTER_DELETE, Halts.Place.AFTER_MANIFEST);
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<byte[]> music = new ArrayList<>();
    @TempDir
    Path folder;

    @Test
    @DisplayName("4.19 B.31 B.38 kill -9 while deletions can be taken back, are taken back or run out: after it each file is kept as it was or wholly "
            + "gone, never a row without its file nor a file without a row")
    void killed() throws Exception {
        Path data = folder.resolve("data");
        var children = Children.in(folder, DeletionChild.class);
        int halted = 0;
        int here = 0;
        int gone = 0;
        int kills = TestScale.of(4, 200);
        try (var server = new FaultServer()) {
            try (var rig = new Rig(data, server, Rig.FAST, new SystemDisk(), r -> r, false)) {
                for (int i = 0; i < TRACKS; i++) {
                    byte[] bytes = TransferTest.music(20_000 + random.nextInt(60_000), random.nextLong());
                    music.add(bytes);
                    server.file(Rig.path("k" + i), Version.of(bytes, LONG_AGO));
                    rig.track(1, "k" + i, bytes.length);
                }
            }
            for (int kill = 0; kill < kills; kill++) {
                boolean named = random.nextBoolean();
                Process child = children.start(
                        named ? PLACES.get(random.nextInt(PLACES.size())) + ":" + (10 + random.nextInt(50)) : "never:0",
                        data.toString(), server.url(""), "" + TRACKS, "1000");
                try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
                    assertThat(out.readLine()).as("kill %d, seed %d", kill, seed)
                            .isIn(java.util.Arrays.asList("deleting", named ? null : "deleting"));
                    if (named && child.waitFor(2, TimeUnit.SECONDS)) halted++;
                    else LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
                } finally {
                    child.destroyForcibly().waitFor();
                }
                int kept = check(server, data, kill);
                here += kept;
                gone += TRACKS - kept;
            }
        }
        if (kills > 100) {
            assertThat(List.of(here, gone, halted)).as("seed %d: kept, gone, halted at a place: some of each", seed).allMatch(n -> n > 0);
        }
    }

    private int check(FaultServer server, Path data, int kill) {
        String where = "seed " + seed + " kill " + kill;
        int here = 0;
        // What was to be fetched shall not be: only what the crash left is looked at.
        var undo = new DownloadOptions(0, 1L << 30, Rig.FAST.retry(), Rig.FAST.connectTimeout(), Duration.ofSeconds(60),
                Duration.ofSeconds(60), 1024,
                Rig.FAST.recheck(), Duration.ofMinutes(5));
        try (var rig = new Rig(data, server, undo, new SystemDisk(), r -> r, false)) {
            rig.offline.add(1L);
            rig.start();
            Rig.await(() -> rig.database.readNow(sql -> sql.fetchCount(DOWNLOAD, DOWNLOAD.DELETED_AT.isNotNull()
                    .and(DOWNLOAD.FILE_PATH.isNotNull()))) == 0, () -> where + ": a deleted file is left " + rig.files());
            for (int i = 0; i < TRACKS; i++) {
                var key = new ItemKey(1, "k" + i);
                Optional<Download> whole = rig.row(key).filter(d -> d.status() == Download.Status.COMPLETED);
                boolean file = rig.database.readNow(sql -> sql.fetchExists(MEDIA_FILE, MEDIA_FILE.ITEM_ID.eq(key.id())));
                assertThat(file).as("%s %s: a finished row and its file go together", where, key).isEqualTo(whole.isPresent());
                if (whole.isEmpty()) continue;
                here++;
                assertThat(rig.bytes(whole.get())).as("%s %s", where, key).isEqualTo(music.get(i));
            }
            int kept = here;
            Rig.await(() -> rig.files().stream().filter(f -> f.endsWith(".flac")).count() == kept,
                    () -> where + ": files without rows " + rig.files());
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged(), report.unknown())).as(where).allMatch(List::isEmpty);
            int names = rig.database.readNow(sql -> sql.fetchCount(RESERVED_PATH));
            assertThat(names).as("%s: names for what is still to come", where).isLessThanOrEqualTo(TRACKS - kept);
        }
        return here;
    }
}
