package app.waxwing.shell;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Navigation;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Where the window is and was. Going back shows the same page again, scrolled as it was, as long as it is among the last few. FX thread.
public final class Navigator implements Navigation {
    /// Pages kept alive around the current one.
    private static final int ALIVE = 8;
    private static final int LONGEST = 100;

    /// The rail's items.
    public enum Section {
        HOME(new Route.Home()), ALBUMS(new Route.Albums()), ARTISTS(new Route.Artists()), TRACKS(new Route.Tracks()),
        GENRES(new Route.Genres()),
        PLAYLISTS(new Route.Playlists()), FAVOURITES(new Route.Favourites()), DOWNLOADS(new Route.Downloads()),
        SETTINGS(new Route.SettingsRoute()),
        /// Reached by searching, not by the rail.
        SEARCH(new Route.SearchRoute(""));

        final Route route;

        Section(Route route) {
            this.route = route;
        }

        public String words() {
            return this == SEARCH ? Texts.of("top.search") : Texts.of("nav." + name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static final class Visit {
        final Route route;
        Optional<Page> page = Optional.empty();

        Visit(Route route) {
            this.route = route;
        }
    }

    private final Function<Route, Page> pages;
    private final List<Visit> visits = new ArrayList<>();
    private final ReadOnlyObjectWrapper<Optional<Page>> page = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Route>> route = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();
    private int at = -1;

    public Navigator(Function<Route, Page> pages) {
        this.pages = pages;
    }

    public ReadOnlyObjectProperty<Optional<Page>> pageProperty() {
        return page.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Route>> routeProperty() {
        return route.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    /// Which item of the rail a route belongs to.
    public static Section section(Route route) {
        return switch (route) {
            case Route.Home _,Route.Recent _ -> Section.HOME;
            case Route.Albums _,Route.AlbumRoute _ -> Section.ALBUMS;
            case Route.Artists _,Route.ArtistRoute _ -> Section.ARTISTS;
            case Route.Tracks _ -> Section.TRACKS;
            case Route.Genres _,Route.GenreRoute _ -> Section.GENRES;
            case Route.Playlists _,Route.PlaylistRoute _ -> Section.PLAYLISTS;
            case Route.Favourites _ -> Section.FAVOURITES;
            case Route.SearchRoute _ -> Section.SEARCH;
            case Route.Downloads _ -> Section.DOWNLOADS;
            case Route.SettingsRoute _,Route.Diagnostics _,Route.MetricsRoute _ -> Section.SETTINGS;
        };
    }

    /// What the page of a route is all about, where that is one item.
    static Optional<ItemKey> item(Route route) {
        return switch (route) {
            case Route.AlbumRoute(var album) -> Optional.of(album);
            case Route.ArtistRoute(var artist) -> Optional.of(artist);
            case Route.GenreRoute(var genre) -> Optional.of(genre);
            case Route.PlaylistRoute(var playlist) -> Optional.of(playlist);
            case Route.Home _,Route.Recent _,Route.Albums _,Route.Artists _,Route.Tracks _,Route.Genres _,Route.Playlists _ ->
                Optional.empty();
            case Route.Favourites _,Route.SearchRoute _,Route.Downloads _,Route.SettingsRoute _,Route.Diagnostics _,Route.MetricsRoute _ ->
                Optional.empty();
        };
    }

    @Override
    public void go(Route to) {
        if (at >= 0 && visits.get(at).route.equals(to)) return;
        leave();
        while (visits.size() > at + 1) close(visits.removeLast());
        // Typing in a search makes one visit, not one a letter.
        if (to instanceof Route.SearchRoute && at >= 0 && visits.get(at).route instanceof Route.SearchRoute) {
            close(visits.remove(at));
            at--;
        }
        visits.add(new Visit(to));
        if (visits.size() > LONGEST) close(visits.removeFirst());
        at = visits.size() - 1;
        enter();
    }

    @Override
    public void back() {
        if (at <= 0) return;
        leave();
        at--;
        enter();
    }

    @Override
    public void forward() {
        if (at >= visits.size() - 1) return;
        leave();
        at++;
        enter();
    }

    /// Forgets pages of things that cannot be shown any more, as another user's. Where one of them shows, the first page of its section takes its
    /// place.
    void forget(Predicate<Route> gone) {
        if (visits.stream().noneMatch(v -> gone.test(v.route))) return;
        boolean shows = gone.test(visits.get(at).route);
        if (shows) leave();
        List<Visit> left = new ArrayList<>();
        int here = -1;
        for (int i = 0; i < visits.size(); i++) {
            Visit visit = visits.get(i);
            if (gone.test(visit.route)) {
                close(visit);
                if (i != at) continue;
                visit = new Visit(section(visit.route).route);
            }
            // One page twice in a row is one.
            if (left.isEmpty() || !left.getLast().route.equals(visit.route)) left.add(visit);
            else if (i == at && !shows) {
                close(left.removeLast());
                left.add(visit);
            } else close(visit);
            if (i == at) here = left.size() - 1;
        }
        visits.clear();
        visits.addAll(left);
        at = here;
        if (shows) enter();
        else tellWays();
    }

    /// Forgets every page and shows the first one anew, as after another account was chosen.
    public void restart(Route first) {
        leave();
        visits.forEach(Navigator::close);
        visits.clear();
        at = -1;
        go(first);
    }

    /// Ends every page.
    public void close() {
        leave();
        visits.forEach(Navigator::close);
        visits.clear();
        at = -1;
        page.set(Optional.empty());
    }

    private void leave() {
        if (at >= 0) visits.get(at).page.ifPresent(Page::hidden);
    }

    private void enter() {
        Visit visit = visits.get(at);
        Page shown = visit.page.orElseGet(() -> pages.apply(visit.route));
        visit.page = Optional.of(shown);
        for (int i = 0; i < visits.size(); i++) if (Math.abs(i - at) >= ALIVE) close(visits.get(i));
        route.set(Optional.of(visit.route));
        page.set(Optional.of(shown));
        tellWays();
        shown.shown();
    }

    private void tellWays() {
        canGoBack.set(at > 0);
        canGoForward.set(at < visits.size() - 1);
    }

    private static void close(Visit visit) {
        visit.page.ifPresent(Page::close);
        visit.page = Optional.empty();
    }
}
