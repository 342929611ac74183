package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// History without a toolkit: pages are never drawn here.
class NavigatorTest {
    private final List<String> log = new ArrayList<>();
    private final Navigator navigator = new Navigator(this::page);

    private Page page(Route route) {
        String name = route instanceof Route.AlbumRoute album ? album.album().id() : route.getClass().getSimpleName();
        log.add("make " + name);
        return new Page() {
            @Override
            public Region root() {
                throw new AssertionError("not drawn here");
            }

            @Override
            public void hidden() {
                log.add("hide " + name);
            }

            @Override
            public void close() {
                log.add("close " + name);
            }
        };
    }

    @Test
    void backShowsTheSamePageAgain() {
        navigator.go(new Route.Home());
        navigator.go(new Route.Albums());
        navigator.back();
        assertThat(log).containsExactly("make Home", "hide Home", "make Albums", "hide Albums");
        assertThat(navigator.canGoForwardProperty().get()).isTrue();
        navigator.go(new Route.Tracks());
        assertThat(log).contains("close Albums");
        assertThat(navigator.canGoForwardProperty().get()).isFalse();
    }

    @Test
    void goingWhereOneIsDoesNothing() {
        navigator.go(new Route.Home());
        navigator.go(new Route.Home());
        assertThat(log).containsExactly("make Home");
    }

    @Test
    void farAwayPagesAreClosedAndMadeAnew() {
        for (int i = 0; i < 12; i++) navigator.go(new Route.AlbumRoute(new ItemKey(1, "a" + i)));
        assertThat(log).contains("close a0", "close a3").doesNotContain("close a9");
        for (int i = 0; i < 11; i++) navigator.back();
        assertThat(log.stream().filter("make a0"::equals)).hasSize(2);
    }

    @Test
    @DisplayName("0.13 pages of things of another user are forgotten; where one shows, the first page of its section takes its place, and no page is there twice")
    void forgotten() {
        var gone = new ItemKey(1, "gone");
        navigator.go(new Route.Home());
        navigator.go(new Route.Albums());
        navigator.go(new Route.AlbumRoute(gone));
        navigator.go(new Route.ArtistRoute(gone));
        navigator.go(new Route.PlaylistRoute(new ItemKey(2, "stays")));
        navigator.back();
        log.clear();
        navigator.forget(route -> Navigator.item(route).filter(gone::equals).isPresent());
        assertThat(navigator.routeProperty().get()).contains(new Route.Artists());
        assertThat(log).containsExactly("hide ArtistRoute", "close gone", "close ArtistRoute", "make Artists");
        navigator.forward();
        assertThat(navigator.routeProperty().get()).contains(new Route.PlaylistRoute(new ItemKey(2, "stays")));
        assertThat(navigator.canGoForwardProperty().get()).isFalse();
        navigator.back();
        navigator.back();
        assertThat(navigator.routeProperty().get()).contains(new Route.Albums());

        navigator.go(new Route.AlbumRoute(gone));
        navigator.go(new Route.Albums());
        navigator.go(new Route.AlbumRoute(gone));
        navigator.back();
        log.clear();
        navigator.forget(route -> Navigator.item(route).filter(gone::equals).isPresent());
        assertThat(navigator.routeProperty().get()).contains(new Route.Albums());
        assertThat(log).as("what shows is left as it is").doesNotContain("make Albums", "hide Albums");
        assertThat(navigator.canGoForwardProperty().get()).isFalse();
        navigator.back();
        assertThat(navigator.routeProperty().get()).contains(new Route.Home());
    }

    @Test
    void typingASearchIsOneVisit() {
        navigator.go(new Route.Home());
        navigator.go(new Route.SearchRoute("n"));
        navigator.go(new Route.SearchRoute("ni"));
        navigator.back();
        assertThat(navigator.routeProperty().get()).contains(new Route.Home());
    }
}
