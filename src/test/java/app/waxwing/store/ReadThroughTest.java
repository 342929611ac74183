package app.waxwing.store;

import static app.waxwing.store.schema.Tables.CACHE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Threads;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.TestAccounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadThroughTest {
    private static final Duration FRESH = Duration.ofHours(12);
    @TempDir
    Path folder;
    private final ManualTime time = new ManualTime();
    private final ExecutorService io = Threads.virtual("io");
    private final AtomicInteger loads = new AtomicInteger();
    private Database database;
    private long account;
    private ReadThrough<String> cache;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("w.db"), time);
        account = new TestAccounts().add(database, new FakeMediaServer("s"), "u").id();
        cache = cache(100, 1_000_000);
    }

    @AfterEach
    void close() {
        io.shutdownNow();
        database.close();
    }

    private ReadThrough<String> cache(int heap, long budget) {
        return new ReadThrough<>(database, new ReadThrough.Rule("test", FRESH, heap, budget), new ReadThrough.Form<>() {
            @Override
            public String write(String value) {
                return value;
            }

            @Override
            public String read(String text) {
                return text;
            }
        }, io, time);
    }

    private ItemKey key(String id) {
        return new ItemKey(account, id);
    }

    private Optional<String> get(String id, boolean reachable) {
        return cache.get(key(id), reachable, k -> k.id() + loads.incrementAndGet()).join();
    }

    /// Writes are done in order: when this is, so are those before.
    private void written() {
        database.write(Durability.SOON, Lane.BULK, sql -> 0).join();
    }

    private CacheFigures figures() {
        return database.meters().figures().stream().filter(f -> f.name().equals("test")).findFirst().orElseThrow();
    }

    @Test
    @DisplayName("4.6, 4.7, 1.7 a value is a hit until its time is over, to the second; from heap and from SQLite alike; then it is loaded again")
    void timeToLive() {
        assertThat(get("a", true)).contains("a1");
        written();
        time.pass(FRESH.minusSeconds(1));
        assertThat(get("a", true)).contains("a1");
        cache = cache(100, 1_000_000); // nothing in the heap, as after a start
        assertThat(get("a", true)).contains("a1");
        time.pass(Duration.ofSeconds(2));
        assertThat(get("a", true)).contains("a2");
        assertThat(figures()).matches(f -> f.hits() == 2 && f.misses() == 2 && f.network() == 2);
    }

    @Test
    @DisplayName("4.7 an old value serves while its source is away and when loading fails; without one there is none, and the trouble is counted")
    void staleOffline() {
        get("a", true);
        written();
        time.pass(FRESH.plusSeconds(1));
        assertThat(get("a", false)).contains("a1");
        assertThat(get("b", false)).isEmpty();
        assertThat(cache.get(key("a"), true, k -> {
            throw new Failure.Offline("fake").asException();
        }).join()).contains("a1");
        assertThat(loads).hasValue(1);
        assertThat(figures()).matches(f -> f.errors() == 1 && f.hits() == 1 && f.misses() == 3);
        assertThat(get("a", true)).as("what was old does not become fresh by being used").contains("a2");
    }

    @Test
    @DisplayName("4.9 fifty threads that ask for one key at once cause one request")
    void oneLoaderAKey() throws InterruptedException {
        var go = new CountDownLatch(1);
        var asked = new CountDownLatch(50);
        List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> {
                var answer = cache.get(key("a"), true, k -> {
                    try {
                        assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return "a" + loads.incrementAndGet();
                });
                asked.countDown();
                return answer;
            }, io).thenCompose(f -> f));
        }
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        go.countDown();
        assertThat(answers).allSatisfy(f -> assertThat(f.join()).contains("a1"));
        assertThat(loads).hasValue(1);
        assertThat(figures().network()).isEqualTo(1);
    }

    @Test
    @DisplayName("1.5 beyond its budget a cache gives up what was used least recently, and holds no more than its budget")
    void budget() {
        cache = cache(2, 40);
        for (String id : List.of("aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd")) {
            get(id, true);
            written();
            time.pass(Duration.ofSeconds(1));
        }
        get("aaaaaaaa", true);
        time.pass(Duration.ofSeconds(1));
        get("eeeeeeee", true);
        written();
        assertThat(figures()).matches(f -> f.bytes() <= 40 && f.evictions() == 1 && f.items() == 4);
        List<String> kept = database.readNow(sql -> sql.select(CACHE_ENTRY.KEY).from(CACHE_ENTRY).fetch(CACHE_ENTRY.KEY));
        assertThat(kept).contains("aaaaaaaa").doesNotContain("bbbbbbbb");
    }

    @Test
    @DisplayName("C.5, 1.10 known hits and misses give exactly the known figures, over a restart, and none after a reset")
    void exactFigures() {
        for (int i = 0; i < 5; i++) get("k" + i, true); // five misses
        written();
        for (int round = 0; round < 3; round++) for (int i = 0; i < 5; i++) get("k" + i, true); // fifteen hits
        assertThat(figures()).matches(f -> f.hits() == 15 && f.misses() == 5 && f.hitRate() == 0.75 && f.items() == 5 && f.network() == 5
                && f.errors() == 0 && f.evictions() == 0 && f.bytes() == 15);
        database.close();
        database = EmptyDatabase.open(folder.resolve("w.db"), time);
        cache = cache(100, 1_000_000);
        get("k0", true);
        assertThat(figures()).matches(f -> f.hits() == 16 && f.misses() == 5);
        database.meters().save().join();
        assertThat(figures()).matches(f -> f.hits() == 16 && f.misses() == 5);
        database.meters().reset().join();
        assertThat(figures()).matches(f -> f.hits() == 0 && f.misses() == 0 && f.hitRate() == 0 && f.items() == 5);
    }

    @Test
    @DisplayName("1.6, 1.7, C.5 an answer counts when it is there, with the time of its load, by where it came from; loads that nobody asked for count apart")
    void levels() {
        cache.get(key("a"), true, k -> {
            time.pass(Duration.ofMillis(200));
            return "a";
        }).join();
        assertThat(figures()).as("from its server").matches(f -> f.mean().equals(Duration.ofMillis(200)) && f.p95().toMillis() >= 200)
                .matches(f -> f.server().equals(new CacheFigures.Level(1, Duration.ofMillis(200))) && f.network() == 1);
        get("a", true);
        written();
        cache = cache(100, 1_000_000);
        get("a", true);
        get("b", false);
        assertThat(cache.ahead(key("c"), k -> "c").join()).isTrue();
        assertThat(cache.ahead(key("d"), k -> {
            throw new Failure.ServerBusy("s", Optional.empty()).asException();
        }).join()).isFalse();
        database.meters().save().join();
        assertThat(figures()).matches(f -> f.hits() == 2 && f.misses() == 2 && f.network() == 1 && f.unasked() == 2 && f.errors() == 1)
                .matches(f -> f.memory().answers() == 1 && f.store().answers() == 2 && f.server().answers() == 1, "levels")
                .matches(f -> f.mean().equals(Duration.ofMillis(50)) && f.limit() == 1_000_000);
        database.meters().reset().join();
        assertThat(figures()).matches(f -> f.unasked() + f.memory().answers() + f.store().answers() + f.server().answers() == 0);
    }

    @Test
    @DisplayName("C.5, 4.16 after a restore, which brings back counters and no figures, the figures begin anew and agree with each other")
    void countersThatAreLeft() {
        database.write(Durability.SOON, Lane.USER,
                sql -> sql.execute("INSERT INTO counter (name, value) VALUES ('answers-from-memory:test', 500), ('loads-unasked:test', 7)"))
                .join();
        get("a", true);
        database.meters().save().join();
        assertThat(figures()).matches(f -> f.misses() == 1 && f.memory().answers() == 0 && f.store().answers() == 0)
                .matches(f -> f.server().answers() == 1 && f.unasked() == 0);
    }

    @Test
    @DisplayName("C.5 mean is exact and the 95th percentile right within a fifth")
    void times() {
        CacheMeter meter = database.meters().of("timed");
        for (int ms = 1; ms <= 100; ms++) {
            long start = meter.start();
            time.pass(Duration.ofMillis(ms));
            meter.hit(start);
        }
        CacheFigures f = database.meters().figures().stream().filter(c -> c.name().equals("timed")).findFirst().orElseThrow();
        assertThat(f.mean()).isEqualTo(Duration.ofNanos(50_500_000));
        assertThat(f.p95()).isBetween(Duration.ofMillis(95), Duration.ofMillis(114));
    }
}
