package app.waxwing.kit;

import com.sun.glass.ui.Timer;
import com.sun.javafx.tk.Toolkit;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the clock of JavaFX's pulses rest while no picture changes (decision 0010). JavaFX pauses it a moment after the last pulse and resumes it with
/// the next wish for one, but on Linux both do nothing: the thread of the window wakes 60 times a second for as long as the program runs, which
/// takes most of a percent of a processor. Here the pause stops the clock and the resumption starts it. On other systems, and with a JavaFX that
/// is made otherwise, all stays as it is.
public final class RestingPulse {
    private static final Logger LOG = LoggerFactory.getLogger(RestingPulse.class);

    private RestingPulse() {}

    /// On the FX thread, once.
    ///
    /// @return whether the clock rests from now on
    public static boolean install() {
        try {
            Toolkit toolkit = Toolkit.getToolkit();
            Field clock = field(toolkit, "pulseTimer");
            int period = field(toolkit, "PULSE_INTERVAL").getInt(toolkit);
            // The toolkit pauses and resumes under its own lock.
            synchronized (toolkit) {
                if (!(clock.get(toolkit) instanceof Timer real) || !real.getClass().getSimpleName().equals("GtkTimer")) return false;
                clock.set(toolkit, Resting.over(real, period));
                return true;
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) { // broad: whatever a JavaFX made otherwise says
            LOG.info("the clock of the window's pulses does not rest: {}", e.toString());
            return false;
        }
    }

    private static Field field(Object of, String name) throws NoSuchFieldException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /// A timer whose pause stops the real one.
    static final class Resting extends Timer {
        private final Timer real;
        private final int period;

        private Resting(Timer real, int period) {
            super(() -> {});
            this.real = real;
            this.period = period;
        }

        /// @param real runs
        /// @param period ms
        static Resting over(Timer real, int period) {
            var resting = new Resting(real, period);
            resting.start(period);
            return resting;
        }

        @Override
        protected long _start(Runnable nothing, int millis) {
            _resume(1);
            return 1;
        }

        @Override
        protected long _start(Runnable nothing) {
            throw new IllegalStateException("a timer without a period");
        }

        @Override
        protected void _stop(long timer) {
            real.stop();
        }

        @Override
        protected void _pause(long timer) {
            real.stop();
        }

        @Override
        protected void _resume(long timer) {
            if (!real.isRunning()) real.start(period);
        }
    }
}
