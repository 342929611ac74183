package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerCutTest {
    private static final Instant DATE = Instant.parse("2024-05-01T10:00:00Z");
    private static final int SIZE = 700_000;
    @TempDir
    Path folder;

    @Test
    @DisplayName("2.4 2.22 B.27 B.31 the power goes at each touch of the disk, and everything that was not forced is lost: the next start ends with the right file")
    void everyTouch() throws Exception {
        boolean reached = true;
        int cuts = 0;
        for (int at = 1; reached; at += TestScale.of(5, 1)) {
            reached = cut(at);
            if (reached) cuts++;
        }
        assertThat(cuts).isGreaterThan(3);
    }

    /// @return false when the download was over before that many touches; then the power goes after its end
    private boolean cut(int at) throws Exception {
        Path data = folder.resolve("data" + at);
        Path media = app.waxwing.base.AppPaths.under(data).media().toAbsolutePath().normalize();
        Path left = folder.resolve("left" + at);
        Path database = app.waxwing.base.AppPaths.under(data).database();
        Path keptDatabase = folder.resolve("kept" + at + ".db");
        var old = Version.of(TransferTest.music(SIZE, at), DATE);
        var now = Version.of(TransferTest.music(SIZE, at + 1000L), DATE.plusSeconds(60));
        try (var server = new FaultServer()) {
            server.file(Rig.path("p"), now);
            server.script(Rig.path("p"), r -> FaultServer.serve(old, r).cut(300_000, false),
                    r -> FaultServer.serve(old, r).cut(200_000, true));
            var disk = new PowerCutDisk(media, left, at, () -> snapshot(database, keptDatabase));
            ItemKey key;
            boolean over;
            try (var rig = new Rig(data, server, Rig.PATIENT, disk, r -> r, false).start()) {
                key = rig.track(1, "p", SIZE);
                rig.enqueue(key);
                Rig.await(() -> disk.dark() || rig.row(key).filter(d -> d.status() == Status.COMPLETED).isPresent(), () -> "neither");
                over = !disk.dark();
                if (over) disk.cutNow();
            }
            // What the power cut left takes the place of what was written after it.
            delete(media.resolve("Artist"));
            Files.createDirectories(left);
            try (var all = Files.walk(left)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    Path to = media.resolve(left.relativize(file).toString());
                    if (disk.lost(to)) continue;
                    Files.createDirectories(Finishing.parent(to));
                    Files.copy(file, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (Files.notExists(left.resolve(".waxwing/manifest.jsonl"))) Files.deleteIfExists(media.resolve(".waxwing/manifest.jsonl"));
            for (String end : new String[]{"-wal", "-shm", ""}) Files.deleteIfExists(Path.of(database + end));
            Files.copy(keptDatabase, database);
            try (var rig = new Rig(data, server, Rig.PATIENT, new SystemDisk(), r -> r, false).start()) {
                rig.track(1, "p", SIZE);
                rig.enqueue(key);
                rig.await(key, Status.COMPLETED);
                assertThat(rig.bytes(rig.row(key).orElseThrow())).as("touch %d", at).isEqualTo(now.bytes());
                Rig.await(() -> rig.files().size() == 1, () -> "left over: " + rig.files());
                assertThat(rig.engine.verify(false).join().damaged()).as("touch %d", at).isEmpty();
            }
            return !over;
        }
    }

    /// All that is committed in this moment.
    private static void snapshot(Path database, Path to) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database); var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 20000");
            statement.execute("vacuum into '" + to + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) {
        if (Files.notExists(folder)) return;
        try (var all = Files.walk(folder)) {
            for (Path at : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
