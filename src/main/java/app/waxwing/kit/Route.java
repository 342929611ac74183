package app.waxwing.kit;

import app.waxwing.base.ItemKey;

/// Where the window can be. Navigation is by value: a route is all a page needs to show itself again.
public sealed interface Route {
    record Home() implements Route {}

    record Albums() implements Route {}

    /// The albums heard last.
    record Recent() implements Route {}

    record AlbumRoute(ItemKey album) implements Route {}

    record Artists() implements Route {}

    record ArtistRoute(ItemKey artist) implements Route {}

    record Tracks() implements Route {}

    record Genres() implements Route {}

    record GenreRoute(ItemKey genre) implements Route {}

    record Playlists() implements Route {}

    record PlaylistRoute(ItemKey playlist) implements Route {}

    record Favourites() implements Route {}

    /// All results of a search.
    record SearchRoute(String text) implements Route {}

    record Downloads() implements Route {}

    record SettingsRoute() implements Route {}

    /// The sections of the Settings page, from top to bottom.
    enum SettingsSection {
        ACCOUNTS, NETWORK, APPEARANCE, PLAYING, DOWNLOADS, CACHE, BACKUPS, DATA, ABOUT
    }

    /// What Waxwing finds when it looks at itself.
    record Diagnostics() implements Route {}

    /// What caches and database did.
    record MetricsRoute() implements Route {}
}
