package app.waxwing.library.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.kit.Page;
import app.waxwing.library.Library;
import app.waxwing.library.Query;
import app.waxwing.library.Track;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.SampleMusic;
import app.waxwing.testing.ui.Screens;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Real layout: what stands at the top of the list of tracks.
class TracksPlaceTest {
    @Test
    @DisplayName("Issue 4 the list of tracks stands where it stood, to the row, each time one comes back; another order begins at the top")
    void comesBack() {
        try (var stage = new PageStage(FakeServices.of(SampleMusic.of(400)), false, ctx -> new LibraryPages(ctx).tracks())) {
            var first = (TracksView) stage.page;
            Screens.run(first::shown);
            Screens.until("rows", () -> first.table().list().getItems().size() > 1_600);
            Screens.settle();
            Screens.run(() -> first.table().go(1_597));
            at(first, 1_597);
            TracksView page = first;
            for (int i = 0; i < 3; i++) {
                TracksView left = page;
                page = Screens.fx(() -> {
                    left.hidden();
                    left.close();
                    var again = (TracksView) new LibraryPages(stage.ctx).tracks();
                    ((StackPane) stage.scene().getRoot()).getChildren().set(0, again.root());
                    again.shown();
                    return again;
                });
                TracksView now = page;
                Screens.until("rows", () -> now.table().list().getItems().size() > 1_600);
                at(page, 1_597);
            }
            TracksView now = page;
            Screens.run(() -> heading(now, "ARTIST").fire());
            at(page, 0);
        }
    }

    @Test
    @DisplayName("issue 4 any page's first rows: a long list shows its first rows at once, and what is played from them is the whole list")
    void begins() {
        var services = FakeServices.of(SampleMusic.of(400));
        services.library.wholeLists = new CompletableFuture<>();
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).tracks())) {
            var page = (TracksView) stage.page;
            Screens.run(page::shown);
            Screens.until("the first rows", () -> page.table().list().getItems().size() == RowsViewModel.FIRST);
            Screens.settle();
            assertThat(page.root().lookup(".letter-strip").isVisible()).isFalse();
            Screens.run(() -> page.table().go(3));
            Screens.run(() -> Event.fireEvent(page.first(),
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false)));
            services.library.wholeLists.complete(null);
            Screens.until("rows", () -> page.table().list().getItems().size() > 1_600);
            Screens.until("the whole list is the queue", () -> services.player.state().queue().size() > 1_600);
            assertThat(services.player.state().index()).isEqualTo(3);
            services.library.wholeLists = new CompletableFuture<>();
            Screens.run(() -> heading(page, "ARTIST").fire());
            Screens.until("the first rows of another order", () -> page.table().list().getItems().size() == RowsViewModel.FIRST);
            at(page, 0);
            services.library.wholeLists.complete(null);
            Screens.until("rows", () -> page.table().list().getItems().size() > 1_600);
            at(page, 0);
        }
    }

    @Test
    @DisplayName("issue 4 while a sync brings and takes rows the list stays with what is looked at, and with what is chosen; at the top it stays there")
    void staysWithItsRows() {
        var services = FakeServices.of(SampleMusic.of(400));
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).tracks())) {
            var page = (TracksView) stage.page;
            Screens.run(page::shown);
            Screens.until("rows", () -> page.table().list().getItems().size() > 1_600);
            Screens.run(() -> page.table().go(1_000));
            at(page, 1_000);
            long row = services.library.trackRows(Query.ALL).join()[1_000];
            List<Track> first = services.library.tracks(Query.ALL.slice(0, 30)).join().items();
            services.music.tracks.removeAll(first);
            services.library.changes.publish(Library.Change.CONTENT);
            Screens.until("fewer rows", () -> page.table().list().getItems().size() == services.music.tracks.size());
            at(page, 970);
            assertThat(services.library.trackRows(Query.ALL).join()[970]).isEqualTo(row);
            assertThat(Screens.fx(() -> List.copyOf(page.table().list().getSelectionModel().getSelectedIndices()))).containsExactly(970);
            // The one at the top goes too: the next one takes its place.
            services.music.tracks.removeIf(t -> t.row() == row);
            services.music.tracks.addAll(first);
            services.library.changes.publish(Library.Change.CONTENT);
            Screens.until("more rows", () -> page.table().list().getItems().size() == services.music.tracks.size());
            at(page, 1_000);
            assertThat(Screens.fx(() -> List.copyOf(page.table().list().getSelectionModel().getSelectedIndices()))).isEmpty();
            Screens.run(() -> page.table().go(0));
            at(page, 0);
            services.music.tracks.removeAll(first.subList(0, 5));
            services.library.changes.publish(Library.Change.CONTENT);
            Screens.until("fewer rows", () -> page.table().list().getItems().size() == services.music.tracks.size());
            at(page, 0);
        }
    }

    @Test
    @DisplayName("Issue 4 whatever a list is in order of, each heading stays where it is and shows its word and arrow whole, at any width")
    void headings() {
        for (double width : new double[]{700, PageStage.WIDTH, 1_100, 1_400}) {
            var services = FakeServices.of(SampleMusic.of(100));
            try (var stage = new PageStage(services, services.library, false, width, PageStage.HEIGHT,
                    ctx -> new LibraryPages(ctx).tracks())) {
                var page = (TracksView) stage.page;
                Screens.run(page::shown);
                Screens.until("the strip",
                        () -> page.root().lookup(".letter-strip") instanceof javafx.scene.Node strip && strip.isVisible());
                Screens.settle();
                var names = Screens.fx(() -> headings(page).map(javafx.scene.control.Button::getText).toList());
                assertThat(names).contains("TITLE", "TIME");
                if (width >= PageStage.WIDTH) assertThat(names).contains("ARTIST", "ALBUM");
                if (width > 1_000) assertThat(names).contains("YEAR", "PLAYS");
                var places = Screens.fx(() -> headings(page).map(javafx.scene.Node::getLayoutX).toList());
                for (var head : Screens.fx(() -> headings(page).toList())) {
                    String name = head.getText();
                    Screens.run(head::fire);
                    Screens.until(name + " is sorted by",
                            () -> head.getPseudoClassStates().contains(javafx.css.PseudoClass.getPseudoClass("sorted")));
                    // The fake knows letters of no other order.
                    boolean byName = name.equals("TITLE");
                    Screens.until("the strip", () -> page.root().lookup(".letter-strip").isVisible() == byName);
                    Screens.settle();
                    assertThat(Screens.fx(() -> head.getWidth() - head.prefWidth(-1))).as(name + " at " + width).isGreaterThan(-0.5);
                    if (!name.equals("TIME"))
                        assertThat(Screens.fx(() -> headings(page).map(javafx.scene.Node::getLayoutX).toList())).as(name).isEqualTo(places);
                }
                if (width == PageStage.WIDTH && names.contains("PLAYS")) {
                    Screens.run(() -> heading(page, "PLAYS").fire());
                    Screens.settle();
                    stage.snapshot("tracks-by-plays-light");
                }
            }
        }
    }

    @Test
    @DisplayName("Issue 4 remembers its place: favourite tracks stand where they stood when one comes back; another order begins at the top")
    void favourites() {
        var services = FakeServices.of(SampleMusic.of(400));
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).favourites())) {
            var first = tracksOf(stage.page);
            Screens.until("rows", () -> first.getItems().size() > 300);
            Screens.settle();
            Screens.run(() -> first.scrollTo(250));
            Screens.until("it scrolled", () -> top(first) == 250);
            Page again = Screens.fx(() -> {
                stage.page.hidden();
                stage.page.close();
                var page = new LibraryPages(stage.ctx).favourites();
                ((StackPane) stage.scene().getRoot()).getChildren().set(0, page.root());
                page.shown();
                return page;
            });
            Screens.settle();
            var now = tracksOf(again);
            Screens.until("it stands where it stood", () -> top(now) == 250);
            Screens.run(() -> heading(again, "ARTIST").fire());
            Screens.until("the top", () -> top(now) == 0);
            Screens.settle();
            assertThat(Screens.fx(() -> top(now))).isZero();
        }
    }

    private static javafx.scene.control.ListView<?> tracksOf(Page page) {
        return (javafx.scene.control.ListView<?>) Screens.fx(() -> page.root().lookup(".track-list"));
    }

    private static int top(javafx.scene.control.ListView<?> list) {
        return list.lookup(".virtual-flow") instanceof javafx.scene.control.skin.VirtualFlow<?> flow && flow.getFirstVisibleCell() != null
                ? flow.getFirstVisibleCell().getIndex()
                : -1;
    }

    private static java.util.stream.Stream<javafx.scene.control.Button> headings(Page page) {
        return page.root().lookupAll(".track-head").stream().filter(javafx.scene.control.Button.class::isInstance)
                .map(javafx.scene.control.Button.class::cast).filter(b -> b.isVisible() && !b.getText().isEmpty());
    }

    private static javafx.scene.control.Button heading(Page page, String words) {
        return page.root().lookupAll(".track-head").stream().filter(javafx.scene.control.Button.class::isInstance)
                .map(javafx.scene.control.Button.class::cast).filter(b -> words.equalsIgnoreCase(b.getText())).findFirst().orElseThrow();
    }

    private static void at(TracksView page, int line) {
        Screens.until("line " + line + " is at the top", () -> page.table().firstVisible().filter(l -> l == line).isPresent());
        Screens.settle();
        assertThat(Screens.fx(() -> page.table().firstVisible())).contains(line);
    }
}
