package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ui.Screens;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ToastsTest {
    @BeforeAll
    static void toolkit() {
        Screens.start();
    }

    @Test
    @DisplayName("4.19 what can be done for so long only goes when that is over, though the keyboard is on it; what is done goes at once")
    void time() {
        Theme theme = Screens.fx(Theme::new);
        Toasts toasts = Screens.fx(() -> new Toasts(theme));
        var stage = Screens.show(theme, false, toasts.layer(), 600, 300);
        try {
            var done = new AtomicInteger();
            Screens.run(() -> {
                toasts.say("gone soon", "Undo", Duration.ofMillis(300), done::incrementAndGet);
                ((Button) toasts.layer().lookup(".button")).requestFocus();
            });
            Screens.until("the words went", () -> toasts.layer().getChildren().isEmpty());
            assertThat(done).hasValue(0);
            Screens.run(() -> {
                toasts.say("done at once", "Undo", Duration.ofMinutes(5), done::incrementAndGet);
                ((Button) toasts.layer().lookup(".button")).fire();
                assertThat(toasts.layer().getChildren()).isEmpty();
            });
            assertThat(done).hasValue(1);
            rests(stage, toasts);
        } finally {
            Screens.run(stage::close);
        }
    }

    /// Words that stand there keep JavaFX from nothing once they have come.
    private static void rests(Stage stage, Toasts toasts) {
        var pulses = new AtomicInteger();
        Screens.run(() -> {
            toasts.say("stands there", "Undo", Duration.ofMinutes(5), () -> {});
            stage.getScene().addPreLayoutPulseListener(pulses::incrementAndGet);
        });
        Screens.until("a second without pictures; an animation would mean sixty", () -> {
            int before = pulses.get();
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return pulses.get() - before < 10;
        });
    }
}
