package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Genre;
import app.waxwing.library.Playlist;
import app.waxwing.library.Query;
import app.waxwing.library.Query.Sort;
import app.waxwing.library.Query.Within;
import app.waxwing.parts.GridGeometry;
import app.waxwing.parts.TileFacts;
import app.waxwing.parts.TileGrid;
import app.waxwing.parts.ViewContext;
import app.waxwing.server.ItemKind;
import java.util.List;
import javafx.scene.Node;

/// Makes the pages of the library. FX thread.
public final class LibraryPages {
    private final ViewContext ctx;

    public LibraryPages(ViewContext ctx) {
        this.ctx = ctx;
    }

    public Page home() {
        return new HomeView(ctx);
    }

    public Page albums() {
        return new GridPage<>(ctx,
                new GridPage.Spec<>("albums", ItemKind.ALBUM, Icon.ALBUMS, Query.ALL, true, ctx.library()::albumRows,
                        ctx.library()::albumsByRow,
                        Album::row,
                        TileGrid.Look.covers(TileFacts::of, false),
                        List.of(Sort.TITLE, Sort.ARTIST, Sort.YEAR, Sort.ADDED, Sort.PLAY_COUNT, Sort.LAST_PLAYED, Sort.RANDOM)),
                List.of());
    }

    /// The albums heard last, newest first.
    public Page recent() {
        return new GridPage<>(ctx,
                new GridPage.Spec<>("recent", ItemKind.ALBUM, Icon.ALBUMS, Query.ALL.sort(Sort.LAST_PLAYED, true), true,
                        query -> ctx.library().recentRows(query.playableOnly()), ctx.library()::albumsByRow, Album::row,
                        TileGrid.Look.covers(TileFacts::of, false), List.of(Sort.LAST_PLAYED)),
                List.of());
    }

    public Page artists() {
        return new GridPage<>(ctx,
                new GridPage.Spec<>("artists", ItemKind.ARTIST, Icon.ARTISTS, Query.ALL, true, ctx.library()::artistRows,
                        ctx.library()::artistsByRow, Artist::row,
                        TileGrid.Look.covers(TileFacts::of, true), List.of(Sort.TITLE, Sort.PLAY_COUNT, Sort.LAST_PLAYED, Sort.RANDOM)),
                List.of());
    }

    public Page album(ItemKey key) {
        return new AlbumView(ctx, key);
    }

    public Page artist(ItemKey key) {
        return new ArtistView(ctx, key);
    }

    public Page tracks() {
        return new TracksView(ctx, "tracks", Texts.of("nav.tracks"), Query.ALL);
    }

    public Page genres() {
        return new GridPage<>(ctx, GridPage.Spec.whole(ctx, "genres", ItemKind.GENRE, Icon.GENRES, ctx.library()::genres, Genre::row,
                new TileGrid.Look<>(GridGeometry::cards, (context, geometry) -> new GenreCard(context)),
                List.of(Sort.TITLE, Sort.TRACKS, Sort.RANDOM)), List.of());
    }

    public Page genre(ItemKey key) {
        return new GenreView(ctx, key);
    }

    public Page favourites() {
        return new FavouritesView(ctx);
    }

    public Page search(String text) {
        return new SearchView(ctx, text);
    }

    public Page playlist(ItemKey key) {
        return new PlaylistView(ctx, key);
    }

    public Page playlists() {
        var deleted = new DeletedPlaylists(ctx);
        Node create = Buttons.quiet(Icon.ADD, Texts.of("playlist.new"), this::createPlaylist);
        create.getStyleClass().add("small");
        return new GridPage<>(ctx,
                GridPage.Spec.whole(ctx, "playlists", ItemKind.PLAYLIST, Icon.PLAYLISTS, query -> {
                    deleted.look();
                    return ctx.library().playlists(query);
                }, Playlist::row, TileGrid.Look.covers(TileFacts::of, false), List.of(Sort.TITLE, Sort.DURATION)),
                List.of(deleted.button(), create));
    }

    private void createPlaylist() {
        var accounts = ctx.accounts().shown();
        if (accounts.isEmpty()) {
            ctx.desk().toasts().failed(Texts.of("playlist.no-server"));
            return;
        }
        ctx.desk().dialogs().ask(Texts.of("playlist.new.title"), Texts.of("playlist.new.words"), "", Texts.of("playlist.new.yes"),
                title -> ctx.actions().createPlaylist(accounts.getFirst().id(), title, List.of()));
    }

    /// Tracks of one genre.
    static Query within(ItemKey genre) {
        return Query.ALL.within(new Within.InGenre(genre));
    }
}
