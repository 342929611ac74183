package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.NetworkMonitor.Metering;
import app.waxwing.base.NetworkMonitor.Network;
import app.waxwing.base.PowerMonitor;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Gate.Conditions;
import app.waxwing.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {
    private static final Limits ALL = Limits.USUAL.pauseOnBattery(true);

    private static Conditions when(Limits limits, boolean costs, boolean open, boolean battery) {
        return new Conditions(limits, false, costs, Optional.empty(), open, Optional.empty(), battery);
    }

    static List<Arguments> table() {
        Conditions costs = when(ALL, true, true, false);
        Conditions own = when(ALL.unmeteredOnly(false, true), true, true, false);
        Conditions ahead = when(ALL.unmeteredOnly(true, false), true, true, false);
        Conditions closed = when(ALL, false, false, false);
        Conditions battery = when(ALL, false, true, true);
        Conditions everything = when(ALL, true, false, true);
        return List.of(
                // conditions, class, anyway, server on this computer, reason
                Arguments.of(when(ALL, false, true, false), 1, false, false, null),
                Arguments.of(costs, 1, false, false, Reason.METERED), Arguments.of(costs, 2, false, false, Reason.METERED),
                Arguments.of(costs, 3, false, false, Reason.METERED), Arguments.of(costs, 1, false, true, null),
                Arguments.of(own, 1, false, false, null), Arguments.of(own, 3, false, false, Reason.METERED),
                Arguments.of(ahead, 1, false, false, Reason.METERED), Arguments.of(ahead, 3, false, false, null),
                Arguments.of(closed, 1, false, false, Reason.SCHEDULE), Arguments.of(closed, 1, false, true, Reason.SCHEDULE),
                Arguments.of(battery, 3, false, false, Reason.BATTERY), Arguments.of(battery, 1, false, true, Reason.BATTERY),
                Arguments.of(when(ALL.pauseOnBattery(false), false, true, true), 1, false, false, null),
                Arguments.of(everything, 1, true, false, null), Arguments.of(everything, 3, true, false, null),
                Arguments.of(everything, 0, false, false, null), Arguments.of(everything, 1, false, false, Reason.METERED),
                Arguments.of(everything, 1, false, true, Reason.SCHEDULE));
    }

    @ParameterizedTest
    @MethodSource("table")
    @DisplayName("B.36 limits: what each condition holds; never what is heard now, nor what the user hurried; this computer's own server costs nothing")
    void holds(Conditions conditions, int rank, boolean anyway, boolean onThisComputer, @org.jspecify.annotations.Nullable Reason reason) {
        assertThat(Gate.reason(conditions, rank, anyway, onThisComputer)).isEqualTo(Optional.ofNullable(reason));
    }

    static List<Arguments> networks() {
        return List.of(
                // metering, mobile, what the user said, costs, asked
                Arguments.of(Metering.METERED, false, null, true, false), Arguments.of(Metering.METERED, true, false, true, false),
                Arguments.of(Metering.UNMETERED, true, true, false, false), Arguments.of(Metering.UNKNOWN, false, null, false, false),
                Arguments.of(Metering.UNKNOWN, true, null, true, true), Arguments.of(Metering.UNKNOWN, true, true, true, false),
                Arguments.of(Metering.UNKNOWN, true, false, false, false));
    }

    @ParameterizedTest
    @MethodSource("networks")
    @DisplayName("B.36 an unknown network counts as unmetered, but on a mobile link the user is asked, once")
    void metering(Metering metering, boolean mobile, @org.jspecify.annotations.Nullable Boolean said, boolean costs, boolean asked) {
        var link = new Rig.Link();
        link.is(new Network("usb0", metering, mobile));
        var gate = new Gate(new Surroundings(LimitChoice.of(ALL), link, PowerMonitor.NONE, () -> ZoneOffset.UTC), a -> false,
                new ManualTime());
        if (said != null) gate.remember(Map.of("usb0", said));
        Conditions seen = gate.look();
        assertThat(seen.costs()).isEqualTo(costs);
        assertThat(seen.priced().filter(p -> !p.answered()).isPresent()).isEqualTo(asked);
        assertThat(seen.priced().isPresent()).as("only the user knows").isEqualTo(metering == Metering.UNKNOWN && mobile);
        seen.priced().ifPresent(p -> assertThat(p.costs()).isEqualTo(costs));
    }

    @Test
    @DisplayName("Limits: at the hour the gate opens and says so beforehand (manual clock)")
    void hours() {
        var time = new ManualTime();
        var gate = new Gate(new Surroundings(LimitChoice.of(ALL.hours(Hours.parse("13:00-14:00"))), new Rig.Link(), PowerMonitor.NONE,
                () -> ZoneOffset.UTC), a -> false, time);
        assertThat(gate.look().open()).isFalse();
        assertThat(gate.seen().changes()).contains(Instant.parse("2026-03-01T13:00:00Z"));
        assertThat(gate.untilChange()).contains(Duration.ofHours(1));
        time.pass(Duration.ofMinutes(60));
        assertThat(gate.look().open()).isTrue();
        assertThat(gate.untilChange()).contains(Duration.ofHours(1));
        time.pass(Duration.ofMinutes(60));
        assertThat(gate.look().open()).isFalse();
    }
}
