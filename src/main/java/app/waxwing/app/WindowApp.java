package app.waxwing.app;

import app.waxwing.account.Account;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.control.Engines;
import app.waxwing.kit.Fx;
import app.waxwing.kit.RestingPulse;
import app.waxwing.kit.Theme;
import app.waxwing.settings.ui.SettingsLinks;
import app.waxwing.shell.EarlyWindow;
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
import org.slf4j.LoggerFactory;

/// Opens the window at once, the engines beside it, and joins the two when both are there.
public final class WindowApp extends Application {
    /// Time for the empty window to be drawn before the FX thread is busy again.
    private static final Duration A_FRAME = Duration.ofMillis(40);
    /// The first picture is there by then.
    private static final Duration PICTURE = Duration.ofMillis(600);
    /// The start is over by then.
    private static final Duration REST = Duration.ofMillis(1500);
    private final ExecutorService startUp = Threads.platform("start-up", 2);
    private Optional<EarlyWindow> early = Optional.empty();
    private boolean ended;
    private Subscription following = () -> {};
    private Optional<MainWindow> window = Optional.empty();
    private Optional<FeaturePages> pages = Optional.empty();

    @Override
    public void init() {
        // While the empty window is shown; not where another instance shows its own, whose end would come in between.
        Runnable read = Threads.logged(() -> {
            Theme.read();
            Theme.prepare();
        });
        Windowed.opening().folder().thenAcceptAsync(lock -> lock.ifPresent(_ -> read.run()), startUp);
    }

    @Override
    public void start(Stage stage) {
        Fx.delayed(PICTURE, RestingPulse::install).run();
        Opening opening = Windowed.opening();
        Fx.onFx(opening.folder(), lock -> {
            if (lock.isEmpty()) Platform.exit();
        }, failure -> Platform.exit());
        Fx.onFx(opening.settings(), settings -> {
            var first = new EarlyWindow(new SavedLook(settings).load());
            early = Optional.of(first);
            first.show(stage);
            Fx.delayed(A_FRAME, first::theme).run();
        }, failure -> {});
        following = opening.upgrade()
                .subscribe(step -> Fx.post(() -> early.ifPresent(first -> first.upgrading(step.number(), step.all()))));
        Fx.onFx(opening.engines(), engines -> fill(early.orElseThrow(), stage, engines), failure -> say(stage, failure));
    }

    /// In steps, so that a key which is pressed meanwhile need not wait for all of them.
    private void fill(EarlyWindow first, Stage stage, Running engines) {
        first.theme();
        first.afterAnswer(() -> {
            if (ended) return; // the window was closed before the engines were open
            MainWindow main = made(first, stage, engines);
            main.dress(first::afterAnswer, () -> show(main, stage, engines));
        });
    }

    private void say(Stage stage, Failure failure) {
        if (ended) return; // closed while the library was being brought up to date
        var scene = new Scene(new StackPane(new Label(FailureWords.sentence(failure))), 1440, 900);
        early.map(EarlyWindow::theme).orElseGet(Theme::new).install(scene);
        stage.getIcons().setAll(Theme.icons());
        stage.setTitle("Waxwing");
        stage.setScene(scene);
        stage.show();
    }

    private MainWindow made(EarlyWindow first, Stage stage, Running started) {
        Services services = services(started);
        var features = new FeaturePages(services, started.wiring().engines().time(), started.wiring().settings(), links(started));
        pages = Optional.of(features);
        var look = new SavedLook(started.wiring().settings());
        following.close();
        following = look.follow(Fx.executor(), first.theme().choiceProperty()::set);
        var main = new MainWindow(services, features, first, look);
        window = Optional.of(main);
        started.window(() -> Fx.post(() -> raise(stage)), r -> Fx.post(stage::hide));
        return main;
    }

    private void show(MainWindow main, Stage stage, Running started) {
        if (ended) return;
        main.open(stage);
        Fx.delayed(PICTURE, () -> icons(stage)).run();
        Fx.delayed(REST, early.orElseThrow()::prepareSearch).run();
        started.wiring().news().forEach(main.desk().toasts()::failed);
        startUp.execute(() -> {
            started.listen();
            started.ready();
        });
    }

    private void icons(Stage stage) {
        if (ended) return;
        Fx.onFx(CompletableFuture.supplyAsync(Theme::icons, startUp), stage.getIcons()::setAll,
                failure -> LoggerFactory.getLogger(WindowApp.class).warn("the window has no icon: {}", FailureWords.sentence(failure)));
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
            LoggerFactory.getLogger(WindowApp.class).warn("the demonstration does not start: {}", e.getMessage());
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
        following.close();
        window.ifPresent(MainWindow::close);
        pages.ifPresent(FeaturePages::close);
        Windowed.opening().close();
        startUp.shutdown();
        Platform.exit();
    }

    private SettingsLinks.SignIns signIns() {
        return new SettingsLinks.SignIns() {
            @Override
            public void addServer() {
                window.ifPresent(MainWindow::addServer);
            }

            @Override
            public void again(Account account) {
                window.ifPresent(w -> w.signInAgain(account));
            }
        };
    }

    private SettingsLinks links(Running started) {
        Engines engines = started.wiring().engines();
        return new SettingsLinks(engines.paths(), signIns(), Optional.of(started.wiring().musicCache()),
                engines.diagnosis(),
                engines.keeping(), engines.outbox(), engines.sync(), startUp, () -> {
                    Windowed.restart().wish();
                    engines.host().quit();
                }, Launcher.version());
    }
}
