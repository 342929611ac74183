package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Playlist;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One playlist with its tracks in its own order; entries can be taken out where it may be changed.
final class PlaylistView implements Page {
    private final ViewContext ctx;
    private final CollectionViewModel<Playlist> model;
    private final CollectionHead head;
    private final TrackTable table;
    private final StateBox<Optional<Content<Playlist>>> root;
    private final Following following;

    PlaylistView(ViewContext ctx, ItemKey key) {
        this.ctx = ctx;
        model = new CollectionViewModel<>(ctx.library(), ctx.fx(), key, ctx.library()::playlist);
        head = new CollectionHead(ctx, false);
        var download = new DownloadButton(ctx, DownloadButton.Size.MD);
        download.item(ItemKind.PLAYLIST, key);
        head.verbs(() -> play(false), () -> play(true), Optional.of(download),
                Optional.of(() -> model.item().ifPresent(p -> ctx.actions().favourite(ItemKind.PLAYLIST, key, !p.favourite()))),
                Optional.of(() -> ItemMenu.ofPlaylist(ctx, model.item().orElseThrow())));
        var usual = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.ALBUM, TrackColumn.MARK,
                TrackColumn.HEART, TrackColumn.TIME,
                TrackColumn.MORE);
        table = new TrackTable(ctx, "playlist", EnumSet.allOf(TrackColumn.class), usual);
        VBox.setVgrow(table, Priority.ALWAYS);
        var content = new VBox(head, table);
        content.getStyleClass().add("collection-page");
        content.heightProperty().subscribe(h -> head.compact(h.doubleValue() > 0 && h.doubleValue() < 600));
        root = new StateBox<>(model.question().state(), content, found -> show(found.orElseThrow()),
                found -> found.isEmpty() ? Optional.of(gone()) : Optional.empty(),
                model.question()::ask);
        root.getStyleClass().add("page");
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE, Change.PLAYLISTS),
                model.question()::ask);
    }

    private void show(Content<Playlist> content) {
        Playlist p = content.item();
        int total = content.tracks().size();
        long here = content.tracks().stream().filter(t -> t.availability().playableOffline()).count();
        var local = CollectionHead.fact(
                here == total && total > 0 ? Texts.of("here.all") : Texts.of("here.some", Formats.count(here), Formats.count(total)),
                false);
        local.pseudoClassStateChanged(PseudoClass.getPseudoClass("here"), here > 0);
        List<Node> facts = total == 0
                ? List.of(CollectionHead.fact(Texts.of("playlist.none"), true))
                : List.of(CollectionHead.fact(Texts.count("count.tracks", total), true),
                        CollectionHead.fact(Formats.total(CollectionViewModel.length(content.tracks())), false), local);
        head.show(Texts.of("playlist.caption").toUpperCase(Locale.ROOT), p.title(), p.cover(), p.favourite(), facts);
        table.onRemove(p.editable()
                ? Optional.of(indices -> ctx.actions().with(ctx.userState().removeFromPlaylist(p.key(), indices),
                        x -> ctx.desk().toasts().say(Texts.count("said.removed", indices.size(), p.title()))))
                : Optional.empty());
        table.show(new TrackList.Whole(content.tracks()), p.title(), false);
    }

    private void play(boolean shuffled) {
        model.content().ifPresent(c -> {
            if (shuffled) ctx.actions().shuffle(c.tracks(), c.item().title());
            else ctx.actions().play(c.tracks(), 0, c.item().title());
        });
    }

    private Node gone() {
        return new EmptyState(Icon.PLAYLISTS, Texts.of("gone.playlist"), Texts.of("gone.help"),
                Buttons.primary(Texts.of("gone.playlists"), () -> ctx.go(new Route.Playlists())));
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        table.shown();
        following.start();
    }

    @Override
    public void hidden() {
        table.hidden();
        following.stop();
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
