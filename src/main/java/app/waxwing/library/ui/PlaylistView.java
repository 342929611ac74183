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
import app.waxwing.library.ui.PlaylistViewModel.Content;
import app.waxwing.parts.CollectionHead;
import app.waxwing.parts.DownloadButton;
import app.waxwing.parts.Following;
import app.waxwing.parts.ItemMenu;
import app.waxwing.parts.Lettered;
import app.waxwing.parts.LongTracks;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TrackColumn;
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

/// One playlist of any length, in its own order or in one of its tracks; entries can be taken out where it may be changed.
final class PlaylistView implements Page {
    private final ViewContext ctx;
    private final PlaylistViewModel model;
    private final CollectionHead head;
    private final TrackTable table;
    private final LongTracks list;
    private final Lettered letters;
    private final StateBox<Content> root;
    private final Following following;

    PlaylistView(ViewContext ctx, ItemKey key) {
        this.ctx = ctx;
        model = new PlaylistViewModel(ctx.library(), ctx.fx(), ctx.memory(), key);
        head = new CollectionHead(ctx, false);
        var download = new DownloadButton(ctx, DownloadButton.Size.MD);
        download.item(ItemKind.PLAYLIST, key);
        head.verbs(() -> play(false), () -> play(true), Optional.of(download),
                Optional.of(() -> model.playlist().ifPresent(p -> ctx.actions().favourite(ItemKind.PLAYLIST, key, !p.favourite()))),
                Optional.of(() -> ItemMenu.ofPlaylist(ctx, model.playlist().orElseThrow())));
        var usual = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.ALBUM, TrackColumn.MARK,
                TrackColumn.HEART, TrackColumn.TIME,
                TrackColumn.MORE);
        table = new TrackTable(ctx, "playlist", EnumSet.allOf(TrackColumn.class), usual);
        list = LongTracks.madeByHand(ctx, model.name(), table);
        table.onSort((sort, descending) -> {
            list.anew();
            model.rows().sort(Optional.of(sort), descending);
        });
        table.onOwnOrder(Texts.of("playlist.order"), () -> {
            list.anew();
            model.rows().usual();
        });
        model.rows().order().subscribe(order -> table.sorted(order.sort(), order.descending()));
        letters = Lettered.of(ctx, table);
        VBox.setVgrow(letters, Priority.ALWAYS);
        var content = new VBox(head, letters);
        content.getStyleClass().add("collection-page");
        content.heightProperty().subscribe(h -> head.compact(h.doubleValue() > 0 && h.doubleValue() < 600));
        root = new StateBox<>(model.rows().rows().state(), content, this::show,
                found -> found.playlist().isEmpty() ? Optional.of(gone()) : Optional.empty(), model.rows().rows()::ask);
        root.getStyleClass().add("page");
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE, Change.PLAYLISTS),
                model.rows().rows()::ask);
    }

    private void show(Content content) {
        Playlist p = content.playlist().orElseThrow();
        boolean begun = model.rows().begun(content);
        int total = begun ? p.trackCount() : content.rows().size();
        int here = Math.min(p.localTracks(), total);
        var local = CollectionHead.fact(
                here == total && total > 0 ? Texts.of("here.all") : Texts.of("here.some", Formats.count(here), Formats.count(total)),
                false);
        local.pseudoClassStateChanged(PseudoClass.getPseudoClass("here"), here > 0);
        List<Node> facts = total == 0
                ? List.of(CollectionHead.fact(Texts.of("playlist.none"), true))
                : List.of(CollectionHead.fact(Texts.count("count.tracks", total), true),
                        CollectionHead.fact(Formats.total(begun ? p.duration() : content.rows().length()), false), local);
        head.show(Texts.of("playlist.caption").toUpperCase(Locale.ROOT), p.title(), p.cover(), p.favourite(), facts);
        table.onRemove(p.editable() ? Optional.of(indices -> remove(p, indices)) : Optional.empty());
        list.show(content.rows().rows(),
                begun ? Optional.of(model.rows().whole().thenApply(whole -> whole.rows().rows())) : Optional.empty(), p.title());
        if (!begun) letters.show(model.rows().asked(), total);
    }

    /// Where the chosen entries stand is asked anew: the playlist may have changed since its rows were read.
    private void remove(Playlist playlist, List<Integer> indices) {
        long[] seen = list.rows();
        ctx.actions().with(ctx.library().playlistRows(model.rows().asked()).thenCompose(now -> {
            List<Integer> positions = now.positions(seen, indices);
            return ctx.userState().removeFromPlaylist(playlist.key(), positions).thenApply(x -> positions.size());
        }), n -> ctx.desk().toasts().say(Texts.count("said.removed", n, playlist.title())));
    }

    private void play(boolean shuffled) {
        model.playlist().ifPresent(p -> list.play(shuffled, p.title()));
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
        list.shown();
        following.start();
    }

    @Override
    public void hidden() {
        list.hidden();
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
