package app.waxwing.shell;

import app.waxwing.base.Time;
import app.waxwing.download.ui.DownloadsView;
import app.waxwing.kit.Desk;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.library.ui.LibraryPages;
import app.waxwing.parts.ViewContext;
import app.waxwing.settings.Settings;
import app.waxwing.settings.ui.DiagnosticsView;
import app.waxwing.settings.ui.MetricsView;
import app.waxwing.settings.ui.SettingsLinks;
import app.waxwing.settings.ui.SettingsView;
import java.nio.file.Path;
import java.util.Optional;

/// Every page of the features, by route. FX thread, except [#close].
public final class FeaturePages implements PageFactory, AutoCloseable {
    private final Services services;
    private final Time time;
    private final Settings settings;
    private final SettingsLinks links;
    private Optional<ViewContext> context = Optional.empty();

    public FeaturePages(Services services, Time time, Settings settings, SettingsLinks links) {
        this.services = services;
        this.time = time;
        this.settings = settings;
        this.links = links;
    }

    @Override
    public Page page(Route route, Desk desk) {
        ViewContext ctx = context(desk);
        var library = new LibraryPages(ctx);
        return switch (route) {
            case Route.Home r -> library.home();
            case Route.Albums r -> library.albums();
            case Route.Recent r -> library.recent();
            case Route.AlbumRoute(var album) -> library.album(album);
            case Route.Artists r -> library.artists();
            case Route.ArtistRoute(var artist) -> library.artist(artist);
            case Route.Tracks r -> library.tracks();
            case Route.Genres r -> library.genres();
            case Route.GenreRoute(var genre) -> library.genre(genre);
            case Route.Playlists r -> library.playlists();
            case Route.PlaylistRoute(var playlist) -> library.playlist(playlist);
            case Route.Favourites r -> library.favourites();
            case Route.SearchRoute(var text) -> library.search(text);
            case Route.Downloads r -> new DownloadsView(ctx);
            case Route.SettingsRoute r -> new SettingsView(ctx, settings, links);
            case Route.MetricsRoute r -> new MetricsView(ctx, links);
            case Route.Diagnostics r -> new DiagnosticsView(ctx, links, Path.of(System.getProperty("user.home")));
        };
    }

    @Override
    public boolean has(Route route) {
        return true;
    }

    /// One context for the window: it follows the player and remembers where pages stood.
    private ViewContext context(Desk desk) {
        if (context.isEmpty() || context.get().desk() != desk) {
            context.ifPresent(ViewContext::close);
            context = Optional.of(new ViewContext(desk, time, services.library(), services.userState(), services.player(),
                    services.downloads(), services.keepSet(),
                    services.accounts()));
            SavedLists.in(context.get().memory(), settings);
        }
        return context.get();
    }

    @Override
    public void close() {
        context.ifPresent(ViewContext::close);
    }
}
