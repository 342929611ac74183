package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Track;
import app.waxwing.library.ui.CollectionViewModel.Content;
import app.waxwing.parts.CollectionHead;
import app.waxwing.parts.DownloadButton;
import app.waxwing.parts.Following;
import app.waxwing.parts.ItemMenu;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TrackColumn;
import app.waxwing.parts.TrackList;
import app.waxwing.parts.TrackTable;
import app.waxwing.parts.ViewContext;
import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One album: its cover and figures, what can be done with it, its tracks by disc, then what is like it.
final class AlbumView implements Page {
    private final ViewContext ctx;
    private final CollectionHead head;
    private final TrackTable table;
    private final TracksInPage rows;
    private final AlikeShelf alike;
    private final StateBox<Optional<Content<Album>>> root;
    private final Following following;
    private final CollectionViewModel<Album> model;

    AlbumView(ViewContext ctx, ItemKey key) {
        this.ctx = ctx;
        model = new CollectionViewModel<>(ctx.library(), ctx.fx(), key, ctx.library()::album);
        head = new CollectionHead(ctx, false);
        var download = new DownloadButton(ctx, DownloadButton.Size.MD);
        download.item(ItemKind.ALBUM, key);
        head.verbs(() -> play(false), () -> play(true), Optional.of(download),
                Optional.of(() -> model.item().ifPresent(a -> ctx.actions().favourite(ItemKind.ALBUM, key, !a.favourite()))),
                Optional.of(() -> ItemMenu.ofAlbum(ctx, model.item().orElseThrow())));
        Set<TrackColumn> possible = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.PLAYS,
                TrackColumn.LAST_PLAYED,
                TrackColumn.SIZE, TrackColumn.MARK, TrackColumn.HEART, TrackColumn.TIME, TrackColumn.MORE);
        Set<TrackColumn> usual = EnumSet.copyOf(possible);
        usual.removeAll(Set.of(TrackColumn.ARTIST, TrackColumn.LAST_PLAYED, TrackColumn.SIZE));
        table = new TrackTable(ctx, "album", possible, usual);
        alike = AlikeShelf.ofAlbum(ctx, key);
        VBox.setMargin(alike.node(), new Insets(0, 14, 0, 0));
        var content = new VBox(head, table, alike.node());
        content.getStyleClass().addAll("collection-page", "whole");
        ScrollPane scroll = Scrolling.page(ctx, "album:" + key, content);
        rows = new TracksInPage(scroll, table);
        root = new StateBox<>(model.question().state(), scroll, found -> show(found.orElseThrow()),
                found -> found.isEmpty() ? Optional.of(gone()) : Optional.empty(),
                model.question()::ask);
        root.getStyleClass().add("page");
        root.heightProperty().subscribe(h -> head.compact(h.doubleValue() > 0 && h.doubleValue() < 600));
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE), () -> {
            model.question().ask();
            alike.follow();
        });
    }

    private void show(Content<Album> content) {
        Album a = content.item();
        List<Track> tracks = content.tracks();
        var caption = new StringBuilder(Texts.of("album.caption"));
        a.year().ifPresent(y -> caption.append(" · ").append(y));
        format(tracks).ifPresent(f -> caption.append(" · ").append(f));
        List<Node> facts = new ArrayList<>();
        if (!a.artist().isBlank()) {
            facts.add(a.artistId().<Node>map(id -> {
                var link = Buttons.link(a.artist(), () -> ctx.go(new Route.ArtistRoute(new ItemKey(a.key().account(), id))));
                link.getStyleClass().add("strong");
                return link;
            }).orElseGet(() -> CollectionHead.fact(a.artist(), true)));
        }
        facts.add(CollectionHead.fact(Texts.count("count.tracks", tracks.size()), facts.isEmpty()));
        facts.add(CollectionHead.fact(Formats.total(CollectionViewModel.length(tracks)), false));
        long bytes = tracks.stream().mapToLong(t -> t.size().orElse(0)).sum();
        if (bytes > 0) facts.add(CollectionHead.fact(Formats.bytes(bytes), false));
        long here = tracks.stream().filter(t -> t.availability().playableOffline()).count();
        var local = CollectionHead.fact(
                here == tracks.size() ? Texts.of("here.all") : Texts.of("here.some", Formats.count(here), Formats.count(tracks.size())),
                false);
        local.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("here"), here > 0);
        facts.add(local);
        head.show(caption.toString().toUpperCase(Locale.ROOT), a.title(), a.cover(), a.favourite(), facts);
        table.show(new TrackList.Whole(tracks), a.title(), true);
        rows.changed();
        alike.rowsAreHere();
    }

    /// «FLAC» where all tracks have one format.
    static Optional<String> format(List<Track> tracks) {
        List<String> formats = tracks.stream().map(t -> t.container().orElse("").toUpperCase(Locale.ROOT)).distinct().toList();
        return formats.size() == 1 && !formats.getFirst().isBlank() ? Optional.of(formats.getFirst()) : Optional.empty();
    }

    private void play(boolean shuffled) {
        model.content().ifPresent(c -> {
            if (shuffled) ctx.actions().shuffle(c.tracks(), c.item().title());
            else ctx.actions().play(c.tracks(), 0, c.item().title());
        });
    }

    private Node gone() {
        return new EmptyState(Icon.ALBUMS, Texts.of("gone.album"), Texts.of("gone.help"),
                Buttons.primary(Texts.of("gone.albums"), () -> ctx.go(new Route.Albums())));
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        table.shown();
        following.start();
        alike.shown();
    }

    @Override
    public void hidden() {
        table.hidden();
        following.stop();
        alike.hidden();
    }

    @Override
    public void close() {
        hidden();
    }

    @Override
    public Node first() {
        return table.list();
    }
}
