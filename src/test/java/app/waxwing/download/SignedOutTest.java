package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Answer;
import app.waxwing.testing.FaultServer.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// B.11: how a download that a server refuses for its sign-in comes to its file after all.
class SignedOutTest {
    private static final Answer REFUSED = r -> Reply.of(401, new byte[0], "Content-Length: 0");
    /// Nothing wakes by time here.
    private static final DownloadOptions LATE = new DownloadOptions(0, 1L << 30, Rig.FAST.retry(), Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60), 1024, Duration.ofHours(1));
    @TempDir
    Path folder;

    private Rig rig(DownloadOptions options) {
        return new Rig(folder, new FaultServer(), options, new SystemDisk()).start();
    }

    private static Answer[] refused(int times) {
        Answer[] script = new Answer[times];
        Arrays.fill(script, REFUSED);
        return script;
    }

    private static void untilHeld(Rig rig, ItemKey key, int asked) {
        Rig.await(() -> rig.server.requests().size() == asked && rig.engine.activity().running().isEmpty()
                && rig.row(key).orElseThrow().reason().equals(Optional.of(Reason.SIGNED_OUT)),
                () -> rig.row(key) + ", asked " + rig.server.requests().size() + " times");
    }

    @Test
    @DisplayName("B.11 a server that takes the same sign-in again after any number of refusals gets its downloads by itself, and no try is spent")
    void byItself() {
        try (var rig = rig(Rig.PATIENT)) {
            ItemKey key = rig.offered("t", 5000, refused(4));
            rig.enqueue(key);
            Rig.await(() -> rig.row(key).flatMap(Download::waits).filter(w -> w.reason() == Reason.SIGNED_OUT).isPresent(),
                    () -> rig.row(key).toString());
            assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
            assertThat(rig.server.requests()).hasSize(5);
        }
    }

    @Test
    @DisplayName("B.11 a refused sign-in is tried again after 10 s, 20 s, and so on, at least each 10 minutes")
    void intervals() {
        List<Long> seconds = IntStream.of(1, 2, 3, 6, 7, 8, 500)
                .mapToObj(n -> Weather.untilNextLook(n, DownloadOptions.USUAL.recheck()).toSeconds()).toList();
        assertThat(seconds).containsExactly(10L, 20L, 40L, 320L, 600L, 600L, 600L);
    }

    @Test
    @DisplayName("B.11 another call with the sign-in goes well: the downloads go on, one of them first; if that is refused all the same, such "
            + "calls are not believed again")
    void anotherCall() {
        try (var rig = rig(LATE)) {
            ItemKey key = rig.offered("t", 5000, refused(1));
            List<ItemKey> others = List.of(rig.offered("u", 5000), rig.offered("v", 5000));
            rig.accepted.publish(1L);
            rig.enqueue(key);
            untilHeld(rig, key, 1);
            others.forEach(rig::enqueue);
            rig.accepted.publish(2L);
            assertThat(rig.row(key).flatMap(Download::reason)).contains(Reason.SIGNED_OUT);
            rig.accepted.publish(1L);
            assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
            for (ItemKey other : others) rig.await(other, Status.COMPLETED);

            ItemKey never = rig.offered("w", 5000, refused(2));
            rig.enqueue(never);
            untilHeld(rig, never, 5);
            rig.accepted.publish(1L);
            untilHeld(rig, never, 6);
            rig.accepted.publish(1L);
            rig.engine.signedIn(1);
            rig.await(never, Status.COMPLETED);
            assertThat(rig.server.requests()).as("refused twice, whole at the sign-in").hasSize(7);
        }
    }

    @Test
    @DisplayName("B.11 B.12 each refusal of the sign-in, and each «not permitted», lets the session look what the account may do, also shortly after "
            + "its server was asked who it is")
    void theSessionLooks() {
        try (var rig = rig(LATE)) {
            ItemKey forbidden = rig.offered("f", 5000, r -> Reply.of(403, new byte[0], "Content-Length: 0"));
            rig.enqueue(forbidden);
            rig.await(forbidden, Status.FAILED);
            assertThat(rig.refusals).hasValue(1);
            ItemKey key = rig.offered("t", 5000, refused(1));
            rig.enqueue(key);
            untilHeld(rig, key, 2);
            assertThat(rig.refusals).as("within the seconds in which its server counts as known").hasValue(2);
        }
    }

    @Test
    @DisplayName("B.11 «retry» of one that waits for a sign-in tries at once, also where that one never ran")
    void askedFor() {
        try (var rig = rig(LATE)) {
            ItemKey key = rig.offered("t", 5000, refused(1));
            rig.enqueue(key);
            untilHeld(rig, key, 1);
            ItemKey behind = rig.offered("u", 5000);
            Download waits = rig.enqueue(behind);
            assertThat(rig.row(behind).flatMap(Download::reason)).contains(Reason.SIGNED_OUT);
            rig.engine.retry(List.of(waits.id())).join();
            rig.await(behind, Status.COMPLETED);
            assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
        }
    }
}
