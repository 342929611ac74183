package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.audio.Decoder;
import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.library.MediaLocator.ReadAhead;
import app.waxwing.library.MediaLocator.RemoteAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
@DisplayName("A file that grows while it is heard, read where it has not come to yet")
class AheadSourceTest {
    private static final int SIZE = 2_000_000;
    private final List<Fake> opened = new ArrayList<>();

    /// Bytes of which so many are here; reading on waits for more, or for the end.
    private static final class Fake implements ByteSource {
        private final byte[] bytes;
        private long here;
        private long read;
        /// So much more is here whenever somebody would have to wait; 0 = it is waited for.
        private int comes;
        private boolean closed;

        Fake(byte[] bytes, long here) {
            this.bytes = bytes;
            this.here = here;
        }

        synchronized void grow(long to) {
            here = to;
            notifyAll();
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public synchronized int read(long position, ByteBuffer into) throws IOException {
            if (position >= bytes.length) return -1;
            while (position >= here && !closed) {
                if (comes > 0) {
                    here = Math.min(bytes.length, here + comes);
                    continue;
                }
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            if (closed) throw new AsynchronousCloseException();
            int n = (int) Math.min(into.remaining(), here - position);
            into.put(bytes, (int) position, n);
            read += n;
            return n;
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public synchronized long available() {
            return here;
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) (i * 31 >> 3);
        return bytes;
    }

    private RemoteAnswer remote(byte[] bytes) {
        var source = new Fake(bytes, bytes.length);
        opened.add(source);
        return new RemoteAnswer.Source(source);
    }

    private static byte at(ByteSource source, long position) throws IOException {
        var one = ByteBuffer.allocate(1);
        assertThat(source.read(position, one)).isEqualTo(1);
        return one.get(0);
    }

    @Test
    @DisplayName("what is here, and what comes soon, is read from the file; what is far comes from the server until the file is there")
    void farFromTheServer() throws IOException {
        byte[] bytes = bytes(SIZE);
        var growing = new Fake(bytes, 300_000);
        try (var source = new AheadSource(growing, ReadAhead.NONE, () -> remote(bytes))) {
            assertThat(at(source, 299_999)).isEqualTo(bytes[299_999]);
            assertThat(opened).isEmpty();
            assertThat(at(source, SIZE - 1)).isEqualTo(bytes[SIZE - 1]);
            assertThat(at(source, SIZE - 2)).isEqualTo(bytes[SIZE - 2]);
            assertThat(opened).as("one connection for one place").hasSize(1);
            assertThat(at(source, 0)).isEqualTo(bytes[0]);
            assertThat(opened.getFirst().closed).as("not needed any more").isTrue();
            growing.grow(SIZE);
            assertThat(at(source, SIZE - 3)).isEqualTo(bytes[SIZE - 3]);
            assertThat(opened).hasSize(1);
        }
        assertThat(growing.closed).isTrue();
    }

    @Test
    @DisplayName("a refusal, another version, or no network: it is waited for, as before")
    void waits() throws Exception {
        byte[] bytes = bytes(SIZE);
        for (RemoteAnswer answer : List.of(new RemoteAnswer.Refused(new Failure.Offline("Home")), remote(bytes(SIZE - 7)))) {
            var growing = new Fake(bytes, 1000);
            try (var source = new AheadSource(growing, ReadAhead.NONE, () -> answer)) {
                var read = CompletableFuture.supplyAsync(() -> {
                    try {
                        return at(source, SIZE - 1);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                assertThat(read.isDone()).isFalse();
                growing.grow(SIZE);
                assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(bytes[SIZE - 1]);
            }
        }
    }

    /// A seek to the start of the last quarter after a second, in a track of five minutes with 112 KB a second: the reader keeps ten seconds ahead.
    private long readTwice(int line) throws IOException {
        int rate = 112_000;
        byte[] bytes = bytes(300 * rate);
        var growing = new Fake(bytes, line);
        opened.clear();
        try (var source = new AheadSource(growing, ReadAhead.NONE, () -> remote(bytes))) {
            growing.comes = line;
            int from = bytes.length / 4 * 3;
            int position = from;
            var buffer = ByteBuffer.allocate(16 << 10);
            for (int second = 0; position < bytes.length; second++) {
                while (position < Math.min(bytes.length, from + (second + 10) * rate)) position += source.read(position, buffer.clear());
                growing.grow(Math.min(bytes.length, growing.available() + line));
            }
        }
        return opened.stream().mapToLong(f -> f.read).sum();
    }

    @ParameterizedTest
    @CsvSource({"6_250_000, 2_000_000", "1_000_000, 4_300_000", "500_000, 8_400_000", "250_000, 8_400_000"})
    @DisplayName("B.42 what cannot be kept is read twice until the download has caught up, and never more than what is left of the track (decision 0014)")
    void twice(int line, int most, TestReporter reporter) throws IOException {
        long twice = readTwice(line);
        reporter.publishEntry("line " + line + " bytes/s", twice + " bytes twice");
        assertThat(twice).isBetween(1L, (long) most);
    }

    @Test
    @DisplayName("closing wakes a reader, wherever it waits")
    void closing() throws Exception {
        byte[] bytes = bytes(SIZE);
        var growing = new Fake(bytes, 1000);
        var far = new Fake(bytes, 0);
        var asked = new CompletableFuture<Void>();
        var source = new AheadSource(growing, ReadAhead.NONE, () -> {
            asked.complete(null);
            return new RemoteAnswer.Source(far);
        });
        var read = CompletableFuture.runAsync(() -> assertThatThrownBy(() -> at(source, SIZE - 1))
                .isInstanceOf(AsynchronousCloseException.class));
        asked.get(60, TimeUnit.SECONDS);
        source.close();
        read.get(60, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("an Ogg file sounds before it is whole, and knows its length")
    void oggSoundsAtOnce() {
        DemoLibrary library = DemoLibrary.bundled();
        byte[] ogg = library.bytes(library.tracks().stream().filter(t -> t.audio().codec().equals("vorbis"))
                .max(java.util.Comparator.comparingLong(t -> t.audio().content().size())).orElseThrow().id());
        assertThat(ogg.length).as("long enough for this").isGreaterThan(280_000 + 65_307 + (int) AheadSource.NEAR);
        var source = new AheadSource(new Fake(ogg, 280_000), ReadAhead.NONE, () -> remote(ogg));
        try (Decoder decoder = new FfmpegBackend().open(1, source, Optional.empty())) {
            assertThat(decoder.read(new float[4096], 1024)).isPositive();
            assertThat(decoder.info().frames()).isGreaterThan(44_100 * 10);
        }
    }
}
