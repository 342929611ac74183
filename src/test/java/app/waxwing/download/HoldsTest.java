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
import java.util.Optional;
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
        try (var rig = new Rig(folder, new FaultServer(), Rig.FAST, disk).start()) {
            rig.server.file(Rig.path("t"), Version.of(TransferTest.music(50_000, 1), Instant.EPOCH));
            ItemKey key = rig.track(1, "t", 50_000);
            before.run(rig);
            rig.enqueue(key);
            Rig.await(() -> rig.row(key).orElseThrow().reason().equals(Optional.of(reason)), () -> rig.row(key).toString());
            Download waits = rig.row(key).orElseThrow();
            assertThat(waits.waits().orElseThrow().needs()).contains(words).endsWith(".");
            assertThat(waits.retryCount()).isZero();
            wake.run(rig);
            assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
            assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.FAILED)).isEmpty();
        }
    }

    @Test
    @DisplayName("B.12 asking again ends a hold for want of permission, also when one that had begun before was served meanwhile")
    void allowedAgain() {
        var holds = new Holds(account -> true, id -> true);
        for (int i = 0; i < 3; i++) holds.forbidden(1);
        holds.account(1, new Holds.Hold(Reason.SERVER, new Failure.NotPermitted("download"), Long.MAX_VALUE));
        holds.served(1);
        assertThat(holds.accountReason(1)).contains(Reason.SERVER);
        holds.allow(1);
        assertThat(holds.accountReason(1)).isEmpty();
    }

    @Test
    @DisplayName("B.11 a refusal of the old sign-in that comes after the new one is looked at once more by itself")
    void lateRefusal() {
        var holds = new Holds(account -> true, id -> true);
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
                r -> r.server.script(Rig.path("t"), q -> FaultServer.Reply.of(429, new byte[0], "Retry-After: 1", "Content-Length: 0")),
                r -> {});
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
        holds(disk, Reason.DISK, "full", r -> {}, r -> disk.full = false);
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
        var holds = new Holds(a -> true, id -> false);
        var gate = new Gate(new Surroundings(LimitChoice.of(Limits.USUAL), new Rig.Link(), PowerMonitor.NONE, () -> ZoneOffset.UTC),
                a -> false, time);
        var waits = new Waits(board, holds, gate, new AlwaysOnline(), time);
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

        board.retryAt(2, time.nanos() + Duration.ofSeconds(15).toNanos());
        holds.root(new Root(1), new Holds.Hold(Reason.DISK, new Failure.StoreMissing("/media/usb"), Long.MAX_VALUE));
        waits.refresh();
        assertThat(waits.of(one)).isEqualTo(new Wait(Reason.DISK, waits.of(one).needs(), Optional.empty()));
        assertThat(waits.of(one).needs()).contains("/media/usb").contains("by itself");
        holds.release(new Root(1));
        waits.refresh();
        assertThat(waits.of(other).reason()).isEqualTo(Reason.RETRY);
        assertThat(waits.of(other).until()).contains(Instant.parse("2026-03-01T12:01:45Z"));
    }
}
