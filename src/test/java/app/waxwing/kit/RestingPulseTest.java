package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ui.Screens;
import com.sun.glass.ui.Timer;
import com.sun.javafx.tk.Toolkit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RestingPulseTest {
    private final List<String> told = new ArrayList<>();

    @BeforeAll
    static void window() {
        Screens.start();
    }

    @Test
    @DisplayName("A pause stops the clock, a wish for a pulse starts it again with its period, and neither does anything twice")
    void rests() {
        Screens.run(() -> {
            Timer real = new Told();
            real.start(16);
            Timer resting = RestingPulse.Resting.over(real, 16);
            assertThat(told).containsExactly("start 16");
            resting.resume();
            resting.pause();
            resting.pause();
            assertThat(real.isRunning()).isFalse();
            resting.resume();
            resting.resume();
            assertThat(told).containsExactly("start 16", "stop", "start 16");
            resting.stop();
            assertThat(real.isRunning()).isFalse();
            resting.resume();
            assertThat(told).as("stopped for good").containsExactly("start 16", "stop", "start 16", "stop");
        });
    }

    @Test
    @DisplayName("This JavaFX keeps its clock where it is looked for; where the clock is not that of GTK all stays as it is")
    void elsewhere() throws NoSuchFieldException {
        Class<?> toolkit = Screens.fx(() -> Toolkit.getToolkit().getClass());
        assertThat(toolkit.getDeclaredField("pulseTimer").getType()).isEqualTo(Timer.class);
        assertThat(toolkit.getDeclaredField("PULSE_INTERVAL").getType()).isEqualTo(int.class);
        Screens.run(() -> assertThat(RestingPulse.install()).isFalse());
    }

    private final class Told extends Timer {
        Told() {
            super(() -> {});
        }

        @Override
        protected long _start(Runnable tick) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected long _start(Runnable tick, int period) {
            told.add("start " + period);
            return 1;
        }

        @Override
        protected void _stop(long timer) {
            told.add("stop");
        }

        @Override
        protected void _pause(long timer) {
            told.add("pause");
        }

        @Override
        protected void _resume(long timer) {
            told.add("resume");
        }
    }
}
