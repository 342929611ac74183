package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library.Change;
import app.waxwing.library.ui.ArtistViewModel.Content;
import app.waxwing.parts.CollectionHead;
import app.waxwing.parts.DownloadButton;
import app.waxwing.parts.Following;
import app.waxwing.parts.ItemMenu;
import app.waxwing.parts.Shelf;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TileFacts;
import app.waxwing.parts.TrackColumn;
import app.waxwing.parts.TrackList;
import app.waxwing.parts.TrackTable;
import app.waxwing.parts.ViewContext;
import app.waxwing.server.ItemKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One artist: what is heard most, the albums, albums of others with a part in them, then who is like them.
final class ArtistView implements Page {
    private static final int MANY_ROWS = 60;
    private final ViewContext ctx;
    private final ArtistViewModel model;
    private final CollectionHead head;
    private final Label topTitle = new Label(Texts.of("artist.top"));
    private final TrackTable top;
    private final Shelf albums;
    private final Shelf appearsOn;
    private final AlikeShelf alike;
    private final StateBox<Optional<Content>> root;
    private final Following following;

    ArtistView(ViewContext ctx, ItemKey key) {
        this.ctx = ctx;
        model = new ArtistViewModel(ctx.library(), ctx.fx(), key, ctx::playableOnly);
        head = new CollectionHead(ctx, true);
        var download = new DownloadButton(ctx, DownloadButton.Size.MD);
        download.item(ItemKind.ARTIST, key);
        head.verbs(() -> model.artist().ifPresent(a -> ctx.actions().play(key, a.name())),
                () -> model.artist().ifPresent(a -> ctx.actions().shuffle(key, a.name())),
                Optional.of(download),
                Optional.of(() -> model.artist().ifPresent(a -> ctx.actions().favourite(ItemKind.ARTIST, key, !a.favourite()))),
                Optional.of(() -> ItemMenu.ofArtist(ctx, model.artist().orElseThrow())));
        var columns = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ALBUM, TrackColumn.PLAYS, TrackColumn.MARK,
                TrackColumn.HEART, TrackColumn.TIME,
                TrackColumn.MORE);
        top = new TrackTable(ctx, "artist", columns, columns);
        top.headings(false);
        topTitle.getStyleClass().setAll("section-title");
        albums = new Shelf(ctx, Texts.of("artist.albums"), Optional.empty());
        appearsOn = new Shelf(ctx, Texts.of("artist.appears"), Optional.empty());
        alike = AlikeShelf.ofArtist(ctx, key);
        albums.rows(MANY_ROWS);
        appearsOn.rows(MANY_ROWS);
        var tracks = new VBox(8, topTitle, top);
        tracks.visibleProperty().bind(topTitle.visibleProperty());
        tracks.managedProperty().bind(topTitle.visibleProperty());
        var content = new VBox(24, head, tracks, albums, appearsOn, alike.node());
        content.getStyleClass().add("page-content");
        root = new StateBox<>(model.question().state(), Scrolling.page(ctx, "artist:" + key, content), found -> show(found.orElseThrow()),
                found -> found.isEmpty() ? Optional.of(gone()) : Optional.empty(), model.question()::ask);
        root.getStyleClass().add("page");
        root.heightProperty().subscribe(h -> head.compact(h.doubleValue() > 0 && h.doubleValue() < 560));
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE), () -> {
            model.question().ask();
            alike.follow();
        });
    }

    private void show(Content content) {
        var a = content.artist();
        head.show(Texts.of("artist.caption").toUpperCase(Locale.ROOT), a.name(), a.cover(), a.favourite(),
                List.<Node>of(CollectionHead.fact(Texts.count("count.albums", a.albumCount()), true),
                        CollectionHead.fact(Texts.count("count.tracks", a.trackCount()), false)));
        topTitle.setVisible(!content.top().isEmpty());
        top.fit(content.top().size());
        top.show(new TrackList.Whole(content.top()), a.name(), false);
        albums.show(content.albums().stream().map(TileFacts::byYear).toList());
        appearsOn.show(content.appearsOn().stream().map(TileFacts::of).toList());
        alike.rowsAreHere();
    }

    private Node gone() {
        return new EmptyState(Icon.ARTISTS, Texts.of("gone.artist"), Texts.of("gone.help"),
                Buttons.primary(Texts.of("gone.artists"), () -> ctx.go(new Route.Artists())));
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        top.shown();
        following.start();
        alike.shown();
    }

    @Override
    public void hidden() {
        top.hidden();
        following.stop();
        alike.hidden();
    }

    @Override
    public void close() {
        hidden();
    }
}
