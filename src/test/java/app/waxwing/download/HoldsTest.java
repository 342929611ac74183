package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.PowerMonitor;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.testing.AlwaysOnline;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every hold says what it needs, costs no try, and ends by itself. Those of [Gate] are in [DownloadLimitsTest].
class HoldsTest {
    @TempDir
    Path folder;

    /// A step of a test that touches files.
    private interface Step {
        void run(Rig rig) throws IOException;
    }

    private void holds(Disk disk, Reason reason, String words, Step before, Step wake) throws IOException {
        try (var rig = new Rig(folder, new FaultServer(), Rig.PATIENT, disk).start()) {
            rig.server.file(Rig.path("t"), Version.of(TransferTest.music(50_000, 1), Instant.EPOCH));
            ItemKey key = rig.track(1, "t", 50_000);
            before.run(rig);
            rig.enqueue(key);
            // The row that says so, not one that is read after it: a hold is tried again and again.
            var waits = new AtomicReference<Download>();
            Rig.await(() -> rig.row(key).filter(d -> d.waits().filter(w -> w.reason() == reason && w.needs().contains(words)).isPresent())
                    .map(d -> waits.updateAndGet(earlier -> d)).isPresent(), () -> rig.row(key).toString());
            Download held = java.util.Objects.requireNonNull(waits.get());
            assertThat(held.waits().orElseThrow().needs()).endsWith(".");
            assertThat(held.retryCount()).isZero();
            wake.run(rig);
            assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
            assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.FAILED)).isEmpty();
        }
    }

    @Test
    @DisplayName("B.12 asking again ends a hold for want of permission, also when one that had begun before was served meanwhile")
    void allowedAgain() {
        var holds = new Holds(account -> true, id -> true, Long::toString);
        for (int i = 0; i < 3; i++) holds.forbidden(1);
        holds.account(1, new Holds.Hold(Reason.SERVER, new Failure.NotPermitted("download"), Long.MAX_VALUE));
        holds.served(1);
        assertThat(Optional.ofNullable(holds.seen(Set.of(1L)).get(1L)).map(Holds.Hold::reason)).contains(Reason.SERVER);
        holds.allow(1);
        assertThat(Optional.ofNullable(holds.seen(Set.of(1L)).get(1L)).map(Holds.Hold::reason)).isEmpty();
    }

    @Test
    @DisplayName("B.12 B.18 an error's words with 200 are not what was asked for: they do not count as a sign that the account may download")
    void wordsAreNotServed() {
        try (var rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk()).start()) {
            byte[] words = "Bad gateway".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (String id : List.of("no1", "words", "no2", "no3")) {
                ItemKey key = rig.track(1, id, -1);
                rig.server.always(Rig.path(id), id.equals("words")
                        ? q -> FaultServer.Reply.of(200, words, "Content-Type: audio/flac", "Content-Length: " + words.length)
                        : q -> FaultServer.Reply.of(403, new byte[0], "Content-Length: 0"));
                rig.enqueue(key);
                rig.await(key, Status.FAILED);
            }
            ItemKey next = rig.offered("next", 50_000);
            rig.enqueue(next);
            Rig.await(() -> rig.row(next).flatMap(Download::waits).filter(w -> w.reason() == Reason.SERVER).isPresent(),
                    () -> rig.row(next).toString());
        }
    }

    @Test
    @DisplayName("B.14 a server that asks for time is asked for nothing by any of its accounts, and then by one download of them all; what holds one account holds no other")
    void oneServer() {
        var running = new HashSet<Long>();
        var holds = new Holds(account -> true, running::contains, account -> account == 3 ? "other" : "server");
        Entry one = BoardTest.entry(1, 1, 1, 0, false, 1);
        Entry two = BoardTest.entry(2, 2, 1, 0, false, 2);
        Entry three = BoardTest.entry(3, 3, 1, 0, false, 3);
        holds.account(1, new Holds.Hold(Reason.SERVER, new Failure.ServerBusy("Home", Optional.of(Duration.ofNanos(10))), 10));
        holds.account(1, new Holds.Hold(Reason.SIGNED_OUT, new Failure.Unauthorised("server"), Long.MAX_VALUE));
        assertThat(holds.nextExpiry()).isEqualTo(10);
        holds.expire(9);
        assertThat(holds.reason(two)).contains(Reason.SERVER);
        assertThat(holds.seen(Set.of(1L, 2L, 3L))).containsOnlyKeys(1L, 2L);
        assertThat(holds.reason(three)).isEmpty();
        holds.signedIn(1);
        assertThat(holds.reason(one)).contains(Reason.SERVER);
        holds.expire(10);
        assertThat(holds.reason(one)).isEmpty();
        assertThat(holds.reason(two)).isEmpty();
        holds.started(two);
        running.add(2L);
        assertThat(holds.reason(two)).isEmpty();
        assertThat(holds.reason(one)).contains(Reason.SERVER);
        assertThat(holds.served(2)).isTrue();
        assertThat(holds.reason(one)).isEmpty();
        holds.account(2, new Holds.Hold(Reason.SERVER, new Failure.NotPermitted("download"), Long.MAX_VALUE));
        assertThat(holds.reason(two)).contains(Reason.SERVER);
        assertThat(holds.reason(one)).isEmpty();
    }

    @Test
    @DisplayName("B.14 two users of one server: while it asks the one to wait nothing of the other's is asked for, until he asks again")
    void twoUsers() {
        try (var rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk()).start()) {
            rig.account(2);
            ItemKey his = rig.offered("his", 50_000, r -> FaultServer.Reply.of(503, new byte[0], "Content-Length: 0", "Retry-After: 3000"));
            rig.offered("hers", 50_000);
            ItemKey hers = rig.track(2, "hers", 50_000);
            rig.enqueue(his);
            Rig.await(() -> rig.row(his).flatMap(Download::waits).filter(w -> w.reason() == Reason.SERVER).isPresent(),
                    () -> rig.row(his).toString());
            Download waits = rig.enqueue(hers);
            Rig.await(() -> rig.row(hers).flatMap(Download::waits).filter(w -> w.reason() == Reason.SERVER && w.until().isPresent())
                    .isPresent(), () -> rig.row(hers).toString());
            assertThat(rig.server.requests(Rig.path("hers"))).isEmpty();
            rig.engine.retry(List.of(waits.id())).join();
            rig.await(hers, Status.COMPLETED);
            rig.await(his, Status.COMPLETED);
        }
    }

    @Test
    @DisplayName("B.11 a refusal of the old sign-in that comes after the new one is looked at once more by itself")
    void lateRefusal() {
        var holds = new Holds(account -> true, id -> true, Long::toString);
        assertThat(holds.refused(1)).isOne();
        holds.account(1, new Holds.Hold(Reason.SIGNED_OUT, new Failure.Unauthorised("server"), 10));
        holds.expire(10);
        holds.signedIn(1);
        assertThat(holds.refused(1)).isOne();
    }

    @Test
    @DisplayName("Hold: offline by the user's word")
    void forcedOffline() throws IOException {
        holds(new SystemDisk(), Reason.NETWORK, "because you said so", r -> r.network.mode(Reachability.Mode.FORCED_OFFLINE),
                r -> r.network.mode(Reachability.Mode.AUTO));
    }

    @Test
    @DisplayName("Hold: a server that is away")
    void away() throws IOException {
        holds(new SystemDisk(), Reason.NETWORK, "cannot be reached", r -> r.offline.add(1L), r -> {
            r.offline.clear();
            r.network.mode(Reachability.Mode.AUTO);
        });
    }

    @Test
    @DisplayName("B.11 hold: signed out")
    void signedOut() throws IOException {
        FaultServer.Answer refusal = q -> FaultServer.Reply.of(401, new byte[0], "Content-Length: 0");
        holds(new SystemDisk(), Reason.SIGNED_OUT, "sign in", r -> r.server.script(Rig.path("t"), refusal, refusal), r -> {
            Rig.await(() -> r.server.requests().size() == 2, () -> "asked " + r.server.requests().size() + " times");
            r.engine.signedIn(1);
        });
    }

    @Test
    @DisplayName("B.14 hold: a server that asks to wait, until its time is over")
    void busy() throws IOException {
        holds(new SystemDisk(), Reason.SERVER, "busy",
                r -> r.server.script(Rig.path("t"), q -> FaultServer.Reply.of(429, new byte[0], "Retry-After: 3", "Content-Length: 0")),
                r -> {});
    }

    @Test
    @DisplayName("B.14 a server that asks for an hour is asked once when the user says «try again» or «now»; what it says then counts")
    void askedAnyway() {
        for (boolean now : new boolean[]{false, true}) {
            try (var rig = new Rig(folder.resolve("now-" + now), new FaultServer(), Rig.PATIENT, new SystemDisk()).start()) {
                List<ItemKey> keys = java.util.stream.IntStream.range(0, 3).mapToObj(i -> {
                    rig.server.file(Rig.path("t" + i), Version.of(TransferTest.music(50_000, i), Instant.EPOCH));
                    return rig.track(1, "t" + i, 50_000);
                }).toList();
                for (ItemKey key : keys) {
                    FaultServer.Answer busy = q -> FaultServer.Reply.of(429, new byte[0], "Retry-After: 7200", "Content-Length: 0");
                    if (key.equals(keys.getFirst())) rig.server.script(Rig.path(key.id()), busy, busy);
                }
                long id = rig.enqueue(keys.getFirst()).id();
                untilHeld(rig, keys.getFirst(), 1);
                rig.enqueue(keys.get(1));
                rig.enqueue(keys.get(2));
                again(rig, now, id);
                untilHeld(rig, keys.getFirst(), 2);
                assertThat(rig.row(keys.get(1)).flatMap(Download::reason)).as("its new wait counts, for all").contains(Reason.SERVER);
                again(rig, now, rig.row(keys.get(2)).orElseThrow().id());
                for (ItemKey key : keys) assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
            }
        }
    }

    private static void again(Rig rig, boolean now, long id) {
        if (now) rig.engine.downloadNow(List.of(id)).join();
        else rig.engine.retry(List.of(id)).join();
    }

    private static void untilHeld(Rig rig, ItemKey key, int asked) {
        Rig.await(() -> rig.server.requests().size() == asked && rig.engine.activity().running().isEmpty()
                && rig.row(key).flatMap(Download::reason).equals(java.util.Optional.of(Reason.SERVER)),
                () -> rig.row(key) + ", asked " + rig.server.requests().size() + " times");
    }

    @Test
    @DisplayName("B.20 hold: a full disk, until there is room")
    void full() throws IOException {
        var disk = new WrappedDisk() {
            volatile boolean full = true;

            @Override
            public long usable(Path in) throws IOException {
                return full ? 10 : super.usable(in);
            }
        };
        holds(disk, Reason.DISK, "has not enough room", r -> {}, r -> disk.full = false);
    }

    @Test
    @DisplayName("B.23 hold: the folder is away, until it is back")
    void missing() throws IOException {
        Path away = folder.resolve("elsewhere");
        holds(new SystemDisk(), Reason.DISK, "is not there", r -> Files.move(r.paths.media(), away),
                r -> Files.move(away, r.paths.media()));
    }

    @Test
    @DisplayName("Holds end at their time and not before, and say so; one account's hold is not another's (manual clock)")
    void manualClock() {
        var time = new ManualTime();
        var board = new Board(Long::toString);
        var holds = new Holds(a -> true, id -> false, Long::toString);
        var gate = new Gate(new Surroundings(LimitChoice.of(Limits.USUAL), new Rig.Link(), PowerMonitor.NONE, () -> ZoneOffset.UTC),
                a -> false, time);
        var waits = new Waits(board, holds, gate, new AlwaysOnline(), a -> "", time);
        Entry one = BoardTest.entry(1, 1, 1, 0, false, 1);
        Entry other = BoardTest.entry(2, 2, 1, 0, false, 2);
        board.put(one);
        board.put(other);
        holds.account(1, new Holds.Hold(Reason.SERVER, new Failure.ServerBusy("Home", Optional.of(Duration.ofSeconds(90))),
                Duration.ofSeconds(90).toNanos()));
        waits.refresh();
        Wait wait = waits.of(one);
        assertThat(wait.reason()).isEqualTo(Reason.SERVER);
        assertThat(wait.until()).contains(Instant.parse("2026-03-01T12:01:30Z"));
        assertThat(waits.of(other).reason()).isEqualTo(Reason.SLOT);
        time.pass(Duration.ofSeconds(89));
        holds.expire(time.nanos());
        assertThat(holds.reason(one)).contains(Reason.SERVER);
        assertThat(holds.reason(other)).isEmpty();
        time.pass(Duration.ofSeconds(1));
        holds.expire(time.nanos());
        assertThat(holds.reason(one)).isEmpty();

        board.retryAt(2, time.nanos() + Duration.ofSeconds(15).toNanos(), new Failure.Trouble("The connection broke", "reset by peer"));
        holds.root(new Root(1), new Holds.Hold(Reason.DISK, new Failure.StoreMissing("/media/usb"), Long.MAX_VALUE));
        waits.refresh();
        assertThat(waits.of(one)).isEqualTo(
                new Wait(Reason.DISK, Optional.of(new Failure.StoreMissing("/media/usb")), waits.of(one).needs(), Optional.empty()));
        assertThat(waits.of(one).needs()).contains("/media/usb").contains("by itself");
        holds.release(new Root(1));
        waits.refresh();
        assertThat(waits.of(other).reason()).isEqualTo(Reason.RETRY);
        assertThat(waits.of(other).until()).contains(Instant.parse("2026-03-01T12:01:45Z"));
        assertThat(waits.of(other).needs()).as("issue 3: what went wrong the last time is said while the next try is waited for")
                .isEqualTo("The connection broke: reset by peer. Waxwing tries again by itself.");
    }
}
