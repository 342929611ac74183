package app.waxwing.store;

import static app.waxwing.store.Durability.KEPT;
import static app.waxwing.store.Lane.USER;
import static app.waxwing.store.schema.Tables.COUNTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.testing.ShiftedTime;
import app.waxwing.testing.TestScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryTest {
    private static final int ROWS = 6000;
    @TempDir
    Path folder;
    private final ShiftedTime time = new ShiftedTime();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("waxwing.db");
    }

    @AfterEach
    void end() {
        time.close();
    }

    /// What may become of a file.
    enum Damage {
        HEADER {
            @Override
            void to(Path file) throws IOException {
                write(file, 0, 64);
            }
        },
        WITHIN_THE_HEADER {
            @Override
            void to(Path file) throws IOException {
                write(file, 30, 600);
            }
        },
        FIRST_PAGE {
            @Override
            void to(Path file) throws IOException {
                write(file, 100, 3900);
            }
        },
        MIDDLE {
            @Override
            void to(Path file) throws IOException {
                // Twelve pages, so that some of them are of the tree and not of free space.
                write(file, Files.size(file) / 2 / 4096 * 4096, 12 * 4096);
            }
        },
        TRUNCATED {
            @Override
            void to(Path file) throws IOException {
                try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
                    channel.truncate(Files.size(file) / 2 + 100);
                }
            }
        },
        EMPTY {
            @Override
            void to(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        GONE {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void to(Path file) throws IOException;

        private static void write(Path file, long at, int bytes) throws IOException {
            byte[] bad = new byte[bytes];
            Arrays.fill(bad, (byte) 0xA5);
            try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(bad), at);
            }
        }
    }

    private void pass() {
        time.setClock(Duration.ofHours(25));
    }

    private Database open() {
        return Database.open(file, time);
    }

    private static void put(Database database, String name, long value) {
        database.write(KEPT, USER, sql -> sql.insertInto(COUNTER).set(COUNTER.NAME, name).set(COUNTER.VALUE, value).execute()).join();
    }

    private static long count(Database database) {
        return database.readNow(sql -> (long) sql.fetchCount(COUNTER, COUNTER.NAME.ne(BackupFile.NO_SEARCH_INDEX)));
    }

    private void fill(Database database) {
        database.write(KEPT, USER, sql -> {
            for (int i = 0; i < ROWS; i++) {
                sql.insertInto(COUNTER).set(COUNTER.NAME, "row " + i + "-".repeat(100)).set(COUNTER.VALUE, (long) i).execute();
            }
            return 0;
        }).join();
    }

    private List<Path> named(String part) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(p -> p.getFileName().toString().contains(part)).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("B.33 4.16 a damaged database is set aside, the newest sound backup takes its place, and the user is told")
    void restored(Damage damage) throws Exception {
        try (Database first = open()) {
            fill(first);
            assertThat(first.backUpDaily()).isTrue();
            put(first, "after the backup", 1);
        }
        damage.to(file);
        byte[] damaged = damage == Damage.GONE ? new byte[0] : Files.readAllBytes(file);
        try (Database second = open()) {
            assertThat(count(second)).isEqualTo(ROWS);
            Recovery recovery = second.recovered().orElseThrow();
            assertThat(recovery.backup()).isPresent();
            assertThat(recovery.sentence()).contains(
                    (damage == Damage.GONE ? "was not there" : "was damaged") + " and was put back as it was on ");
            assertThat(second.integrityCheck().join()).isEmpty();
            if (damage != Damage.GONE) {
                assertThat(recovery.sentence()).contains(".damaged-");
                assertThat(Files.readAllBytes(recovery.aside().orElseThrow())).as("kept as it was").isEqualTo(damaged);
            }
            put(second, "new", 1);
        }
        try (Database third = open()) {
            assertThat(third.recovered()).isEmpty();
            assertThat(third.afresh()).as("until the files were looked through").isTrue();
            third.reconciled();
            assertThat(count(third)).isEqualTo(ROWS + 1);
        }
        try (Database fourth = open()) {
            assertThat(fourth.afresh()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HEADER", "FIRST_PAGE", "MIDDLE", "TRUNCATED"})
    @DisplayName("B.33 without a backup a new database begins at once, the damaged one is kept, and the user is told to sign in")
    void withoutBackup(Damage damage) throws Exception {
        try (Database first = open()) {
            fill(first);
        }
        damage.to(file);
        try (Database second = open()) {
            assertThat(count(second)).isZero();
            assertThat(second.recovered().orElseThrow()).matches(r -> r.backup().isEmpty() && r.aside().isPresent());
            assertThat(second.recovered().orElseThrow().sentence()).contains("sign in again");
        }
        assertThat(named(".damaged-")).isNotEmpty();
    }

    @Test
    @DisplayName("4.16 a database that somebody deleted is said not to be there: without a backup a new one begins and the user is told; a first start is none")
    void gone() throws Exception {
        try (Database first = open()) {
            assertThat(first.recovered()).as("nothing was here before").isEmpty();
            fill(first);
        }
        Damage.GONE.to(file);
        try (Database second = open()) {
            assertThat(count(second)).isZero();
            assertThat(second.recovered().orElseThrow()).matches(r -> r.backup().isEmpty() && r.aside().isEmpty());
            assertThat(second.recovered().orElseThrow().sentence()).contains("was not there").contains("sign in again")
                    .doesNotContain("damaged");
        }
        try (Database third = open()) {
            assertThat(third.recovered()).isEmpty();
        }
    }

    @Test
    @DisplayName("4.16 the log of a killed run outlives its deleted database: it is not taken for the backup's that comes in its place")
    void logWithoutItsDatabase() throws Exception {
        Path wal = Path.of(file + "-wal");
        byte[] log;
        try (Database first = open()) {
            fill(first);
            assertThat(first.backUpDaily()).isTrue();
            for (int i = 0; i < 200; i++) put(first, "after the backup " + i, i);
            log = Files.readAllBytes(wal);
        }
        assertThat(log).isNotEmpty();
        Damage.GONE.to(file);
        Files.deleteIfExists(Path.of(file + ".closed"));
        Files.write(wal, log);
        try (Database second = open()) {
            assertThat(second.integrityCheck().join()).isEmpty();
            assertThat(count(second)).isEqualTo(ROWS);
            assertThat(second.recovered().orElseThrow().sentence()).contains("was not there");
        }
    }

    @Test
    @DisplayName("B.33 whatever bytes are bad, the start ends with a sound database")
    void anywhere() throws Exception {
        try (Database first = open()) {
            fill(first);
            first.backUpDaily();
        }
        byte[] good = Files.readAllBytes(file);
        long seed = System.nanoTime();
        var random = new java.util.Random(seed);
        for (int round = 0; round < TestScale.of(12, 200); round++) {
            byte[] bad = good.clone();
            int at = random.nextInt(round % 2 == 0 ? 200 : bad.length);
            for (int i = at; i < Math.min(bad.length, at + 1 + random.nextInt(5000)); i++) bad[i] = (byte) random.nextInt();
            if (round % 5 == 4) bad = Arrays.copyOf(bad, 1 + random.nextInt(bad.length));
            Files.write(file, bad);
            String run = "seed " + seed + " round " + round + " at " + at;
            try (Database next = open()) {
                assertThat(next.integrityCheck().join()).as(run).isEmpty();
                assertThat(count(next)).as(run).isEqualTo(ROWS);
            }
        }
    }

    @Test
    @DisplayName("B.33 a damaged backup is passed over for an older one")
    void damagedBackup() throws Exception {
        try (Database first = open()) {
            fill(first);
            first.backUpDaily();
            put(first, "second day", 1);
            pass();
            assertThat(first.backUpDaily()).isTrue();
        }
        List<Path> backups = named("waxwing-2");
        assertThat(backups).hasSize(2);
        Damage.MIDDLE.to(backups.getLast());
        Damage.HEADER.to(file);
        try (Database second = open()) {
            assertThat(count(second)).isEqualTo(ROWS);
            assertThat(second.recovered().orElseThrow().backup()).isPresent();
        }
    }

    @Test
    @DisplayName("4.16 a backup a day while it is used, the newest seven stay, and each is a whole database")
    void daily() throws Exception {
        try (Database database = open()) {
            for (int day = 0; day < 10; day++) {
                put(database, "day " + day, day);
                assertThat(database.backUpDaily()).isTrue();
                assertThat(database.backUpDaily()).as("once a day").isFalse();
                pass();
            }
        }
        List<Path> backups = named("waxwing-2");
        assertThat(backups).hasSize(7).allSatisfy(b -> assertThat(Soundness.wrong(unpacked(b), true)).isEmpty());
        file = unpacked(backups.getFirst());
        try (Database oldest = open()) {
            int days = oldest.readNow(sql -> sql.fetchCount(COUNTER, COUNTER.NAME.like("day%")));
            assertThat(days).isEqualTo(4);
        }
    }

    private Path unpacked(Path backup) throws IOException {
        Path to = Files.createDirectories(folder.resolve("unpacked")).resolve(backup.getFileName() + ".unpacked");
        try (var in = BackupFile.open(backup)) {
            Files.copy(in, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return to;
    }

    @Test
    @DisplayName("4.25, B.33 the connection is lost: damage that SQLite meets while it runs is told and remembered: the next start puts the backup in its place")
    void metInTheMiddle() throws Exception {
        Database database = open();
        fill(database);
        database.backUpDaily();
        database.close();
        database = open();
        Damage.MIDDLE.to(file);
        Database used = database;
        assertThatThrownBy(() -> {
            for (int i = 0; i < 50; i++) used.readNow(sql -> sql.fetch("SELECT * FROM counter ORDER BY value, name"));
        }).isInstanceOf(FailureException.class);
        assertThat(database.doubtful()).isTrue();
        assertThat(database.backUpDaily()).isFalse();
        database.close();
        try (Database next = open()) {
            assertThat(next.recovered()).isPresent();
            assertThat(count(next)).isEqualTo(ROWS);
        }
    }

    @Test
    @DisplayName("4.26 damage that a check by hand finds is put right by the next start, also where the program was killed after it: an index that lacks a row")
    void foundByHand() throws Exception {
        Database database = open();
        fill(database);
        database.backUpDaily();
        database.write(KEPT, USER, sql -> {
            sql.execute("CREATE INDEX lacking ON counter (value)");
            sql.execute("PRAGMA writable_schema = ON");
            sql.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX lacking ON counter (name)' WHERE name = 'lacking'");
            return 0;
        }).join();
        database.close();
        database = open();
        assertThat(database.recovered()).as("nobody looked").isEqualTo(Optional.empty());
        assertThat(database.integrityCheck().join()).isNotEmpty();
        assertThat(database.doubtful()).isTrue();
        assertThat(folder.resolve("waxwing.db.closed")).as("noted at once").exists();
        database.close();
        try (Database next = open()) {
            assertThat(next.recovered()).isPresent();
            assertThat(next.integrityCheck().join()).isEmpty();
            assertThat(count(next)).isEqualTo(ROWS);
        }
    }

    @Test
    @DisplayName("4.26 at the start the program checks itself: a file that was closed as it should be is not looked through again; one that was not is, and goes on when it is sound")
    void closedWell() throws Exception {
        open().close();
        assertThat(folder.resolve("waxwing.db.closed")).exists();
        Database database = open();
        put(database, "a", 1);
        assertThat(folder.resolve("waxwing.db.closed")).doesNotExist();
        Path copy = Files.createDirectory(folder.resolve("killed")).resolve("waxwing.db");
        for (String suffix : new String[]{"", "-wal"}) Files.copy(Path.of(file + suffix), Path.of(copy + suffix));
        database.close();
        file = copy;
        try (Database killed = open()) {
            assertThat(killed.recovered()).isEqualTo(Optional.empty());
            assertThat(count(killed)).isEqualTo(1);
        }
    }
}
