package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.RESERVED_PATH;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.PowerMonitor;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.server.MediaRequest;
import app.waxwing.store.Durability;
import app.waxwing.store.Work;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.TestScale;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole queue with attempts that are only pretended, one thread and a clock that the test moves: seeded sequences of everything that can
/// happen, against rules that must always hold.
class QueueModelTest {
    private static final int ACCOUNTS = 2;
    private static final int ITEMS = 6;
    private static final DownloadOptions OPTIONS = new DownloadOptions(0, 1L << 30, Rig.FAST.retry(), Rig.FAST.connectTimeout(),
            Rig.FAST.readTimeout(), Rig.FAST.floorWindow(), 1024, Duration.ofSeconds(10));
    @TempDir
    Path folder;

    /// One try that does what the test says.
    private static final class Pretended implements Attempt {
        final Entry entry;
        final PartFile part;
        final Consumer<TransferEnd> ended;
        boolean stopped;

        Pretended(Entry entry, PartFile part, Consumer<TransferEnd> ended) {
            this.entry = entry;
            this.part = part;
            this.ended = ended;
        }

        @Override
        public PartFile part() {
            return part;
        }

        @Override
        public Entry entry() {
            return entry;
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public void rank(int now) {}
    }

    /// No byte is kept; nothing is ever there.
    private static final class NoDisk extends WrappedDisk {
        @Override
        public boolean delete(Path file) {
            return false;
        }

        @Override
        public boolean exists(Path file) {
            return false;
        }

        @Override
        public long size(Path file) {
            return -1;
        }
    }

    private static final class Direct implements Rows {
        final DSLContext sql;

        Direct(DSLContext sql) {
            this.sql = sql;
        }

        @Override
        public <T> CompletableFuture<T> write(Durability durability, Work<T> work) {
            return CompletableFuture.completedFuture(sql.transactionResult(c -> work.with(c.dsl())));
        }

        @Override
        public <T> CompletableFuture<T> read(Work<T> query) {
            return CompletableFuture.completedFuture(query.with(sql));
        }
    }

    /// One sequence: an engine, its world, and what was seen of it.
    private final class World {
        final long seed;
        final Random random;
        final DSLContext sql;
        final SwitchedNetwork net = new SwitchedNetwork();
        final LimitChoice limits = LimitChoice.of(Limits.USUAL);
        final List<Pretended> attempts = new ArrayList<>();
        final Set<Long> arrived = new HashSet<>();
        final Map<Long, Download> waitedForSlot = new HashMap<>();
        final List<String> told = new ArrayList<>();
        /// Those that could have run when another of their account that stood behind them began: what held them must be known by the end.
        final Map<Long, Long> overtaken = new HashMap<>();
        final List<AssertionError> broken = new ArrayList<>();
        ManualTime time = new ManualTime();
        Duration passed = Duration.ZERO;
        Mailbox box = Mailbox.manual("downloads");
        Mailbox files = Mailbox.manual("files");
        Downloads engine;
        /// What a transfer tells after each MiB.
        java.util.function.LongConsumer mebibyte = id -> {};

        World(long seed, DSLContext sql) {
            this.seed = seed;
            this.sql = sql;
            random = new Random(seed);
            engine = begin();
        }

        private Downloads begin() {
            box = Mailbox.manual("downloads");
            files = Mailbox.manual("files");
            time = new ManualTime();
            time.pass(passed);
            TransferSource source = new TransferSource() {
                @Override
                public MediaRequest request(ItemKey track, Purpose purpose) {
                    throw new IllegalStateException("nothing is fetched here");
                }

                @Override
                public OkHttpClient client(long account) {
                    throw new Failure.NotFound("account").asException();
                }
            };
            Mailbox current = box;
            var made = new Downloads(new Direct(sql), AppPaths.under(folder), new NoDisk(), source, net,
                    new Surroundings(limits, NetworkMonitor.NONE, PowerMonitor.NONE, () -> ZoneOffset.UTC), time, OPTIONS, new Random(seed),
                    k -> false, p -> {}, new Workers(box, files, files, tools -> {
                        mebibyte = tools.mebibyte();
                        return starter(current);
                    }));
            var ready = made.start();
            settle();
            assertThat(ready).as(this::where).isCompleted();
            return made;
        }

        private Attempt.Starter starter(Mailbox current) {
            return new Attempt.Starter() {
                @Override
                public Attempt begin(Entry entry, PartFile part, Consumer<TransferEnd> ended) {
                    try {
                        assertThat(current).as(where()).isSameAs(box);
                        return started(new Pretended(entry, part, ended));
                    } catch (AssertionError e) {
                        broken.add(e); // a mailbox would only log it
                        throw e;
                    }
                }

                @Override
                public void close() {}
            };
        }

        private Pretended started(Pretended attempt) {
            told.add("  begins " + attempt.entry.id());
            assertThat(attempts).as(this::where).noneMatch(a -> a.entry.id() == attempt.entry.id());
            // Nobody of the same account that stood before it and could have run.
            for (Entry row : rows()) {
                if (waitedForSlot.containsKey(row.id()) && row.state() instanceof DownloadState.Queued
                        && row.key().account() == attempt.entry.key().account() && row.id() != attempt.entry.id()
                        && Entry.ORDER.compare(row, attempt.entry) < 0) {
                    overtaken.put(row.id(), attempt.entry.id());
                }
            }
            attempts.add(attempt);
            return attempt;
        }

        String where() {
            return "seed " + seed + ":\n" + String.join("\n", told.subList(Math.max(0, told.size() - 30), told.size()));
        }

        void settle() {
            for (int rounds = 0; box.runAll() + files.runAll() > 0; rounds++) {
                if (rounds > 1000) throw new AssertionError("never quiet, " + where());
            }
        }

        List<Entry> rows() {
            return DownloadRows.all(sql, DownloadRows.PRESENT);
        }

        Optional<Entry> any() {
            List<Entry> all = rows();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
        }

        void act() {
            int dice = random.nextInt(100);
            if (dice < 22) {
                List<ItemKey> keys = new ArrayList<>();
                for (int n = 1 + random.nextInt(3); n > 0; n--)
                    keys.add(new ItemKey(1 + random.nextInt(ACCOUNTS), "i" + random.nextInt(ITEMS)));
                Origin origin = new Origin[]{Origin.USER, Origin.USER, Origin.PLAYLIST, Origin.ALBUM, Origin.QUEUE}[random.nextInt(5)];
                told.add("enqueue " + keys + " " + origin);
                engine.enqueue(keys, origin, random.nextInt(3), "original");
            } else if (dice < 50) {
                if (!attempts.isEmpty()) end(attempts.get(random.nextInt(attempts.size())));
            } else if (dice < 58) {
                if (!attempts.isEmpty()) progress(attempts.get(random.nextInt(attempts.size())));
            } else if (dice < 76) {
                command();
            } else if (dice < 86) {
                pass(Duration.ofMillis(1 + random.nextInt(20_000)));
            } else if (dice < 93) {
                surroundings();
            } else if (dice < 95) {
                told.add("sleep");
                passed = passed.plusSeconds(40);
                time.pass(Duration.ofSeconds(40));
            } else if (dice < 98) {
                crash();
            } else {
                told.add("signed in");
                engine.signedIn(1 + random.nextInt(ACCOUNTS));
            }
            settle();
            check();
        }

        private void command() {
            Optional<Entry> row = any();
            if (row.isEmpty()) return;
            List<Long> one = List.of(row.get().id());
            int what = random.nextInt(9);
            told.add("command " + what + " on " + one);
            switch (what) {
                case 0, 1 -> engine.pause(one);
                case 2, 3 -> engine.resume(one);
                case 4 -> engine.cancel(one);
                case 5 -> engine.retry(one);
                case 6 -> engine.priority(one.getFirst(), random.nextInt(4));
                case 7 -> engine.delete(one);
                default -> {
                    if (random.nextBoolean()) engine.pauseAll();
                    else engine.resumeAll();
                }
            }
        }

        private void surroundings() {
            int what = random.nextInt(4);
            told.add("surroundings " + what);
            long account = 1 + random.nextInt(ACCOUNTS);
            switch (what) {
                case 0 -> {
                    if (!net.away.remove(account)) net.away.add(account);
                    net.changes().publish(net);
                }
                case 1 -> net.mode(net.mode() == Reachability.Mode.AUTO ? Reachability.Mode.FORCED_OFFLINE : Reachability.Mode.AUTO);
                default -> limits.choose(atOnce(1 + random.nextInt(4)));
            }
        }

        private Limits atOnce(int n) {
            Limits l = limits.limits();
            return new Limits(n, l.bandwidth(), l.bandwidthWhileStreaming(), l.hours(), l.unmeteredOnly(), l.prefetchUnmeteredOnly(),
                    l.pauseOnBattery());
        }

        void pass(Duration time) {
            told.add("pass " + time);
            passed = passed.plus(time);
            this.time.pass(time);
            settle();
        }

        private void progress(Pretended attempt) {
            progress(attempt, 1_100_000);
        }

        void progress(Pretended attempt, int bytes) {
            told.add("progress of " + attempt.entry.id());
            try {
                attempt.part.opened(new NoBytes(), attempt.part.state().bytes());
                attempt.part.write(java.nio.ByteBuffer.allocate(bytes));
                attempt.part.force();
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        }

        private void end(Pretended attempt) {
            Failure why = new Failure.Trouble("", "pretended");
            TransferEnd end = switch (random.nextInt(12)) {
                case 0, 1, 2 -> new TransferEnd.Broke(why);
                case 3 ->
                    new TransferEnd.Held(Reason.SERVER, new Failure.ServerBusy("s", Optional.empty()), Optional.of(Duration.ofSeconds(9)));
                case 4 -> new TransferEnd.Held(Reason.SIGNED_OUT, new Failure.Unauthorised("s"), Optional.empty());
                case 5 -> new TransferEnd.Held(Reason.NETWORK, new Failure.Offline("s"), Optional.empty());
                case 6 ->
                    new TransferEnd.Held(Reason.DISK, why, random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(3)));
                case 7 -> new TransferEnd.Refused(random.nextBoolean() ? new Failure.NotFound("it") : new Failure.NotPermitted("it"));
                default -> arrival(attempt);
            };
            // As a real one: told to stop, it says so, unless its rename came first.
            if (attempt.stopped && !(end instanceof TransferEnd.Arrived)) end = new TransferEnd.Stopped();
            finish(attempt, end);
        }

        private void finish(Pretended attempt, TransferEnd end) {
            told.add("end of " + attempt.entry.id() + ": " + end.getClass().getSimpleName());
            attempts.remove(attempt);
            if (end instanceof TransferEnd.Arrived) arrived.add(attempt.entry.id());
            attempt.ended.accept(end);
        }

        private TransferEnd.Arrived arrival(Pretended attempt) {
            return new TransferEnd.Arrived(attempt.entry.filePath().orElseThrow(), "original", 5, "00", Instant.EPOCH);
        }

        private void crash() {
            told.add("crash");
            Map<Long, Entry> before = new HashMap<>();
            rows().forEach(e -> before.put(e.id(), e));
            attempts.clear();
            waitedForSlot.clear();
            engine = begin();
            for (Entry row : rows()) {
                assertThat(before).as(this::where).containsKey(row.id());
                Entry was = before.getOrDefault(row.id(), row);
                boolean ran = was.state() instanceof DownloadState.Running || was.state() instanceof DownloadState.Queued;
                if (!ran) assertThat(row.state()).as(this::where).isEqualTo(was.state());
                else assertThat(row.state()).as(this::where).isInstanceOfAny(DownloadState.Queued.class, DownloadState.Running.class);
            }
            assertThat(rows()).as(this::where).hasSize(before.size());
        }

        void check() {
            if (!broken.isEmpty()) throw broken.getFirst();
            int atOnce = limits.limits().atOnce();
            long busy = attempts.stream().filter(a -> !a.stopped).count();
            assertThat(busy).as(this::where).isLessThanOrEqualTo(atOnce);
            assertThat(attempts.stream().map(a -> a.entry.key()).distinct().count()).as(this::where).isEqualTo(attempts.size());
            Map<Status, Integer> counted = new HashMap<>();
            waitedForSlot.clear();
            List<Entry> rows = rows();
            Map<Long, Download> all = new HashMap<>();
            engine.list(new DownloadEngine.Filter(List.of()), 0, 1000).join().items().forEach(d -> all.put(d.id(), d));
            overtaken.forEach((before, begun) -> {
                Optional<Reason> why = Optional.ofNullable(all.get(before)).flatMap(Download::reason);
                assertThat(why).as("%s: %s stood before %s", where(), before, begun).isNotEqualTo(Optional.of(Reason.SLOT));
            });
            overtaken.clear();
            for (Entry row : rows) {
                counted.merge(row.status(), 1, Integer::sum);
                if (row.state() instanceof DownloadState.Queued q) {
                    assertThat(q.tries()).as(this::where).isLessThan(Transitions.MOST_TRIES);
                    Download shown = all.get(row.id());
                    if (shown != null && shown.reason().equals(Optional.of(Reason.SLOT))
                            && attempts.stream().noneMatch(a -> a.entry.key().equals(row.key())))
                        waitedForSlot.put(row.id(), shown);
                }
                if (row.state() instanceof DownloadState.Failed f)
                    assertThat(f.tries()).as(this::where).isLessThanOrEqualTo(Transitions.MOST_TRIES);
                if (row.state() instanceof DownloadState.Completed)
                    assertThat(arrived).as("%s: complete without an arrival", where()).contains(row.id());
                if (row.state() instanceof DownloadState.Running)
                    assertThat(attempts).as("%s: nobody fetches %s", where(), row.id()).anyMatch(a -> a.entry.id() == row.id());
            }
            // Somebody waits for a slot only while all are taken, and the user's own only while the user's own take them.
            long ending = attempts.stream().filter(a -> a.stopped).count();
            // What is fetched ahead waits for the one that is.
            long ahead = rows.stream().filter(r -> r.rank() == 3 && attempts.stream().anyMatch(a -> !a.stopped && a.entry.id() == r.id()))
                    .count();
            assertThat(ahead).as(this::where).isLessThanOrEqualTo(1);
            if (ahead > 0) rows.stream().filter(r -> r.rank() == 3).forEach(r -> waitedForSlot.remove(r.id()));
            if (!waitedForSlot.isEmpty() && ending == 0) {
                assertThat(busy).as("%s: %s wait for nothing", where(), waitedForSlot.keySet()).isEqualTo(atOnce);
                boolean mine = rows.stream().anyMatch(r -> waitedForSlot.containsKey(r.id()) && r.rank() == 1);
                if (mine) assertThat(rows).as(this::where).noneMatch(r -> r.state() instanceof DownloadState.Running && r.rank() > 1);
            }
            var seen = engine.activity();
            assertThat(List.of(seen.failed(), seen.paused(), seen.waiting(), (int) seen.completed())).as(this::where)
                    .containsExactly(counted.getOrDefault(Status.FAILED, 0), counted.getOrDefault(Status.PAUSED, 0),
                            counted.getOrDefault(Status.PENDING, 0), counted.getOrDefault(Status.COMPLETED, 0));
        }

        /// No more faults: everything that is wanted must come to its end.
        void end() {
            told.add("faults stop");
            net.away.clear();
            net.mode(Reachability.Mode.AUTO);
            engine.signedIn(1);
            engine.signedIn(2);
            settle();
            engine.resumeAll();
            settle();
            engine.retry(rows().stream().filter(e -> e.state() instanceof DownloadState.Failed).map(Entry::id).toList());
            settle();
            for (int step = 0; step < 100 && rows().stream().anyMatch(e -> !(e.state() instanceof DownloadState.Completed)); step++) {
                for (Pretended attempt : List.copyOf(attempts))
                    finish(attempt, attempt.stopped ? new TransferEnd.Stopped() : arrival(attempt));
                settle();
                pass(Duration.ofSeconds(15));
            }
            assertThat(rows()).as(this::where).allMatch(e -> e.state() instanceof DownloadState.Completed);
            check();
        }
    }

    @Test
    @DisplayName("2.3 2.8 2.21 2.22 B.31 B.37–B.40 seeded sequences of all that can happen: slots, order, one attempt each, tries, restarts, and an end for all")
    void sequences() throws Exception {
        inMemory(sql -> {
            long first = TestScale.of(1, 1_000_000);
            for (long seed = first; seed < first + TestScale.of(60, 10_000); seed++) {
                sql.deleteFrom(RESERVED_PATH).execute();
                sql.deleteFrom(MEDIA_FILE).execute();
                sql.deleteFrom(KEEP_REASON).execute();
                sql.deleteFrom(DOWNLOAD).execute();
                var world = new World(seed, sql);
                for (int step = 0; step < 40; step++) world.act();
                world.end();
            }
        });
    }

    @Test
    @DisplayName("B.39 the album rule waits for what is fetched ahead until that has brought 4 MB of its own, and not a moment longer; below them "
            + "for 3 s")
    void fourMegabytes() throws Exception {
        inMemory(sql -> {
            var world = new World(1, sql);
            world.limits.choose(world.atOnce(1));
            world.engine.enqueue(List.of(new ItemKey(1, "i0")), Origin.QUEUE, 0, "original");
            world.settle();
            Pretended ahead = world.attempts.getFirst();
            world.engine.enqueue(List.of(new ItemKey(1, "i1")), Origin.ALBUM, 0, "original");
            world.settle();
            world.progress(ahead, 3_999_999);
            world.mebibyte.accept(ahead.entry.id());
            world.settle();
            assertThat(ahead.stopped).as("after 3,999,999 bytes").isFalse();
            // The clock stands still: nothing but the bytes can be the reason.
            world.progress(ahead, 1);
            world.mebibyte.accept(ahead.entry.id());
            world.settle();
            assertThat(ahead.stopped).as("after 4,000,000 bytes").isTrue();
            world.finish(ahead, new TransferEnd.Stopped());
            world.settle();
            assertThat(world.attempts).extracting(a -> a.entry.key().id()).containsExactly("i1");
            assertThat(world.rows()).allMatch(row -> row.tries() == 0);

            world.finish(world.attempts.getFirst(), world.arrival(world.attempts.getFirst()));
            world.settle();
            Pretended again = world.attempts.getFirst();
            assertThat(again.entry.key().id()).isEqualTo("i0");
            world.engine.enqueue(List.of(new ItemKey(1, "i2")), Origin.ALBUM, 0, "original");
            world.settle();
            world.progress(again, 3_999_999);
            world.mebibyte.accept(again.entry.id());
            world.settle();
            assertThat(again.stopped).as("4 MB of its own, whatever an earlier connection brought").isFalse();
            world.pass(Duration.ofMillis(2999));
            assertThat(again.stopped).as("after 2,999 ms").isFalse();
            world.pass(Duration.ofMillis(1));
            assertThat(again.stopped).as("after 3 s").isTrue();
        });
    }

    /// Runs on a store of its own that is in memory, with the tracks of all accounts.
    private void inMemory(Consumer<DSLContext> test) throws Exception {
        AppPaths paths = AppPaths.under(folder);
        paths.create();
        try (var time = new app.waxwing.base.SystemTime(); var database = EmptyDatabase.open(paths.database(), time)) {
            int rows = database.readNow(q -> q.fetchCount(DOWNLOAD));
            assertThat(rows).isZero();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("restore from " + paths.database());
            }
            DSLContext sql = DSL.using(connection, SQLDialect.SQLITE, new Settings().withRenderSchema(false).withExecuteLogging(false));
            prepare(sql);
            test.accept(sql);
        }
    }

    private static void prepare(DSLContext sql) {
        for (long account = 1; account <= ACCOUNTS; account++) {
            sql.insertInto(ACCOUNT).set(ACCOUNT.ID, account).set(ACCOUNT.SERVER_ID, "server").set(ACCOUNT.USER_ID, "user" + account)
                    .set(ACCOUNT.KIND, "jellyfin").set(ACCOUNT.SERVER_NAME, "Test").set(ACCOUNT.USER_NAME, "u").set(ACCOUNT.URL, "http://t")
                    .set(ACCOUNT.DEVICE_ID, "d").set(ACCOUNT.SIGNED_IN_AT, 0L).execute();
            for (int i = 0; i < ITEMS; i++) {
                sql.insertInto(TRACK).set(TRACK.ACCOUNT_ID, account).set(TRACK.ITEM_ID, "i" + i).set(TRACK.TITLE, "T" + i)
                        .set(TRACK.SORT_TITLE, "t").set(TRACK.ALBUM_TITLE, "A").set(TRACK.ARTIST_NAME, "B").set(TRACK.ALBUM_ARTIST, "B")
                        .set(TRACK.NUMBER, 1L).set(TRACK.CONTAINER, "flac").set(TRACK.SIZE, 5L).execute();
            }
        }
    }
}
