package app.waxwing.app;

import app.waxwing.account.Account;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Threads;
import app.waxwing.control.Engines;
import app.waxwing.kit.Fx;
import app.waxwing.kit.RestingPulse;
import app.waxwing.kit.Theme;
import app.waxwing.settings.ui.SettingsLinks;
import app.waxwing.shell.FeaturePages;
import app.waxwing.shell.MainWindow;
import app.waxwing.shell.Services;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the window at once, the engines beside it, and joins the two when both are there.
public final class WindowApp extends Application {
    private static final Logger LOG = LoggerFactory.getLogger(WindowApp.class);
    /// Time for the empty window to be drawn before the FX thread is busy again.
    private static final Duration A_FRAME = Duration.ofMillis(40);
    /// The first picture is there by then.
    private static final Duration PICTURE = Duration.ofMillis(600);
    private final ExecutorService startUp = Threads.platform("start-up", 2);
    private Optional<Theme> theme = Optional.empty();
    private boolean ended;
    private Optional<MainWindow> window = Optional.empty();
    private Optional<FeaturePages> pages = Optional.empty();

    @Override
    public void start(Stage stage) {
        RestingPulse.install();
        Opening opening = Windowed.opening();
        Fx.onFx(opening.folder(), lock -> {
            if (lock.isEmpty()) Platform.exit();
        }, failure -> Platform.exit());
        Fx.onFx(opening.settings(), settings -> {
            MainWindow.show(stage, new SavedLook(settings).load());
            Fx.delayed(A_FRAME, this::theme).run();
        }, failure -> {});
        Fx.onFx(opening.engines(), engines -> show(stage, engines), failure -> say(stage, failure));
    }

    /// Made after the empty window shows and while the engines open: it reads fonts and stylesheets.
    private Theme theme() {
        if (theme.isEmpty()) theme = Optional.of(new Theme());
        return theme.get();
    }

    private void say(Stage stage, Failure failure) {
        var scene = new Scene(new StackPane(new Label(FailureWords.sentence(failure))), 1440, 900);
        theme().install(scene);
        stage.getIcons().setAll(Theme.icons());
        stage.setTitle("Waxwing");
        stage.setScene(scene);
        stage.show();
    }

    private void show(Stage stage, Running started) {
        if (ended) return; // the window was closed before the engines were open
        Services services = services(started);
        var features = new FeaturePages(services, started.wiring().engines().time(), started.wiring().settings(), links(started));
        pages = Optional.of(features);
        var main = new MainWindow(services, features, theme(), new SavedLook(started.wiring().settings()));
        window = Optional.of(main);
        started.window(() -> Fx.post(() -> raise(stage)), r -> Fx.post(stage::hide));
        main.open(stage);
        Fx.delayed(PICTURE, () -> icons(stage)).run();
        started.wiring().news().forEach(main.desk().toasts()::failed);
        startUp.execute(() -> {
            started.listen();
            started.ready();
        });
    }

    private void icons(Stage stage) {
        if (ended) return;
        Fx.onFx(CompletableFuture.supplyAsync(Theme::icons, startUp), stage.getIcons()::setAll,
                failure -> LOG.warn("the window has no icon: {}", FailureWords.sentence(failure)));
    }

    private Services services(Running started) {
        Engines e = started.wiring().engines();
        return new Services(e.accounts(), e.reachability(), e.library(), e.sync(), e.userState(), started.wiring().covers(), e.player(),
                e.downloads(),
                e.keepSet(), e.outbox(), e.time()::now, () -> CompletableFuture.supplyAsync(() -> demonstration(started), startUp),
                () -> CompletableFuture.supplyAsync(started.wiring()::space, startUp));
    }

    private static Account demonstration(Running started) {
        try {
            return started.wiring().demonstration().signIn();
        } catch (FailureException e) {
            LOG.warn("the demonstration does not start: {}", e.getMessage());
            throw e;
        }
    }

    private static void raise(Stage stage) {
        stage.setIconified(false);
        stage.show();
        stage.toFront();
        stage.requestFocus();
    }

    @Override
    public void stop() {
        ended = true;
        window.ifPresent(MainWindow::close);
        pages.ifPresent(FeaturePages::close);
        Windowed.opening().close();
        startUp.shutdown();
        Platform.exit();
    }

    private SettingsLinks links(Running started) {
        Engines engines = started.wiring().engines();
        return new SettingsLinks(engines.paths(), () -> window.ifPresent(MainWindow::addServer), Optional.of(started.wiring().musicCache()),
                engines.diagnosis(),
                engines.keeping(), engines.outbox(), engines.sync(), startUp, () -> {
                    Windowed.restart().wish();
                    engines.host().quit();
                }, Launcher.version());
    }
}
