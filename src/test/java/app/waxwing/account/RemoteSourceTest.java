package app.waxwing.account;

import static app.waxwing.account.AccountBookTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.demo.DemoServer;
import app.waxwing.testing.Fault;
import app.waxwing.testing.FaultyServer;
import app.waxwing.testing.JellyfinCalls;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.MemorySecrets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RemoteSourceTest {
    private static final String FILE = "/Items/.*/File";
    @TempDir
    Path folder;
    private FaultyServer faulty;
    private Bench bench;
    private Account account;
    private String track;
    private byte[] whole;

    @BeforeEach
    void start() {
        faulty = FaultyServer.start();
        bench = new Bench(folder);
        account = bench.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD);
        var largest = app.waxwing.demo.DemoLibrary.bundled().tracks().stream()
                .max(java.util.Comparator.comparingLong(t -> t.audio().content().size())).orElseThrow();
        track = largest.id();
        try (var calls = new JellyfinCalls(faulty.url()).login(DemoServer.USER, DemoServer.PASSWORD)) {
            whole = calls.get("/Items/" + track + "/File").body();
        }
        faulty.server().forgetRequests();
    }

    @AfterEach
    void stop() {
        bench.close();
        faulty.close();
    }

    private static byte[] read(ByteSource source, long from, int most) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(most);
        long at = from;
        while (into.hasRemaining()) {
            int n = source.read(at, into);
            if (n < 0) break;
            assertThat(n).isPositive();
            at += n;
        }
        return Arrays.copyOf(into.array(), into.position());
    }

    private byte[] slice(int from, int count) {
        return Arrays.copyOfRange(whole, from, Math.min(whole.length, from + count));
    }

    @Test
    void aTrackReadToItsEndIsTheFileByteForByteInOneRequest() throws IOException {
        try (ByteSource source = bench.book.open(account.id(), track)) {
            assertThat(source.length()).isEqualTo(whole.length);
            assertThat(source.name()).startsWith("stream.");
            assertThat(read(source, 0, whole.length + 10)).isEqualTo(whole);
            assertThat(source.available()).isEqualTo(whole.length);
            assertThat(source.read(whole.length, ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(faulty.asked(FILE)).isEqualTo(1);
    }

    @Test
    void jumpsReadTheRightBytes() throws IOException {
        faulty.on(FILE).does(Fault.slow(2_000_000));
        long seed = 11;
        var random = new Random(seed);
        try (ByteSource source = bench.book.open(account.id(), track)) {
            assertThat(read(source, whole.length - 100, 200)).isEqualTo(slice(whole.length - 100, 200));
            assertThat(read(source, 0, 5000)).isEqualTo(slice(0, 5000));
            for (int i = 0; i < 30; i++) {
                int from = random.nextInt(whole.length);
                int count = 1 + random.nextInt(20_000);
                assertThat(read(source, from, count)).as("seed %d, step %d", seed, i).isEqualTo(slice(from, count));
            }
        }
        assertThat(faulty.asked(FILE)).isLessThan(40);
    }

    @Test
    void aConnectionThatDropsAgainAndAgainIsTakenUpWhereItEnded() throws IOException {
        faulty.on(FILE).times(5).does(Fault.resetAfter(whole.length / 8));
        try (ByteSource source = bench.book.open(account.id(), track)) {
            assertThat(read(source, 0, whole.length)).isEqualTo(whole);
        }
        assertThat(faulty.server().requests().stream().filter(r -> r.path().endsWith("/File")).skip(1))
                .allSatisfy(r -> assertThat(r.header("range").orElse("")).isNotEqualTo("bytes=0-"));
    }

    @Test
    void aFileThatChangedIsNeverMixedWithTheOldOne() {
        faulty.on(FILE).does(Fault.header("Last-Modified", "Wed, 01 Jan 2025 00:00:00 GMT"));
        faulty.on(FILE).times(1).does(Fault.cutAfter(whole.length / 4));
        try (ByteSource source = bench.book.open(account.id(), track)) {
            assertThatThrownBy(() -> read(source, 0, whole.length)).isInstanceOfSatisfying(IOException.class,
                    e -> assertThat(FailureException.of(e)).isInstanceOf(Failure.Corrupt.class));
        }
    }

    @Test
    void aServerWithoutRangesIsReadFromItsStart() throws IOException {
        faulty.on(FILE).does(Fault.ignoresRange());
        try (ByteSource source = bench.book.open(account.id(), track)) {
            assertThat(read(source, whole.length - 1000, 1000)).isEqualTo(slice(whole.length - 1000, 1000));
            assertThat(read(source, 0, 1000)).isEqualTo(slice(0, 1000));
        }
        faulty.heal();
        faulty.on(FILE).does(Fault.chunked());
        try (ByteSource source = bench.book.open(account.id(), track)) {
            assertThat(source.length()).isEqualTo(-1);
            assertThat(read(source, 0, whole.length + 1)).isEqualTo(whole);
        }
    }

    @Test
    void aWrongRangeIsNotTaken() {
        faulty.on(FILE).does(Fault.wrongRange(7));
        faulty.on(FILE).times(1).does(Fault.cutAfter(1000));
        try (ByteSource source = bench.book.open(account.id(), track)) {
            assertThatThrownBy(() -> read(source, 0, whole.length)).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("close from any thread wakes a reader that waits for the network")
    void closeWakes() throws InterruptedException {
        var never = new CountDownLatch(1);
        faulty.on(FILE).does(Fault.stallAfter(1000, never));
        ByteSource source = bench.book.open(account.id(), track);
        var reader = CompletableFuture.supplyAsync(() -> {
            try {
                return read(source, 0, whole.length);
            } catch (AsynchronousCloseException e) {
                return new byte[0];
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }, bench.io);
        Bench.until(() -> source.available() >= 1000);
        source.close();
        assertThat(Bench.get(reader)).isEmpty();
        never.countDown();
    }

    @Test
    void refusalsComeWhenItIsOpened() {
        faulty.on(FILE).does(Fault.status(403, ""));
        assertThat(failure(() -> bench.book.open(account.id(), track))).isInstanceOf(Failure.NotPermitted.class);
        faulty.heal();
        assertThat(failure(() -> bench.book.open(account.id(), "0123456789abcdef0123456789abcdef"))).isInstanceOf(Failure.NotFound.class);
        faulty.on(FILE).does(Fault.redirect(302, "http://localhost:9/x"));
        assertThat(failure(() -> bench.book.open(account.id(), track))).isInstanceOf(Failure.class);
        faulty.kill();
        assertThat(failure(() -> bench.book.open(account.id(), track))).isInstanceOf(Failure.Offline.class);
    }

    @Test
    @DisplayName("0.10 stop the server: its silence is known without a request of the user's; start it: back. How soon, `ReachStateTest` says")
    void reachable() {
        var time = new ManualTime();
        try (var own = new Bench(folder.resolve("own"), new MemorySecrets(), time, 9)) {
            long there = own.signIn(faulty.url(), DemoServer.USER, DemoServer.PASSWORD).id();
            var reach = own.book.reachability();
            Bench.until(() -> faulty.asked("/System/Info/Public") > 0 && reach.online(there));
            faulty.kill();
            Bench.until(() -> {
                time.pass(Duration.ofSeconds(1));
                return reach.offline();
            });
            faulty.revive();
            Bench.until(() -> {
                time.pass(Duration.ofSeconds(1));
                return !reach.offline();
            });
        }
    }
}
