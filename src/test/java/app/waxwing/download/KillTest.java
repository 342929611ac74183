package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int SIZE = 2_500_000;
    @TempDir
    Path folder;

    @Test
    @DisplayName("B.31 2.22 kill -9 while three downloads run, again and again: in the end all are complete, right, and nothing is left over")
    void killed() throws Exception {
        int kills = TestScale.kills();
        int tracks = 20 + 2 * kills;
        int interrupted = 0;
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var server = new FaultServer()) {
            for (int i = 0; i < tracks; i++) server.file(Rig.path("k" + i), Version.of(TransferTest.music(SIZE, i), LONG_AGO));
            server.pace(15);
            try (var rig = new Rig(folder, server, Rig.FAST, new SystemDisk())) {
                for (int i = 0; i < tracks; i++) rig.track(1, "k" + i, SIZE);
                rig.engine.close();
                rig.database.close();
                for (int kill = 0; kill < kills; kill++) {
                    Process child = child(server, tracks);
                    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
                        String line = out.readLine();
                        assertThat(line).as("kill %d, seed %d: the child's word", kill, seed).isIn("running", "complete");
                        if ("running".equals(line)) interrupted++;
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1200)));
                    } finally {
                        child.destroyForcibly().waitFor();
                    }
                }
                assertThat(interrupted).as("seed %d: kills in the middle of transfers", seed).isGreaterThan(kills * 3 / 4);
                server.pace(0);
                Process last = child(server, tracks);
                assertThat(last.waitFor(120, TimeUnit.SECONDS)).as("seed %d: all complete", seed).isTrue();
                assertThat(last.exitValue()).isZero();
                check(server, tracks, seed);
                System.out.printf("%d kills, %d of them in the middle of transfers, %d files right; seed %d%n", kills, interrupted, tracks,
                        seed);
            }
        }
    }

    private void check(FaultServer server, int tracks, long seed) throws IOException {
        try (var rig = new Rig(folder, server, Rig.FAST, new SystemDisk()).start()) {
            for (int i = 0; i < tracks; i++) {
                Download row = rig.row(new ItemKey(1, "k" + i)).orElseThrow();
                assertThat(row.status()).as("seed %d", seed).isEqualTo(Download.Status.COMPLETED);
                assertThat(rig.bytes(row)).as("seed %d track %d", seed, i).isEqualTo(TransferTest.music(SIZE, i));
            }
            assertThat(rig.files()).as("seed %d", seed).hasSize(tracks).allMatch(f -> f.endsWith(".flac"));
            int files = rig.database.readNow(sql -> sql.fetchCount(MEDIA_FILE));
            int rows = rig.database.readNow(sql -> sql.fetchCount(DOWNLOAD));
            assertThat(List.of(files, rows)).as("seed %d", seed).containsExactly(tracks, tracks);
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged(), report.unknown())).as("seed %d", seed).allMatch(List::isEmpty);
        }
    }

    private Process child(FaultServer server, int tracks) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path log = folder.resolve("child.log");
        if (Files.notExists(log)) Files.createFile(log);
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto", "--enable-native-access=ALL-UNNAMED", "-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true", "-cp",
                classPath,
                DownloadChild.class.getName(), folder.toString(), server.url(""), String.valueOf(tracks))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }
}
