package app.waxwing.library.ui;

import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Query;
import app.waxwing.parts.Following;
import app.waxwing.parts.Lettered;
import app.waxwing.parts.LongTracks;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Paged;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.Tabs;
import app.waxwing.parts.TileFacts;
import app.waxwing.parts.TileGrid;
import app.waxwing.parts.TrackColumn;
import app.waxwing.parts.TrackTable;
import app.waxwing.parts.ViewContext;
import app.waxwing.server.ItemKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What the user marked with a heart: tracks, albums, artists.
final class FavouritesView implements Page {
    private enum Tab {
        TRACKS, ALBUMS, ARTISTS
    }

    private final ViewContext ctx;
    private final RowsViewModel<long[]> tracks;
    private final RowsViewModel<long[]> albums;
    private final RowsViewModel<long[]> artists;
    private final LongTracks list;
    private final TileGrid<Album> albumGrid;
    private final TileGrid<Artist> artistGrid;
    private final VBox root;
    private final Following following;
    private final Tabs<Tab> tabs;

    FavouritesView(ViewContext ctx) {
        this.ctx = ctx;
        Query only = Query.ALL.favouritesOnly(true);
        tracks = new RowsViewModel<>(ctx.fx(), ctx.memory(), "favourite-tracks", only, ctx::playableOnly, ctx.library()::trackRows, false);
        albums = new RowsViewModel<>(ctx.fx(), ctx.memory(), "favourite-albums", only, ctx::playableOnly, ctx.library()::albumRows, false);
        artists = new RowsViewModel<>(ctx.fx(), ctx.memory(), "favourite-artists", only, ctx::playableOnly, ctx.library()::artistRows,
                false);
        var table = new TrackTable(ctx, "favourites", EnumSet.allOf(TrackColumn.class),
                EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST,
                        TrackColumn.ALBUM, TrackColumn.MARK, TrackColumn.HEART, TrackColumn.TIME, TrackColumn.MORE));
        list = new LongTracks(ctx, "favourite-tracks", table);
        table.onSort((sort, descending) -> {
            list.anew();
            tracks.sort(Optional.of(sort), descending);
        });
        tracks.order().subscribe(order -> table.sorted(order.sort(), order.descending()));
        albumGrid = new TileGrid<>(ctx, "favourite-albums", new Paged<>(ctx.library()::albumsByRow, Album::row, ctx.fx()),
                TileGrid.Look.covers(TileFacts::of, false));
        artistGrid = new TileGrid<>(ctx, "favourite-artists", new Paged<>(ctx.library()::artistsByRow, Artist::row, ctx.fx()),
                TileGrid.Look.covers(TileFacts::of, true));
        Region tracksBox = box(tracks, Lettered.of(ctx, table),
                rows -> list.show(rows, Optional.empty(), Texts.of("nav.favourites")), "tracks");
        Region albumsBox = box(albums, Lettered.of(ctx, ItemKind.ALBUM, albumGrid), albumGrid::rows, "albums");
        Region artistsBox = box(artists, Lettered.of(ctx, ItemKind.ARTIST, artistGrid), artistGrid::rows, "artists");
        tabs = new Tabs<>(List.of(Tab.values()), tab -> switch (tab) {
            case TRACKS -> Texts.of("nav.tracks");
            case ALBUMS -> Texts.of("nav.albums");
            case ARTISTS -> Texts.of("nav.artists");
        });
        var middle = new VBox(tracksBox);
        VBox.setVgrow(middle, Priority.ALWAYS);
        if (ctx.memory().get("favourites.tab") instanceof Tab remembered) tabs.chosen().set(remembered);
        tabs.chosen().subscribe(tab -> {
            ctx.memory().put("favourites.tab", tab);
            Region shown = switch (tab) {
                case TRACKS -> tracksBox;
                case ALBUMS -> albumsBox;
                case ARTISTS -> artistsBox;
            };
            VBox.setVgrow(shown, Priority.ALWAYS);
            middle.getChildren().setAll(shown);
        });
        root = new VBox(new PageHead(Texts.of("nav.favourites")), tabs, middle);
        root.getStyleClass().addAll("page", "table-page");
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE), () -> {
            tracks.rows().ask();
            albums.rows().ask();
            artists.rows().ask();
        });
    }

    private Region box(RowsViewModel<long[]> model, Lettered content, java.util.function.Consumer<long[]> show, String kind) {
        return new StateBox<>(model.rows().state(), content, rows -> {
            show.accept(rows);
            content.show(model.asked(), rows.length);
        }, rows -> rows.length == 0 ? Optional.of(nothing(kind)) : Optional.empty(),
                model.rows()::ask);
    }

    private Node nothing(String kind) {
        if (ctx.playableOnly()) return Empties.of(ctx, Icon.FAVOURITE, kind);
        if (Empties.hides(ctx)) return Empties.otherServers(ctx);
        return new EmptyState(Icon.FAVOURITE, Texts.of("empty.favourites." + kind), Texts.of("empty.favourites.help"));
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        list.shown();
        albumGrid.shown();
        artistGrid.shown();
        following.start();
    }

    @Override
    public void hidden() {
        list.hidden();
        albumGrid.hidden();
        artistGrid.hidden();
        following.stop();
    }

    @Override
    public void close() {
        hidden();
    }

    @Override
    public Node first() {
        return tabs;
    }
}
