package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.library.Availability;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.StoredLibrary;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Answer;
import app.waxwing.testing.FaultServer.Reply;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestAccounts;
import app.waxwing.testing.TlsFaults;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cases B.1–B.19 one by one, beside what [TransferTest] shows; [FaultMatrixTest] mixes them with seeds and places.
class HttpCasesTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder.resolve("usual"), new FaultServer(), Rig.PATIENT, new SystemDisk()).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static Version version(int size, long seed) {
        return Version.of(TransferTest.music(size, seed), LONG_AGO);
    }

    private ItemKey good(long account, String id, Answer... script) {
        var version = version(5000, id.hashCode());
        ItemKey key = rig.track(account, id, 5000);
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File")) {
            rig.server.file(path, version);
            rig.server.script(path, script);
        }
        return key;
    }

    private ItemKey one(Version version, Answer... script) {
        ItemKey key = rig.track(1, "t", version.bytes().length);
        rig.server.file(Rig.path("t"), version);
        rig.server.script(Rig.path("t"), script);
        rig.enqueue(key);
        return key;
    }

    private static Answer status(int code, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Length: 0");
        return r -> Reply.of(code, new byte[0], all.toArray(String[]::new));
    }

    private Reason reason(ItemKey key) {
        return rig.row(key).flatMap(Download::reason).orElse(Reason.SLOT);
    }

    private static Answers.Head head(int code, long length, String... headers) {
        return new Answers.Head(code, length, true, name -> List.of(headers).stream().filter(h -> h.startsWith(name + ": "))
                .map(h -> h.substring(name.length() + 2)).findFirst());
    }

    private static Answers.Asked asked(long offset, long total) {
        return new Answers.Asked(offset, OptionalLong.of(total), new Validators(Optional.of("\"a\""), Optional.empty()), "s", "t");
    }

    @Test
    @DisplayName("2.4 B.1 a server that sends the whole file for a range twice without getting further is not asked for a range again")
    void deafToRanges() {
        var version = version(400_000, 1);
        Answer whole = r -> Reply.of(200, version.bytes(), "Content-Length: 400000", "Last-Modified: " + FaultServer.date(LONG_AGO))
                .cut(60_000, false);
        Download done = rig.await(one(version, r -> FaultServer.serve(version, r).cut(100_000, false), whole, whole), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        var asked = rig.server.requests(Rig.path("t"));
        assertThat(asked).hasSize(4);
        assertThat(asked.stream().map(r -> r.header("range").isPresent())).containsExactly(false, true, true, false);
    }

    @Test
    @DisplayName("B.2 a wrong part is asked for once more without Range; a second wrong one is final")
    void wrongParts() {
        var version = version(200_000, 2);
        String right = "bytes 50000-199999/200000";
        var asked50 = asked(50_000, 200_000);
        assertThat(Answers.judge(asked50, head(206, 150_000, "content-range: " + right, "etag: \"a\""))).isInstanceOf(Verdict.Append.class);
        for (String range : List.of("bytes 49999-199999/200000", "bytes 50001-199999/200000", "bytes 50000-199999/200001",
                "bytes 50000-49999/200000", "bytes 50000-200000/200000", "bytes 50000-199999/*", "bytes */200000",
                "octets 50000-199999/200000",
                "bytes 50000-", "")) {
            assertThat(Answers.judge(asked50, head(206, 150_000, "content-range: " + range, "etag: \"a\""))).as(range)
                    .isInstanceOf(Verdict.Afresh.class);
        }
        assertThat(Answers.judge(asked50, head(206, 150_000, "content-type: multipart/byteranges; boundary=x", "etag: \"a\"")))
                .isInstanceOf(Verdict.Afresh.class);
        Answer wrong = r -> Reply.of(206, new byte[100], "Content-Length: 100", "Content-Type: audio/flac");
        Download failed = rig.await(one(version, r -> FaultServer.serve(version, r).cut(50_000, false), wrong, wrong), Status.FAILED);
        assertThat(failed.error().orElseThrow()).contains("nobody asked for");
        var asked = rig.server.requests(Rig.path("t"));
        assertThat(asked.stream().map(r -> r.header("range").isPresent())).containsExactly(false, true, false);
        assertThat(rig.files()).noneMatch(f -> f.endsWith(".flac"));
    }

    @Test
    @DisplayName("B.3 416 completes only with our own length as total and as what we have; else one new beginning, a second is final")
    void unsatisfied() {
        assertThat(Answers.judge(asked(100, 100), head(416, 0, "content-range: bytes */100"))).isInstanceOf(Verdict.Complete.class);
        assertThat(Answers.judge(asked(90, 100), head(416, 0, "content-range: bytes */90"))).isInstanceOf(Verdict.Afresh.class);
        assertThat(Answers.judge(asked(90, 100), head(416, 0, "content-range: bytes */100"))).isInstanceOf(Verdict.Afresh.class);
        assertThat(Answers.judge(asked(90, 100), head(416, 0))).isInstanceOf(Verdict.Afresh.class);
        var version = version(200_000, 3);
        rig.await(one(version, r -> FaultServer.serve(version, r).cut(50_000, false), status(416), status(416)), Status.FAILED);
        assertThat(rig.server.requests(Rig.path("t"))).hasSize(3);
        ItemKey first = rig.track(1, "first", 200_000);
        rig.server.script(Rig.path("first"), status(416), status(416));
        rig.enqueue(first);
        assertThat(rig.await(first, Status.FAILED).error().orElseThrow()).as("nobody asked for a part").doesNotContain("shorter")
                .contains("the whole was asked for; the file there may be empty or damaged");
        var shorter = version(30_000, 4);
        ItemKey changed = rig.track(1, "changed", 200_000);
        rig.server.file(Rig.path("changed"), shorter);
        rig.server.script(Rig.path("changed"), r -> FaultServer.serve(version, r).cut(50_000, false),
                status(416, "Content-Range: bytes */30000"));
        rig.enqueue(changed);
        Download done = rig.await(changed, Status.COMPLETED);
        assertThat(rig.bytes(done)).as("the file that is there now, from its start").isEqualTo(shorter.bytes());
    }

    @Test
    @DisplayName("2.4 B.4 a file of another size is fetched from its start, and its new size is shown and reserved")
    void otherSize() {
        var free = new AtomicLong(Long.MAX_VALUE);
        rig.close();
        rig = new Rig(folder.resolve("small"), new FaultServer(), Rig.PATIENT, new WrappedDisk() {
            @Override
            public long usable(Path at) {
                return free.get();
            }
        }).start();
        var first = version(300_000, 4);
        var second = Version.of(TransferTest.music(350_000, 5), LONG_AGO.plusSeconds(600));
        ItemKey key = rig.track(1, "t", 300_000);
        rig.server.file(Rig.path("t"), second);
        // What the library does not know is believed when it is said twice. Then the head comes, and no byte.
        rig.server.script(Rig.path("t"), r -> FaultServer.serve(first, r).cut(120_000, false), r -> FaultServer.serve(second, r),
                r -> FaultServer.serve(second, r).stall(0));
        rig.enqueue(key);
        Rig.await(
                () -> rig.server.requests(Rig.path("t")).size() == 3 && rig.row(key).orElseThrow().size().equals(OptionalLong.of(350_000)),
                () -> rig.row(key).toString());
        free.set(325_000 + 5000);
        ItemKey beside = good(1, "beside");
        rig.enqueue(beside);
        Rig.await(() -> reason(beside) == Reason.DISK, () -> "no room is kept for the new size: " + rig.row(beside));
        free.set(350_000 + 5000);
        rig.await(beside, Status.COMPLETED);
        free.set(Long.MAX_VALUE);
        long id = rig.row(key).orElseThrow().id();
        rig.engine.pause(List.of(id)).join();
        Rig.await(() -> rig.engine.activity().running().isEmpty(), () -> "it goes on");
        rig.engine.resume(List.of(id)).join();
        Download done = rig.await(key, Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(second.bytes());
        assertThat(done.size()).hasValue(350_000);
    }

    @Test
    @DisplayName("B.8 an answer with more bytes than its range promised is thrown away; a second such is final")
    void moreThanPromised() {
        var version = version(100_000, 6);
        Answer more = r -> new Reply(206,
                List.of("Content-Range: bytes 40000-99999/100000", "Last-Modified: " + FaultServer.date(LONG_AGO)),
                new byte[60_010], true, -1, false, -1, false);
        Download done = rig.await(one(version, r -> FaultServer.serve(version, r).cut(40_000, false), more), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(rig.server.requests(Rig.path("t")).getLast().header("range")).isEmpty();
    }

    @Test
    @DisplayName("B.8 a server that sends too much twice, the second time a part for a request of the whole, is not asked a third time")
    void moreThanPromisedTwice() {
        var version = version(100_000, 6);
        Answer more = r -> new Reply(206,
                List.of("Content-Range: bytes 40000-99999/100000", "Last-Modified: " + FaultServer.date(LONG_AGO)),
                new byte[60_010], true, -1, false, -1, false);
        Answer again = r -> new Reply(206,
                List.of("Content-Range: bytes 0-99999/100000", "Last-Modified: " + FaultServer.date(LONG_AGO)),
                new byte[100_010], true, -1, false, -1, false);
        Download failed = rig.await(one(version, r -> FaultServer.serve(version, r).cut(40_000, false), more, again), Status.FAILED);
        assertThat(failed.error().orElseThrow()).contains("nobody asked for");
        assertThat(rig.server.requests(Rig.path("t"))).hasSize(3);
    }

    @Test
    @DisplayName("B.15 a head that comes letter by letter is left, as one that never begins")
    void dripping() {
        rig.close();
        rig = new Rig(folder.resolve("fast"), new FaultServer(), Rig.FAST, new SystemDisk()).start();
        var version = version(200_000, 15);
        rig.server.dripHead(Rig.path("t"));
        Download done = rig.await(one(version), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(rig.server.requests(Rig.path("t"))).hasSizeGreaterThan(1);
    }

    @Test
    @DisplayName("B.9 encoded bytes are never written: asked for once more, then failed")
    void encoded() {
        var version = version(100_000, 7);
        Answer gzip = r -> FaultServer.serve(version, r).header("Content-Encoding: gzip");
        Download failed = rig.await(one(version, gzip, gzip), Status.FAILED);
        assertThat(failed.error().orElseThrow()).contains("encoded").contains("gzip").contains("can switch that off");
        assertThat(rig.server.requests()).hasSize(2).allMatch(r -> r.header("accept-encoding").equals(Optional.of("identity")));
        assertThat(failed.bytesDownloaded()).isZero();
    }

    @Test
    @DisplayName("B.10 five redirects are followed and no sixth; none leads from https to http")
    void redirects() throws Exception {
        var version = version(50_000, 8);
        rig.server.file("/end", version);
        for (int i = 1; i < 8; i++) {
            String next = i == 5 ? "/end" : "/hop" + (i + 1);
            rig.server.script("/hop" + i, status(302, "Location: " + next));
        }
        rig.await(one(version, status(307, "Location: /hop2")), Status.COMPLETED);
        assertThat(rig.server.requests()).hasSize(6);
        ItemKey round = rig.track(1, "round", 10);
        for (int i = 0; i < 40; i++) rig.server.script(Rig.path("round"), status(302, "Location: " + Rig.path("round")));
        rig.enqueue(round);
        assertThat(rig.await(round, Status.FAILED).error().orElseThrow()).contains("circle; look whether its address is right");
        assertThat(rig.server.requests(Rig.path("round"))).hasSize(4 * 6);

        var tls = new TlsFaults(folder);
        try (var secure = new FaultServer(Optional.of(tls))) {
            rig.client = tls.trusting();
            rig.address = secure.url("");
            ItemKey key = rig.track(1, "s", 50_000);
            for (int i = 0; i < 4; i++) secure.script(Rig.path("s"), status(302, "Location: " + rig.server.url("/end")));
            int before = rig.server.requests().size();
            rig.enqueue(key);
            assertThat(rig.await(key, Status.FAILED).error().orElseThrow()).contains("without encryption");
            assertThat(rig.server.requests()).hasSize(before);
        }
    }

    @Test
    @DisplayName("B.11 401 holds the account and not the others; one download alone shows whether the sign-in is good again, and no try is spent; "
            + "a sign-in helps at once")
    void signedOutOnce() {
        rig.account(2);
        rig.engine.limits(rig.engine.limits().atOnce(1));
        var signedOut = new AtomicBoolean(true);
        var go = new CountDownLatch(1);
        var probe = new OneAtATime("m");
        for (int i = 0; i < 6; i++) {
            Answer good = probe.around(version(5000, ("m" + i).hashCode()));
            rig.server.always(Rig.path("m" + i), r -> {
                if (signedOut.getAndSet(false)) return status(401).to(r);
                await(go);
                return good.to(r);
            });
        }
        List<ItemKey> mine = new ArrayList<>();
        for (int i = 0; i < 6; i++) mine.add(good(1, "m" + i));
        rig.engine.enqueue(mine, Origin.USER, 0, "original").join();
        Rig.await(() -> reason(mine.getLast()) == Reason.SIGNED_OUT, () -> rig.row(mine.getLast()).toString());
        rig.engine.limits(rig.engine.limits().atOnce(8));
        ItemKey other = good(2, "o");
        rig.enqueue(other);
        rig.await(other, Status.COMPLETED);
        go.countDown();
        for (ItemKey key : mine) assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
        assertThat(probe.meanwhile.get()).as("who asked while the first one was not answered").isZero();
        assertThat(rig.refusals.get()).as("the session was told").isEqualTo(1);
        var out = new AtomicBoolean(true);
        ItemKey again = good(1, "again");
        rig.server.always(Rig.path("again"), r -> out.get() ? status(401).to(r) : FaultServer.serve(version(5000, "again".hashCode()), r));
        rig.enqueue(again);
        Rig.await(() -> rig.server.requests(Rig.path("again")).size() >= 2 && reason(again) == Reason.SIGNED_OUT
                && rig.engine.activity().running().isEmpty(), () -> rig.row(again).toString());
        out.set(false);
        rig.engine.signedIn(1);
        assertThat(rig.await(again, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.server.requests(Rig.path("again"))).hasSizeGreaterThanOrEqualTo(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Holds the first answer back for a while and counts who asks meanwhile.
    private final class OneAtATime {
        final AtomicInteger meanwhile = new AtomicInteger(-1);
        private final String prefix;

        OneAtATime(String prefix) {
            this.prefix = prefix;
        }

        Answer around(Version version) {
            return r -> {
                if (meanwhile.compareAndSet(-1, 0)) {
                    long before = asked();
                    pause(400);
                    meanwhile.set((int) (asked() - before));
                }
                return FaultServer.serve(version, r);
            };
        }

        private long asked() {
            return rig.server.requests().stream().filter(r -> r.path().startsWith("/Items/" + prefix)).count();
        }
    }

    private static void pause(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("B.12 «not permitted» is final; three in a row hold the account's queue and say why, until somebody asks again")
    void forbidden() {
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < 20; i++) keys.add(good(1, "f" + i, status(i % 2 == 0 ? 403 : 400)));
        rig.account(2);
        ItemKey other = good(2, "other");
        rig.engine.enqueue(keys, Origin.USER, 0, "original").join();
        Rig.await(() -> reason(keys.getLast()) == Reason.SERVER && rig.engine.activity().running().isEmpty()
                && rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.FAILED).count() == rig.server.requests().size(),
                () -> rig.row(keys.getLast()).toString());
        assertThat(rig.row(keys.getLast()).orElseThrow().waits().orElseThrow().needs()).contains("does not allow").endsWith("when you do.");
        int asked = rig.server.requests().size();
        assertThat(asked).as("asked before the queue was held").isBetween(3, 6);
        List<Download> failed = keys.stream().map(k -> rig.row(k).orElseThrow()).filter(d -> d.status() == Status.FAILED).toList();
        assertThat(failed).hasSize(asked).allSatisfy(d -> assertThat(d.error().orElseThrow()).contains("does not allow"));
        rig.enqueue(other);
        rig.await(other, Status.COMPLETED);
        assertThat(rig.server.requests()).hasSize(asked + 1);
        rig.engine.retry(failed.stream().map(Download::id).toList()).join();
        Rig.await(() -> {
            List<Long> again = keys.stream().map(k -> rig.row(k).orElseThrow()).filter(d -> d.status() == Status.FAILED).map(Download::id)
                    .toList();
            if (!again.isEmpty()) rig.engine.retry(again).join();
            return keys.stream().allMatch(k -> rig.row(k).orElseThrow().status() == Status.COMPLETED);
        }, () -> keys.stream().map(rig::row).toList().toString());
    }

    @Test
    @DisplayName("B.13 2.13 deleted on the server: a wish fails with a sentence, what was fetched ahead goes without a word, finished files stay")
    void deletedOnServer() {
        ItemKey finished = good(1, "finished");
        rig.enqueue(finished);
        Download there = rig.await(finished, Status.COMPLETED);
        rig.server.script(Rig.path("finished"), status(404));
        ItemKey ahead = good(1, "ahead", status(410));
        ItemKey wish = good(1, "wish", status(404));
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        rig.enqueue(wish);
        assertThat(rig.await(wish, Status.FAILED).error().orElseThrow()).contains("on the server any more");
        Rig.await(() -> rig.row(ahead).isEmpty(), () -> rig.row(ahead).toString());
        assertThat(rig.events).noneMatch(e -> e.kind() == DownloadEvent.Kind.FAILED && e.download().key().equals(ahead));
        assertThat(there.path().orElseThrow()).exists();
        assertThat(rig.row(finished).orElseThrow().status()).isEqualTo(Status.COMPLETED);
        var library = new StoredLibrary(rig.database, new LibraryChanges(rig.time, Runnable::run), new TestAccounts(), Runnable::run,
                rig.time, new Random(1));
        assertThat(library.track(wish).join().orElseThrow().availability()).as("the library says so").isEqualTo(Availability.GONE);
        assertThat(library.track(finished).join().orElseThrow().availability()).isEqualTo(Availability.LOCAL);
        assertThat(library.track(ahead).join().orElseThrow().availability()).as("silence").isEqualTo(Availability.REMOTE);
        rig.server.file(Rig.path("wish"), version(5000, 3));
        rig.engine.retry(List.of(rig.row(wish).orElseThrow().id())).join();
        rig.await(wish, Status.COMPLETED);
        assertThat(library.track(wish).join().orElseThrow().availability()).as("it came back").isEqualTo(Availability.LOCAL);
        rig.engine.delete(List.of(rig.row(wish).orElseThrow().id())).join();
        Rig.await(() -> rig.files().size() == 1, () -> rig.files().toString());
        assertThat(rig.files()).as("no empty part stays").containsExactly("Artist/Album/01 Title finished.flac");
    }

    @Test
    @DisplayName("B.14 B.34 Retry-After: seconds, three digits, a date counted from the answer's own Date, at most an hour")
    void retryAfterForms() {
        Optional<String> date = Optional.of("Wed, 21 Oct 2015 07:28:00 GMT");
        assertThat(Answers.retryAfter("060", date)).contains(Duration.ofSeconds(60));
        assertThat(Answers.retryAfter("7", Optional.empty())).contains(Duration.ofSeconds(7));
        assertThat(Answers.retryAfter("Wed, 21 Oct 2015 07:29:30 GMT", date)).contains(Duration.ofSeconds(90));
        assertThat(Answers.retryAfter("Wed, 21 Oct 2015 07:00:00 GMT", date)).contains(Duration.ZERO);
        assertThat(Answers.retryAfter("Wed, 21 Oct 2015 07:29:30 GMT", Optional.empty())).isEmpty();
        assertThat(Answers.retryAfter("86400", date)).contains(Duration.ofHours(1));
        assertThat(Answers.retryAfter("soon", date)).isEmpty();
    }

    @Test
    @DisplayName("B.14 a busy server is left alone for as long as it says and never less, then asked by one download, and no try is spent")
    void busy() {
        List<ItemKey> keys = new ArrayList<>();
        var probe = new OneAtATime("b");
        List<Long> first = new ArrayList<>();
        Answer wait = r -> {
            synchronized (first) {
                first.add(System.nanoTime());
            }
            return Reply.of(503, new byte[0], "Retry-After: 001", "Content-Length: 0");
        };
        AtomicInteger early = new AtomicInteger();
        for (int i = 0; i < 6; i++) {
            ItemKey key = rig.track(1, "b" + i, 5000);
            var version = version(5000, i);
            if (i < 3) rig.server.script(Rig.path("b" + i), wait);
            rig.server.script(Rig.path("b" + i), r -> {
                synchronized (first) {
                    if (System.nanoTime() - first.getLast() < Duration.ofSeconds(1).toNanos()) early.incrementAndGet();
                }
                return probe.around(version).to(r);
            });
            keys.add(key);
        }
        rig.engine.enqueue(keys, Origin.USER, 0, "original").join();
        Rig.await(() -> keys.stream().allMatch(k -> rig.row(k).orElseThrow().status() == Status.COMPLETED),
                () -> keys.stream().map(rig::row).toList().toString());
        assertThat(early.get()).as("asked before the second was over").isZero();
        assertThat(probe.meanwhile.get()).as("asked while one showed the way").isZero();
        assertThat(keys).allSatisfy(k -> assertThat(rig.row(k).orElseThrow().retryCount()).isZero());
        assertThat(rig.server.requests()).hasSize(9);
    }

    @Test
    @DisplayName("B.15 a server that never begins to answer is left")
    void neverBegins() {
        rig.close();
        rig = new Rig(folder.resolve("fast"), new FaultServer(), Rig.FAST, new SystemDisk()).start();
        var version = version(200_000, 15);
        Download done = rig.await(one(version, r -> {
            pause(2500);
            return FaultServer.serve(version, r);
        }), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(rig.server.requests(Rig.path("t"))).hasSizeGreaterThan(1);
    }

    @Test
    @DisplayName("B.15 a server that trickles is left while others move, and what came is kept; where nothing else moves it is not")
    void trickles() {
        rig.close();
        // Only the floor is near: a machine that is busy for a moment is no silence.
        var floor = new DownloadOptions(0, 1L << 30, Rig.FAST.retry(), Rig.FAST.connectTimeout(), Rig.PATIENT.readTimeout(),
                Rig.FAST.floorWindow(), Rig.FAST.floorBytes(), Rig.FAST.recheck());
        rig = new Rig(folder.resolve("fast"), new FaultServer(), floor, new SystemDisk()).start();
        var alone = version(500, 14);
        rig.server.script(Rig.path("alone"), r -> FaultServer.serve(alone, r).slowly());
        ItemKey only = rig.track(1, "alone", 500);
        rig.enqueue(only);
        rig.await(only, Status.COMPLETED);
        assertThat(rig.server.requests(Rig.path("alone"))).as("for more than two windows it came in drops").hasSize(1);
        rig.server.pace(20);
        var version = version(200_000, 15);
        ItemKey slow = one(version, r -> FaultServer.serve(version, r).slowly());
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.key().equals(slow) && r.bytes() > 0),
                () -> "nothing came");
        var much = version(4_000_000, 16);
        rig.server.file(Rig.path("moves"), much);
        rig.enqueue(rig.track(1, "moves", 4_000_000));
        Download done = rig.await(slow, Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(rig.server.requests(Rig.path("t"))).hasSize(2);
        assertThat(rig.server.requests(Rig.path("t")).getLast().header("range")).as("it goes on from what came").isPresent();
        assertThat(rig.server.requests(Rig.path("moves"))).hasSize(1);
    }

    @Test
    @DisplayName("B.16 a name that is not found waits for a network where there is none, and costs tries where there is one")
    void noRoute() {
        AtomicInteger found = new AtomicInteger();
        rig.client = rig.client.newBuilder().dns(host -> {
            if (found.get() == 0) throw new UnknownHostException(host);
            return List.of(InetAddress.getLoopbackAddress());
        }).build();
        rig.address = rig.server.url("").replace("127.0.0.1", "music.test");
        rig.connected = false;
        ItemKey key = good(1, "n");
        rig.enqueue(key);
        Rig.await(() -> reason(key) == Reason.NETWORK, () -> rig.row(key).toString());
        assertThat(rig.row(key).orElseThrow().retryCount()).isZero();
        found.set(1);
        rig.connected = true;
        rig.network.mode(app.waxwing.account.Reachability.Mode.AUTO);
        assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
        found.set(0);
        ItemKey second = good(1, "n2");
        rig.enqueue(second);
        assertThat(rig.await(second, Status.FAILED).retryCount()).isEqualTo(3);
    }

    @Test
    @DisplayName("B.16 B.19 a certificate that is not trusted is final; downloads offer HTTP/1.1 only, so no stream waits behind another's disk")
    void certificates() throws Exception {
        var tls = new TlsFaults(folder);
        try (var secure = new FaultServer(Optional.of(tls))) {
            rig.address = secure.url("");
            ItemKey key = rig.track(1, "c", 5000);
            secure.file(Rig.path("c"), version(5000, 16));
            rig.enqueue(key);
            Download failed = rig.await(key, Status.FAILED);
            assertThat(failed.error().orElseThrow()).contains("certificate");
            assertThat(failed.retryCount()).isZero();
            assertThat(secure.requests()).isEmpty();
            rig.client = tls.trusting();
            rig.engine.retry(List.of(failed.id())).join();
            rig.await(key, Status.COMPLETED);
            assertThat(tls.offered()).isNotEmpty().allSatisfy(o -> assertThat(o).doesNotContain("h2"));
        }
    }

    @Test
    @DisplayName("B.18 after a portal's page nothing is asked of the server before it says who it is, and the bytes that are here stay")
    void portalThenProbe() {
        var version = version(150_000, 18);
        byte[] page = "<!DOCTYPE html><html><body>Welcome</body></html>".getBytes(StandardCharsets.UTF_8);
        AtomicInteger looks = new AtomicInteger();
        rig.stranger = a -> looks.incrementAndGet() < 4
                ? Optional.of(new Failure.Offline("Test"))
                : Optional.empty();
        Download done = rig.await(one(version, r -> FaultServer.serve(version, r).cut(70_000, false),
                r -> Reply.of(200, page, "Content-Type: audio/flac", "Content-Length: " + page.length)), Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(version.bytes());
        assertThat(looks.get()).isGreaterThanOrEqualTo(4);
        var asked = rig.server.requests(Rig.path("t"));
        assertThat(asked).hasSize(3);
        assertThat(asked.getLast().header("range")).contains("bytes=70000-");
        assertThat(done.retryCount()).isLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("B.18 a redirect to an unknown host is believed only while the server itself is there; 511 waits")
    void redirectToUnknown() {
        try (var portal = new FaultServer()) {
            var version = version(80_000, 19);
            byte[] fake = TransferTest.music(80_000, 99);
            portal.script("/login", r -> Reply.of(200, fake, "Content-Type: audio/flac", "Content-Length: 80000"));
            AtomicInteger looks = new AtomicInteger();
            rig.stranger = a -> looks.incrementAndGet() < 3
                    ? Optional.of(new Failure.Offline("Test"))
                    : Optional.empty();
            Download done = rig.await(one(version, status(302, "Location: " + portal.url("/login")), status(511)), Status.COMPLETED);
            assertThat(rig.bytes(done)).isEqualTo(version.bytes());
            assertThat(looks.get()).isGreaterThanOrEqualTo(3);
            assertThat(done.retryCount()).isZero();
        }
    }

    @Test
    @DisplayName("B.43 another server behind the same address: nothing is final, nothing more is sent to it, all waits, and goes on at the same "
            + "place when the account's own is back")
    void otherServer() {
        rig.stranger = a -> Optional.of(new Failure.Offline("Test", true));
        ItemKey key = good(1, "x", status(404));
        ItemKey second = good(1, "y");
        rig.enqueue(key);
        Rig.await(() -> reason(key) == Reason.NETWORK, () -> rig.row(key).toString());
        rig.enqueue(second);
        Rig.await(() -> reason(second) == Reason.NETWORK, () -> rig.row(second).toString());
        assertThat(rig.server.requests()).hasSize(1);
        assertThat(List.of(key, second)).allSatisfy(k -> {
            Download row = rig.row(k).orElseThrow();
            assertThat(row.status()).isEqualTo(Status.PENDING);
            assertThat(row.waits().orElseThrow().needs()).contains("another server answers");
        });
        rig.stranger = a -> Optional.empty();
        rig.network.mode(app.waxwing.account.Reachability.Mode.AUTO); // tells that the server is reached
        assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.await(second, Status.COMPLETED).retryCount()).isZero();
    }

    @Test
    @DisplayName("B.18 B.43 in doubt the server is asked who it is, once in half a minute, and its «gone» counts only then")
    void presence() {
        var time = new app.waxwing.testing.ManualTime();
        AtomicInteger looks = new AtomicInteger();
        TransferSource source = new TransferSource() {
            @Override
            public app.waxwing.server.MediaRequest request(ItemKey track, Purpose purpose) {
                throw new FailureException(new Failure.Invalid("not asked for"));
            }

            @Override
            public okhttp3.OkHttpClient client(long account) {
                return rig.client;
            }

            @Override
            public Optional<Failure> stranger(long account) {
                looks.incrementAndGet();
                return Optional.empty();
            }
        };
        var presence = new Presence(source, time);
        var gone = new Verdict.Refuse(new Failure.NotFound("it"));
        assertThat(presence.trouble(1)).isEmpty();
        assertThat(looks.get()).isZero();
        assertThat(presence.weigh(1, gone, false)).isEqualTo(gone);
        assertThat(presence.weigh(1, gone, false)).isEqualTo(gone);
        assertThat(looks.get()).isEqualTo(1);
        time.pass(Duration.ofSeconds(31));
        presence.weigh(1, gone, false);
        assertThat(looks.get()).isEqualTo(2);
        presence.weigh(1, new Verdict.Append(5), false);
        assertThat(looks.get()).isEqualTo(2);
        presence.doubt(1);
        presence.trouble(1);
        assertThat(looks.get()).isEqualTo(3);
        assertThatThrownBy(() -> source.request(new ItemKey(1, "t"), TransferSource.Purpose.KEEP)).isInstanceOf(FailureException.class);
    }
}
