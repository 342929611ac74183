package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ByteSource;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Threads;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayingNowTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final String FILE = "/Items/t/File";
    @TempDir
    Path folder;
    private Rig rig;
    private ItemKey key;
    private final Version version = Version.of(TransferTest.music(900_000, 3), LONG_AGO);

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        key = rig.track(1, "t", 900_000);
        rig.server.file(FILE, version);
        rig.server.file(Rig.path("t"), version);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static byte[] all(ByteSource source) throws IOException {
        var out = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(10_000);
        for (int n = source.read(0, buffer); n >= 0; n = source.read(out.size(), buffer)) {
            out.write(buffer.array(), 0, n);
            buffer.clear();
        }
        return out.toByteArray();
    }

    @Test
    @DisplayName("B.42 what is heard is read while it grows, over a cut, and fetched once")
    void growsWhileRead() throws Exception {
        // Slow enough that it is open before the cut: one that waits for its next try is streamed instead.
        rig.server.pace(20);
        rig.server.script(FILE, r -> FaultServer.serve(version, r).cut(300_000, true));
        try (ByteSource source = rig.engine.growingFiles().open(key).orElseThrow().file()) {
            assertThat(source.length()).isEqualTo(900_000);
            assertThat(source.available()).isLessThan(900_000);
            assertThat(all(source)).isEqualTo(version.bytes());
        }
        Download done = rig.await(key, Status.COMPLETED);
        assertThat(done.path().orElseThrow()).startsWithRaw(rig.paths.cachedMedia());
        assertThat(rig.server.requests()).hasSize(2).allMatch(r -> r.path().equals(FILE));
        assertThat(rig.engine.list(new DownloadEngine.Filter(java.util.List.of()), 0, 10).join().items()).isEmpty();
    }

    @Test
    @DisplayName("B.42 a reader joins the download that runs already")
    void joins() throws Exception {
        rig.server.pace(5);
        rig.enqueue(key);
        try (ByteSource source = rig.engine.growingFiles().open(key).orElseThrow().file()) {
            assertThat(all(source)).isEqualTo(version.bytes());
        }
        assertThat(rig.await(key, Status.COMPLETED).path().orElseThrow()).startsWithRaw(rig.paths.media());
        assertThat(rig.server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("When the server has another version in the middle, the reader is told to open anew instead of hearing a mixture")
    void otherVersion() throws Exception {
        var other = Version.of(TransferTest.music(900_000, 4), LONG_AGO.plusSeconds(90));
        rig.server.file(FILE, other);
        rig.server.script(FILE, r -> FaultServer.serve(version, r).cut(300_000, false));
        rig.server.pace(20);
        try (ByteSource source = rig.engine.growingFiles().open(key).orElseThrow().file()) {
            // On a machine that was busy meanwhile, the reader may have begun with the other version.
            boolean late = rig.server.requests().size() > 1;
            try {
                byte[] heard = all(source);
                assertThat(late).isTrue();
                assertThat(heard).isEqualTo(other.bytes());
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("open it again");
            }
        }
        assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(other.bytes());
    }

    @Test
    @DisplayName("close wakes a reader that waits")
    void closeWakes() throws Exception {
        rig.server.script(FILE, r -> FaultServer.serve(version, r).stall(10_000));
        ByteSource source = rig.engine.growingFiles().open(key).orElseThrow().file();
        var told = new CompletableFuture<Throwable>();
        Threads.start("reader", () -> {
            try {
                source.read(800_000, ByteBuffer.allocate(10));
            } catch (IOException e) {
                told.complete(e);
            }
        });
        source.close();
        assertThat(told.get(60, TimeUnit.SECONDS)).isInstanceOf(java.nio.channels.ClosedChannelException.class);
    }

    @Test
    @DisplayName("Where it cannot be fetched it is not offered, so that it is streamed or refused")
    void refused() {
        rig.server.script(FILE, r -> FaultServer.Reply.of(404, new byte[0], "Content-Length: 0"));
        assertThat(rig.engine.growingFiles().open(key)).isEmpty();
    }
}
