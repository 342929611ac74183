package app.waxwing.parts;

import app.waxwing.account.Account;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Availability;
import app.waxwing.library.Playlist;
import app.waxwing.library.Query;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// The menus of tracks, albums, artists and playlists: the same verbs in the same order everywhere.
public final class ItemMenu {
    private static final int PLAYLISTS_SHOWN = 40;
    private final ViewContext ctx;
    private final ContextMenu menu = new ContextMenu();

    private ItemMenu(ViewContext ctx) {
        this.ctx = ctx;
    }

    public static ContextMenu ofTrack(ViewContext ctx, Track track) {
        return ofTracks(ctx, Picked.of(track), Optional.empty());
    }

    /// @param remove takes the chosen tracks out of the list that shows them
    static ContextMenu ofTracks(ViewContext ctx, Picked picked, Optional<Runnable> remove) {
        var m = new ItemMenu(ctx);
        Actions actions = ctx.actions();
        m.add(Icon.PLAY, "menu.play",
                () -> actions.with(picked.tracks().get(), tracks -> actions.play(tracks, 0, picked.only().map(Track::album).orElse(""))));
        m.add(Icon.PLAY_NEXT, "menu.next", () -> actions.with(picked.tracks().get(), actions::playNext));
        m.add(Icon.QUEUE, "menu.queue", () -> actions.with(picked.tracks().get(), actions::add));
        m.line();
        m.playlists(picked.tracks());
        Availability where = picked.only().map(Track::availability).orElse(Availability.PARTIAL);
        if (!where.kept()) {
            m.add(Icon.DOWNLOADS, "menu.keep",
                    () -> actions.with(picked.tracks().get(), ts -> ts.forEach(t -> actions.keep(ItemKind.TRACK, t.key()))));
        }
        m.qualities(picked.only().map(t -> ctx.keeping().choosesQuality(t.key().account()))
                .orElseGet(() -> ctx.accounts().active().stream().allMatch(Account::transcodeAllowed)),
                quality -> actions.with(picked.tracks().get(),
                        ts -> ts.forEach(t -> actions.keep(ItemKind.TRACK, t.key(), quality, picked.count() == 1 && where.kept()))),
                picked.only().map(Track::key));
        if (where.kept() || picked.count() > 1) {
            m.add(Icon.DELETE, "menu.release",
                    () -> actions.with(picked.tracks().get(), actions::release));
        }
        boolean favourite = picked.only().map(Track::favourite).orElse(false);
        m.add(favourite ? Icon.FAVOURITE_ON : Icon.FAVOURITE, favourite ? "favourite.remove" : "favourite.add", () -> actions
                .with(picked.tracks().get(), ts -> ts.forEach(t -> actions.favourite(ItemKind.TRACK, t.key(), !favourite))));
        picked.only().ifPresent(t -> {
            m.line();
            m.add(Icon.RADIO, "menu.mix", () -> actions.mix(t.key(), t.title()));
            t.albumId().ifPresent(
                    id -> m.add(Icon.ALBUMS, "menu.album", () -> ctx.go(new Route.AlbumRoute(new ItemKey(t.key().account(), id)))));
            t.artistId().ifPresent(
                    id -> m.add(Icon.ARTISTS, "menu.artist", () -> ctx.go(new Route.ArtistRoute(new ItemKey(t.key().account(), id)))));
        });
        remove.ifPresent(run -> {
            m.line();
            m.add(Icon.REMOVE, "menu.remove", run);
        });
        return m.menu;
    }

    public static ContextMenu ofAlbum(ViewContext ctx, Album album) {
        var m = new ItemMenu(ctx);
        m.collection(ItemKind.ALBUM, album.key(), album.title(), album.availability(), album.favourite());
        album.artistId().ifPresent(id -> {
            m.line();
            m.add(Icon.ARTISTS, "menu.artist", () -> ctx.go(new Route.ArtistRoute(new ItemKey(album.key().account(), id))));
        });
        return m.menu;
    }

    public static ContextMenu ofArtist(ViewContext ctx, Artist artist) {
        var m = new ItemMenu(ctx);
        m.collection(ItemKind.ARTIST, artist.key(), artist.name(), artist.availability(), artist.favourite());
        return m.menu;
    }

    public static ContextMenu ofPlaylist(ViewContext ctx, Playlist playlist) {
        var m = new ItemMenu(ctx);
        m.collection(ItemKind.PLAYLIST, playlist.key(), playlist.title(), playlist.availability(), playlist.favourite());
        if (playlist.editable()) {
            m.line();
            m.add(Icon.DELETE, "menu.delete-playlist",
                    () -> ctx.desk().dialogs().confirm(Texts.of("playlist.delete.title", playlist.title()),
                            Texts.of("playlist.delete.words"), Texts.of("playlist.delete.yes"),
                            () -> ctx.actions().deletePlaylist(playlist.key(), playlist.title())));
        }
        return m.menu;
    }

    private void collection(ItemKind kind, ItemKey key, String title, Availability where, boolean favourite) {
        Actions actions = ctx.actions();
        add(Icon.PLAY, "menu.play", () -> actions.play(key, title));
        add(Icon.SHUFFLE, "menu.shuffle", () -> actions.shuffle(key, title));
        if (kind != ItemKind.PLAYLIST) add(Icon.RADIO, "menu.mix", () -> actions.mix(key, title));
        add(Icon.PLAY_NEXT, "menu.next", () -> actions.playNext(key));
        add(Icon.QUEUE, "menu.queue", () -> actions.add(key));
        line();
        playlists(() -> ctx.library().tracksOf(key));
        if (!where.kept()) add(Icon.DOWNLOADS, "menu.keep", () -> actions.keep(kind, key));
        qualities(ctx.keeping().choosesQuality(key.account()), quality -> actions.keep(kind, key, quality, where.kept()), Optional.empty());
        if (where != Availability.REMOTE) add(Icon.DELETE, "menu.release", () -> actions.release(kind, key));
        add(favourite ? Icon.FAVOURITE_ON : Icon.FAVOURITE, favourite ? "favourite.remove" : "favourite.add",
                () -> actions.favourite(kind, key, !favourite));
    }

    private void add(Icon icon, String words, Runnable action) {
        menu.getItems().add(item(icon, Texts.of(words), action));
    }

    private static MenuItem item(Icon icon, String words, Runnable action) {
        var item = new MenuItem(words, Icons.of(icon, 14));
        item.setMnemonicParsing(false);
        item.setOnAction(e -> action.run());
        return item;
    }

    private void line() {
        menu.getItems().add(new SeparatorMenuItem());
    }

    private void playlists(Supplier<CompletableFuture<List<Track>>> tracks) {
        var sub = new Menu(Texts.of("menu.playlist"), Icons.of(Icon.PLAYLISTS, 14));
        MenuItem fresh = item(Icon.ADD, Texts.of("menu.new-playlist"), () -> ctx.desk().dialogs().ask(Texts.of("playlist.new.title"),
                Texts.of("playlist.new.words"), "", Texts.of("playlist.new.yes"),
                title -> withKeys(tracks, keys -> ctx.actions().createPlaylist(keys.getFirst().account(), title, keys))));
        sub.getItems().add(fresh);
        menu.getItems().add(sub);
        Fx.on(ctx.fx(), ctx.library().playlists(Query.ALL.ofEveryServer().slice(0, PLAYLISTS_SHOWN)), found -> {
            List<Playlist> editable = found.items().stream().filter(Playlist::editable).toList();
            if (!editable.isEmpty()) sub.getItems().add(new SeparatorMenuItem());
            for (Playlist p : editable) {
                sub.getItems()
                        .add(item(Icon.PLAYLISTS, p.title(),
                                () -> withKeys(tracks, keys -> ctx.actions().addToPlaylist(p.key(), p.title(), keys))));
            }
        }, ctx.actions()::say);
    }

    /// @param may the server makes files in another quality
    /// @param one a single track, whose quality is marked
    private void qualities(boolean may, Consumer<Quality> keep, Optional<ItemKey> one) {
        if (!may) return;
        var qualities = new QualityMenu(keep);
        menu.getItems().add(qualities.menu());
        one.ifPresent(track -> Fx.on(ctx.fx(), ctx.keeping().quality(track), qualities::mark, ctx.actions()::say));
    }

    private void withKeys(Supplier<CompletableFuture<List<Track>>> tracks, Consumer<List<ItemKey>> then) {
        ctx.actions().with(tracks.get(), ts -> {
            if (!ts.isEmpty()) then.accept(ts.stream().map(Track::key).toList());
        });
    }
}
