package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.DOWNLOAD_TRAFFIC;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.RESERVED_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Reply;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

class QualityKillTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int TRACKS = 24;
    private static final int MADE = 16 * 20_000;
    /// Down, to another one with the same name, and up again.
    private static final List<Quality> WAYS = List.of(Quality.OPUS_128, Quality.MP3_192, Quality.MP3_128, Quality.ORIGINAL);
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, byte[]> music = new HashMap<>();
    @TempDir
    Path folder;

    private static String of(int track, Quality quality) {
        return "k" + track + " " + quality.word();
    }

    private void serve(FaultServer server) {
        for (int i = 0; i < TRACKS; i++) {
            String id = "k" + i;
            byte[] original = TransferTest.music(400_000 + random.nextInt(200_000), random.nextLong());
            music.put(of(i, Quality.ORIGINAL), original);
            server.file(Rig.path(id), Version.of(original, LONG_AGO));
            for (Quality quality : WAYS) {
                if (!quality.transcoded()) continue;
                byte[] made = TransferTest.music(MADE, random.nextLong());
                music.put(of(i, quality), made);
            }
        }
    }

    private byte[] sound(int track, Quality quality) {
        return java.util.Optional.ofNullable(music.get(of(track, quality))).orElseThrow();
    }

    /// The server makes transcodes of one quality: the address of a request does not tell which.
    private void making(FaultServer server, Quality quality) {
        if (!quality.transcoded()) return;
        for (int i = 0; i < TRACKS; i++) {
            byte[] made = sound(i, quality);
            server.always(Rig.transcode("k" + i, quality), r -> Reply.of(200, made, "Content-Type: audio/ogg").inChunks());
        }
    }

    @Test
    @DisplayName("Quality 2.4 B.27 kill -9 while 24 finished tracks change their quality, down and up: at every moment each has one whole file, "
            + "its old one or its new one; in the end all have the new one and nothing else is left")
    void killed(TestReporter reporter) throws Exception {
        Children children = Children.in(folder);
        Path data = folder.resolve("data");
        int kills = 0;
        int midway = 0;
        try (var server = new FaultServer()) {
            serve(server);
            try (var rig = rig(data, server).start()) {
                for (int i = 0; i < TRACKS; i++) rig.enqueue(rig.track(1, "k" + i, sound(i, Quality.ORIGINAL).length));
                settled(rig, Quality.ORIGINAL);
            }
            Quality before = Quality.ORIGINAL;
            for (int round = 0; round < TestScale.of(1, 12); round++) {
                for (Quality quality : WAYS) {
                    making(server, quality);
                    for (int kill = 0; kill < TestScale.of(1, 4); kill++) {
                        server.pace(2 + random.nextInt(15));
                        kill(children, data, server, quality);
                        kills++;
                        midway += oldOrNew(data, server, before, quality);
                    }
                    server.pace(0);
                    try (var rig = rig(data, server)) {
                        // As if a day had gone by: so many fetches of one track in a day are what the runaway guard is for.
                        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(DOWNLOAD_TRAFFIC).execute()).join();
                        rig.start();
                        rig.engine.enqueue(keys(), Download.Origin.USER, 0, quality.word()).join();
                        settled(rig, quality);
                    }
                    before = quality;
                }
            }
        }
        reporter.publishEntry(
                Map.of("seed", String.valueOf(seed), "kills", String.valueOf(kills), "tracks that were still old or not yet all new",
                        String.valueOf(midway)));
        assertThat(midway).as("seed %d: kills in the middle of a change", seed).isPositive();
    }

    private void kill(Children children, Path data, FaultServer server, Quality quality) throws IOException, InterruptedException {
        boolean named = random.nextInt(5) < 3;
        Halts.Place place = Halts.Place.values()[random.nextInt(Halts.Place.values().length)];
        Process child = children.start(named ? place + ":" + (1 + random.nextInt(24)) : "never:0", data.toString(), server.url(""),
                String.valueOf(TRACKS), quality.word());
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            if ("enqueued".equals(line)) line = out.readLine();
            assertThat(line).as("seed %d: the child's word", seed)
                    .isIn(named ? Arrays.asList("running", "complete", null) : List.of("running", "complete"));
            if (named) child.waitFor(600, TimeUnit.MILLISECONDS);
            else LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /// What the database and the disk say right after the kill: every file that a row calls whole is whole, and each track has one.
    ///
    /// @return of how many tracks only the old one is here
    private int oldOrNew(Path data, FaultServer server, Quality before, Quality quality) throws IOException {
        int old = 0;
        try (var rig = rig(data, server)) {
            for (int i = 0; i < TRACKS; i++) {
                String item = "k" + i;
                int track = i;
                var files = rig.database.readNow(sql -> sql.selectFrom(MEDIA_FILE).where(MEDIA_FILE.ITEM_ID.eq(item)).fetch());
                assertThat(files).as("seed %d: files of %s", seed, item).hasSize(1).allSatisfy(f -> {
                    assertThat(f.getQuality()).as("seed %d", seed).isIn(before.word(), quality.word());
                    assertThat(Files.readAllBytes(rig.paths.media().resolve(f.getPath())))
                            .as("seed %d: %s in %s", seed, item, f.getQuality())
                            .isEqualTo(music.get(of(track, Quality.of(f.getQuality()).orElseThrow())));
                });
                int rows = rig.database
                        .readNow(sql -> sql.fetchCount(DOWNLOAD, DOWNLOAD.ITEM_ID.eq(item).and(DOWNLOAD.DELETED_AT.isNull())));
                assertThat(rows).as("seed %d: rows of %s", seed, item).isEqualTo(1);
                if (files.getFirst().getQuality().equals(before.word())) old++;
            }
        }
        return old;
    }

    /// All have this quality, whole and right, and nothing is left of another.
    private void settled(Rig rig, Quality quality) {
        Rig.await(() -> all(rig, quality), () -> "seed " + seed + ": " + rig.engine.activity() + " " + rig.files() + keys().stream()
                .flatMap(key -> rig.row(key).flatMap(Download::error).stream()).distinct().toList());
        Rig.await(
                () -> rig.files().size() == TRACKS && rig.files().stream().noneMatch(f -> f.contains(" ("))
                        && rig.database.readNow(sql -> sql.fetchCount(RESERVED_PATH)) == 0,
                () -> "seed " + seed + " left over: " + rig.files());
        for (int i = 0; i < TRACKS; i++) {
            Download row = rig.row(new ItemKey(1, "k" + i)).orElseThrow();
            assertThat(rig.bytes(row)).as("seed %d track %d in %s", seed, i, quality).isEqualTo(music.get(of(i, quality)));
        }
        var report = rig.engine.verify(false).join();
        assertThat(List.of(report.missing(), report.damaged(), report.unknown())).as("seed %d", seed).allMatch(List::isEmpty);
        assertThat(rig.engine.activity().completed()).as("seed %d", seed).isEqualTo(TRACKS);
    }

    private static boolean all(Rig rig, Quality quality) {
        return rig.database.readNow(sql -> sql.fetchCount(DOWNLOAD, DOWNLOAD.QUALITY.eq(quality.word()).and(DOWNLOAD.STATUS.eq("completed"))
                .and(DOWNLOAD.DELETED_AT.isNull()))) == TRACKS;
    }

    private static List<ItemKey> keys() {
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < TRACKS; i++) keys.add(new ItemKey(1, "k" + i));
        return keys;
    }

    private static Rig rig(Path data, FaultServer server) {
        return new Rig(data, server, Rig.PATIENT, new SystemDisk(), r -> r, false);
    }
}
