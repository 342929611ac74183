package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.library.MediaLocator.RemoteAnswer;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Sent;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@DisplayName("A download that is heard far ahead of where it has come to")
class ReadAheadTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final String FILE = "/Items/t/File";
    private static final int SIZE = 3_000_000;
    /// What may be on its way when an answer is left: buffers of sockets, and pieces that are not written yet.
    private static final long ON_ITS_WAY = 512 << 10;
    /// The same for each of many answers, of which the server writes 47 KiB at once and notices late that nobody reads them.
    private static final long LEFT = 160 << 10;
    @TempDir
    Path folder;
    private final FaultServer server = new FaultServer();
    private final Version version = Version.of(TransferTest.music(SIZE, 3), LONG_AGO);
    private final AtomicInteger streamed = new AtomicInteger();
    private Rig rig;
    private ItemKey key;

    /// A disk on which what is kept for a while is seen, as on systems that cannot hide it.
    private static class Open extends WrappedDisk {
        /// No file of ours goes any more: as when the power fails.
        volatile boolean dead;
        /// So many bytes may be kept; then it is full.
        volatile long most = Long.MAX_VALUE;
        volatile long usable = -1;
        final AtomicInteger made = new AtomicInteger();

        @Override
        public Bytes scratch(Path file) throws IOException {
            made.incrementAndGet();
            return new WrappedBytes(real.open(file)) {
                @Override
                public void write(ByteBuffer from, long position) throws IOException {
                    if (position + from.remaining() > most) throw new IOException("No space left on device");
                    super.write(from, position);
                }
            };
        }

        @Override
        public boolean delete(Path file) throws IOException {
            if (dead && file.toString().endsWith(".segment")) throw new IOException("the power is off");
            return super.delete(file);
        }

        @Override
        public long usable(Path at) throws IOException {
            return usable >= 0 ? usable : super.usable(at);
        }
    }

    private final Open disk = new Open();

    @BeforeEach
    void begin() {
        rig = new Rig(folder, server, Rig.PATIENT, disk).start();
        key = rig.track(1, "t", SIZE);
    }

    private ReadAheadTest begin(Version first) {
        server.file(FILE, first);
        return this;
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ByteSource open() {
        return open(() -> {});
    }

    /// @param asked when the stream is asked for, which gives nothing
    private ByteSource open(Runnable asked) {
        return rig.engine.growingFiles().open(key).orElseThrow().source(() -> {
            streamed.incrementAndGet();
            asked.run();
            return new RemoteAnswer.Refused(new Failure.Offline("Test"));
        });
    }

    private void hear(ByteSource source, int from, int to, byte[] file) throws IOException {
        var buffer = ByteBuffer.allocate(16_384);
        for (int at = from; at < to;) {
            int n = source.read(at, buffer.clear().limit(Math.min(buffer.capacity(), to - at)));
            assertThat(n).as("at %d", at).isPositive();
            assertThat(Arrays.equals(buffer.array(), 0, n, file, at, at + n)).as("what is heard at %d", at).isTrue();
            at += n;
        }
    }

    private long sent() {
        Rig.await(server::idle, () -> "a connection is open");
        return server.takeSent().stream().mapToLong(Sent::count).sum();
    }

    private List<String> kept() {
        return Rig.files(rig.paths.cachedMedia().resolve(Roots.OWN_FOLDER).resolve("ahead"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.75, 0.99})
    @DisplayName("B.42 a seek far ahead is heard at once, its bytes are taken over, and nothing is fetched twice")
    void seek(double place, TestReporter reporter) throws Exception {
        begin(version);
        server.pace(25);
        server.hold(150_000);
        int from = (int) (SIZE * place);
        try (ByteSource source = open()) {
            hear(source, 0, 100_000, version.bytes());
            hear(source, from, from + 1, version.bytes());
            assertThat(source.available()).as("it has not come there").isLessThan(from);
            server.release();
            hear(source, from, SIZE, version.bytes());
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
        }
        long sent = sent();
        reporter.publishEntry("seek to " + place, (sent - SIZE) + " bytes twice in " + server.requests().size() + " requests");
        assertThat(sent).isLessThanOrEqualTo(SIZE + ON_ITS_WAY);
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(3).allMatch(r -> r.path().equals(FILE));
        assertThat(rig.row(key).orElseThrow().retryCount()).isZero();
        assertThat(streamed).hasValue(0);
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("B.42 seeded: seeks back and forth; what is heard is right, the file is right, and no byte is fetched twice")
    void seeks(boolean cuts, TestReporter reporter) throws Exception {
        begin(version);
        server.pace(15);
        for (int round = 0; round < TestScale.of(1, 10); round++) {
            long seed = round + (cuts ? 100 : 1);
            var random = new Random(seed);
            String id = "t" + seed;
            key = rig.track(1, id, SIZE);
            server.file("/Items/" + id + "/File", version);
            int[] at = {150_000 + random.nextInt(SIZE / 4), 1 + random.nextInt(SIZE / 8), 1 + random.nextInt(SIZE / 8)};
            if (cuts) for (int cut : at) server.script("/Items/" + id + "/File", r -> FaultServer.serve(version, r).cut(cut, cut % 2 == 0));
            int before = server.requests().size();
            server.hold(120_000);
            try (ByteSource source = open()) {
                for (int i = 0; i < 6; i++) {
                    int from = i < 2 ? SIZE / 3 + random.nextInt(SIZE / 2) : random.nextInt(SIZE - 1);
                    int length = 1 + random.nextInt(SIZE / 3);
                    if (i == 2) server.release();
                    hear(source, from, Math.min(SIZE, from + length), version.bytes());
                }
                assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).as("seed %d", seed).isEqualTo(version.bytes());
            }
            long sent = sent();
            int requests = server.requests().size() - before;
            reporter.publishEntry("seed " + seed, (sent - SIZE) + " bytes twice, " + requests + " requests");
            assertThat(sent).as("seed %d", seed).isLessThanOrEqualTo(SIZE + LEFT * requests);
            assertThat(streamed).hasValue(0);
            assertThat(kept()).as("seed %d", seed).isEmpty();
        }
    }

    /// The server has the usual file, for now.
    ///
    /// @return another of equal size, for later
    private Version swap(int newer, boolean tagged) {
        begin(tagged(version, tagged, "one"));
        return tagged(Version.of(TransferTest.music(SIZE, 4), LONG_AGO.plusSeconds(newer)), tagged, "two");
    }

    private static Version tagged(Version version, boolean tagged, String tag) {
        return tagged ? version.etag("\"" + tag + "\"") : version;
    }

    @ParameterizedTest
    @CsvSource({"90, false", "-90, false", "0, true"})
    @DisplayName("B.42 B.4 another file of equal size between the download's answer and the one ahead: the old one is heard and kept, no mixture")
    void swappedBeforeAhead(int newer, boolean tagged) throws Exception {
        Version other = swap(newer, tagged);
        server.hold(150_000);
        server.script(FILE, r -> FaultServer.serve(tagged(version, tagged, "one"), r), r -> {
            server.release();
            return FaultServer.serve(other, r);
        });
        try (ByteSource source = open()) {
            hear(source, SIZE / 2, SIZE, version.bytes());
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
        }
        assertThat(server.requests()).as("it was asked for").hasSize(2);
        assertThat(streamed).as("not read as another version either").hasValue(0);
        assertThat(disk.made).as("nothing of it was kept").hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"90, false", "-90, false", "0, true"})
    @DisplayName("B.42 B.4 another file of equal size between the answer ahead and the take-over: the new one comes whole, no mixture")
    void swappedBeforeTakeOver(int newer, boolean tagged) throws Exception {
        Version other = swap(newer, tagged);
        server.pace(3);
        server.hold(150_000);
        try (ByteSource source = open()) {
            hear(source, SIZE / 2, SIZE / 2 + 300_000, version.bytes());
            hear(source, 0, 1000, version.bytes());
            server.file(FILE, other);
            server.release();
            assertThatThrownBy(() -> source.read(SIZE - 1, ByteBuffer.allocate(1))).isInstanceOf(IOException.class)
                    .hasMessageContaining("open it again");
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(other.bytes());
        }
        assertThat(disk.made.get()).isPositive();
        assertThat(kept()).isEmpty();
    }

    @Test
    @DisplayName("B.42 B.6 where nothing proves the version, what is read ahead is only heard and not kept")
    void noValidator() throws Exception {
        begin(version.undated());
        server.hold(150_000);
        try (ByteSource source = open(server::release)) {
            hear(source, SIZE / 2, SIZE, version.bytes());
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
        }
        assertThat(streamed).as("the stream was asked").hasValue(1);
        assertThat(server.requests()).hasSize(1);
        assertThat(disk.made).hasValue(0);
    }

    @Test
    @DisplayName("B.42 after a cut of the download, whoever reads far ahead follows its next attempt")
    void followsTheNext() throws Exception {
        begin(version);
        server.hold(150_000);
        server.script(FILE, r -> FaultServer.serve(version, r).cut(200_000, false), r -> FaultServer.serve(version, r),
                r -> FaultServer.serve(version, r).stall(400_000));
        try (ByteSource source = open()) {
            hear(source, SIZE / 2, SIZE / 2 + 1000, version.bytes());
            server.release();
            Rig.await(() -> source.available() >= 500_000, () -> "it has come to " + source.available());
        }
    }

    @Test
    @DisplayName("B.42 after a cut of the download, nothing is read ahead of a file that is whole by now")
    void wholeByNow() throws Exception {
        begin(version);
        server.hold(150_000);
        server.script(FILE, r -> FaultServer.serve(version, r).cut(200_000, false));
        try (ByteSource source = open()) {
            hear(source, SIZE / 2, SIZE / 2 + 1000, version.bytes());
            server.release();
            rig.await(key, Status.COMPLETED);
            int asked = server.requests().size();
            hear(source, SIZE / 4, SIZE, version.bytes());
            assertThat(server.requests()).hasSize(asked);
        }
        assertThat(streamed).hasValue(0);
    }

    @Test
    @DisplayName("B.42 B.31 what a crash leaves of it goes at the next start, and the file is right")
    void crash() throws Exception {
        begin(version);
        server.pace(3);
        server.hold(150_000);
        ByteSource source = open();
        hear(source, SIZE / 2, SIZE / 2 + 300_000, version.bytes());
        assertThat(kept()).isNotEmpty();
        disk.dead = true;
        rig.engine.close();
        source.close();
        assertThat(kept()).as("as after a power cut").isNotEmpty();
        disk.dead = false;
        server.release();
        rig.reopen();
        Rig.await(() -> kept().isEmpty(), () -> "stays: " + kept());
        try (ByteSource again = open()) {
            hear(again, SIZE / 2, SIZE, version.bytes());
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
        }
        assertThat(kept()).isEmpty();
    }

    @Test
    @DisplayName("B.42 B.20 a disk that is full while it is read ahead: it is heard from the stream, and the download does not fail")
    void diskFull() throws Exception {
        disk.most = 200_000;
        begin(version);
        server.hold(150_000);
        try (ByteSource source = rig.engine.growingFiles().open(key).orElseThrow().source(() -> {
            streamed.incrementAndGet();
            return new RemoteAnswer.Source(new Whole(version.bytes()));
        })) {
            hear(source, SIZE / 2, SIZE, version.bytes());
            assertThat(streamed).hasValue(1);
            assertThat(kept()).isEmpty();
            server.release();
            Download done = rig.await(key, Status.COMPLETED);
            assertThat(done.retryCount()).isZero();
            assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        }
        assertThat(disk.made).as("it is tried once").hasValue(1);
    }

    @Test
    @DisplayName("B.42 B.20 where there is no room beside the download, nothing is kept")
    void noRoom() throws Exception {
        begin(version);
        server.hold(150_000);
        try (ByteSource source = open(server::release)) {
            disk.usable = SIZE;
            hear(source, SIZE / 2, SIZE, version.bytes());
            rig.await(key, Status.COMPLETED);
        }
        assertThat(streamed).hasValue(1);
        assertThat(disk.made).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "cancel", "close", "engine"})
    @DisplayName("B.42 when the download or the listening ends, nothing of it stays")
    void ends(String how) throws Exception {
        begin(version);
        server.pace(3);
        server.hold(150_000);
        ByteSource source = open();
        hear(source, SIZE / 2, SIZE / 2 + 100_000, version.bytes());
        assertThat(kept()).hasSize(1);
        long id = rig.row(key).orElseThrow().id();
        switch (how) {
            case "pause" -> rig.engine.pause(List.of(id)).join();
            case "cancel" -> rig.engine.cancel(List.of(id)).join();
            case "close" -> {
                source.close();
                assertThat(kept()).as("the download goes on and will take it").hasSize(1);
                rig.engine.cancel(List.of(id)).join();
            }
            default -> rig.engine.close();
        }
        Rig.await(() -> kept().isEmpty(), () -> "stays: " + kept());
        source.close();
        Rig.await(() -> kept().isEmpty(), () -> "stays: " + kept());
        server.release();
    }

    /// A stream of the whole file.
    private record Whole(byte[] bytes) implements ByteSource {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public int read(long position, ByteBuffer into) {
            if (position >= bytes.length) return -1;
            int n = (int) Math.min(into.remaining(), bytes.length - position);
            into.put(bytes, (int) position, n);
            return n;
        }

        @Override
        public String name() {
            return "whole";
        }

        @Override
        public long available() {
            return bytes.length;
        }

        @Override
        public void close() {}
    }
}
