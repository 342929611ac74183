package app.waxwing.testing.ui;

import app.waxwing.base.Failure;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.api.FxToolkit;

/// Starts screens on JavaFX's headless platform and writes what they show to `target/screens/NAME.png`, to be looked at.
public final class Screens {
    private Screens() {}

    /// Starts the toolkit once per JVM.
    public static void start() {
        try {
            FxToolkit.registerPrimaryStage();
            javafx.application.Platform.setImplicitExit(false);
        } catch (TimeoutException e) {
            throw new IllegalStateException("JavaFX did not start", e);
        }
    }

    /// Runs on the FX thread and waits for the answer.
    public static <T> T fx(Callable<T> task) {
        var done = new CompletableFuture<T>();
        Fx.later(() -> {
            try {
                done.complete(task.call());
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        try {
            return done.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void run(Runnable task) {
        fx(() -> {
            task.run();
            return true;
        });
    }

    /// Shows a root in a window of its own in the wanted look.
    public static Stage show(Theme theme, boolean dark, Parent root, double width, double height) {
        return fx(() -> {
            theme.choiceProperty().set(dark ? Theme.Choice.DARK : Theme.Choice.LIGHT);
            var stage = new Stage();
            var scene = new Scene(root, width, height);
            theme.install(scene);
            stage.setScene(scene);
            stage.show();
            return stage;
        });
    }

    /// Waits until the condition holds on the FX thread, at most a minute.
    public static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!fx(holds::getAsBoolean)) {
            if (System.nanoTime() > end) throw new AssertionError("still not: " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }

    /// Lets layout and background pictures come to rest: a fifth of a second, and on a busy machine as long as so many frames take.
    public static void settle() {
        var frames = new CountDownLatch(9); // when one begins, the one before it is laid out
        AnimationTimer timer = fx(() -> {
            var counting = new AnimationTimer() {
                @Override
                public void handle(long now) {
                    frames.countDown();
                }
            };
            counting.start();
            return counting;
        });
        java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
        try {
            if (!frames.await(60, TimeUnit.SECONDS)) throw new AssertionError("JavaFX draws no frames");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            run(timer::stop);
        }
    }

    /// Writes what the scene shows.
    public static Path snapshot(Scene scene, String name) {
        settle();
        WritableImage image = fx(() -> scene.snapshot(null));
        Path file = Path.of(System.getProperty("waxwing.basedir", "."), "target", "screens", name + ".png");
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new Failure.Trouble("snapshot " + name, String.valueOf(e.getMessage())).asException();
        }
        return file;
    }
}
