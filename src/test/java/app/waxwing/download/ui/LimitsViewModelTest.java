package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.DownloadEngine;
import app.waxwing.download.Hours;
import app.waxwing.download.Limits;
import app.waxwing.testing.ui.FakeServices;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsViewModelTest {
    @ParameterizedTest
    @DisplayName("speeds as people type them")
    @CsvSource({"3,3000000", "2.5,2500000", "'1,5 MB/s',1500000", "800 kB/s,800000", "16k,16000", "1 GB,1000000000", "0,0",
            " 10mb ,10000000"})
    void typed(String text, long bytes) {
        assertThat(LimitsViewModel.speed(text)).isEqualTo(OptionalLong.of(bytes));
    }

    @ParameterizedTest
    @DisplayName("what is no speed, or too slow to keep a connection")
    @ValueSource(strings = {"", "fast", "-3", "1 kB/s", "12345678", "3 parrots", "1.2.3", "MB/s"})
    void refused(String text) {
        assertThat(LimitsViewModel.speed(text)).isEmpty();
    }

    @Test
    @DisplayName("a limit that has no effect on this system is not among those that bite")
    void unknownBattery() {
        var engine = FakeServices.sample().downloads;
        var model = new LimitsViewModel(engine, Runnable::run);
        model.pauseOnBattery(true);
        assertThat(model.words()).isEqualTo("Limits: plugged in");
        engine.senses = new DownloadEngine.Senses(true, false);
        assertThat(model.words()).isEqualTo("Limits");
    }

    @Test
    @DisplayName("issue 3 each limit is set alone, at once, and leaves the others as they are")
    void each() {
        var engine = FakeServices.sample().downloads;
        var model = new LimitsViewModel(engine, Runnable::run);
        model.shown();
        model.atOnce(8);
        assertThat(engine.limits()).isEqualTo(Limits.USUAL.atOnce(8));
        model.bandwidth(5_000_000);
        model.bandwidthWhileStreaming(1_000_000);
        assertThat(engine.limits()).isEqualTo(Limits.USUAL.atOnce(8).bandwidth(5_000_000, 1_000_000));
        boolean ahead = Limits.USUAL.prefetchUnmeteredOnly();
        for (boolean only : new boolean[]{true, false}) {
            model.unmeteredOnly(only);
            assertThat(engine.limits()).isEqualTo(Limits.USUAL.atOnce(8).bandwidth(5_000_000, 1_000_000).unmeteredOnly(only, ahead));
            assertThat(model.limits().get()).isEqualTo(engine.limits());
        }
    }

    @Test
    @DisplayName("the button names the limits that bite, and follows whoever changes them")
    void words() {
        var engine = FakeServices.sample().downloads;
        var model = new LimitsViewModel(engine, Runnable::run);
        model.shown();
        assertThat(model.words()).isEqualTo("Limits");
        model.bandwidth(5_000_000);
        model.hours(Hours.parse("01:00-07:00"));
        assertThat(model.words()).isEqualTo("Limits: 5.0 MB/s, 01:00–07:00");
        assertThat(engine.limits().bandwidth()).isEqualTo(5_000_000);
        engine.limits(Limits.USUAL.atOnce(7));
        assertThat(model.limits().get().atOnce()).isEqualTo(7);
        assertThat(LimitsViewModel.words(Optional.empty())).isEqualTo("At any hour");
        model.hidden();
        engine.limits(Limits.USUAL);
        assertThat(model.limits().get().atOnce()).isEqualTo(7);
    }
}
