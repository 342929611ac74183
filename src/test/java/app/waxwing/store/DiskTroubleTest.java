package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SystemTime;
import app.waxwing.testing.EmptyDatabase;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DiskTroubleTest {
    private static final Path SHIPPED = Path.of(System.getProperty("waxwing.basedir", ".")).resolve("migrations");
    @TempDir
    Path folder;

    private static void full(ThrowingCallable what, Path where) {
        assertThatThrownBy(what).hasMessage("The disk that holds " + where + " is full.")
                .isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo("disk-full"));
    }

    @Test
    @DisplayName("4.25 a full disk is called full with its folder, by the system's words and by SQLite's; other trouble keeps its own words")
    void told() {
        var system = new IOException("No space left on device");
        full(() -> {
            throw DiskTrouble.of(system, folder, "The backup", "it cannot be written");
        }, folder);
        assertThat(DiskTrouble.full(new IllegalStateException(new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL)), folder))
                .isPresent();
        Path other = folder.resolve("other");
        assertThat(DiskTrouble.of(new IOException(new Failure.DiskFull(other.toString(), 0).asException()), folder, "x", "y"))
                .hasMessageContaining(other.toString());
        var denied = new AccessDeniedException("/x");
        assertThat(DiskTrouble.full(denied, folder)).isEmpty();
        assertThat(DiskTrouble.of(denied, folder, "The backup", "it cannot be written")).hasMessage("The backup: it cannot be written.");
        assertThat(DiskTrouble.full(new IOException("Input/output error"), folder)).isEmpty();
    }

    @Test
    @DisplayName("4.1, 4.25 an older library that has no room to be brought up to date: the user reads that the disk is full, and it is as it was before")
    void migration() throws Exception {
        Path scripts = Files.createDirectory(folder.resolve("scripts"));
        Files.copy(SHIPPED.resolve("V1__first_library.sql"), scripts.resolve("V1__first_library.sql"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Path file = data.resolve("waxwing.db");
        try (var time = new SystemTime()) {
            Database.open(file, time, Migrations.in(scripts)).close();
            Path large = Files.writeString(scripts.resolve("V2__large.sql"),
                    "PRAGMA max_page_count = 1; CREATE TABLE large (x); INSERT INTO large VALUES (zeroblob(50000000));");
            full(() -> Database.open(file, time, Migrations.in(scripts)), data);
            Files.delete(large);
            try (var database = Database.open(file, time, Migrations.in(scripts))) {
                assertThat(database.recovered()).isEmpty();
                assertThat(database.schema()).isEqualTo(1);
            }
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private Path volume(String name, int megabytes) throws Exception {
        Path mount = Files.createDirectory(folder.resolve(name));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", mount.toString()),
                "a volume can be mounted here (needs root and a kernel that allows it)");
        return mount;
    }

    /// Bytes that no packing makes fewer.
    private static void fill(Database database) {
        byte[] bytes = new byte[3_000_000];
        new Random(7).nextBytes(bytes);
        database.write(Durability.KEPT, Lane.USER,
                sql -> sql.execute("INSERT INTO counter (name, value) VALUES (?, 1)", java.util.HexFormat.of().formatHex(bytes))).join();
    }

    @Test
    @DisplayName("4.16, 4.25 a real small volume: a backup that it has no room for says that the disk is full and which, among the daily ones too")
    void backup() throws Exception {
        Path stick = volume("stick", 1);
        try (var time = new SystemTime();
                var database = Database.open(EmptyDatabase.at(folder.resolve("data/waxwing.db")), time, () -> Optional.of(stick))) {
            fill(database);
            full(() -> database.backups().make(stick.resolve("mine.gz"), false), stick);
            assertThat(database.backUpDaily()).isFalse();
            assertThat(database.backupState().failure())
                    .hasValueSatisfying(f -> assertThat(f).isInstanceOfSatisfying(Failure.DiskFull.class,
                            full -> assertThat(full.volume()).startsWith(stick + "/waxwing-backups-")));
            assertThat(Files.walk(stick).filter(Files::isRegularFile)).as("nothing half stays").isEmpty();
        } finally {
            run("umount", stick.toString());
        }
    }

    @Test
    @DisplayName("4.16, 4.25 a real small volume: a good backup that cannot be unpacked for want of room is not called unreadable")
    void restore() throws Exception {
        try (var time = new SystemTime()) {
            Path backup;
            try (var database = EmptyDatabase.open(folder.resolve("other/waxwing.db"), time)) {
                fill(database);
                backup = database.backups().make(folder.resolve("one.gz"), false).file();
            }
            Path data = volume("data", 4);
            try (var database = EmptyDatabase.open(data.resolve("waxwing.db"), time)) {
                full(() -> database.prepareRestore(backup, p -> {}), data);
            } finally {
                run("umount", data.toString());
            }
        }
    }
}
