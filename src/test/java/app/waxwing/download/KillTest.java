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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    /// So many in a row on one data folder.
    private static final int IN_A_ROW = 50;
    private static final int REFETCHED = 4 << 20;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    @TempDir
    Path folder;
    private Children children = Children.NONE;

    @BeforeEach
    void archive() throws Exception {
        children = Children.in(folder);
        try (var server = new FaultServer()) {
            Path data = folder.resolve("warm");
            List<byte[]> music = tracks(server, data, 3);
            children.archive(data.toString(), server.url(""), String.valueOf(music.size()));
        }
    }

    private List<byte[]> tracks(FaultServer server, Path data, int count) {
        List<byte[]> music = new ArrayList<>();
        try (var rig = new Rig(data, server, Rig.FAST, new SystemDisk(), r -> r, false)) {
            for (int i = 0; i < count; i++) {
                byte[] bytes = TransferTest.music(200_000 + random.nextInt(2_000_000), random.nextLong());
                music.add(bytes);
                server.file(Rig.path("k" + i), Version.of(bytes, LONG_AGO));
                rig.track(1, "k" + i, bytes.length);
            }
        }
        return music;
    }

    /// What all rounds together found.
    private static final class Found {
        int kills;
        int whileThreeRan;
        int named;
        long refetched;
        long most;
        long nanos;
    }

    @Test
    @DisplayName("2.4 2.22 B.27 B.31 kill -9 at random and at named places while three downloads run, fifty in a row: in the end all are complete "
            + "and right, no row is lost, nothing is left over, and little is fetched twice")
    void killed(TestReporter reporter) throws Exception {
        var found = new Found();
        for (int done = 0; done < TestScale.kills(); done += IN_A_ROW) {
            batch(found, done, Math.min(IN_A_ROW, TestScale.kills() - done));
        }
        reporter.publishEntry(Map.of("seed", String.valueOf(seed), "kills", String.valueOf(found.kills), "while three ran",
                String.valueOf(found.whileThreeRan), "at named places", String.valueOf(found.named), "fetched twice, in all",
                String.valueOf(found.refetched), "fetched twice, most for one kill", String.valueOf(found.most), "seconds for a kill",
                String.valueOf(TimeUnit.NANOSECONDS.toMillis(found.nanos / Math.max(1, found.kills)) / 1000.0)));
        assertThat(found.whileThreeRan).as("seed %d: kills in the middle of transfers", seed).isGreaterThan(found.kills / 3);
    }

    private void batch(Found found, int number, int kills) throws Exception {
        Path data = folder.resolve("data" + number);
        try (var server = new FaultServer()) {
            List<byte[]> music = tracks(server, data, 10 + 2 * kills);
            Map<String, Long> reached = new HashMap<>();
            for (int kill = 0; kill < kills; kill++) {
                server.pace(5 + random.nextInt(30));
                boolean named = random.nextInt(5) < 2;
                Halts.Place place = Halts.Place.values()[random.nextInt(Halts.Place.values().length)];
                long began = System.nanoTime();
                Process child = children.start(named ? place + ":" + (1 + random.nextInt(6)) : "never:0", data.toString(), server.url(""),
                        String.valueOf(music.size()));
                long ran = 0;
                try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
                    String line = out.readLine();
                    assertThat(line).as("kill %d, seed %d: the child's word", number + kill, seed).isIn(named
                            ? java.util.Arrays.asList("running", "complete", null)
                            : List.of("running", "complete"));
                    long now = System.nanoTime();
                    if ("running".equals(line)) found.whileThreeRan++;
                    if (named) child.waitFor(600, TimeUnit.MILLISECONDS);
                    else LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(800)));
                    if (named && !child.isAlive() && child.exitValue() == 137) found.named++;
                    ran = System.nanoTime() - now;
                } finally {
                    child.destroyForcibly().waitFor();
                }
                found.kills++;
                found.nanos += System.nanoTime() - began;
                count(found, server, reached, ran, number + kill);
            }
            server.pace(0);
            check(server, data, music);
        }
        delete(data);
    }

    /// Bytes that went out again: below what had gone out before of the same track.
    private void count(Found found, FaultServer server, Map<String, Long> reached, long ran, int kill) {
        long again = 0;
        long all = 0;
        for (FaultServer.Sent sent : server.takeSent()) {
            long before = reached.getOrDefault(sent.path(), 0L);
            long end = sent.from() + sent.count();
            again += Math.max(0, Math.min(before, end) - sent.from());
            all += sent.count();
            reached.put(sent.path(), Math.max(before, end));
        }
        long twoSeconds = ran == 0 ? 0 : (long) (all * (2e9 / Math.max(ran, 2e8)));
        assertThat(again).as("seed %d, kill %d: fetched twice", seed, kill).isLessThanOrEqualTo(Math.max(REFETCHED, twoSeconds));
        found.refetched += again;
        found.most = Math.max(found.most, again);
    }

    private void check(FaultServer server, Path data, List<byte[]> music) {
        try (var rig = new Rig(data, server, Rig.FAST, new SystemDisk(), r -> r, false).start()) {
            Rig.await(() -> rig.engine.activity().completed() == music.size(), () -> "seed " + seed + ": " + rig.engine.activity());
            for (int i = 0; i < music.size(); i++) {
                Download row = rig.row(new ItemKey(1, "k" + i)).orElseThrow();
                assertThat(row.status()).as("seed %d track %d", seed, i).isEqualTo(Download.Status.COMPLETED);
                assertThat(rig.bytes(row)).as("seed %d track %d", seed, i).isEqualTo(music.get(i));
            }
            Rig.await(() -> rig.files().size() == music.size(), () -> "seed " + seed + " left over: " + rig.files());
            assertThat(rig.files()).as("seed %d", seed).allMatch(f -> f.endsWith(".flac"));
            int files = rig.database.readNow(sql -> sql.fetchCount(MEDIA_FILE));
            int rows = rig.database.readNow(sql -> sql.fetchCount(DOWNLOAD));
            assertThat(List.of(files, rows)).as("seed %d", seed).containsExactly(music.size(), music.size());
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged(), report.unknown())).as("seed %d", seed).allMatch(List::isEmpty);
        }
    }

    static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path at : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(at);
        }
    }
}
