package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.cli.Arguments;
import app.waxwing.control.Exit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import org.slf4j.LoggerFactory;

/// The program with its window.
final class Windowed {
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
        Opening opening = Opening.begin(arguments, paths);
        OPENING.set(opening);
        try {
            Application.launch(WindowApp.class);
            if (!opening.ours()) return Exit.DONE.code();
        } catch (UnsupportedOperationException | UnsatisfiedLinkError | NoClassDefFoundError e) { // broad: JavaFX without a display
            // Not before: making a logger reads the log's configuration, which the window need not wait for.
            LoggerFactory.getLogger(Windowed.class).error("the window cannot be opened", e);
            opening.close();
            throw noScreen();
        } finally {
            opening.release();
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
