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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    /// So many in a row on one data folder.
    private static final int IN_A_ROW = 50;
    private static final int LONG_IN_A_ROW = 4;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    @TempDir
    Path folder;

    private List<byte[]> tracks(FaultServer server, Path data, int count, int least, int most) {
        List<byte[]> music = new ArrayList<>();
        try (var rig = new Rig(data, server, Rig.FAST, new SystemDisk(), r -> r, false)) {
            for (int i = 0; i < count; i++) {
                byte[] bytes = TransferTest.music(least + random.nextInt(most - least), random.nextLong());
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
        long again;
        long most;
        long nearest;
        long telling;
        long nanos;
    }

    /// How a batch of kills goes.
    private enum Kind {
        /// Short runs over many tracks of two megabytes, killed anywhere and at named places.
        MANY,
        /// Runs over long tracks, each so long that an engine which forgets how far it was must fetch more again than it may.
        LONG
    }

    @Test
    @DisplayName("2.4 2.22 B.27 B.31 kill -9 at random and at named places while three downloads run, fifty in a row: after each no row is lost, "
            + "none that was complete is less, no file is without a row, and what is fetched twice is at most max(4 MiB, 2 s of transfer); "
            + "in the end all are complete and right, and nothing is left over")
    void killed(TestReporter reporter) throws Exception {
        var found = new Found();
        int runs = TestScale.kills() / 20;
        int many = TestScale.kills() - runs;
        for (int done = 0; done < many; done += IN_A_ROW) batch(found, Kind.MANY, Math.min(IN_A_ROW, many - done));
        for (int done = 0; done < runs; done += LONG_IN_A_ROW) batch(found, Kind.LONG, Math.min(LONG_IN_A_ROW, runs - done));
        reporter.publishEntry(Map.of("seed", String.valueOf(seed), "kills", String.valueOf(found.kills), "while three ran",
                String.valueOf(found.whileThreeRan), "at named places", String.valueOf(found.named), "after runs that tell", String
                        .valueOf(found.telling),
                "fetched twice, in all", String.valueOf(found.again), "fetched twice, most for one kill", found.most + " bytes, at most "
                        + found.nearest + " % of what one may",
                "seconds for a kill", String.valueOf(TimeUnit.NANOSECONDS.toMillis(found.nanos / Math.max(1, found.kills)) / 1000.0)));
        assertThat(found.whileThreeRan).as("seed %d: kills in the middle of transfers", seed).isGreaterThan(found.kills / 3);
        assertThat(found.telling).as("seed %d: runs long enough to tell", seed).isPositive();
    }

    private void batch(Found found, Kind kind, int kills) throws Exception {
        Path data = folder.resolve("data" + found.kills);
        try (var server = new FaultServer()) {
            List<byte[]> music = kind == Kind.MANY
                    ? tracks(server, data, 10 + 2 * kills, 200_000, 2_200_000)
                    : tracks(server, data, 4, 20 << 20, 26 << 20);
            Map<String, Integer> sizes = new HashMap<>();
            for (int i = 0; i < music.size(); i++) sizes.put("k" + i, music.get(i).length);
            var twice = new FetchedTwice();
            AfterKill before = AfterKill.NOTHING;
            boolean enqueued = false;
            for (int kill = 0; kill < kills; kill++) {
                String when = "seed " + seed + ", kill " + found.kills;
                enqueued |= kill(found, kind, server, data, music.size(), enqueued, when);
                Rig.await(server::idle, () -> when + ": the server still sends");
                twice.run(server.takeSent());
                AfterKill after = AfterKill.read(data, folder);
                after.keeps(before, data, sizes, when);
                if (enqueued) assertThat(after.rows().values()).as(when).containsExactlyInAnyOrderElementsOf(sizes.keySet());
                before = after;
            }
            server.pace(0);
            if (!enqueued) enqueue(server, data, music.size());
            check(server, data, music, before);
            twice.run(server.takeSent());
            assertThat(twice.tooMuch()).as("seed %d: fetched twice", seed).isEmpty();
            found.again += twice.all();
            found.most = Math.max(found.most, twice.most());
            found.nearest = Math.max(found.nearest, twice.nearest());
            found.telling += twice.telling();
        }
        delete(data);
    }

    /// One run and its end.
    ///
    /// @return whether this one has said that all tracks are in the queue
    private boolean kill(Found found, Kind kind, FaultServer server, Path data, int tracks, boolean goesOn, String when) throws Exception {
        int pace = kind == Kind.MANY ? 5 + random.nextInt(30) : TestScale.of(120, 25) + random.nextInt(TestScale.of(30, 95));
        server.pace(pace);
        boolean named = kind == Kind.MANY && random.nextInt(5) < 2;
        Halts.Place place = Halts.Place.values()[random.nextInt(Halts.Place.values().length)];
        long began = System.nanoTime();
        Process child = Children.in(folder).start(named ? place + ":" + (1 + random.nextInt(6)) : "never:0", data.toString(),
                server.url(""),
                String.valueOf(tracks), "original", goesOn ? DownloadChild.GOES_ON : "first");
        boolean enqueued = false;
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            if ("enqueued".equals(line)) {
                enqueued = true;
                line = out.readLine();
            }
            assertThat(line).as("%s: the child's word", when).isIn(named
                    ? java.util.Arrays.asList("running", "complete", null)
                    : List.of("running", "complete"));
            if ("running".equals(line)) found.whileThreeRan++;
            if (named) child.waitFor(600, TimeUnit.MILLISECONDS);
            else LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(kind == Kind.MANY ? random.nextInt(800) : telling(pace)));
            if (named && !child.isAlive() && child.exitValue() == 137) found.named++;
        } finally {
            child.destroyForcibly().waitFor();
        }
        found.kills++;
        found.nanos += System.nanoTime() - began;
        return enqueued;
    }

    /// Milliseconds after which three transfers at this pace have brought a third more than may be fetched twice.
    private int telling(int pace) {
        double seconds = FetchedTwice.FREE / (3 * 48_611 * 1000.0 / pace);
        return (int) (1350 * Math.max(2, seconds)) + random.nextInt(500);
    }

    /// Every run of a batch was killed before it could put the tracks into the queue.
    private static void enqueue(FaultServer server, Path data, int tracks) {
        try (var rig = new Rig(data, server, Rig.FAST, new SystemDisk(), r -> r, false).start()) {
            for (int i = 0; i < tracks; i++) rig.enqueue(new ItemKey(1, "k" + i));
        }
    }

    private void check(FaultServer server, Path data, List<byte[]> music, AfterKill before) {
        try (var rig = new Rig(data, server, Rig.FAST, new SystemDisk(), r -> r, false).start()) {
            Rig.await(() -> rig.engine.activity().completed() == music.size(), () -> "seed " + seed + ": " + rig.engine.activity());
            for (int i = 0; i < music.size(); i++) {
                Download row = rig.row(new ItemKey(1, "k" + i)).orElseThrow();
                assertThat(row.status()).as("seed %d track %d", seed, i).isEqualTo(Download.Status.COMPLETED);
                String item = before.rows().getOrDefault(row.id(), "k" + i);
                assertThat(item).as("seed %d: the item of row %d", seed, row.id()).isEqualTo("k" + i);
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
