package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.parts.ViewContext;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/// The tracks of one genre: the table of all tracks, narrowed, under the genre's name.
final class GenreView implements Page {
    private final TracksView tracks;

    GenreView(ViewContext ctx, ItemKey key) {
        tracks = new TracksView(ctx, "genre:" + key, Texts.of("nav.genres"), LibraryPages.within(key));
        ctx.actions().with(ctx.library().genre(key), genre -> genre.ifPresent(g -> tracks.title(g.name())));
    }

    @Override
    public Region root() {
        return tracks.root();
    }

    @Override
    public void shown() {
        tracks.shown();
    }

    @Override
    public void hidden() {
        tracks.hidden();
    }

    @Override
    public void close() {
        tracks.close();
    }

    @Override
    public Node first() {
        return tracks.first();
    }
}
