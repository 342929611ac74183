package app.waxwing.testing.ui;

import app.waxwing.base.Subscription;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Time;
import app.waxwing.download.DownloadEngine;
import app.waxwing.kit.Desk;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Navigation;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Theme;
import app.waxwing.kit.Toasts;
import app.waxwing.library.Library;
import app.waxwing.parts.ViewContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// One page on the headless stage, over fakes, as large as the middle of the window in the pictures (896 × 756).
public final class PageStage implements AutoCloseable {
    public static final double WIDTH = 896;
    public static final double HEIGHT = 756;
    public final FakeServices services;
    public final ViewContext ctx;
    public final Page page;
    public final Stage stage;
    public final BooleanProperty offline = new SimpleBooleanProperty();
    public final BooleanProperty playableOnly = new SimpleBooleanProperty();
    /// Where the page sent the window.
    public final List<Route> went = new ArrayList<>();
    private final SystemTime timer = new SystemTime();

    public PageStage(FakeServices services, boolean dark, Function<ViewContext, Page> make) {
        this(services, services.library, dark, WIDTH, HEIGHT, make);
    }

    public PageStage(FakeServices services, Library library, boolean dark, double width, double height, Function<ViewContext, Page> make) {
        this(services, library, services.downloads, dark, width, height, make);
    }

    /// Over another queue than the fake.
    public PageStage(FakeServices services, DownloadEngine downloads, Function<ViewContext, Page> make) {
        this(services, services.library, downloads, false, WIDTH, HEIGHT, make);
    }

    private PageStage(FakeServices services, Library library, DownloadEngine downloads, boolean dark, double width, double height,
            Function<ViewContext, Page> make) {
        this.services = services;
        Screens.start();
        var theme = Screens.fx(Theme::new);
        var made = Screens.fx(() -> {
            var navigation = new Navigation() {
                @Override
                public void go(Route route) {
                    went.add(route);
                }

                @Override
                public void back() {}

                @Override
                public void forward() {}
            };
            var desk = new Desk(Fx.executor(), navigation, theme, new Dialogs(), new Toasts(theme), services.coverImages(), playableOnly,
                    offline);
            var context = new ViewContext(desk, new FixedNow(timer), library, services.userState, services.player, downloads,
                    services.downloads, services.accounts);
            Page shown = make.apply(context);
            return new Made(context, shown, new StackPane(shown.root(), desk.toasts().layer(), desk.dialogs().layer()));
        });
        ctx = made.ctx;
        page = made.page;
        stage = Screens.show(theme, dark, made.root, width, height);
        Screens.run(() -> {
            page.shown();
            page.first().requestFocus();
        });
    }

    private record Made(ViewContext ctx, Page page, StackPane root) {}

    public Scene scene() {
        return stage.getScene();
    }

    public Node find(String selector) {
        return Screens.fx(() -> java.util.Objects.requireNonNull(stage.getScene().getRoot().lookup(selector), selector));
    }

    public void snapshot(String name) {
        Screens.snapshot(scene(), name);
    }

    @Override
    public void close() {
        Screens.run(() -> {
            page.hidden();
            page.close();
            stage.close();
        });
        ctx.close();
        timer.close();
    }

    /// The evening of the pictures, with a timer that runs.
    private record FixedNow(Time timer) implements Time {
        @Override
        public Instant now() {
            return SampleMusic.NOW;
        }

        @Override
        public long nanos() {
            return timer.nanos();
        }

        @Override
        public Subscription after(Duration delay, Runnable task) {
            return timer.after(delay, task);
        }

        @Override
        public Subscription every(Duration period, Runnable task) {
            return timer.every(period, task);
        }
    }
}
