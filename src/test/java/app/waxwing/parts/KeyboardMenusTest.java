package app.waxwing.parts;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.Download.Status;
import app.waxwing.download.QueueLine;
import app.waxwing.download.ui.DownloadsView;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.library.ui.LibraryPages;
import app.waxwing.playback.ui.QueueRow;
import app.waxwing.playback.ui.QueueView;
import app.waxwing.playback.ui.QueueViewModel;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The toolkit makes of Shift+F10 and of the menu key a request for a menu that goes to what has the focus: to a list, not to one of its cells.
class KeyboardMenusTest {
    private final FakeServices services = FakeServices.sample();

    private static Optional<ContextMenu> shown() {
        return Screens.fx(() -> Window.getWindows().stream().filter(w -> w instanceof ContextMenu m && m.isShowing())
                .map(w -> (ContextMenu) w).findFirst());
    }

    /// As the keyboard asks: at the middle of what has the focus.
    private static Optional<ContextMenu> ask(Node focused) {
        Screens.run(() -> {
            Bounds at = focused.localToScreen(focused.getBoundsInLocal());
            focused.fireEvent(new ContextMenuEvent(ContextMenuEvent.CONTEXT_MENU_REQUESTED, at.getWidth() / 2, at.getHeight() / 2,
                    at.getCenterX(), at.getCenterY(), true, null));
        });
        return shown();
    }

    private static List<String> words(ContextMenu menu) {
        return Screens.fx(() -> menu.getItems().stream().map(MenuItem::getText).filter(t -> t != null).toList());
    }

    private PageStage stage(Function<ViewContext, Page> page) {
        var stage = new PageStage(services, false, page);
        Screens.until("rows are there", () -> !((ListView<?>) stage.page.first()).getItems().isEmpty());
        Screens.settle();
        return stage;
    }

    @Test
    @DisplayName("issue 3 Shift+F10 and the menu key open the menu of the chosen download, at its row; what is chosen there is done to it and to no neighbour")
    void downloads() {
        try (var stage = stage(DownloadsView::new)) {
            @SuppressWarnings("unchecked")
            var list = (ListView<QueueLine>) stage.page.first();
            assertThat(ask(list)).as("nothing is chosen").isEmpty();
            var lines = Screens.fx(() -> List.copyOf(list.getItems()));
            int index = lines.indexOf(lines.stream().filter(l -> l.status() == Status.PAUSED).findFirst().orElseThrow());
            Screens.run(() -> list.getSelectionModel().clearAndSelect(index));
            ContextMenu menu = ask(list).orElseThrow();
            assertThat(words(menu)).contains(Texts.of("downloads.first.paused"), Texts.of("downloads.details"));
            assertThat(Screens.fx(() -> list.getItems().get(((javafx.scene.control.IndexedCell<?>) menu.getOwnerNode()).getIndex())))
                    .isEqualTo(lines.get(index));
            Screens.run(() -> {
                menu.getItems().stream().filter(i -> Texts.of("downloads.first.paused").equals(i.getText())).findFirst().orElseThrow()
                        .fire();
                menu.hide();
            });
            Screens.until("that one goes on", () -> list.getItems().stream().noneMatch(l -> l.status() == Status.PAUSED));
        }
    }

    @Test
    @DisplayName("issue 3 by keyboard the menu of a chosen download that is out of sight comes with its row")
    void outOfSight() {
        services.downloads.many(60);
        try (var stage = stage(DownloadsView::new)) {
            @SuppressWarnings("unchecked")
            var list = (ListView<QueueLine>) stage.page.first();
            Screens.until("all are there", () -> list.getItems().size() > 60);
            Screens.run(() -> {
                list.getSelectionModel().clearAndSelect(1);
                list.scrollTo(50);
            });
            Screens.settle();
            ContextMenu menu = ask(list).orElseThrow();
            assertThat(Screens.fx(() -> ((javafx.scene.control.IndexedCell<?>) menu.getOwnerNode()).getIndex())).isEqualTo(1);
            assertThat(Screens.fx(() -> list.localToScene(list.getBoundsInLocal())
                    .contains(menu.getOwnerNode().localToScene(1, 1)))).isTrue();
            Screens.run(menu::hide);
        }
    }

    @Test
    @DisplayName("by keyboard the menu of an album opens in the grid, and of a track in a table")
    void library() {
        try (var stage = stage(ctx -> new LibraryPages(ctx).albums())) {
            Node list = stage.page.first();
            Screens.run(() -> list.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.RIGHT, false, false, false, false)));
            ContextMenu menu = ask(list).orElseThrow();
            assertThat(words(menu)).contains(Texts.of("menu.play"));
            Screens.run(menu::hide);
        }
        try (var stage = stage(ctx -> new LibraryPages(ctx).tracks())) {
            var list = (ListView<?>) stage.page.first();
            Screens.run(() -> list.getSelectionModel().clearAndSelect(2));
            ContextMenu menu = ask(list).orElseThrow();
            assertThat(words(menu)).contains(Texts.of("menu.play"));
            Screens.run(menu::hide);
        }
    }

    @Test
    @DisplayName("by keyboard the menu of a row of the queue opens; a caption has none")
    void queue() {
        try (var stage = stage(ctx -> new QueuePage(services, ctx))) {
            @SuppressWarnings("unchecked")
            var list = (ListView<QueueRow>) stage.page.first();
            int track = Screens.fx(() -> list.getItems().stream().map(QueueRow.Item.class::isInstance).toList().lastIndexOf(true));
            int caption = Screens.fx(() -> list.getItems().stream().map(QueueRow.Item.class::isInstance).toList().indexOf(false));
            Screens.run(() -> list.getSelectionModel().clearAndSelect(track));
            ContextMenu menu = ask(list).orElseThrow();
            assertThat(words(menu)).contains(Texts.of("queue.menu.remove"));
            Screens.run(menu::hide);
            Screens.run(() -> list.getSelectionModel().clearAndSelect(caption));
            assertThat(ask(list)).isEmpty();
        }
    }

    private static final class QueuePage implements Page {
        private final QueueView view;

        QueuePage(FakeServices services, ViewContext ctx) {
            view = new QueueView(new QueueViewModel(services.player, services.library, services.userState, new FakeNotices(), ctx.fx()),
                    ctx.desk());
        }

        @Override
        public Region root() {
            return new StackPane(view);
        }

        @Override
        public void shown() {}

        @Override
        public void hidden() {}

        @Override
        public void close() {}

        @Override
        public Node first() {
            return view.getCenter();
        }
    }
}
