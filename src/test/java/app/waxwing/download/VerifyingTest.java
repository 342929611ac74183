package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Mailbox;
import app.waxwing.base.SystemTime;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyingTest {
    private static final int MUSIC = 12;
    @TempDir
    Path folder;

    @Test
    @DisplayName("0.3 verify adopts one file a step: what is posted to `files` meanwhile comes between each two, and what a download brings or "
            + "makes whole meanwhile is no stranger and no left-over")
    void oneAStep() throws Exception {
        AppPaths paths = AppPaths.under(folder);
        paths.create();
        var files = Mailbox.manual("files");
        try (var time = new SystemTime(); Database database = EmptyDatabase.open(paths.database(), time)) {
            database.write(Durability.KEPT, Lane.USER, sql -> sql.insertInto(ACCOUNT).set(ACCOUNT.ID, 1L).set(ACCOUNT.SERVER_ID, "server")
                    .set(ACCOUNT.USER_ID, "user").set(ACCOUNT.KIND, "jellyfin").set(ACCOUNT.SERVER_NAME, "Test").set(ACCOUNT.USER_NAME, "u")
                    .set(ACCOUNT.URL, "http://t").set(ACCOUNT.DEVICE_ID, "d").set(ACCOUNT.SIGNED_IN_AT, 0L).execute()).join();
            Rows rows = Rows.of(database);
            var disk = new SystemDisk();
            var roots = new Roots(paths.cachedMedia(), disk, new Random(5));
            roots.openCache();
            var store = new DownloadStore(rows, roots::tag);
            var fileRows = new FileRows(rows);
            var finishing = new Finishing(roots, disk, store);
            var house = new Housekeeping(roots, disk, store, fileRows, finishing, new FileCopy(roots, disk, fileRows), time);
            List<Manifest.Line> lines = new ArrayList<>();
            for (int i = 0; i < MUSIC; i++) lines.add(ours(roots, "Album " + i / 4 + "/" + i + ".flac", i));
            Manifest.Line late = ours(roots, "Album 9/late.flac", MUSIC);
            Files.writeString(roots.folder(Root.CACHE).resolve("theirs.flac"), "not ours");

            String left = part(roots, 76);
            String finished = part(roots, 77);

            var verifier = new Verifier(roots, finishing, fileRows, house, true, List.of(), Map.of(),
                    new MissedRows(rows), new OtherUsers(Map.of()), root -> said -> 0);
            assertThat(house.adopt(Root.CACHE, late, false)).as("a download ends while verify is at work").isTrue();
            var report = new Verifying(files, new MissedRows(rows), ids -> CompletableFuture.completedFuture(null),
                    ids -> CompletableFuture.completedFuture(null), true).with(CompletableFuture.completedFuture(verifier));
            Set<Integer> seen = new HashSet<>();
            between(files, report, () -> {
                int adopted = fileRows.paths(Root.CACHE).join().size() - 1;
                seen.add(adopted);
                if (adopted == MUSIC) disk.delete(roots.resolve(Root.CACHE, finished));
            });
            files.runAll();
            assertThat(report).isCompleted();
            for (int i = 0; i <= MUSIC; i++) assertThat(seen).as("what came between saw so many known").contains(i);
            List<String> mended = new ArrayList<>(lines.stream().map(line -> line.path() + ": known again").toList());
            mended.add(left + ": left-over part removed");
            assertThat(report.join().repaired()).as("a part that became whole meanwhile is none that was left")
                    .containsExactlyInAnyOrderElementsOf(mended);
            assertThat(report.join().unknown()).containsExactly("theirs.flac");
            assertThat(report.join().damaged()).isEmpty();
        }
    }

    /// As a tick or a removal would: posted again and again until the report is there.
    private static void between(Mailbox files, CompletableFuture<?> report, Look look) {
        files.post(() -> {
            try {
                look.now();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            if (!report.isDone()) between(files, report, look);
        });
    }

    private interface Look {
        void now() throws IOException;
    }

    private static String part(Roots roots, int number) throws IOException {
        String path = "Album 0/x.flac.w" + roots.tag(Root.CACHE) + "-" + number + ".part";
        Files.writeString(roots.resolve(Root.CACHE, path), "half");
        return path;
    }

    private static Manifest.Line ours(Roots roots, String path, int i) throws IOException {
        Path file = roots.resolve(Root.CACHE, path);
        Files.createDirectories(Finishing.parent(file));
        Files.write(file, TransferTest.music(2000, i));
        var line = new Manifest.Line(path, "server", "user", "i" + i, "original", 2000, Finishing.digest(file), Optional.empty(),
                Validators.NONE, List.of());
        roots.manifest(Root.CACHE).add(line);
        return line;
    }
}
