package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.cli.Arguments;
import app.waxwing.control.Exit;
import app.waxwing.control.Instance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program with its window.
final class Windowed {
    private static final Logger LOG = LoggerFactory.getLogger(Windowed.class);
    /// JavaFX makes the application object itself, so what it starts with waits here.
    private static final AtomicReference<Opening> OPENING = new AtomicReference<>();

    private static final Restart RESTART = new Restart();

    private Windowed() {}

    /// @param words as they were given, for a restart
    static int run(Arguments arguments, AppPaths paths, List<String> words) {
        if (!screen(System.getProperty("os.name"), System.getenv(), System.getProperty("glass.platform", ""))) {
            // Nobody is asked to hand over for a window that cannot come.
            if (Takeover.raised(paths)) return Exit.DONE.code();
            throw noScreen();
        }
        Optional<Instance.Lock> lock = Takeover.forWindow(paths);
        if (lock.isEmpty()) return Exit.DONE.code();
        try (Instance.Lock held = lock.get()) {
            OPENING.set(Opening.begin(arguments, paths));
            Application.launch(WindowApp.class);
        } catch (UnsupportedOperationException | UnsatisfiedLinkError | NoClassDefFoundError e) { // broad: JavaFX without a display
            LOG.error("the window cannot be opened", e);
            opening().close();
            throw noScreen();
        }
        RESTART.carryOut(words);
        return Exit.DONE.code();
    }

    static Restart restart() {
        return RESTART;
    }

    /// False where a window has no chance: a Linux session without X or Wayland, such as one over SSH.
    static boolean screen(String os, Map<String, String> environment, String platform) {
        return !os.toLowerCase(Locale.ROOT).startsWith("linux") || platform.equalsIgnoreCase("headless")
                || !environment.getOrDefault("DISPLAY", "").isBlank() || !environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
    }

    private static FailureException noScreen() {
        return new Failure.MissingPart("A display or one of its libraries",
                "on Debian install libgtk-3-0 and libxtst6, or use --headless").asException();
    }

    static Opening opening() {
        Opening opening = OPENING.get();
        if (opening == null) throw new IllegalStateException("the window is opened by the launcher");
        return opening;
    }
}
