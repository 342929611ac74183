package app.waxwing.store;

import static app.waxwing.store.Durability.KEPT;
import static app.waxwing.store.Lane.USER;
import static app.waxwing.store.schema.Tables.COUNTER;
import static app.waxwing.store.schema.Tables.PENDING_ACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import app.waxwing.base.FailureException;
import app.waxwing.testing.ShiftedTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    @TempDir
    Path folder;
    private final ShiftedTime time = new ShiftedTime();
    private final AtomicReference<Optional<Path>> chosen = new AtomicReference<>(Optional.empty());
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("data").resolve("waxwing.db");
    }

    @AfterEach
    void end() {
        time.close();
    }

    private Database open() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        return Database.open(file, time, chosen::get);
    }

    /// A library with words that only its index, only a cache, or only a real table holds.
    static void fill(Database database) {
        database.write(KEPT, USER, sql -> {
            sql.execute("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                    + "VALUES (1, 's', 'u', 'jellyfin', 'Home', 'ida', 'http://s', 'd', 0)");
            for (int i = 0; i < 400; i++) {
                sql.execute("INSERT INTO track (account_id, item_id, title, sort_title, artist_name) VALUES (1, ?, ?, ?, ?)", "t" + i,
                        "Title " + i, "title " + i, "Artist");
                sql.execute("INSERT INTO track_fts (rowid, title, artist) VALUES ((SELECT max(id) FROM track), ?, ?)",
                        "onlyintheindex" + i, "artist");
                sql.execute("INSERT INTO search_word (word, kinds) VALUES (?, 4)", "onlyamongwords" + i);
                sql.execute("INSERT INTO image (account_id, item_id, tag, size, file, fetched_at) VALUES (1, ?, 'tag', 300, ?, 0)",
                        "t" + i, "onlyinthecache" + i);
            }
            sql.execute("INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, played_ms, source) "
                    + "VALUES (1, 't1', 'Title 1', 'Artist', 5, 1000, 'local')");
            sql.execute("INSERT INTO pending_action (account_id, kind, item_id, item_kind, detail, token, created_at) "
                    + "VALUES (1, 'favourite', 't1', 'track', 'on', 'one', 5), (1, 'play', 't2', 'track', '2026-01-01T00:00:00Z', 'two', 6)");
            return 0;
        }).join();
    }

    private static String text(Path backup) throws IOException {
        try (var in = BackupFile.open(backup)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    private static int count(Database database, String table) {
        return database.readNow(sql -> sql.fetchCount(org.jooq.impl.DSL.table(table)));
    }

    @Test
    @DisplayName("4.16 a backup is compressed, made while the database is used, and goes without search index and caches")
    void small() throws Exception {
        try (Database database = open()) {
            fill(database);
            Backups.Backup backup = database.backups().make();
            assertThat(backup.file().toString()).endsWith(".db.gz");
            assertThat(backup.bytes()).isEqualTo(Files.size(backup.file())).isLessThan(database.figures().fileBytes());
            String text = text(backup.file());
            assertThat(text).contains("Title 399").doesNotContain("onlyintheindex").doesNotContain("onlyamong")
                    .doesNotContain("onlyinthecache");
            assertThat(count(database, "image")).as("what is used stays as it is").isEqualTo(400);
            assertThat(database.<Integer>readNow(
                    sql -> sql.fetch("SELECT rowid FROM track_fts WHERE track_fts MATCH 'onlyintheindex7'").size())).isEqualTo(1);
            assertThat(database.searchIndexMissing()).isFalse();
        }
        try (var all = Files.list(folder.resolve("data/backups"))) {
            assertThat(all.toList()).as("nothing half is left").hasSize(1);
        }
    }

    @Test
    @DisplayName("4.16 at most 1 GiB of backups in all, but never fewer than two")
    void atMostAGibibyte() throws Exception {
        try (Database database = open()) {
            Path backups = Files.createDirectories(folder.resolve("data/backups"));
            for (int day = 1; day <= 5; day++) {
                try (var sparse = new RandomAccessFile(backups.resolve("waxwing-2020010" + day + "-000000.db").toFile(), "rw")) {
                    sparse.setLength(day <= 3 ? 100_000_000L : 600_000_000L);
                }
            }
            database.backups().make();
            assertThat(database.backups().list()).extracting(b -> b.file().getFileName().toString()).as("the new one and one of 600 MB")
                    .hasSize(2).element(1).isEqualTo("waxwing-20200105-000000.db");
        }
    }

    /// One backup a day for so many days, the last of them now.
    private void daily(Database database, int days) throws IOException {
        for (int day = 1; day <= days; day++) {
            if (day > 1) time.setClock(Duration.ofHours(24));
            database.backups().make();
        }
    }

    private static List<Path> files(Database database) {
        return database.backups().list().stream().map(Backups.Backup::file).toList();
    }

    @Test
    @DisplayName("4.16 the oldest of a full list can be restored: it is checked first, then what is here is backed up, and it goes for nothing")
    void theOldestIsRestored() throws Exception {
        try (Database database = open()) {
            fill(database);
            daily(database, 7);
            database.write(KEPT, USER, sql -> sql.execute("DELETE FROM track")).join();
            time.setClock(Duration.ofHours(24));
            List<Path> before = files(database);
            Path oldest = before.getLast();
            database.restore(oldest, p -> {});
            assertThat(oldest).exists();
            assertThat(files(database)).hasSize(7).contains(oldest).doesNotContain(before.get(5));
            assertThat(BackupFile.noted(unpackedNewest(database), BackupFile.MADE_AT)).isPresent();
        }
        try (Database next = open()) {
            assertThat(count(next, "track")).isEqualTo(400);
        }
    }

    private Path unpackedNewest(Database database) throws IOException {
        Path to = folder.resolve("newest.db");
        try (var in = BackupFile.open(files(database).getFirst())) {
            Files.copy(in, to);
        }
        return to;
    }

    @Test
    @DisplayName("4.16 a restore that fails makes no backup, so that tries push no good day out")
    void failedTriesKeepAll() throws Exception {
        try (Database database = open()) {
            daily(database, 7);
            List<Path> before = files(database);
            Path bad = Files.writeString(folder.resolve("letter.txt"), "Dear Ida, ".repeat(1000));
            Path cut = folder.resolve("cut.gz");
            Files.write(cut, Arrays.copyOf(Files.readAllBytes(before.getLast()), 900));
            for (int i = 0; i < 4; i++) {
                time.setClock(Duration.ofSeconds(7));
                for (Path wrong : List.of(bad, cut)) {
                    assertThatThrownBy(() -> database.restore(wrong, p -> {})).isInstanceOf(FailureException.class);
                }
            }
            assertThat(files(database)).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("4.16 ten backups of one day push out each other, and the older days stay; of one moment none takes another's place")
    void severalOfOneDay() throws Exception {
        try (Database database = open()) {
            daily(database, 7);
            List<Path> before = files(database);
            time.setClock(Duration.ofHours(24));
            Path last = before.getFirst();
            for (int i = 0; i < 10; i++) last = database.backups().make().file();
            assertThat(files(database)).hasSize(7).startsWith(last).containsAll(before.subList(0, 6));
            time.setClock(Duration.ofHours(24));
            Path next = database.backups().make().file();
            assertThat(files(database)).as("each day has one: the oldest goes").hasSize(7).startsWith(next, last)
                    .containsAll(before.subList(0, 5)).doesNotContain(before.get(5));
        }
    }

    @Test
    @DisplayName("4.16 the user chooses the folder; while it is away the usual one serves; both are looked through")
    void chosenFolder() throws Exception {
        Path stick = Files.createDirectories(folder.resolve("stick"));
        Path stranger = Files.writeString(stick.resolve("waxwing-20200101-000000.db"), "not ours");
        chosen.set(Optional.of(stick));
        try (Database database = open()) {
            fill(database);
            assertThat(database.backups().make().file()).startsWith(stick).exists();
            time.setClock(Duration.ofHours(30));
            chosen.set(Optional.of(folder.resolve("unplugged")));
            assertThat(database.backups().make().file()).startsWith(folder.resolve("data/backups"));
            chosen.set(Optional.of(stick));
            assertThat(database.backups().list()).hasSize(2);
            for (int i = 0; i < 8; i++) {
                time.setClock(Duration.ofHours(25));
                database.backUpDaily();
            }
            assertThat(database.backups().list()).hasSize(7);
        }
        assertThat(stranger).hasContent("not ours");
        byte[] bad = new byte[8192];
        Arrays.fill(bad, (byte) 7);
        Files.write(file, bad);
        try (Database again = open()) {
            assertThat(again.recovered().orElseThrow().backup()).isPresent();
            assertThat(count(again, "track")).isEqualTo(400);
        }
    }

    @Test
    @DisplayName("issue 4, 4.16 what is left of a backup that was being made when the program ended goes with the next one, in each of our folders")
    void unfinished() throws Exception {
        Path stick = Files.createDirectory(folder.resolve("stick"));
        chosen.set(Optional.of(stick));
        try (Database database = open()) {
            Path ours = database.backups().make().file().getParent();
            Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
            List<Path> left = new ArrayList<>();
            for (Path each : List.of(folder.resolve("data/backups"), ours, elsewhere)) {
                left.add(Files.writeString(each.resolve("waxwing-20200101-000000.db.gz.new"), "half"));
                left.add(Files.writeString(each.resolve("waxwing-20200102-000000.db.new"), "half"));
                left.add(Files.writeString(each.resolve("waxwing-notes.db.new"), "somebody's"));
            }
            database.backups().make(elsewhere, false);
            assertThat(left).as("one of the user's own is no time to tidy").allSatisfy(each -> assertThat(each).exists());
            database.backups().make();
            assertThat(left).filteredOn(Files::exists).containsExactly(left.get(2), left.get(5), left.get(6), left.get(7), left.get(8));
            assertThat(files(database)).hasSize(2);
        }
    }

    @Test
    @DisplayName("4.16 a backup into a file of the user's choice never takes another file's place unasked")
    void intoAFile() throws Exception {
        try (Database database = open()) {
            Path there = Files.writeString(folder.resolve("mine.gz"), "precious");
            assertThatThrownBy(() -> database.backups().make(there, false)).isInstanceOf(FailureException.class)
                    .hasMessageContaining("already");
            assertThat(there).hasContent("precious");
            assertThatThrownBy(() -> database.backups().make(folder.resolve("no/such/file"), false)).isInstanceOf(FailureException.class);
            assertThat(database.backups().make(folder.resolve("new.gz"), false).bytes()).isPositive();
            assertThat(database.backups().make(folder, false).file()).hasParentRaw(folder);
            assertThat(database.backups().list()).as("none of the daily ones").isEmpty();
            for (Path made : List.of(folder.resolve("new.gz"), database.backups().make().file())) {
                if (Files.getFileStore(made).supportsFileAttributeView("posix")) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).as("its owner's alone")
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    @DisplayName("4.16 the library that is in use is no backup: it cannot be restored, and no backup takes its place")
    void notTheRunningOne() throws Exception {
        try (Database database = open()) {
            fill(database);
            Path link = Files.createLink(folder.resolve("link.db"), file);
            for (Path same : List.of(file, link, Path.of(file + "-wal"))) {
                assertThatThrownBy(() -> database.restore(same, p -> {})).as("%s", same).isInstanceOf(FailureException.class)
                        .hasMessageContaining("is the library that is in use");
            }
            assertThatThrownBy(() -> database.backups().make(file, true)).isInstanceOf(FailureException.class)
                    .hasMessageContaining("is the library that is in use");
            assertThat(database.backups().list()).isEmpty();
            assertThat(count(database, "track")).isEqualTo(400);
        }
        try (Database next = open()) {
            assertThat(next.recovered()).isEmpty();
        }
    }

    /// A backup of now, after which more happens.
    private Path backedUp() throws Exception {
        try (Database database = open()) {
            fill(database);
            Path backup = database.backups().make(folder.resolve("one.gz"), false).file();
            database.write(KEPT, USER, sql -> sql.execute("DELETE FROM track WHERE item_id < 't2'")).join();
            return backup;
        }
    }

    @Test
    @DisplayName("4.16 a restore: checked with progress, the next start is the backup, what was replaced is kept, waiting changes are held and it is written down")
    void restored() throws Exception {
        Path backup = backedUp();
        Instant at;
        int before;
        try (Database database = open()) {
            before = count(database, "track");
            List<RestoreProgress> told = new ArrayList<>();
            at = database.restore(backup, told::add);
            assertThat(told).extracting(RestoreProgress::phase).startsWith(RestoreProgress.Phase.UNPACKING)
                    .endsWith(RestoreProgress.Phase.CHECKING, RestoreProgress.Phase.KEEPING, RestoreProgress.Phase.READY);
            assertThat(at).isCloseTo(time.now(), new org.assertj.core.data.TemporalUnitWithinOffset(2, ChronoUnit.MINUTES));
            assertThat(count(database, "track")).as("until it is closed").isEqualTo(before).isLessThan(400);
        }
        try (Database next = open()) {
            Recovery recovery = next.recovered().orElseThrow();
            assertThat(recovery.asked()).isTrue();
            assertThat(recovery.held()).isEqualTo(2);
            assertThat(recovery.sentence()).contains("was put back as it was on ", ".replaced-", "2 changes that waited then")
                    .doesNotContain("damaged");
            assertThat(recovery.aside().orElseThrow()).exists();
            assertThat(count(next, "track")).isEqualTo(400);
            assertThat(count(next, "image")).isZero();
            assertThat(next.searchIndexMissing()).isTrue();
            assertThat(next.afresh()).as("files are compared with the rows").isTrue();
            assertThat(next
                    .<List<Long>>readNow(sql -> sql.select(PENDING_ACTION.HELD_FROM).from(PENDING_ACTION).fetch(PENDING_ACTION.HELD_FROM)))
                    .containsOnly(at.toEpochMilli()).hasSize(2);
            assertThat(next.<List<Audit.Entry>>readNow(sql -> Audit.newest(sql, 10))).anySatisfy(
                    e -> assertThat(e).matches(x -> x.action().equals("restore") && x.actor() == Audit.Actor.USER
                            && x.at().isAfter(at.minusSeconds(60))));
            next.reconciled();
        }
        try (Database third = open()) {
            assertThat(third.recovered()).isEmpty();
            assertThat(third.<List<Audit.Entry>>readNow(sql -> Audit.newest(sql, 10))).filteredOn(e -> e.action().equals("restore"))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("C.3 4, 4.16 what waits in a backup is told from what waited for too long: made in its own moment, or held for its age in it")
    void heldOutOfABackup() throws Exception {
        try (Database database = open()) {
            fill(database);
            database.write(KEPT, USER, sql -> {
                sql.update(PENDING_ACTION).set(PENDING_ACTION.CREATED_AT, 5_000L).execute();
                return sql.update(PENDING_ACTION).set(PENDING_ACTION.CREATED_AT, 70L).set(PENDING_ACTION.HELD_FROM, 70L)
                        .where(PENDING_ACTION.ID.eq(select(min(PENDING_ACTION.ID)).from(PENDING_ACTION))).execute();
            }).join();
        }
        Files.writeString(Path.of(file + ".restored"), "hold 5000");
        try (Database next = open()) {
            List<Long> from = next
                    .<List<Long>>readNow(sql -> sql.select(PENDING_ACTION.HELD_FROM).from(PENDING_ACTION).orderBy(PENDING_ACTION.ID)
                            .fetch(PENDING_ACTION.HELD_FROM));
            assertThat(from).containsExactly(5_000L, 5_001L);
        }
    }

    @Test
    @DisplayName("4.16 a restore that is damaged, cut off, a stranger's or a newer Waxwing's is refused, and nothing is changed")
    void refused() throws Exception {
        Path backup = backedUp();
        byte[] good = Files.readAllBytes(backup);
        byte[] flipped = good.clone();
        for (int i = good.length / 2; i < good.length / 2 + 40; i++) flipped[i] ^= 0x55;
        Path bad = Files.write(folder.resolve("bad.gz"), flipped);
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(good, good.length * 2 / 3));
        Path text = Files.writeString(folder.resolve("letter.txt"), "Dear Ida, ".repeat(1000));
        Path newer = folder.resolve("newer.db");
        try (var in = BackupFile.open(backup)) {
            Files.copy(in, newer);
        }
        try (var connection = Connections.source(newer).getConnection()) {
            Connections.run(connection, "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, "
                    + "installed_by, execution_time, success) VALUES (999, '999', 'x', 'SQL', 'V999__x.sql', 1, '', 1, 1)");
        }
        Path other = folder.resolve("other.db");
        try (var connection = Connections.source(other).getConnection()) {
            Connections.run(connection, "CREATE TABLE letters (id INTEGER)");
        }
        int tracks;
        try (Database database = open()) {
            tracks = count(database, "track");
            for (Path wrong : List.of(bad, cut, text)) {
                assertThatThrownBy(() -> database.restore(wrong, p -> {})).as("%s", wrong).isInstanceOf(FailureException.class)
                        .hasMessageContaining("damaged");
            }
            assertThatThrownBy(() -> database.restore(newer, p -> {})).hasMessageContaining("newer Waxwing");
            assertThatThrownBy(() -> database.restore(other, p -> {})).hasMessageContaining("no backup of Waxwing");
        }
        try (Database next = open()) {
            assertThat(next.recovered()).isEmpty();
            assertThat(count(next, "track")).isEqualTo(tracks);
        }
        try (var all = Files.list(folder.resolve("data"))) {
            assertThat(all.map(p -> p.getFileName().toString())).noneMatch(n -> n.contains("restor"));
        }
    }

    @Test
    @DisplayName("4.16 a restore that was prepared and not agreed to is none: cancelled, ended in order or killed, the next start is what was here")
    void notAgreedTo() throws Exception {
        Path backup = backedUp();
        Path unpacked = folder.resolve("data/waxwing.db.restoring");
        int tracks;
        try (Database database = open()) {
            tracks = count(database, "track");
            database.prepareRestore(backup, p -> {});
            database.cancelRestore();
            assertThat(unpacked).doesNotExist();
            assertThatThrownBy(database::planRestore).isInstanceOf(FailureException.class);
            database.prepareRestore(backup, p -> {});
            assertThatThrownBy(() -> database.prepareRestore(folder.resolve("nowhere"), p -> {})).isInstanceOf(FailureException.class);
            assertThatThrownBy(database::planRestore).as("the one before is forgotten").isInstanceOf(FailureException.class);
            database.prepareRestore(backup, p -> {});
            assertThat(unpacked).exists();
        }
        assertThat(unpacked).as("an orderly end cancels").doesNotExist();
        try (var in = BackupFile.open(backup)) { // killed with the question on the screen
            Files.copy(in, unpacked);
        }
        try (Database next = open()) {
            assertThat(next.recovered()).isEmpty();
            assertThat(count(next, "track")).isEqualTo(tracks).isLessThan(400);
        }
        try (var all = Files.list(folder.resolve("data"))) {
            assertThat(all.map(p -> p.getFileName().toString())).noneMatch(n -> n.contains("restor") || n.contains("replaced"));
        }
    }

    @Test
    @DisplayName("4.16 killed between any two steps of a restore, the next start ends with the backup, whole and held")
    void killedBetween() throws Exception {
        Path backup = backedUp();
        try (Database database = open()) {
            database.restore(backup, p -> {});
        }
        Path unpacked = folder.resolve("data/waxwing.db.restoring");
        Path planned = folder.resolve("data/waxwing.db.restore");
        byte[] sound = Files.readAllBytes(unpacked);
        byte[] plan = Files.readAllBytes(planned);
        byte[] before = Files.readAllBytes(file);
        for (int step = 0; step < 3; step++) {
            for (String left : List.of("", "-wal", "-shm", ".closed", ".restored")) Files.deleteIfExists(Path.of(file + left));
            Files.write(planned, plan);
            if (step == 0) Files.write(file, before); // nothing was done yet
            if (step <= 1) Files.write(unpacked, sound); // step 1: the old one is aside, the new one not in its place
            if (step == 2) { // the new one is in its place, the plan not yet gone, nothing held
                Files.write(file, sound);
                Files.writeString(Path.of(file + ".restored"), "hold " + new String(plan, java.nio.charset.StandardCharsets.UTF_8));
            }
            try (Database next = open()) {
                assertThat(count(next, "track")).as("step %s", step).isEqualTo(400);
                assertThat(next.<Integer>readNow(
                        sql -> sql.fetchCount(org.jooq.impl.DSL.table("pending_action"),
                                org.jooq.impl.DSL.condition("held_from IS NOT NULL"))))
                        .as("step %s", step).isEqualTo(2);
                assertThat(next.afresh()).isTrue();
                assertThat(next.integrityCheck().join()).isEmpty();
            }
            assertThat(planned).doesNotExist();
            assertThat(unpacked).doesNotExist();
        }
    }

    @Test
    @DisplayName("4.18 renewed backups hold nothing of what was deleted before")
    void renewed() throws Exception {
        try (Database database = open()) {
            fill(database);
            database.backups().make();
            time.setClock(Duration.ofHours(30));
            database.backups().make();
            database.write(KEPT, USER, sql -> sql.execute("DELETE FROM account")).join();
            time.setClock(Duration.ofHours(30));
            database.backups().renew();
            assertThat(database.backups().list()).hasSize(1);
            assertThat(text(database.backups().list().getFirst().file())).doesNotContain("Title 1").doesNotContain("ida");
            assertThat(database.<Integer>readNow(sql -> sql.fetchCount(COUNTER))).isZero();
        }
    }
}
