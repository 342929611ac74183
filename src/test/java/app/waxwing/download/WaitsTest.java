package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.base.PowerMonitor;
import app.waxwing.download.Download.Reason;
import app.waxwing.testing.ManualTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is said of those that wait. Manual clock.
class WaitsTest {
    private final ManualTime time = new ManualTime();
    private final Board board = new Board(Long::toString);
    private final SwitchedNetwork network = new SwitchedNetwork();
    private final Waits waits = new Waits(board, new Holds(network::online, id -> false, Long::toString), new Gate(new Surroundings(
            LimitChoice.of(Limits.USUAL), new Rig.Link(), PowerMonitor.NONE, () -> ZoneOffset.UTC), a -> false, time), network,
            account -> account == 3 ? "" : account == 1 ? "Home" : "Garden shed", time);

    @Test
    @DisplayName("issue 3 one that waits for the network says what for: which server cannot be reached, another one in its place, or the user's own word")
    void network() {
        for (long account = 1; account <= 3; account++) board.put(BoardTest.entry(account, account, 1, 0, false, (int) account));
        network.away.addAll(Set.of(1L, 2L, 3L));
        network.strangers.add(2L);
        waits.refresh();
        assertThat(said(1)).isEqualTo(new Wait(Reason.NETWORK, Optional.of(new Failure.Offline("Home")),
                "Home cannot be reached; it goes on when the server answers.", Optional.empty()));
        assertThat(said(2)).isEqualTo(new Wait(Reason.NETWORK, Optional.of(new Failure.Offline("Garden shed", true)),
                "Another server answers at the address of Garden shed; it goes on when its own is back.", Optional.empty()));
        assertThat(said(3).needs()).isEqualTo("The server cannot be reached; it goes on when the server answers.");
        network.mode(Reachability.Mode.FORCED_OFFLINE);
        waits.refresh();
        assertThat(said(1).why()).as("the user's word is no trouble").isEmpty();
        assertThat(said(1).needs()).contains("because you said so");
    }

    @Test
    @DisplayName("issue 3 one whose next try was to be by now waits its turn and says so, with what went wrong; nobody is told of a moment that has passed")
    void due() {
        board.put(BoardTest.entry(1, 1, 1, 0, false, 1));
        board.put(BoardTest.entry(2, 1, 1, 0, false, 2));
        board.retryAt(1, time.nanos() + Duration.ofSeconds(15).toNanos(), new Failure.Trouble("The connection broke", "reset by peer"));
        waits.refresh();
        assertThat(said(1).reason()).isEqualTo(Reason.RETRY);
        assertThat(said(1).until()).contains(time.now().plusSeconds(15));
        assertThat(board.nextRetry(time.nanos())).isEqualTo(time.nanos() + Duration.ofSeconds(15).toNanos());
        time.pass(Duration.ofSeconds(15));
        assertThat(waits.refresh()).as("who shows it is told").isEqualTo(QueueChange.of(Set.of(1L)));
        assertThat(said(1)).isEqualTo(new Wait(Reason.SLOT, Optional.of(new Failure.Trouble("The connection broke", "reset by peer")),
                "The connection broke: reset by peer. It is not its turn yet; " + Limits.USUAL.atOnce() + " run at once.",
                Optional.empty()));
        assertThat(board.nextRetry(time.nanos())).as("no clock gives it its turn").isEqualTo(Long.MAX_VALUE);
        assertThat(waits.refresh()).isEqualTo(QueueChange.NONE);
    }

    private Wait said(long id) {
        return waits.of(board.find(id).orElseThrow());
    }
}
