package app.waxwing.library.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Genre;
import app.waxwing.library.UserState;
import app.waxwing.parts.DownloadButton;
import app.waxwing.parts.ItemMenu;
import app.waxwing.parts.KeepLook;
import app.waxwing.parts.TileGrid;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one does on the pages of the library, with keyboard and buttons.
class LibraryPagesTest {
    private final FakeServices services = FakeServices.sample();

    private Album album(String title) {
        return services.music.album(title);
    }

    private static void press(Node node, KeyCode code) {
        Screens.run(() -> Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    @Test
    void enter_on_a_track_plays_from_there_and_the_album_is_the_queue() {
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).album(album("Field Notes").key()))) {
            var list = (ListView<?>) stage.page.first();
            Screens.until("tracks are there", () -> list.getItems().size() > 3);
            Screens.run(() -> list.getSelectionModel().clearAndSelect(2));
            Screens.run(() -> list.getFocusModel().focus(2));
            press(list, KeyCode.ENTER);
            assertThat(services.player.state().index()).isEqualTo(2);
            assertThat(services.player.state().queue()).hasSize(services.music.tracksOf(album("Field Notes").key()).size());
        }
    }

    @Test
    @DisplayName("4.19 deleted playlists have a quiet way back on the Playlists page, which is there while there are such")
    void deleted_playlists_come_back() {
        for (boolean dark : new boolean[]{false, true}) {
            for (String title : List.of("Long drives", "Evening rain")) {
                services.userState.deleted.add(new UserState.Deleted(new ItemKey(1, title), Optional.empty(), title,
                        Instant.parse("2026-11-20T18:30:00Z")));
            }
            try (var stage = new PageStage(services, dark, ctx -> new LibraryPages(ctx).playlists())) {
                Screens.until("the way is there", () -> buttons(stage, "Deleted playlists …").stream().anyMatch(Node::isVisible));
                Screens.run(() -> buttons(stage, "Deleted playlists …").getFirst().fire());
                stage.snapshot("playlists-deleted" + (dark ? "-dark" : "-light"));
                for (String title : List.of("Evening rain", "Long drives")) {
                    if (buttons(stage, "Bring «" + title + "» back").isEmpty()) {
                        Screens.run(() -> buttons(stage, "Deleted playlists …").getFirst().fire());
                    }
                    Screens.until("it can be brought back", () -> !buttons(stage, "Bring «" + title + "» back").isEmpty());
                    Screens.run(() -> buttons(stage, "Bring «" + title + "» back").getFirst().fire());
                    assertThat(services.userState.done).contains("undelete " + title);
                }
                Screens.until("nothing is left to bring back",
                        () -> buttons(stage, "Deleted playlists …").stream().noneMatch(Node::isVisible));
            }
        }
    }

    private static List<Button> buttons(PageStage stage, String name) {
        return stage.scene().getRoot().lookupAll(".button").stream().filter(Button.class::isInstance).map(Button.class::cast)
                .filter(b -> name.equals(b.getAccessibleText()) || name.equals(b.getText())).toList();
    }

    @Test
    @DisplayName("2.17 pressing Download keeps the album; the button then says so in words")
    void the_download_button_keeps_the_album() {
        try (var stage = new PageStage(services, true, ctx -> new LibraryPages(ctx).album(album("Harbour Lights").key()))) {
            var button = (DownloadButton) stage.find(".download-button");
            Screens.until("it is known", () -> button.model().look().get().total() > 0);
            assertThat(Screens.fx(() -> button.model().look().get().state())).isEqualTo(KeepLook.State.AVAILABLE);
            Screens.run(button::fire);
            Screens.until("it waits or runs", () -> button.model().look().get().state() == KeepLook.State.QUEUED);
            assertThat(services.downloads.asked).contains("enqueue");
            assertThat(Screens.fx(button::getAccessibleText)).contains("Download waits");
            Screens.run(button::fire);
            Screens.until("it is paused", () -> button.model().look().get().state() == KeepLook.State.PAUSED);
        }
    }

    @Test
    @DisplayName("C.3 11 «Show all» beside «Carry on» leads to what was heard last: fifty albums at most, the newest first")
    void recently_played() {
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).home())) {
            Screens.until("the shelf is there", () -> shelf(stage).isPresent());
            Screens.run(() -> shelf(stage).orElseThrow().fire());
            assertThat(stage.went).containsExactly(new Route.Recent());
        }
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).recent())) {
            Screens.until("covers are there", () -> stage.scene().getRoot().lookupAll(".cover-tile").size() > 3);
            assertThat(((Label) stage.find(".page-title")).getText()).isEqualTo("Recently played");
        }
    }

    private static Optional<Hyperlink> shelf(PageStage stage) {
        return stage.scene().getRoot().lookupAll(".link").stream().map(Hyperlink.class::cast)
                .filter(l -> "Show all: Carry on".equals(l.getAccessibleText())).findFirst();
    }

    @Test
    @DisplayName("C.3 8 «Play more like this» in an album's menu plays a radio from it")
    void more_like_an_album() {
        Album album = album("Field Notes");
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).album(album.key()))) {
            Screens.settle();
            Screens.run(() -> ItemMenu.ofAlbum(stage.ctx, album).getItems().stream().filter(i -> "Play more like this".equals(i.getText()))
                    .findFirst().orElseThrow().fire());
            var wanted = services.library.mix(album.key(), 100).join();
            Screens.until("it plays", () -> services.player.state().queue().size() == wanted.size());
        }
    }

    @Test
    void arrows_walk_the_grid_and_enter_opens() {
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).albums())) {
            var list = (ListView<?>) stage.page.first();
            Screens.until("covers are there", () -> !list.getItems().isEmpty());
            Screens.settle();
            press(list, KeyCode.RIGHT);
            press(list, KeyCode.DOWN);
            @SuppressWarnings("unchecked")
            var grid = (TileGrid<Album>) list.getParent();
            var wanted = Screens.fx(() -> grid.paged().get(1 + grid.columns()).orElseThrow());
            press(list, KeyCode.ENTER);
            assertThat(stage.went).containsExactly(new Route.AlbumRoute(wanted.key()));
        }
    }

    @Test
    @DisplayName("issue 4 genres are a grid as albums are: thousands cost what is seen of them, arrows walk it, Enter opens, Ctrl+Enter plays")
    void manyGenres() {
        var genres = services.music.genres;
        ItemKey of = genres.getFirst().key();
        for (int i = 0; i < 4_000; i++)
            genres.add(new Genre(10_000 + i, new ItemKey(of.account(), "more-" + i), "Genre %04d".formatted(i), i + 1));
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).genres())) {
            var list = (ListView<?>) stage.page.first();
            Screens.until("cards are there", () -> !list.getItems().isEmpty());
            Screens.settle();
            @SuppressWarnings("unchecked")
            var grid = (TileGrid<Genre>) list.getParent();
            assertThat(Screens.fx(() -> grid.paged().size())).isEqualTo(genres.size());
            assertThat(Screens.fx(() -> stage.page.root().lookupAll(".genre-card").size())).as("cards in the scene").isBetween(8, 80);
            stage.snapshot("genres-many-light");
            press(list, KeyCode.DOWN);
            press(list, KeyCode.RIGHT);
            var wanted = Screens.fx(() -> grid.paged().get(1 + grid.columns()).orElseThrow());
            stage.snapshot("genres-many-keyboard");
            press(list, KeyCode.ENTER);
            assertThat(stage.went).containsExactly(new Route.GenreRoute(wanted.key()));
            press(list, KeyCode.END);
            Screens.until("the last one", () -> stage.page.root().lookupAll(".genre-card").stream()
                    .anyMatch(card -> card.getAccessibleText().startsWith("Genre 3999")));
        }
    }

    @Test
    @DisplayName("issue 4 a random order stays while rows come and go, until the user asks for another")
    void steadyRandom() {
        assertThat(GridPage.steady(new long[0], new long[]{3, 1, 2})).containsExactly(3, 1, 2);
        assertThat(GridPage.steady(new long[]{3, 1, 2}, new long[]{2, 7, 3, 9})).containsExactly(3, 2, 7, 9);
        try (var stage = new PageStage(services, false, ctx -> {
            ctx.memory().put("albums.order", "RANDOM");
            return new LibraryPages(ctx).albums();
        })) {
            var list = (ListView<?>) stage.page.first();
            Screens.until("covers are there", () -> !list.getItems().isEmpty());
            @SuppressWarnings("unchecked")
            var grid = (TileGrid<Album>) list.getParent();
            long[] before = Screens.fx(() -> grid.paged().rows());
            java.util.Collections.reverse(services.music.albums);
            services.library.changes.publish(app.waxwing.library.Library.Change.CONTENT);
            Screens.settle();
            assertThat(Screens.fx(() -> grid.paged().rows())).isEqualTo(before);
        }
    }

    @Test
    void the_filter_playable_now_narrows_a_page_at_once() {
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).albums())) {
            var list = (ListView<?>) stage.page.first();
            Screens.until("covers are there", () -> !list.getItems().isEmpty());
            @SuppressWarnings("unchecked")
            var grid = (TileGrid<Album>) list.getParent();
            int all = Screens.fx(() -> grid.paged().size());
            Screens.run(() -> stage.playableOnly.set(true));
            Screens.until("fewer", () -> grid.paged().size() < all);
        }
    }

    @Test
    void delete_takes_a_track_out_of_a_playlist_that_may_be_changed() {
        var playlist = services.music.playlists.stream().filter(p -> p.editable()).findFirst().orElseThrow();
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).playlist(playlist.key()))) {
            var list = (ListView<?>) stage.page.first();
            Screens.until("tracks are there", () -> list.getItems().size() > 3);
            Screens.run(() -> list.getSelectionModel().clearAndSelect(1));
            press(list, KeyCode.DELETE);
            assertThat(services.userState.done).containsExactly("remove [1] from " + playlist.key().id());
        }
    }

    @Test
    void offline_what_is_nowhere_here_is_dimmed() {
        try (var stage = new PageStage(services, true, ctx -> new LibraryPages(ctx).albums())) {
            Screens.settle();
            Screens.run(() -> stage.offline.set(true));
            Screens.until("some are dimmed", () -> stage.scene().getRoot().lookupAll(".cover-tile").stream()
                    .anyMatch(n -> n.getPseudoClassStates().stream().anyMatch(p -> p.getPseudoClassName().equals("dim"))));
            stage.snapshot("albums-offline-dark");
        }
    }

    @Test
    void home_says_that_the_rest_returns_with_the_network_only_while_that_is_gone() {
        try (var stage = new PageStage(services, false, ctx -> new LibraryPages(ctx).home())) {
            String rest = Texts.of("home.rest.offline");
            Screens.until("it is counted", () -> says(stage, "on this computer"));
            assertThat(Screens.fx(() -> says(stage, rest))).isFalse();
            Screens.run(() -> stage.offline.set(true));
            assertThat(Screens.fx(() -> says(stage, rest))).isTrue();
            Screens.run(() -> stage.offline.set(false));
            assertThat(Screens.fx(() -> says(stage, rest))).isFalse();
        }
    }

    private static boolean says(PageStage stage, String words) {
        return stage.scene().getRoot().lookup(".page-under") instanceof Label l && l.getText().contains(words);
    }

    @Test
    void a_page_that_failed_says_why_and_offers_to_try_again() {
        var failing = FakeServices.failing();
        try (var stage = new PageStage(failing, false, ctx -> new LibraryPages(ctx).home())) {
            Screens.settle();
            Screens.until("the button is there", () -> stage.scene().getRoot().lookupAll(".button").stream()
                    .anyMatch(n -> n instanceof Button b && "Try again".equals(b.getText())));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("Issue 4 pages of a library whose shown servers have nothing say so, name what is not shown, and show it with one click")
    void nothingOnTheShownServers(boolean dark) {
        for (String page : List.of("home", "albums", "tracks", "genres", "favourites")) {
            var fake = FakeServices.empty(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed"));
            fake.accounts.show(Set.of(FakeAccounts.HOME.serverId())).join();
            try (var stage = new PageStage(fake, dark, ctx -> switch (page) {
                case "home" -> new LibraryPages(ctx).home();
                case "albums" -> new LibraryPages(ctx).albums();
                case "tracks" -> new LibraryPages(ctx).tracks();
                case "genres" -> new LibraryPages(ctx).genres();
                default -> new LibraryPages(ctx).favourites();
            })) {
                Screens.until(page + " is empty", () -> stage.scene().getRoot().lookup(".empty-state") != null);
                List<String> words = Screens.fx(() -> stage.scene().getRoot().lookup(".empty-state").lookupAll(".label").stream()
                        .map(n -> ((Labeled) n).getText()).toList());
                assertThat(words).as(page).contains(Texts.of("empty.hidden", "home-server"), Texts.of("empty.hidden.help", "garden-shed"));
                stage.snapshot("hidden-servers-" + page + (dark ? "-dark" : "-light"));
                Screens.run(() -> stage.scene().getRoot().lookup(".empty-state").lookupAll(".button").stream().map(Button.class::cast)
                        .filter(b -> b.getText().equals(Texts.of("top.server.show-all"))).findFirst().orElseThrow().fire());
                assertThat(fake.accounts.shown()).as(page).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("Issue 4 a search for a server that the library does not show says why it finds nothing, and shows that server with one click")
    void searchedOnAHiddenServer(boolean dark) {
        var fake = FakeServices.empty(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed"), FakeAccounts.account(3, "attic"));
        fake.accounts.show(Set.of(FakeAccounts.HOME.serverId())).join();
        try (var stage = new PageStage(fake, dark, ctx -> new LibraryPages(ctx).search("server:garden river"))) {
            Screens.until("it is empty", () -> stage.scene().getRoot().lookup(".empty-state") != null);
            List<String> words = Screens.fx(() -> stage.scene().getRoot().lookup(".empty-state").lookupAll(".label").stream()
                    .map(n -> ((Labeled) n).getText()).toList());
            assertThat(words).contains("The library does not show the music of garden-shed now.");
            stage.snapshot("search-hidden-server" + (dark ? "-dark" : "-light"));
            Screens.run(() -> stage.scene().getRoot().lookup(".empty-state").lookupAll(".button").stream().map(Button.class::cast)
                    .filter(b -> b.getText().equals("Show garden-shed")).findFirst().orElseThrow().fire());
            assertThat(fake.accounts.shown()).extracting(a -> a.serverName()).containsExactlyInAnyOrder("home-server", "garden-shed");
        }
        try (var stage = new PageStage(fake, dark, ctx -> new LibraryPages(ctx).search("river server:home"))) {
            Screens.until("it is empty", () -> stage.scene().getRoot().lookup(".empty-state") != null);
            assertThat(Screens.fx(() -> stage.scene().getRoot().lookup(".empty-state").lookupAll(".label").stream()
                    .map(n -> ((Labeled) n).getText()).toList())).as("one that is shown")
                    .noneMatch(t -> t.startsWith("The library does not show"));
        }
    }
}
