package app.waxwing.library.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Track;
import app.waxwing.parts.CoverTile;
import app.waxwing.parts.Shelf;
import app.waxwing.parts.TileFacts;
import app.waxwing.parts.ViewContext;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javafx.event.Event;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// «More like this» at the end of an album's and an artist's page, and how the album's page scrolls with it.
class AlikeShelfTest {
    private static final String LIKE = Texts.of("similar.title");
    private final FakeServices services = FakeServices.sample();
    private final Album album = services.music.album("Night Train to Lund");
    private final Function<ViewContext, Page> albumPage = ctx -> new LibraryPages(ctx).album(album.key());
    private final Function<ViewContext, Page> artistPage = ctx -> new LibraryPages(ctx).artist(services.music.artists.get(1).key());

    private static Optional<Shelf> shelf(PageStage stage) {
        return stage.scene().getRoot().lookupAll(".shelf").stream().filter(n -> n instanceof Shelf && LIKE.equals(n.getAccessibleText()))
                .map(Shelf.class::cast).findFirst();
    }

    private static List<CoverTile> tiles(PageStage stage) {
        return shelf(stage).filter(Node::isVisible).stream().flatMap(s -> s.getChildrenUnmodifiable().stream())
                .filter(CoverTile.class::isInstance).map(CoverTile.class::cast).toList();
    }

    private static List<CoverTile> covers(PageStage stage) {
        return Screens.fx(() -> tiles(stage));
    }

    private static ScrollPane scroll(PageStage stage) {
        return (ScrollPane) stage.scene().getRoot().lookup(".page-scroll");
    }

    private static void there(PageStage stage) {
        Screens.until("the shelf is there", () -> tiles(stage).size() > 4);
        Screens.settle();
    }

    private static void press(Node node, KeyCode code) {
        Screens.run(() -> Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
        Screens.settle();
    }

    private static double y(Node node) {
        return Screens.fx(() -> node.localToScene(0, 0).getY());
    }

    private static Node row(PageStage stage, int line) {
        return Screens.fx(() -> stage.scene().getRoot().lookupAll(".track-row").stream()
                .filter(n -> n instanceof javafx.scene.control.IndexedCell<?> c && !c.isEmpty() && c.getIndex() == line).findFirst()
                .orElseThrow());
    }

    private CompletableFuture<List<Track>> later() {
        var answer = new CompletableFuture<List<Track>>();
        services.library.similar = Optional.of(answer);
        return answer;
    }

    @Test
    @DisplayName("A tile has a button to play it where the keyboard stands, one that is seen, and none before")
    void a_tile_that_is_chosen_can_be_played() {
        try (var stage = new PageStage(services, true, albumPage)) {
            there(stage);
            CoverTile tile = covers(stage).getFirst();
            assertThat(Screens.fx(() -> Optional.ofNullable(tile.lookup(".tile-play")))).isEmpty();
            Screens.run(() -> tile.current(true));
            Screens.settle();
            assertThat(Screens.fx(() -> tile.lookup(".tile-play").getOpacity())).isEqualTo(1);
            assertThat(Screens.fx(() -> tile.lookup(".tile-play").getLayoutX())).isEqualTo(8);
            Screens.run(() -> tile.current(false));
            Screens.settle();
            assertThat(Screens.fx(() -> tile.lookup(".tile-play").getOpacity())).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("C.3 8 an album's page ends with albums like it, an artist's with artists")
    void it_stands_at_the_end_of_both_pages(String look, boolean dark) {
        try (var stage = new PageStage(services, dark, albumPage)) {
            there(stage);
            assertThat(Screens.fx(() -> tiles(stage).stream().map(t -> t.facts().orElseThrow().key()).toList()))
                    .doesNotContain(album.key()).doesNotHaveDuplicates();
            Screens.run(() -> scroll(stage).setVvalue(1));
            stage.snapshot("alike-album-" + look);
        }
        try (var stage = new PageStage(services, dark, artistPage)) {
            there(stage);
            assertThat(Screens.fx(() -> tiles(stage).stream().allMatch(t -> t.facts().map(TileFacts::round).orElse(false)))).isTrue();
            Screens.run(() -> scroll(stage).setVvalue(1));
            stage.snapshot("alike-artist-" + look);
        }
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    void with_nothing_to_show_it_takes_no_room(String look, boolean dark) {
        services.library.similar = Optional.of(CompletableFuture.completedFuture(List.of()));
        for (String page : List.of("album", "artist")) {
            try (var stage = new PageStage(services, dark, page.equals("album") ? albumPage : artistPage)) {
                Screens.until("it was asked for", () -> !services.library.similarAsked.isEmpty());
                Screens.settle();
                assertThat(covers(stage)).isEmpty();
                assertThat(Screens.fx(() -> shelf(stage).orElseThrow().isManaged())).isFalse();
                Screens.run(() -> scroll(stage).setVvalue(1));
                stage.snapshot("alike-" + page + "-empty-" + look);
            }
        }
    }

    @Test
    void when_it_cannot_be_read_the_page_is_as_if_there_was_none() {
        services.library.similar = Optional.of(CompletableFuture.failedFuture(new Failure.Offline("home-server").asException()));
        try (var stage = new PageStage(services, false, albumPage)) {
            Screens.until("it was asked for", () -> !services.library.similarAsked.isEmpty());
            Screens.settle();
            assertThat(covers(stage)).isEmpty();
            assertThat(Screens.fx(() -> ((ListView<?>) stage.page.first()).getItems().size())).isEqualTo(12);
            assertThat(Screens.fx(() -> stage.scene().getRoot().lookupAll(".empty-state").size())).isZero();
            assertThat(Screens.fx(() -> stage.ctx.desk().toasts().layer().lookupAll(".toast").size())).as("nobody asked for it").isZero();
        }
    }

    @Test
    void a_click_or_enter_on_a_cover_opens_it_and_it_says_what_it_is() {
        try (var stage = new PageStage(services, false, albumPage)) {
            there(stage);
            CoverTile first = covers(stage).getFirst();
            CoverTile second = covers(stage).get(1);
            assertThat(Screens.fx(() -> tiles(stage).stream().allMatch(Node::isFocusTraversable))).isTrue();
            assertThat(first.getAccessibleText()).contains(Screens.fx(() -> first.facts().orElseThrow().title()));
            assertThat(Screens.fx(() -> shelf(stage).orElseThrow().getAccessibleRole())).isEqualTo(AccessibleRole.PARENT);
            Screens.run(() -> Event.fireEvent(first, new MouseEvent(MouseEvent.MOUSE_CLICKED, 5, 5, 5, 5, MouseButton.PRIMARY, 1, false,
                    false, false, false, true, false, false, true, false, true, null)));
            press(second, KeyCode.ENTER);
            assertThat(stage.went).containsExactly(new Route.AlbumRoute(first.facts().orElseThrow().key()),
                    new Route.AlbumRoute(second.facts().orElseThrow().key()));
        }
    }

    @Test
    void the_keyboard_comes_from_the_tracks_to_the_covers_and_the_page_follows() {
        try (var stage = new PageStage(services, false, albumPage)) {
            there(stage);
            Node list = stage.page.first();
            Screens.run(list::requestFocus);
            for (int i = 0; i < 4 && !(Screens.fx(() -> stage.scene().getFocusOwner()) instanceof CoverTile); i++) {
                Screens.run(() -> stage.scene().getFocusOwner().requestFocusTraversal(javafx.scene.TraversalDirection.NEXT));
            }
            Screens.settle();
            assertThat(Screens.fx(() -> stage.scene().getFocusOwner())).isSameAs(covers(stage).getFirst());
            assertThat(y(covers(stage).getFirst())).isBetween(0.0, PageStage.HEIGHT - 150);
        }
    }

    @Test
    void a_slow_answer_moves_nothing_while_the_page_is_scrolled() {
        CompletableFuture<List<Track>> slow = later();
        try (var stage = new PageStage(services, false, albumPage)) {
            Screens.until("it was asked for", () -> !services.library.similarAsked.isEmpty());
            Screens.settle();
            Screens.run(() -> scroll(stage).setVvalue(0.6));
            Screens.settle();
            Node row = row(stage, 6);
            double before = y(row);
            slow.complete(services.music.tracks);
            there(stage);
            assertThat(y(row(stage, 6))).isEqualTo(before);
            Node cover = covers(stage).getFirst();
            Screens.run(() -> scroll(stage).setVvalue(1));
            Screens.settle();
            double shelfBefore = y(cover);
            services.library.changes.publish(Change.AVAILABILITY);
            java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
            Screens.settle();
            assertThat((Node) covers(stage).getFirst()).as("the same place, only told again").isSameAs(cover);
            assertThat(y(cover)).isEqualTo(shelfBefore);
        }
    }

    @Test
    void an_answer_after_the_page_was_left_is_dropped_and_coming_back_asks_again() {
        CompletableFuture<List<Track>> slow = later();
        try (var stage = new PageStage(services, false, albumPage)) {
            Screens.until("it was asked for", () -> !services.library.similarAsked.isEmpty());
            Screens.run(stage.page::hidden);
            slow.complete(services.music.tracks);
            Screens.settle();
            assertThat(covers(stage)).isEmpty();
            Screens.run(stage.page::shown);
            there(stage);
        }
    }

    @Test
    void the_wheel_over_the_tracks_scrolls_the_page() {
        try (var stage = new PageStage(services, false, albumPage)) {
            there(stage);
            Node row = row(stage, 3);
            double before = y(row);
            Screens.run(() -> Event.fireEvent(row, new ScrollEvent(ScrollEvent.SCROLL, 50, 10, 50, 10, false, false, false, false, false,
                    false, 0, -80, 0, -80, ScrollEvent.HorizontalTextScrollUnits.NONE, 0, ScrollEvent.VerticalTextScrollUnits.NONE, 0, 0,
                    null)));
            Screens.settle();
            assertThat(y(row)).isLessThan(before - 20);
        }
    }

    @Test
    void the_page_follows_the_row_that_the_keyboard_is_on() {
        try (var stage = new PageStage(services, false, albumPage)) {
            there(stage);
            Node list = stage.page.first();
            press(list, KeyCode.END);
            assertThat(y(row(stage, 11))).isBetween(0.0, PageStage.HEIGHT - 44);
            assertThat(Screens.fx(() -> scroll(stage).getVvalue())).isBetween(0.01, 0.99);
            press(list, KeyCode.HOME);
            assertThat(Screens.fx(() -> scroll(stage).getVvalue())).isZero();
            press(list, KeyCode.PAGE_DOWN);
            assertThat(Screens.fx(() -> ((ListView<?>) list).getFocusModel().getFocusedIndex())).isGreaterThan(5);
        }
    }

    @Test
    void of_a_very_long_album_only_the_rows_in_sight_are_made_and_the_shelf_is_under_them() {
        ItemKey key = album.key();
        List<Track> many = services.music.tracks.stream().limit(TracksInPage.FEW * 5L).toList();
        services.music.members.put(key, many);
        try (var stage = new PageStage(services, false, albumPage)) {
            there(stage);
            Node list = stage.page.first();
            assertThat(Screens.fx(() -> ((ListView<?>) list).getItems().size())).isGreaterThanOrEqualTo(many.size());
            assertThat(Screens.fx(() -> stage.scene().getRoot().lookupAll(".track-row").size())).isLessThan(40);
            double end = y(list) + Screens.fx(() -> list.getBoundsInLocal().getHeight());
            assertThat(end).isBetween(PageStage.HEIGHT - 90, PageStage.HEIGHT);
            stage.snapshot("alike-album-very-long");
            Screens.run(() -> scroll(stage).setVvalue(1));
            Screens.settle();
            assertThat(y(covers(stage).getFirst())).isBetween(0.0, PageStage.HEIGHT - 150);
        }
    }
}
