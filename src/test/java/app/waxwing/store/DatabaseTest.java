package app.waxwing.store;

import static app.waxwing.store.Durability.KEPT;
import static app.waxwing.store.Durability.SOON;
import static app.waxwing.store.Lane.BULK;
import static app.waxwing.store.Lane.USER;
import static app.waxwing.store.schema.Tables.COUNTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.SystemTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DatabaseTest {
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final List<Database> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(Database::close);
        time.close();
    }

    private Database open() {
        Database database = Database.open(folder.resolve("waxwing.db"), time);
        opened.add(database);
        return database;
    }

    private static int put(DSLContext sql, String name, long value) {
        return sql.insertInto(COUNTER).set(COUNTER.NAME, name).set(COUNTER.VALUE, value).execute();
    }

    private static long count(Database database) {
        return database.readNow(sql -> (long) sql.fetchCount(COUNTER));
    }

    @Test
    @DisplayName("4.3 a first start makes the file; what is written is there after closing and opening again, and closing folds the WAL in")
    void makesAndKeeps() throws Exception {
        Database first = open();
        first.write(KEPT, USER, sql -> put(sql, "a", 1)).join();
        first.close();
        assertThat(folder.resolve("waxwing.db-wal")).satisfiesAnyOf(p -> assertThat(p).doesNotExist(), p -> assertThat(p).isEmptyFile());
        assertThat(count(open())).isEqualTo(1);
    }

    @Test
    @DisplayName("1.3 one read after the other goes to the same thread, which has in memory what the last one read; reads at once run beside each other")
    void theSameReader() throws Exception {
        Database database = open();
        for (int i = 0; i < 12; i++) {
            idle();
            assertThat(database.<String>read(sql -> Thread.currentThread().getName()).join()).isEqualTo("read-1");
        }
        idle();
        var all = new CountDownLatch(4);
        var names = java.util.stream.IntStream.range(0, 9).mapToObj(i -> database.<String>read(sql -> {
            all.countDown();
            await(all);
            return Thread.currentThread().getName();
        })).toList().stream().map(CompletableFuture::join).toList();
        assertThat(names).hasSize(9).contains("read-1", "read-2", "read-3", "read-4");
    }

    /// No reader does anything any more.
    private static void idle() throws InterruptedException {
        while (Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("read-"))
                .anyMatch(t -> t.getState() != Thread.State.WAITING))
            Thread.onSpinWait();
    }

    @Test
    @DisplayName("4.10, 4.25 rollback: a transaction that fails leaves nothing, and takes no other of its group with it")
    void failsAlone() {
        Database database = open();
        var gate = new CountDownLatch(1);
        var blocker = database.write(SOON, USER, sql -> await(gate));
        var good = database.write(KEPT, USER, sql -> put(sql, "good", 1));
        var bad = database.write(KEPT, USER, sql -> {
            put(sql, "half", 1);
            throw new IllegalArgumentException("no");
        });
        var twice = database.write(KEPT, USER, sql -> put(sql, "good", 2));
        var last = database.write(KEPT, USER, sql -> put(sql, "last", 1));
        gate.countDown();
        blocker.join();
        good.join();
        last.join();
        assertThatThrownBy(bad::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(twice::join).satisfies(e -> assertThat(Database.duplicate(e)).as("4.12 known by its code").isTrue());
        List<String> names = database.readNow(sql -> sql.select(COUNTER.NAME).from(COUNTER).orderBy(COUNTER.NAME).fetch(COUNTER.NAME));
        assertThat(names).containsExactly("good", "last");
    }

    @Test
    @DisplayName("4.10 an error in one transaction fails that one alone: the next ones are written")
    void anError() {
        Database database = open();
        for (Lane lane : Lane.values()) {
            var broken = database.write(KEPT, lane, sql -> {
                put(sql, "half", 1);
                throw new StackOverflowError();
            });
            assertThatThrownBy(broken::join).hasRootCauseInstanceOf(StackOverflowError.class);
        }
        database.write(KEPT, USER, sql -> put(sql, "next", 1)).join();
        List<String> names = database.readNow(sql -> sql.select(COUNTER.NAME).from(COUNTER).fetch(COUNTER.NAME));
        assertThat(names).containsExactly("next");
    }

    @Test
    @DisplayName("DESIGN 2: users' writes go before bulk ones that were submitted earlier")
    void userLaneFirst() {
        Database database = open();
        var gate = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        var all = new ArrayList<CompletableFuture<?>>();
        all.add(database.write(SOON, USER, sql -> await(gate)));
        for (int i = 0; i < 5; i++) all.add(database.write(SOON, BULK, sql -> order.add("bulk")));
        for (int i = 0; i < 3; i++) all.add(database.write(KEPT, USER, sql -> order.add("user")));
        gate.countDown();
        all.forEach(CompletableFuture::join);
        assertThat(order).containsExactly("user", "user", "user", "bulk", "bulk", "bulk", "bulk", "bulk");
    }

    @Test
    @DisplayName("Hooks run after the commit, in order, before the future; a transaction that fails drops its own")
    void hooks() {
        Database database = open();
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        var failing = database.write(SOON, USER, sql -> {
            database.afterCommit(() -> told.add("never"));
            throw new IllegalStateException("no");
        });
        database.write(KEPT, USER, sql -> {
            database.afterCommit(() -> told.add("hook sees " + count(database)));
            return put(sql, "x", 1);
        }).thenRun(() -> told.add("future")).join();
        assertThat(failing).isCompletedExceptionally();
        assertThat(told).containsExactly("hook sees 1", "future");
        assertThatThrownBy(() -> database.afterCommit(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("4.10, 4.15 readers go on while one writes, each sees whole transactions only, and none can write")
    void readersSeeWholeTransactions() {
        Database database = open();
        var writes = new ArrayList<CompletableFuture<?>>();
        var reads = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 200; i++) {
            int n = i;
            writes.add(database.write(SOON, i % 2 == 0 ? USER : BULK, sql -> put(sql, "a" + n, 1) + put(sql, "b" + n, 1)));
            reads.add(database.read(sql -> sql.fetchCount(COUNTER)));
        }
        writes.forEach(CompletableFuture::join);
        assertThat(reads).allSatisfy(r -> assertThat(r.join() % 2).isZero());
        assertThat(count(database)).isEqualTo(400);
        assertThatThrownBy(() -> database.readNow(sql -> put(sql, "reader", 1))).isInstanceOf(RuntimeException.class);
        assertThat(count(database)).isEqualTo(400);
    }

    @Test
    @DisplayName("4.15, 4.25 the pool: more questions than readers are all answered, nested ones too; closing with a query running ends in time")
    void exhaustionAndClose() throws Exception {
        Database database = open();
        var nested = new ArrayList<CompletableFuture<Long>>();
        for (int i = 0; i < 64; i++) nested.add(database.read(sql -> count(database)));
        assertThat(nested).allSatisfy(r -> assertThat(r.get(60, TimeUnit.SECONDS)).isZero());
        var endless = database.read(sql -> sql.fetchValue(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000000) SELECT count(*) FROM n"));
        database.close();
        assertThat(endless.handle((r, e) -> e != null).get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(database.write(SOON, USER, sql -> 1)).isCompletedExceptionally();
    }

    @Test
    @DisplayName("4.17 a slow statement is counted and told without its values; so are the sizes of the file and of its log")
    void slowStatementsAreCounted() throws Exception {
        Database database = open();
        // On a busy machine opening it may have been slow too.
        assertThat(database.slow()).noneMatch(s -> s.sql().contains("RECURSIVE"));
        long before = database.figures().slow();
        String slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n";
        database.readNow(sql -> sql.fetchValue(slow, 3_000_000));
        assertThat(database.figures().slow()).isGreaterThan(before);
        assertThat(database.slow()).filteredOn(s -> s.sql().equals(slow)).singleElement().matches(s -> s.took().toMillis() >= 100);
        long empty = database.figures().walBytes();
        database.write(KEPT, USER, sql -> put(sql, "x", 1)).join();
        assertThat(database.figures().walBytes()).isGreaterThan(empty).isEqualTo(Files.size(Path.of(database.file() + "-wal")));
        assertThat(database.figures().fileBytes()).isEqualTo(Files.size(database.file()));
    }

    @Test
    @DisplayName("4.17 a reset of the figures takes the statements, the slow and the busy ones with it, and begins to count anew")
    void figuresBeginAnew() {
        Database database = open();
        database.readNow(sql -> sql.fetchValue(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT count(*) FROM n"));
        assertThat(database.figures().slow()).isPositive();
        database.reset().join();
        assertThat(database.slow()).noneMatch(s -> s.sql().contains("RECURSIVE"));
        assertThat(database.figures()).matches(f -> f.busy() == 0 && f.slow() == database.slow().size());
        long before = database.figures().statements();
        database.readNow(sql -> count(database));
        assertThat(database.figures().statements()).isGreaterThan(before);
    }

    @Test
    @DisplayName("4.15 two to four questions are read at the same time, and no more")
    void readersAtOnce() throws Exception {
        Database database = open();
        int readers = (int) Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("read-")).count();
        assertThat(readers).isBetween(2, 4);
        var together = new CountDownLatch(readers);
        var all = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < 8; i++) all.add(database.read(sql -> {
            together.countDown();
            try {
                return together.await(60, TimeUnit.SECONDS); // none ends before as many have begun as there are threads
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        for (var one : all) assertThat(one.get(90, TimeUnit.SECONDS)).as("all at once").isTrue();
    }

    @Test
    @DisplayName("4.24 foreign keys are on, and a sound file passes the integrity check")
    void foreignKeysAndIntegrity() {
        Database database = open();
        assertThatThrownBy(() -> database.write(SOON, USER, sql -> sql.execute(
                "INSERT INTO genre (account_id, name) VALUES (99, 'Jazz')")).join()).isInstanceOf(CompletionException.class);
        assertThat(database.integrityCheck().join()).isEmpty();
    }

    @Test
    @DisplayName("4.12, 4.25 of two that insert the same key at once one wins, and the other is told so by the database's code; an upsert counts both")
    void raceOfTwo() throws Exception {
        Database database = open();
        var counted = new ArrayList<CompletableFuture<Integer>>();
        for (int round = 0; round < 50; round++) {
            String name = "race " + round;
            var start = new CountDownLatch(1);
            var racers = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < 2; i++) {
                int value = i;
                racers.add(CompletableFuture.supplyAsync(() -> {
                    await(start);
                    return database.write(KEPT, USER, sql -> put(sql, name, value)).join();
                }));
            }
            start.countDown();
            List<Throwable> lost = new ArrayList<>();
            for (var racer : racers) racer.handle((n, e) -> e == null || lost.add(e)).join();
            assertThat(lost).singleElement().matches(Database::duplicate);
            for (int i = 0; i < 2; i++) {
                counted.add(database.write(SOON, USER,
                        sql -> sql.insertInto(COUNTER).set(COUNTER.NAME, "sum").set(COUNTER.VALUE, 1L).onDuplicateKeyUpdate()
                                .set(COUNTER.VALUE, COUNTER.VALUE.plus(1L)).execute()));
            }
        }
        assertThat(counted).allSatisfy(n -> assertThat(n.join()).isOne());
        long sum = database.readNow(sql -> sql.select(COUNTER.VALUE).from(COUNTER).where(COUNTER.NAME.eq("sum")).fetchSingle().value1());
        assertThat(sum).isEqualTo(100);
    }

    @Test
    @DisplayName("4.25 a full disk fails in plain words and changes nothing; with room again all goes on")
    void diskFull() {
        Database database = open();
        int pages = database.write(SOON, USER, sql -> sql.fetchSingle("PRAGMA page_count").get(0, Integer.class)).join();
        database.write(SOON, USER, sql -> sql.fetch("PRAGMA max_page_count = " + (pages + 3))).join();
        var large = database.write(KEPT, USER, sql -> {
            for (int i = 0; i < 2_000; i++) put(sql, "large " + i + "x".repeat(200), i);
            return 0;
        });
        assertThatThrownBy(large::join).cause().isInstanceOfSatisfying(app.waxwing.base.FailureException.class,
                e -> assertThat(e.failure()).isInstanceOf(app.waxwing.base.Failure.DiskFull.class));
        assertThat(count(database)).isZero();
        database.write(SOON, USER, sql -> sql.fetch("PRAGMA max_page_count = 1000000")).join();
        database.write(KEPT, USER, sql -> put(sql, "again", 1)).join();
        assertThat(count(database)).isEqualTo(1);
        assertThat(database.integrityCheck().join()).isEmpty();
    }

    @Test
    @DisplayName("4.25 where SQLite gives up a whole transaction for a full disk, everybody in it is told why, and what waited behind is carried out")
    void diskFullForAGroup() {
        Database database = open();
        int pages = database.write(SOON, USER, sql -> sql.fetchSingle("PRAGMA page_count").get(0, Integer.class)).join();
        database.write(SOON, USER, sql -> sql.fetch("PRAGMA max_page_count = " + (pages + 1))).join();
        var begun = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var blocker = database.write(SOON, USER, sql -> {
            begun.countDown();
            return await(gate);
        });
        assertThat(await(begun)).isOne();
        var before = database.write(KEPT, USER, sql -> put(sql, "before", 1));
        var large = database.write(KEPT, USER, sql -> {
            for (int i = 0; i < 2_000; i++) put(sql, "large " + i + "x".repeat(200), i);
            return 0;
        });
        var behind = database.write(KEPT, USER, sql -> put(sql, "behind", 1));
        gate.countDown();
        blocker.join();
        for (var undone : List.of(before, large)) {
            assertThatThrownBy(() -> undone.get(60, TimeUnit.SECONDS)).cause().isInstanceOfSatisfying(
                    app.waxwing.base.FailureException.class,
                    e -> assertThat(e.failure()).isInstanceOf(app.waxwing.base.Failure.DiskFull.class));
        }
        assertThatCode(() -> behind.get(60, TimeUnit.SECONDS)).doesNotThrowAnyException();
        assertThat(count(database)).isEqualTo(1);
    }

    @Test
    @DisplayName("4.25 an error of the disk under a read is told as that, though SQLite ends the transaction by itself then; the next read goes on")
    void readError() {
        Database database = open();
        for (int i = 0; i < 8; i++) {
            var read = database.read(sql -> {
                sql.execute("ROLLBACK");
                throw new DataAccessException("[SQLITE_IOERR]", new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR));
            });
            assertThatThrownBy(() -> read.get(60, TimeUnit.SECONDS)).cause().isInstanceOf(app.waxwing.base.FailureException.class)
                    .hasMessageContaining("disk");
        }
        assertThat(count(database)).isZero();
    }

    @Test
    @DisplayName("4.17, 4.25 a file that another program has locked: it is waited for, five seconds at most, then said in plain words and counted")
    void locked() throws Exception {
        Database database = open();
        try (var other = java.sql.DriverManager.getConnection("jdbc:sqlite:" + database.file())) {
            Connections.run(other, "BEGIN IMMEDIATE");
            var waits = database.write(KEPT, USER, sql -> put(sql, "waits", 1));
            assertThat(count(database)).as("readers go on").isZero();
            assertThat(waits).isNotDone();
            Connections.run(other, "COMMIT");
            waits.get(60, TimeUnit.SECONDS);
            assertThat(database.figures().busy()).as("what came to its end").isZero();
            Connections.run(other, "BEGIN IMMEDIATE");
            var refused = database.write(KEPT, USER, sql -> put(sql, "refused", 1));
            assertThatThrownBy(() -> refused.get(60, TimeUnit.SECONDS)).hasMessageContaining("another program holds it");
            assertThat(database.figures().busy()).isEqualTo(1);
            Connections.run(other, "COMMIT");
        }
        database.write(KEPT, USER, sql -> put(sql, "later", 1)).join();
        assertThat(count(database)).isEqualTo(2);
    }

    private static int await(CountDownLatch gate) {
        try {
            return gate.await(60, TimeUnit.SECONDS) ? 1 : 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
