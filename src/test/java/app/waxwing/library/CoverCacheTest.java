package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.store.CacheFigures;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.ManualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverCacheTest {
    @TempDir
    Path folder;
    private final SystemTime system = new SystemTime();
    private final ManualTime time = new ManualTime();
    private final ExecutorService io = Threads.virtual("io");
    private final AtomicInteger asked = new AtomicInteger();
    private Database database;
    private volatile CoverSource source = (a, i, t, e, l) -> jpeg(300, 300, 1000);

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), system);
        database.write(Durability.SOON, Lane.USER, sql -> sql.execute(
                "insert into account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                        + "values (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://127.0.0.1', 'd', 0)"))
                .join();
    }

    @AfterEach
    void close() {
        database.close();
        io.shutdownNow();
        system.close();
    }

    private CoverCache cache(long budget) {
        return new CoverCache(database, (a, i, t, e, l) -> {
            asked.incrementAndGet();
            return source.fetch(a, i, t, e, l);
        }, folder.resolve("images"), budget, time, io);
    }

    private static Cover cover(String id, String tag) {
        return new Cover(new ItemKey(1, id), tag);
    }

    static byte[] jpeg(int width, int height, int size) {
        byte[] head = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
                (byte) 0xff,
                (byte) 0xc2, 0, 17, 8, (byte) (height >> 8), (byte) height, (byte) (width >> 8), (byte) width, 3};
        return Arrays.copyOf(head, Math.max(size, head.length + 4));
    }

    static byte[] png(int width, int height) {
        return ByteBuffer.allocate(64).put(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'})
                .putInt(width)
                .putInt(height).array();
    }

    @Test
    void aCoverIsFetchedOnceHoweverManyAskAndLaterComesFromTheDisk() {
        var gate = new CountDownLatch(1);
        source = (a, i, t, e, l) -> {
            try {
                gate.await();
            } catch (InterruptedException x) {
                throw new AssertionError(x);
            }
            return jpeg(e, e, 1000);
        };
        try (var cache = cache(1 << 20)) {
            List<CompletableFuture<Optional<Path>>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) all.add(cache.file(cover("a", "t"), 300 + i));
            gate.countDown();
            assertThat(all).allSatisfy(f -> assertThat(f.join()).isPresent());
            assertThat(asked).hasValue(1);
            assertThat(cache.file(cover("a", "t"), 321).join()).isPresent();
            assertThat(asked).hasValue(2);
        }
        try (var later = cache(1 << 20)) {
            assertThat(later.file(cover("a", "t"), 320).join().orElseThrow()).hasSize(1000);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    @DisplayName("Issue 4: a picture gives way to sound for five seconds at most and to downloads for half a second; one that is here waits for nobody")
    void givesWay() throws Exception {
        var traffic = new AtomicReference<>(GiveWay.Traffic.NONE);
        try (var cache = cache(1 << 20)) {
            cache.giveWayTo(traffic::get);
            assertThat(cache.file(cover("here", "t"), 160).join()).isPresent();
            traffic.set(GiveWay.Traffic.SOUND);
            assertThat(cache.file(cover("here", "t"), 160).join()).isPresent();
            waits(cache, "sound", Duration.ofSeconds(5));
            traffic.set(GiveWay.Traffic.DOWNLOAD);
            waits(cache, "download", Duration.ofMillis(500));
            traffic.set(GiveWay.Traffic.SOUND);
            int before = asked.get();
            CompletableFuture<Optional<Path>> coming = cache.file(cover("over", "t"), 160);
            waiting();
            traffic.set(GiveWay.Traffic.NONE);
            time.pass(GiveWay.STEP);
            assertThat(coming.join()).as("as soon as the line is free").isPresent();
            assertThat(asked.get() - before).isOne();
        }
    }

    /// Until whoever gives way waits for the clock.
    private void waiting() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (time.waiting() == 0 && System.nanoTime() < end) TimeUnit.MILLISECONDS.sleep(1);
        assertThat(time.waiting()).isOne();
    }

    private void waits(CoverCache cache, String id, Duration most) throws Exception {
        int before = asked.get();
        CompletableFuture<Optional<Path>> coming = cache.file(cover(id, "t"), 160);
        for (Duration left = most; left.isPositive(); left = left.minus(GiveWay.STEP)) {
            waiting();
            assertThat(asked.get()).as("%s: %s before its time", id, left).isEqualTo(before);
            time.pass(GiveWay.STEP);
        }
        assertThat(coming.join()).isPresent();
        assertThat(asked.get() - before).isOne();
    }

    @Test
    @DisplayName("DESIGN 6: an image over 20 MB, over 50 megapixels by its header, or neither JPEG nor PNG is refused, remembered, and harms nobody")
    void limits() {
        try (var cache = cache(1 << 20)) {
            List<byte[]> bad = List.of(jpeg(8000, 6251, 1000), png(50_001, 1_000), png(-1, 10), jpeg(0, 10, 100), new byte[0],
                    "<svg/>".getBytes(),
                    "GIF89a........................".getBytes(), "RIFF....WEBPVP8 ....................".getBytes(),
                    Arrays.copyOf(jpeg(9, 9, 40), 25));
            for (int i = 0; i < bad.size(); i++) {
                byte[] picture = bad.get(i);
                source = (a, id, t, e, l) -> picture;
                int before = asked.get();
                assertThat(cache.file(cover("bad" + i, "t"), 160).join()).as("case %d", i).isEmpty();
                assertThat(cache.file(cover("bad" + i, "t"), 160).join()).isEmpty();
                assertThat(asked.get() - before).as("case %d", i).isEqualTo(1);
            }
            source = (a, id, t, e, l) -> {
                assertThat(l).isEqualTo(20_000_000);
                throw new Failure.TooLarge("The picture", "20 MB").asException();
            };
            assertThat(cache.file(cover("huge", "t"), 160).join()).isEmpty();
            source = (a, id, t, e, l) -> jpeg(8000, 6250, 1000);
            assertThat(cache.file(cover("just", "t"), 160).join()).isPresent();
            source = (a, id, t, e, l) -> png(5000, 10_000);
            assertThat(cache.file(cover("png", "t"), 160).join().orElseThrow().toString()).endsWith(".png");
        }
    }

    @Test
    void whatDoesNotExistIsAskedForAgainAfterAWeekAndTroubleAtOnce() {
        try (var cache = cache(1 << 20)) {
            source = (a, i, t, e, l) -> {
                throw new Failure.NotFound("picture").asException();
            };
            for (int i = 0; i < 3; i++) assertThat(cache.file(cover("a", "t"), 160).join()).isEmpty();
            assertThat(asked).hasValue(1);
            time.pass(Duration.ofDays(8));
            assertThat(cache.file(cover("a", "t"), 160).join()).isEmpty();
            assertThat(asked).hasValue(2);
            source = (a, i, t, e, l) -> {
                throw new Failure.Offline("s").asException();
            };
            for (int i = 0; i < 3; i++) assertThat(cache.file(cover("b", "t"), 160).join()).isEmpty();
            assertThat(asked).hasValue(5);
            source = (a, i, t, e, l) -> {
                throw new IllegalStateException("a bug");
            };
            assertThat(cache.file(cover("c", "t"), 160).join()).isEmpty();
        }
    }

    @Test
    @DisplayName("3.20 keyed by item and tag; old bytes serve while the new ones cannot be had, and another size does")
    void offlineTheBestThatIsHereServes() throws IOException {
        try (var cache = cache(1 << 20)) {
            source = (a, i, t, e, l) -> jpeg(e, e, e);
            Path small = cache.file(cover("a", "t"), 160).join().orElseThrow();
            Path large = cache.file(cover("a", "t"), 800).join().orElseThrow();
            source = (a, i, t, e, l) -> {
                throw new Failure.Offline("s").asException();
            };
            assertThat(cache.file(cover("a", "t"), 320).join()).contains(large);
            assertThat(cache.file(cover("a", "new"), 160).join()).contains(small);
            Files.delete(small);
            assertThat(cache.file(cover("a", "t"), 160).join()).contains(large);
            source = (a, i, t, e, l) -> jpeg(e, e, e);
            assertThat(cache.file(cover("a", "t"), 160).join()).contains(small);
        }
    }

    @Test
    @DisplayName("3.20 with less room the covers seen longest ago go at once, with their files; with more room nothing goes")
    void lessRoom() {
        try (var cache = new CoverCache(database, (a, i, t, e, l) -> jpeg(e, e, 1000), folder.resolve("images"), 1 << 20, time,
                Runnable::run)) {
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < 20; i++) files.add(cache.file(cover("c" + i, "t"), 160).join().orElseThrow());
            assertThat(cache.file(cover("c0", "t"), 160).join()).as("seen again").isPresent();
            cache.budget(2 << 20);
            assertThat(files).allMatch(Files::exists);
            cache.budget(10_000);
            assertThat(files.stream().filter(Files::exists).toList()).as("nine of a thousand bytes each fit").hasSize(9)
                    .contains(files.get(0)).contains(files.get(19))
                    .doesNotContain(files.get(1));
        }
    }

    /// A server whose tags expire: a picture is given by the tag of now alone, else it is refused as the test says.
    private CoverCache expiring(AtomicReference<String> now, List<String> tagsAsked, Failure refusal) {
        CoverSource pictures = (a, i, t, e, l) -> {
            asked.incrementAndGet();
            if (!t.equals(now.get())) throw refusal.asException();
            return jpeg(e, e, 1000);
        };
        return new CoverCache(database, pictures.with((a, i) -> {
            tagsAsked.add(i);
            return Optional.ofNullable(now.get());
        }), folder.resolve("images"), 1 << 20, time, io);
    }

    @Test
    @DisplayName("3.20 on 403 and 404 the item's tag of now is asked for once: its picture comes and serves from then on, without a further request")
    void expiredTags() {
        var now = new AtomicReference<>("new");
        List<String> tags = new ArrayList<>();
        for (Failure refusal : List.of(new Failure.NotPermitted("to see this picture"), new Failure.NotFound("picture"))) {
            String item = refusal.getClass().getSimpleName();
            tags.clear();
            asked.set(0);
            try (var cache = expiring(now, tags, refusal)) {
                Path file = cache.file(cover(item, "old"), 160).join().orElseThrow();
                for (int i = 0; i < 3; i++) assertThat(cache.file(cover(item, "old"), 160).join()).contains(file);
                assertThat(cache.file(cover(item, "new"), 160).join()).contains(file);
                assertThat(tags).containsExactly(item);
                assertThat(asked).as("by the old tag, and by the new").hasValue(2);
            }
        }
    }

    private CacheFigures covers() {
        return database.meters().figures().stream().filter(f -> f.name().equals("covers")).findFirst().orElseThrow();
    }

    @Test
    @DisplayName("1.6, 1.7, C.5 a cover counts once however often its server is asked for it, when it is there, and where it was: in memory, on disk, away")
    void counted() {
        try (var cache = expiring(new AtomicReference<>("new"), new ArrayList<>(), new Failure.NotFound("picture"))) {
            cache.file(cover("a", "old"), 160).join();
            assertThat(covers()).as("the tag and the other picture are no asks")
                    .matches(f -> f.misses() == 1 && f.network() == 1 && f.unasked() == 2 && f.server().answers() == 1);
            cache.file(cover("a", "new"), 160).join();
            cache.remembered(cache.start());
            cache.remembered(cache.start());
            assertThat(covers()).matches(f -> f.hits() == 3 && f.memory().answers() == 2 && f.store().answers() == 1)
                    .matches(f -> f.hitRate() == 0.75 && f.limit() == 1 << 20);
        }
        source = (a, i, t, e, l) -> {
            throw new Failure.Offline("s").asException();
        };
        try (var cache = cache(1 << 20)) {
            cache.file(cover("b", "t"), 160).join();
            assertThat(covers()).as("away: no server was asked").matches(f -> f.misses() == 2 && f.network() == 1 && f.errors() == 0
                    && f.server().answers() == 1);
        }
    }

    @Test
    @DisplayName("C.5 a cover's time is that of its answer, with its server's")
    void coversTime() {
        var slow = new ManualTime();
        try (var own = EmptyDatabase.open(folder.resolve("own.db"), slow)) {
            own.write(Durability.SOON, Lane.USER, sql -> sql.execute(
                    "insert into account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) "
                            + "values (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://127.0.0.1', 'd', 0)"))
                    .join();
            try (var cache = new CoverCache(own, (a, i, t, e, l) -> {
                slow.pass(Duration.ofMillis(300));
                return jpeg(300, 300, 1000);
            }, folder.resolve("own"), 1 << 20, slow, io)) {
                assertThat(cache.file(cover("a", "t"), 160).join()).isPresent();
            }
            assertThat(own.meters().figures().getFirst().mean()).isEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    @DisplayName("3.20 where the tag is still the same, or there is none any more, the picture is refused for a week, on 403 as on 404")
    void refusedForAWeek() {
        var now = new AtomicReference<String>();
        List<String> tags = new ArrayList<>();
        try (var cache = expiring(now, tags, new Failure.NotPermitted("to see this picture"))) {
            for (int i = 0; i < 3; i++) assertThat(cache.file(cover("a", "old"), 160).join()).isEmpty();
            time.pass(Duration.ofDays(6));
            assertThat(cache.file(cover("a", "old"), 160).join()).isEmpty();
            assertThat(tags).hasSize(1);
            assertThat(asked).hasValue(1);
            time.pass(Duration.ofDays(2));
            now.set("new");
            assertThat(cache.file(cover("a", "old"), 160).join()).isPresent();
        }
    }

    @Test
    @DisplayName("3.20 where the tag of now cannot be asked for, nothing is refused: the next view asks again")
    void tagUnknown() {
        CoverSource refusing = (a, i, t, e, l) -> {
            asked.incrementAndGet();
            throw new Failure.NotFound("picture").asException();
        };
        try (var cache = new CoverCache(database, refusing.with((a, i) -> {
            throw new Failure.Offline("s").asException();
        }), folder.resolve("images"), 1 << 20, time, io)) {
            for (int i = 0; i < 3; i++) assertThat(cache.file(cover("a", "t"), 160).join()).isEmpty();
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void beyondTheBudgetTheLeastRecentlyUsedGo() throws IOException {
        source = (a, i, t, e, l) -> jpeg(e, e, 1000);
        try (var cache = cache(10_000)) {
            for (int i = 0; i < 10; i++) cache.file(cover("i" + i, "t"), 160).join();
            Path first = cache.file(cover("i0", "t"), 160).join().orElseThrow();
            cache.file(cover("i10", "t"), 160).join();
            try (var all = Files.walk(folder.resolve("images"))) {
                assertThat(all.filter(Files::isRegularFile).count()).isBetween(8L, 9L);
            }
            assertThat(first).exists();
            int before = asked.get();
            cache.file(cover("i1", "t"), 160).join();
            assertThat(asked.get()).isEqualTo(before + 1);
            cache.forget(1);
            assertThat(folder.resolve("images").resolve("1")).doesNotExist();
        }
    }
}
