package app.waxwing.account;

import static app.waxwing.account.ReachState.Event.ANSWERED;
import static app.waxwing.account.ReachState.Event.DUE;
import static app.waxwing.account.ReachState.Event.FAILED;
import static app.waxwing.account.ReachState.Event.NUDGED;
import static app.waxwing.account.ReachState.Event.PING_ANSWERED;
import static app.waxwing.account.ReachState.Event.PING_FAILED;
import static app.waxwing.account.ReachState.Event.USED;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReachStateTest {
    @Test
    void oneFailedRequestIsNotAwayAndAFailedPingIs() {
        ReachState start = ReachState.start(0);
        ReachState.Step failed = start.on(FAILED, 1);
        assertThat(failed.ping()).isTrue();
        assertThat(failed.state().away()).isFalse();
        assertThat(failed.state().on(FAILED, 2).ping()).isFalse();
        ReachState.Step away = failed.state().on(PING_FAILED, 3);
        assertThat(away.state().away()).isTrue();
        assertThat(away.next()).contains(Duration.ofSeconds(4));
        assertThat(away.state().on(FAILED, 4)).satisfies(s -> assertThat(s.ping()).isFalse());
        assertThat(away.state().on(ANSWERED, 5).state().away()).isFalse();
        assertThat(failed.state().on(PING_ANSWERED, 3).state().away()).isFalse();
        assertThat(away.state().on(NUDGED, 6).ping()).isTrue();
    }

    @Test
    void everyEventHasAnAnswerInEveryStateAndOnePingAtATimeIsOut() {
        long seed = 42;
        var random = new Random(seed);
        ReachState state = ReachState.start(0);
        long now = 0;
        boolean out = false;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextLong(30_000_000_000L);
            var possible = out ? List.of(ReachState.Event.values()) : List.of(ANSWERED, FAILED, DUE, NUDGED, USED);
            var event = possible.get(random.nextInt(possible.size()));
            ReachState.Step step = state.on(event, now);
            if (event == PING_ANSWERED || event == PING_FAILED) out = false;
            if (step.ping()) {
                assertThat(out).as("seed %d, step %d", seed, i).isFalse();
                out = true;
            }
            step.next().ifPresent(d -> assertThat(d).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(60)));
            state = step.state();
            assertThat(state.asking()).isEqualTo(out);
        }
    }

    /// Reachability with its own clock; pings answer as told, on the spot.
    private static final class Rig {
        final ManualTime time = new ManualTime();
        final ArrayDeque<Runnable> io = new ArrayDeque<>();
        final AtomicBoolean up = new AtomicBoolean(true);
        final AtomicInteger pings = new AtomicInteger();
        final NetworkReachability reach = new NetworkReachability(time, io::add, a -> {
            pings.incrementAndGet();
            return up.get();
        });

        void run() {
            for (Runnable task = io.poll(); task != null; task = io.poll()) task.run();
        }

        void pass(Duration duration) {
            for (long left = duration.toMillis(); left > 0; left -= 100) {
                time.pass(Duration.ofMillis(100));
                run();
            }
        }
    }

    @Test
    @DisplayName("0.10, 4.28 a dead port is known within 5 s, an answering one too, without any request of the user's")
    void withinFiveSeconds() {
        var rig = new Rig();
        rig.reach.accounts(List.of(1L));
        rig.run();
        assertThat(rig.reach.online(1)).isTrue();
        assertThat(rig.reach.offline()).isFalse();
        rig.up.set(false);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.reach.online(1)).isFalse();
        assertThat(rig.reach.offline()).isTrue();
        rig.up.set(true);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.reach.online(1)).isTrue();
    }

    @Test
    @DisplayName("DESIGN 2: probes every 4 s for ten minutes, then up to 60 s; a nudge brings them back")
    void rhythm() {
        var rig = new Rig();
        rig.up.set(false);
        rig.reach.accounts(List.of(1L));
        rig.run();
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.pings.get()).isBetween(145, 152);
        rig.pass(Duration.ofMinutes(5));
        rig.pings.set(0);
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.pings.get()).isBetween(9, 11);
        rig.pings.set(0);
        rig.reach.probeNow();
        rig.run();
        assertThat(rig.pings).hasValue(1);
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.pings.get()).isBetween(14, 17);
    }

    @Test
    @DisplayName("DESIGN 2: a sign of use brings the four seconds back, at once and without a ping for each key")
    void used() {
        var rig = new Rig();
        rig.up.set(false);
        rig.reach.accounts(List.of(1L));
        rig.run();
        rig.pass(Duration.ofMinutes(15));
        rig.pings.set(0);
        for (int i = 0; i < 50; i++) rig.reach.used();
        rig.run();
        assertThat(rig.pings).as("it was looked for seldom").hasValue(1);
        for (int second = 0; second < 60; second++) {
            rig.reach.used();
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.pings.get()).as("keys do not add to the rhythm").isBetween(14, 17);
        rig.up.set(true);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.reach.online(1)).isTrue();
        rig.pings.set(0);
        rig.pass(Duration.ofMinutes(8));
        assertThat(rig.pings.get()).as("ten minutes from the last use on").isBetween(115, 122);
        rig.reach.mode(Reachability.Mode.FORCED_OFFLINE);
        rig.pings.set(0);
        rig.pass(Duration.ofMinutes(15));
        rig.reach.used();
        rig.run();
        assertThat(rig.pings).hasValue(0);
    }

    @Test
    void forcedModesAskNobodyAndComeBack() {
        var rig = new Rig();
        var changes = new AtomicInteger();
        rig.reach.changes().subscribe(r -> changes.incrementAndGet());
        rig.reach.accounts(List.of(1L, 2L));
        rig.run();
        rig.reach.mode(Reachability.Mode.FORCED_OFFLINE);
        rig.run();
        rig.pings.set(0);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.pings).hasValue(0);
        assertThat(rig.reach.offline()).isTrue();
        assertThat(rig.reach.online(1)).isFalse();
        rig.up.set(false);
        rig.reach.mode(Reachability.Mode.FORCED_ONLINE);
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.reach.online(2)).isTrue();
        assertThat(rig.reach.offline()).isFalse();
        rig.reach.mode(Reachability.Mode.AUTO);
        rig.run();
        assertThat(rig.reach.offline()).isTrue();
        assertThat(changes.get()).isPositive();
        rig.reach.accounts(List.of());
        assertThat(rig.reach.offline()).isTrue();
    }

    @Test
    @DisplayName("4.28 what is known of a server is kept and asking for it probes nothing; a request that failed has it probed at once, and only the probe decides")
    void probedOnFailure() {
        var rig = new Rig();
        rig.reach.accounts(List.of(1L));
        rig.run();
        rig.pings.set(0);
        for (int i = 0; i < 100; i++) assertThat(rig.reach.online(1)).isTrue();
        rig.run();
        assertThat(rig.pings).as("told from what is known").hasValue(0);
        rig.reach.failed(1);
        rig.run();
        assertThat(rig.pings).as("probed without waiting for the next time").hasValue(1);
        assertThat(rig.reach.online(1)).as("it answers").isTrue();
        rig.up.set(false);
        rig.reach.failed(1);
        rig.run();
        assertThat(rig.pings).hasValue(2);
        assertThat(rig.reach.online(1)).as("it does not").isFalse();
    }

    @Test
    void aPingThatWasOutWhenTheUserWentOfflineDoesNotBlockLaterOnes() {
        var rig = new Rig();
        rig.reach.accounts(List.of(1L));
        rig.run();
        rig.reach.failed(1);
        rig.reach.mode(Reachability.Mode.FORCED_OFFLINE);
        rig.run();
        rig.up.set(false);
        rig.reach.mode(Reachability.Mode.AUTO);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.reach.online(1)).isFalse();
    }
}
