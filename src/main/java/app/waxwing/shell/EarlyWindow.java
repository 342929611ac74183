package app.waxwing.shell;

import app.waxwing.kit.CoverImages;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.text.TextAlignment;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// The window before the engines are open: its empty ground, and quick search, which opens at once and looks for what was typed as soon as there is
/// a library. [MainWindow] fills what stands here. FX thread.
public final class EarlyWindow {
    private final WindowMemory.Look look;
    private final Supplier<List<Rectangle2D>> screens;
    private final StackPane root = new StackPane();
    private final Dialogs dialogs = new Dialogs();
    private final QuickSearchViewModel search = new QuickSearchViewModel(Fx.executor());
    private Optional<Scene> scene = Optional.empty();
    private Optional<Theme> theme = Optional.empty();
    private Optional<QuickSearchView> searchView = Optional.empty();
    private Optional<CoverImages> covers = Optional.empty();
    private Consumer<Shortcut> act = this::early;
    private Optional<Label> upgrade = Optional.empty();
    /// A card is open that no frame showed yet.
    private boolean unseen;

    public EarlyWindow(WindowMemory.Look look) {
        this(look, EarlyWindow::screens);
    }

    /// @param screens as [WindowPlace#fitted] takes them
    EarlyWindow(WindowMemory.Look look, Supplier<List<Rectangle2D>> screens) {
        this.look = look;
        this.screens = screens;
        root.getChildren().add(dialogs.layer());
    }

    /// Shows the empty window where and as large as it was left, as far as the screens have room, in the colour of its theme.
    public void show(Stage on) {
        List<Rectangle2D> all = screens.get();
        WindowMemory.Look fits = WindowPlace.fitted(look, all);
        var made = new Scene(root, fits.width(), fits.height(), Theme.background(look.theme()));
        scene = Optional.of(made);
        theme.ifPresent(t -> t.install(made));
        on.setScene(made);
        on.setMinWidth(all.stream().mapToDouble(Rectangle2D::getWidth).reduce(900, Math::min));
        on.setMinHeight(all.stream().mapToDouble(Rectangle2D::getHeight).reduce(600, Math::min));
        on.setTitle(Texts.of("app.name"));
        fits.place().ifPresent(p -> {
            on.setX(p.x());
            on.setY(p.y());
        });
        on.setMaximized(look.maximised());
        on.show();
        Shortcuts.install(made, dialogs, shortcut -> act.accept(shortcut));
    }

    private static List<Rectangle2D> screens() {
        return Stream.concat(Stream.of(Screen.getPrimary()), Screen.getScreens().stream()).distinct().map(Screen::getVisualBounds).toList();
    }

    /// The looks of the window, made when they are first asked for: they read fonts and stylesheets.
    public Theme theme() {
        if (theme.isEmpty()) {
            var made = new Theme(look.theme());
            theme = Optional.of(made);
            scene.ifPresent(made::install);
        }
        return theme.get();
    }

    /// Runs the task soon: after the keys that were pressed by now, and after the frame that answers one of them.
    public void afterAnswer(Runnable task) {
        Fx.later(() -> answered(task));
    }

    private void answered(Runnable task) {
        Optional<Scene> waiting = unseen ? scene : Optional.empty();
        if (waiting.isEmpty()) {
            task.run();
            return;
        }
        // A frame in which something moves, as the words do that say what is waited for, begins only when the last one is drawn.
        Scene shows = waiting.get();
        frame(shows, () -> frame(shows, () -> {
            unseen = false;
            Fx.later(task);
        }));
    }

    private static void frame(Scene scene, Runnable then) {
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                Platform.requestNextPulse();
                then.run();
            }
        });
        Platform.requestNextPulse();
    }

    /// Says that an older library is brought up to date: what is done, how far it is, and that the window may be closed.
    ///
    /// @param step from 1, which keeps a copy, to `all`
    public void upgrading(int step, int all) {
        theme();
        Label words = upgrade.orElseGet(() -> {
            var made = new Label();
            made.getStyleClass().addAll("muted", "upgrade-words");
            made.setWrapText(true);
            made.setMaxWidth(620);
            made.setTextAlignment(TextAlignment.CENTER);
            root.getChildren().addFirst(made);
            return made;
        });
        upgrade = Optional.of(words);
        words.setText(
                (step == 1 ? Texts.of("upgrade.keeping", all) : Texts.of("upgrade.step", step, all)) + "\n\n" + Texts.of("upgrade.safe"));
    }

    StackPane root() {
        return root;
    }

    Dialogs dialogs() {
        return dialogs;
    }

    /// From now on every shortcut goes there, and quick search finds.
    void handOver(Consumer<Shortcut> all, QuickSearchViewModel.Sources sources, CoverImages pictures) {
        act = all;
        upgrade.ifPresent(root.getChildren()::remove);
        upgrade = Optional.empty();
        covers = Optional.of(pictures);
        search.connect(sources);
    }

    void openSearch() {
        theme();
        searchView().open();
    }

    /// Makes what quick search opens with, so that its first key is answered as fast as the later ones. For when nothing else is to be done.
    public void prepareSearch() {
        if (searchView.isPresent()) return;
        QuickSearchView view = searchView();
        unseen(view);
        // Its list comes with what is listed.
        Fx.later(() -> {
            if (view.getScene() != null) return;
            view.fill();
            unseen(view);
        });
    }

    private void unseen(QuickSearchView view) {
        view.setManaged(false);
        view.setVisible(false);
        root.getChildren().addFirst(view);
        view.applyCss();
        view.autosize();
        view.layout();
        root.getChildren().remove(view);
        view.setVisible(true);
        view.setManaged(true);
    }

    private QuickSearchView searchView() {
        if (searchView.isEmpty()) searchView = Optional.of(new QuickSearchView(search, dialogs, theme(), () -> covers.orElseThrow()));
        return searchView.get();
    }

    private void early(Shortcut shortcut) {
        if (shortcut != Shortcut.SEARCH && shortcut != Shortcut.FIND) return;
        openSearch();
        if (!theme().lessMotion()) searchView().breathe();
        unseen = true;
    }
}
