package app.waxwing.kit;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.base.SystemTime;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only bridge to the FX thread: posts, brings answers home, and samples what changes all the time.
public final class Fx {
    private static final Logger LOG = LoggerFactory.getLogger(Fx.class);

    private Fx() {}

    /// Runs the task on the FX thread: now if this is it, else later. Any thread.
    public static void post(Runnable task) {
        if (Platform.isFxApplicationThread()) task.run();
        else Platform.runLater(task);
    }

    /// Runs the task on the FX thread after what is queued there now. Any thread.
    public static void later(Runnable task) {
        Platform.runLater(task);
    }

    /// [#post] as an executor, for view models.
    public static Executor executor() {
        return Fx::post;
    }

    /// Brings the outcome to the FX thread: one of the two is called there, once.
    public static <T> void onFx(CompletableFuture<T> future, Consumer<? super T> ok, Consumer<Failure> failed) {
        on(executor(), future, ok, failed);
    }

    /// As [#onFx] with any executor; a view model's way.
    public static <T> void on(Executor fx, CompletableFuture<T> future, Consumer<? super T> ok, Consumer<Failure> failed) {
        future.whenComplete((value, thrown) -> {
            if (thrown == null) fx.execute(() -> ok.accept(value));
            else if (!(thrown instanceof CancellationException)) {
                Failure failure = failure(thrown);
                fx.execute(() -> failed.accept(failure));
            }
        });
    }

    /// What went wrong, in our own terms; anything that is not a [Failure] is a bug and is logged here.
    public static Failure failure(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() instanceof Throwable inner) cause = inner;
        if (cause instanceof FailureException known) return known.failure();
        LOG.error("an answer failed unexpectedly", cause);
        return new Failure.Trouble("", String.valueOf(cause.getMessage()));
    }

    /// A task for the FX thread that may be asked for from any thread as often as one likes: asks that come before it ran count once.
    public static Runnable conflated(Executor fx, Runnable task) {
        var asked = new AtomicBoolean();
        return () -> {
            if (asked.compareAndSet(false, true)) fx.execute(() -> {
                asked.set(false);
                task.run();
            });
        };
    }

    /// Runs the task on the FX thread once a period while `wanted` is true; ends with the subscription. FX thread.
    ///
    /// A timer beside JavaFX and not an animation: while one of those runs, JavaFX works sixty times a second.
    public static Subscription sample(Duration period, ObservableBooleanValue wanted, Runnable task) {
        var sampler = new Sampler(period, wanted, task);
        javafx.util.Subscription watching = wanted.subscribe(sampler::want);
        return () -> {
            watching.unsubscribe();
            sampler.want(false);
        };
    }

    /// Runs the task on the FX thread once that time is over. A timer beside JavaFX, as in [#sample]: for what takes seconds. Any thread.
    public static void after(Duration time, Runnable task) {
        Clock.TIMER.after(time, () -> post(task));
    }

    private static final class Clock {
        /// Made when it is first needed; its thread is a daemon.
        private static final SystemTime TIMER = new SystemTime("screen-timer");
    }

    private static final class Sampler {
        private final Duration period;
        private final Runnable tick;
        private Subscription ticking = () -> {};

        Sampler(Duration period, ObservableBooleanValue wanted, Runnable task) {
            this.period = period;
            tick = conflated(executor(), () -> {
                if (wanted.get()) task.run();
            });
        }

        private void want(boolean on) {
            ticking.close();
            ticking = () -> {};
            if (!on) return;
            tick.run();
            ticking = Clock.TIMER.every(period, tick);
        }
    }

    /// Runs the task once after the delay; asking again before that starts the delay anew. FX thread.
    public static Runnable delayed(Duration delay, Runnable task) {
        var timer = new Timeline(new KeyFrame(javafx.util.Duration.millis(delay.toMillis()), _ -> task.run()));
        return timer::playFromStart;
    }

    /// True while the node is in a window that shows and is not minimised.
    public static ObservableBooleanValue showing(Node node) {
        ObservableValue<Boolean> showing = node.sceneProperty().flatMap(Scene::windowProperty)
                .flatMap(w -> w instanceof Stage s ? s.showingProperty().and(s.iconifiedProperty().not()) : w.showingProperty())
                .orElse(false);
        // Reads the value it depends on: one that nobody reads stays invalid and never tells of its next change.
        return Bindings.createBooleanBinding(showing::getValue, showing);
    }
}
