package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Subscription;
import app.waxwing.testing.ui.Screens;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FxSampleTest {
    private static final int SAMPLES = 12;

    @BeforeAll
    static void toolkit() {
        Screens.start();
    }

    @Test
    @DisplayName("sampling does not keep JavaFX drawing: an animation would mean sixty pulses a second at rest")
    void rest() throws InterruptedException {
        var sampled = new Semaphore(0);
        var pulses = new AtomicInteger();
        var wanted = new SimpleBooleanProperty(true);
        Stage stage = Screens.fx(() -> {
            var shown = new Stage();
            shown.setScene(new Scene(new StackPane(), 50, 50));
            shown.show();
            return shown;
        });
        Subscription sampling = Screens.fx(() -> Fx.sample(Duration.ofMillis(150), wanted, sampled::release));
        assertThat(sampled.tryAcquire(SAMPLES / 2, 60, TimeUnit.SECONDS)).as("samples while the window appears").isTrue();
        Screens.fx(() -> {
            stage.getScene().addPreLayoutPulseListener(pulses::incrementAndGet);
            return stage;
        });
        assertThat(sampled.tryAcquire(SAMPLES, 60, TimeUnit.SECONDS)).as("samples at rest").isTrue();
        assertThat(pulses.get()).as("pulses in %s samples; sixty a second would be %s or more", SAMPLES, SAMPLES * 9).isLessThan(SAMPLES);

        Screens.fx(() -> {
            wanted.set(false);
            sampled.drainPermits();
            return stage;
        });
        assertThat(sampled.tryAcquire(500, TimeUnit.MILLISECONDS)).as("a sample that nobody wants").isFalse();
        Screens.fx(() -> {
            wanted.set(true);
            return stage;
        });
        assertThat(sampled.tryAcquire(2, 60, TimeUnit.SECONDS)).as("samples when it is wanted again").isTrue();
        Screens.fx(() -> {
            sampling.close();
            stage.hide();
            return stage;
        });
    }
}
