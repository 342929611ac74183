package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Reply;
import app.waxwing.testing.FaultServer.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    /// By its first bytes it is music.
    static byte[] music(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        byte[] flac = {'f', 'L', 'a', 'C'};
        System.arraycopy(flac, 0, bytes, 0, Math.min(size, flac.length));
        return bytes;
    }

    private ItemKey one(Version version, FaultServer.Answer... script) {
        ItemKey key = rig.track(1, "t", version.bytes().length);
        rig.server.file(Rig.path("t"), version);
        rig.server.script(Rig.path("t"), script);
        rig.enqueue(key);
        return key;
    }

    @Test
    @DisplayName("2.6 a download gets its readable name, its digest and its event with progress 1.0")
    void completes() {
        var version = Version.of(music(3_000_000, 1), LONG_AGO);
        Download done = rig.await(one(version), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(done.path().orElseThrow()).isEqualTo(rig.paths.media().resolve("Artist/Album/01 Title t.flac"));
        assertThat(done.progress()).isEqualTo(1.0);
        assertThat(done.sha256()).isPresent();
        assertThat(rig.files()).containsExactly("Artist/Album/01 Title t.flac");
        Rig.await(() -> rig.events.stream().anyMatch(e -> e.kind() == DownloadEvent.Kind.COMPLETED && e.download().progress() == 1.0),
                () -> "no event");
        assertThat(rig.events.stream().map(DownloadEvent::kind)).startsWith(DownloadEvent.Kind.QUEUED, DownloadEvent.Kind.STARTED);
        assertThat(rig.server.requests().getFirst().header("accept-encoding")).contains("identity");
    }

    @Test
    @DisplayName("2.4 B.8 B.17 a cut body goes on with Range and If-Range where it stopped")
    void resumes() {
        var version = Version.of(music(900_000, 2), LONG_AGO);
        Download done = rig.await(
                one(version, r -> FaultServer.serve(version, r).cut(400_000, false), r -> FaultServer.serve(version, r).cut(100_000, true)),
                Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        var asked = rig.server.requests(Rig.path("t"));
        assertThat(asked).hasSize(3);
        assertThat(asked.get(1).header("range")).contains("bytes=400000-");
        assertThat(asked.get(1).header("if-range")).contains(FaultServer.date(LONG_AGO));
        long from = Long.parseLong(asked.get(2).header("range").orElseThrow().replaceAll("[^0-9]", ""));
        assertThat(from).as("what came before the reset stays").isBetween(400_000L, 500_000L);
    }

    @Test
    @DisplayName("B.15 there is no total time-out: a file that takes longer than any other call may comes in one answer")
    void noTotalTimeout() {
        rig.client = new okhttp3.OkHttpClient.Builder().callTimeout(java.time.Duration.ofMillis(30)).build();
        rig.server.pace(20);
        Download done = rig.await(one(Version.of(music(900_000, 2), LONG_AGO)), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(music(900_000, 2));
        assertThat(rig.server.requests(Rig.path("t"))).hasSize(1);
    }

    @Test
    @DisplayName("B.5 If-Range holds the strong ETag, else the date; a weak ETag never, and alone it is no reason to resume")
    void validators() {
        var plain = Version.of(music(300_000, 21), LONG_AGO);
        record Case(String id, Version version, Optional<String> ifRange) {}
        for (Case c : List.of(new Case("strong", plain.etag("\"s\""), Optional.of("\"s\"")),
                new Case("weak", plain.etag("W/\"w\""), Optional.of(FaultServer.date(LONG_AGO))),
                new Case("only-weak", plain.undated().etag("W/\"w\""), Optional.empty()),
                new Case("only-strong", plain.undated().etag("\"s\""), Optional.of("\"s\"")))) {
            ItemKey key = rig.track(1, c.id(), 300_000);
            rig.server.file(Rig.path(c.id()), c.version());
            rig.server.script(Rig.path(c.id()), r -> FaultServer.serve(c.version(), r).cut(200_000, false));
            rig.enqueue(key);
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).as(c.id()).isEqualTo(plain.bytes());
            var second = rig.server.requests(Rig.path(c.id())).get(1);
            assertThat(second.header("if-range")).as(c.id()).isEqualTo(c.ifRange());
            assertThat(second.header("range").isPresent()).as(c.id()).isEqualTo(c.ifRange().isPresent());
        }
    }

    @Test
    @DisplayName("B.4 B.5 a file replaced by one of equal size and older date is never mixed, though the server says 206")
    void olderSwap() {
        var first = Version.of(music(500_000, 3), LONG_AGO);
        var second = Version.of(music(500_000, 4), LONG_AGO.minusSeconds(86_400));
        Download done = rig.await(one(second, r -> FaultServer.serve(first, r).cut(250_000, false)), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(second.bytes());
        assertThat(rig.server.requests(Rig.path("t"))).hasSize(3);
    }

    @Test
    @DisplayName("B.6 without a validator nothing is resumed")
    void noValidator() {
        var version = Version.of(music(300_000, 5), LONG_AGO).undated();
        Download done = rig.await(one(version, r -> FaultServer.serve(version, r).cut(200_000, false)), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(rig.server.requests()).allMatch(r -> r.header("range").isEmpty());
    }

    @Test
    @DisplayName("B.6 a date younger than a minute is no strong validator")
    void freshDate() {
        var version = Version.of(music(300_000, 6), Instant.now().minusSeconds(5));
        rig.await(one(version, r -> FaultServer.serve(version, r).cut(200_000, false)), Status.COMPLETED);
        assertThat(rig.server.requests()).allMatch(r -> r.header("range").isEmpty());
    }

    @Test
    @DisplayName("B.10 another origin sees no token in any header, and the resume begins at the original address")
    void redirect() {
        try (var other = new FaultServer()) {
            var version = Version.of(music(200_000, 7), LONG_AGO);
            other.file("/moved", version);
            other.script("/moved", r -> FaultServer.serve(version, r).cut(70_000, false));
            FaultServer.Answer away = r -> Reply.of(302, new byte[0], "Location: " + other.url("/moved"), "Content-Length: 0");
            Download done = rig.await(one(version, away, away), Status.COMPLETED);
            assertThat(rig.bytes(done)).isEqualTo(version.bytes());
            assertThat(other.requests()).hasSize(2)
                    .allMatch(
                            r -> r.headers().values().stream().noneMatch(v -> v.contains("not-for-others")) && !r.path().contains("token"));
            assertThat(rig.server.requests()).hasSize(2).allMatch(r -> r.header("authorization").isPresent());
        }
    }

    @Test
    @DisplayName("2.3 first try and three retries, then failed with a sentence; a new round resumes")
    void givesUp() {
        var version = Version.of(music(400_000, 8), LONG_AGO);
        FaultServer.Answer cut = r -> FaultServer.serve(version, r).cut(1000, true);
        ItemKey key = one(version, cut, cut, cut, cut);
        Download failed = rig.await(key, Status.FAILED);
        assertThat(rig.server.requests()).hasSize(4);
        assertThat(failed.retryCount()).isEqualTo(3);
        assertThat(failed.error().orElseThrow()).startsWith("The connection broke").endsWith(".");
        rig.engine.retry(List.of(failed.id())).join();
        assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
        assertThat(rig.server.requests()).last().satisfies(r -> assertThat(r.header("range")).contains("bytes=4000-"));
    }

    @Test
    @DisplayName("B.12 B.13 403, 400, 404 and 410 are final at once and other items go on")
    void finals() {
        for (int code : new int[]{403, 400, 404, 410}) {
            String id = "t" + code;
            ItemKey key = rig.track(1, id, 10);
            rig.server.script(Rig.path(id), r -> Reply.of(code, new byte[0], "Content-Length: 0"));
            rig.enqueue(key);
            assertThat(rig.await(key, Status.FAILED).error().orElseThrow()).isNotBlank();
            assertThat(rig.server.requests(Rig.path(id))).hasSize(1);
        }
        var version = Version.of(music(1000, 9), LONG_AGO);
        rig.await(one(version), Status.COMPLETED);
    }

    @Test
    @DisplayName("B.11 401 holds the account, costs no try, and the same offset goes on after signing in")
    void signedOut() {
        var version = Version.of(music(500_000, 10), LONG_AGO);
        FaultServer.Answer no = r -> Reply.of(401, new byte[0], "Content-Length: 0");
        ItemKey key = one(version, r -> FaultServer.serve(version, r).cut(123_456, false), no, no);
        Rig.await(() -> rig.server.requests().size() == 3 && rig.row(key).orElseThrow().status() == Status.PENDING, () -> "not held");
        Rig.await(() -> rig.row(key).orElseThrow().reason().equals(java.util.Optional.of(Reason.SIGNED_OUT)),
                () -> rig.row(key).toString());
        rig.engine.signedIn(1);
        assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
        assertThat(rig.server.requests().getLast().header("range")).contains("bytes=123456-");
    }

    @Test
    @DisplayName("B.14 503 with Retry-After 001 waits without a try; 500 costs one; 408 is asked again at once")
    void busy() {
        var version = Version.of(music(5000, 11), LONG_AGO);
        Download done = rig.await(one(version, r -> Reply.of(503, new byte[0], "Retry-After: 001", "Content-Length: 0"),
                r -> Reply.of(408, new byte[0], "Content-Length: 0"), r -> Reply.of(500, new byte[0], "Content-Length: 0")),
                Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(rig.server.requests()).hasSize(4);
    }

    @Test
    @DisplayName("B.18 a portal's page is never written, whatever type it claims; the account waits and then goes on")
    void portal() {
        var version = Version.of(music(70_000, 12), LONG_AGO);
        byte[] page = "<!DOCTYPE html><html><body>Welcome to the train</body></html>".getBytes(StandardCharsets.UTF_8);
        Download done = rig.await(one(version, r -> Reply.of(200, page, "Content-Type: text/html", "Content-Length: " + page.length),
                r -> Reply.of(200, page, "Content-Type: audio/flac", "Content-Length: " + page.length),
                r -> Reply.of(511, new byte[0], "Content-Length: 0")), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
    }

    @Test
    @DisplayName("B.18 a page that lies on the server under a song's name fails with a sentence, and holds nobody else up")
    void pageOnTheServer() {
        var page = Version.of("<!DOCTYPE html><html><body>404</body></html>".getBytes(StandardCharsets.UTF_8), LONG_AGO);
        ItemKey bad = one(page);
        rig.server.file(Rig.path("good"), Version.of(music(5000, 14), LONG_AGO));
        ItemKey good = rig.track(1, "good", 5000);
        rig.enqueue(good);
        rig.await(good, Status.COMPLETED);
        assertThat(rig.await(bad, Status.FAILED).error()).contains("The server: it sends a web page and no music.");
        assertThat(rig.files()).filteredOn(name -> !name.endsWith(".part")).allMatch(name -> name.contains("good"));
    }

    @Test
    @DisplayName("Transfers that begin together make one folder without being in each other's way")
    void foldersMadeTogether() throws Exception {
        var disk = new SystemDisk();
        try (var pool = java.util.concurrent.Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 300; i++) {
                Path album = folder.resolve("Artist " + i).resolve("Album");
                var together = new java.util.concurrent.CyclicBarrier(3);
                var made = new java.util.ArrayList<java.util.concurrent.Future<Void>>();
                for (int n = 0; n < 3; n++) {
                    made.add(pool.submit(() -> {
                        together.await();
                        disk.createFolders(folder, album);
                        return null;
                    }));
                }
                for (var one : made) one.get();
                assertThat(album).isDirectory();
            }
        }
    }

    @Test
    @DisplayName("B.28 an empty file is a success, and nobody asks for its range")
    void empty() {
        Download done = rig.await(one(Version.of(new byte[0], LONG_AGO)), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEmpty();
        assertThat(rig.server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("B.15 a server that goes silent in the middle is left, and the bytes are kept")
    void stalled() {
        rig.close();
        rig = new Rig(folder.resolve("fast"), new FaultServer(), Rig.FAST, new SystemDisk()).start();
        var version = Version.of(music(300_000, 13), LONG_AGO);
        Download done = rig.await(
                one(version, r -> FaultServer.serve(version, r).stall(120_000)),
                Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(rig.server.requests().get(1).header("range")).contains("bytes=120000-");
    }

    @Test
    @DisplayName("2.12 pause keeps the bytes, resume goes on from them, cancel removes the partial file")
    void pauseResumeCancel() {
        rig.server.pace(40);
        var version = Version.of(music(600_000, 14), LONG_AGO);
        ItemKey key = one(version, r -> FaultServer.serve(version, r).stall(200_000), r -> FaultServer.serve(version, r).stall(100_000));
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() > 0), () -> "no bytes");
        long id = rig.row(key).orElseThrow().id();
        rig.engine.pause(List.of(id)).join();
        assertThat(rig.row(key).orElseThrow().status()).isEqualTo(Status.PAUSED);
        rig.stopped();
        long kept = rig.row(key).orElseThrow().bytesDownloaded();
        assertThat(kept).isPositive();
        rig.engine.resume(List.of(id)).join();
        Rig.await(() -> rig.server.requests().size() == 2, () -> "not resumed");
        assertThat(rig.server.requests().get(1).header("range")).contains("bytes=" + kept + "-");
        assertThat(rig.files()).hasSize(1);
        rig.engine.cancel(List.of(id)).join();
        Rig.await(() -> rig.files().isEmpty(), () -> rig.files().toString());
        assertThat(rig.row(key)).isEmpty();
    }

    @Test
    @DisplayName("2.12 delete removes the finished file; a second wish fetches it again under the same name")
    void deletes() {
        var version = Version.of(music(6000, 15), LONG_AGO);
        ItemKey key = one(version);
        Download done = rig.await(key, Status.COMPLETED);
        rig.engine.delete(List.of(done.id())).join();
        Rig.await(() -> rig.files().isEmpty(), () -> rig.files().toString());
        assertThat(rig.row(key)).isEmpty();
        rig.enqueue(key);
        assertThat(rig.await(key, Status.COMPLETED).path()).isEqualTo(done.path());
    }

    @Test
    @DisplayName("B.7 without a length only a marked end of the size that item data names completes")
    void withoutLength() {
        var version = Version.of(music(80_000, 16), LONG_AGO);
        FaultServer.Answer byClose = r -> FaultServer.serve(version, r).without("content-length");
        Download done = rig.await(
                one(version, r -> byClose.to(r).cut(30_000, false), r -> byClose.to(r).inChunks().cut(50_000, false), byClose),
                Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        ItemKey unknown = rig.track(1, "u", -1);
        rig.server.script(Rig.path("u"), byClose, byClose, byClose, byClose);
        rig.enqueue(unknown);
        assertThat(rig.await(unknown, Status.FAILED).error().orElseThrow()).contains("how long the file is");
    }

    @Test
    @DisplayName("2.4 B.7 where nobody says how long the file is, it is decoded: all that the track lasts must sound")
    void measuredBySound() {
        var version = Version.of(music(80_000, 17), LONG_AGO);
        FaultServer.Answer byClose = r -> FaultServer.serve(version, r).without("content-length");
        ItemKey key = rig.track(1, "sound", -1);
        rig.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(app.waxwing.store.schema.Tables.TRACK).set(app.waxwing.store.schema.Tables.TRACK.DURATION_MS, 5000L)
                        .where(app.waxwing.store.schema.Tables.TRACK.ITEM_ID.eq("sound")).execute())
                .join();
        rig.server.script(Rig.path("sound"), r -> byClose.to(r).cut(50_000, false), byClose);
        rig.enqueue(key);
        assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
        assertThat(rig.server.requests(Rig.path("sound"))).hasSize(2);
    }
}
