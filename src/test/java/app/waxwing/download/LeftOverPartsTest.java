package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability.Mode;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Mailbox;
import app.waxwing.base.SystemTime;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOverPartsTest {
    private static final int ALBUMS = 1000;
    private static final int TRACKS = 10;
    private static final Duration CALM = Duration.ofSeconds(10);
    @TempDir
    Path folder;

    /// Notes which folders are looked into, and how many things were in each.
    private static final class Watched extends WrappedDisk {
        final List<Path> looked = new CopyOnWriteArrayList<>();
        volatile int things;

        @Override
        public List<Found> list(Path folder) throws IOException {
            looked.add(folder);
            List<Found> found = super.list(folder);
            things += found.size();
            return found;
        }
    }

    private static Path album(Path media, int n) {
        return media.resolve("Artist " + n / 10).resolve("Album " + n);
    }

    private static Path file(Path folder, String name, FileTime written) throws IOException {
        return Files.setLastModifiedTime(Files.writeString(Files.createDirectories(folder).resolve(name), "x"), written);
    }

    @Test
    @DisplayName("2.22 B.27 a start after a crash with 10,000 finished files looks into the folders of the rows that ran or were leaving, and "
            + "no others")
    void touched() throws Exception {
        var disk = new Watched();
        // The slow search does not begin in this test.
        var options = new DownloadOptions(0, 1L << 30, Rig.FAST.retry(), Rig.FAST.connectTimeout(), Rig.FAST.readTimeout(),
                Rig.FAST.floorWindow(), 1024, Duration.ofHours(1));
        try (var rig = new Rig(folder, new FaultServer(), options, disk).start()) {
            Path media = rig.paths.media();
            rig.network.mode(Mode.FORCED_OFFLINE);
            rig.engine.close();
            for (int n = 0; n < ALBUMS; n++) {
                Path album = Files.createDirectories(album(media, n));
                for (int t = 0; t < TRACKS; t++) Files.createFile(album.resolve(t + ".flac"));
            }
            finished(rig);
            String tag = rowsThatRan(rig, media);
            FileTime old = FileTime.from(rig.time.now().minus(Duration.ofDays(8)));
            Path beside = file(album(media, 7), "left.flac.w" + tag + "-900001.part", old);
            Path elsewhere = file(album(media, 8), "left.flac.w" + tag + "-900002.part", old);
            Path theirs = file(album(media, 7), "left.flac.part", old);
            disk.looked.clear();
            rig.reopen();
            List<Path> expected = List.of(album(media, 7), album(media, 400), album(media, 999));
            Rig.await(() -> disk.looked.size() >= expected.size(), () -> "looked into " + disk.looked);
            rig.engine.free().join(); // behind whatever else the start had to do
            assertThat(disk.looked).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(beside).doesNotExist();
            assertThat(List.of(elsewhere, theirs)).allMatch(Files::exists);
            assertThat(rig.engine.activity().completed()).isEqualTo(ALBUMS * TRACKS);
            // Nothing is left out for ever: the next start still knows that a search is due.
            assertThat(media.resolve(".waxwing").resolve("left-over-parts")).exists();
            assertThat(rig.engine.verify(true).join().repaired()).contains(media.relativize(elsewhere) + ": left-over part removed");
            assertThat(elsewhere).doesNotExist();
            assertThat(theirs).exists();
        }
    }

    /// 10,000 downloads that are whole.
    private static void finished(Rig rig) {
        rig.database.write(Durability.SOON, Lane.USER, sql -> {
            String numbers = "with recursive n(i) as (select 0 union all select i + 1 from n where i < " + (ALBUMS * TRACKS - 1) + ")";
            String path = "'Artist ' || (i / 100) || '/Album ' || (i / 10) || '/' || (i % 10) || '.flac'";
            String empty = "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'";
            sql.execute(
                    "insert into media_file (account_id, item_id, root, folder_id, path, path_key, size, modified_at, sha256, is_pinned,"
                            + " completed_at) " + numbers + " select 1, 'f' || i, 'media', 1, " + path + ", lower(" + path + "), 0, 0, "
                            + empty
                            + ", 1, 0 from n");
            return sql.execute("insert into download (account_id, item_id, origin, class, status, root, folder_id, file_path, sha256,"
                    + " queued_at, completed_at) " + numbers + " select 1, 'f' || i, 'user', 1, 'completed', 'media', 1, " + path + ", "
                    + empty + ", 0, 0 from n");
        }).join();
        assertThat(rig.database.<Integer>readNow(sql -> sql.fetchCount(MEDIA_FILE))).isEqualTo(ALBUMS * TRACKS);
    }

    /// Two ran and one was leaving when the kill came, each with its part.
    ///
    /// @return what part files of ours carry in their names
    private static String rowsThatRan(Rig rig, Path media) throws IOException {
        String tag = String.format("%016x", Roots.marker(media).orElseThrow()).substring(0, 8);
        int[] albums = {7, 400, 999};
        for (int i = 0; i < albums.length; i++) {
            int number = i;
            String track = media.relativize(album(media, albums[i])) + "/new.flac";
            rig.track(1, "ran" + i, 5);
            rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.insertInto(DOWNLOAD).set(DOWNLOAD.ID, 500_000L + number)
                    .set(DOWNLOAD.ACCOUNT_ID, 1L).set(DOWNLOAD.ITEM_ID, "ran" + number).set(DOWNLOAD.ORIGIN, "user").set(DOWNLOAD.CLASS, 1L)
                    .set(DOWNLOAD.STATUS, number < 2 ? "downloading" : "paused").set(DOWNLOAD.FOLDER_ID, 1L).set(DOWNLOAD.QUEUED_AT, 0L)
                    .set(DOWNLOAD.DELETED_AT, number < 2 ? null : (Long) 1L).set(DOWNLOAD.FILE_PATH, track)
                    .set(DOWNLOAD.PART_PATH, Names.part(track, tag, 500_000L + number)).execute()).join();
            Files.writeString(media.resolve(Names.part(track, tag, 500_000L + number)), "x");
        }
        return tag;
    }

    @Test
    @DisplayName("B.27 the slow search of everything looks at no more than 200 things a second, goes on at the next start where one ended too soon, "
            + "takes nothing younger than seven days or while music is moved, and is over when nothing is left")
    void slowly() throws Exception {
        AppPaths paths = AppPaths.under(folder);
        paths.create();
        var disk = new Watched();
        var time = new ManualTime();
        var files = Mailbox.manual("files");
        try (var real = new SystemTime(); Database database = EmptyDatabase.open(paths.database(), real)) {
            var roots = new Roots(paths.cachedMedia(), disk, new Random(3));
            roots.openCache();
            Path cache = roots.folder(Root.CACHE);
            Path mark = cache.resolve(".waxwing").resolve("left-over-parts");
            String mine = ".w" + roots.tag(Root.CACHE);
            FileTime old = FileTime.from(time.now().minus(Duration.ofDays(8)));
            for (int n = 0; n < 40; n++) for (int t = 0; t < 50; t++) file(album(cache, n), t + ".flac", old);
            Path gone = file(album(cache, 39), "a.flac" + mine + "-1.part", old);
            Path copy = file(album(cache, 0), "b.flac" + mine + "-move2.part", old);
            Path young = file(album(cache, 20), "c.flac" + mine + "-3.part", FileTime.from(time.now().minus(Duration.ofDays(6))));
            Path theirs = file(album(cache, 20), "d.flac.w00000000-3.part", old);
            var parts = new LeftOverParts(roots, disk, new DownloadStore(Rows.of(database), roots::tag),
                    (root, path) -> Files.delete(roots.resolve(root, path)), time);

            boolean[] moving = {true};
            var nothing = new DownloadStore.LeftOver(List.of(), List.of(), Set.of());
            parts.begin(files, () -> moving[0], CALM, nothing, true);
            assertThat(run(files, time, disk, Duration.ofSeconds(60))).as("things in each second").allMatch(n -> n <= 200 + 51);
            assertThat(disk.things).isGreaterThan(40 * 50);
            assertThat(List.of(gone, copy, young, theirs)).as("music is being moved").allMatch(Files::exists);

            moving[0] = false;
            parts.begin(files, () -> moving[0], CALM, nothing, false);
            // The program ends before it was everywhere.
            run(files, time, disk, CALM.plusSeconds(1));
            assertThat(mark).exists();
            files = Mailbox.manual("files");
            parts.begin(files, () -> moving[0], CALM, nothing, false);
            run(files, time, disk, Duration.ofSeconds(60));
            assertThat(List.of(gone, copy)).noneMatch(Files::exists);
            assertThat(List.of(young, theirs, mark)).allMatch(Files::exists);

            Files.setLastModifiedTime(young, old);
            parts.begin(files, () -> moving[0], CALM, nothing, false);
            run(files, time, disk, Duration.ofSeconds(60));
            assertThat(List.of(young, mark)).noneMatch(Files::exists);
            assertThat(theirs).exists();

            disk.looked.clear();
            parts.begin(files, () -> moving[0], CALM, nothing, false);
            run(files, time, disk, Duration.ofSeconds(60));
            assertThat(disk.looked).as("nothing is due any more").isEmpty();
        }
    }

    /// @return how many things were looked at in each second
    private static List<Integer> run(Mailbox files, ManualTime time, Watched disk, Duration passing) {
        List<Integer> seconds = new ArrayList<>();
        Instant end = time.now().plus(passing);
        while (time.now().isBefore(end)) {
            int before = disk.things;
            for (int tenth = 0; tenth < 10; tenth++) {
                files.runAll();
                time.pass(Duration.ofMillis(100));
            }
            seconds.add(disk.things - before);
        }
        return seconds;
    }
}
