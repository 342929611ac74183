package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Texts;
import app.waxwing.parts.Shelf;
import app.waxwing.parts.ViewContext;
import java.util.Optional;
import javafx.util.Subscription;

/// The shelf «More like this» at the end of a page; takes no room while it has nothing. FX thread.
final class AlikeShelf {
    private static final int ROWS = 2;
    private final ViewContext ctx;
    private final AlikeViewModel model;
    private final Shelf shelf;
    private Subscription watching = () -> {};

    private AlikeShelf(ViewContext ctx, AlikeViewModel model) {
        this.ctx = ctx;
        this.model = model;
        shelf = new Shelf(ctx, Texts.of("similar.title"), Optional.empty());
        shelf.rows(ROWS);
        model.tiles().subscribe(shelf::show);
    }

    static AlikeShelf ofAlbum(ViewContext ctx, ItemKey album) {
        return new AlikeShelf(ctx, AlikeViewModel.albums(ctx.library(), ctx.fx(), album, ctx::playableOnly));
    }

    static AlikeShelf ofArtist(ViewContext ctx, ItemKey artist) {
        return new AlikeShelf(ctx, AlikeViewModel.artists(ctx.library(), ctx.fx(), artist, ctx::playableOnly));
    }

    Shelf node() {
        return shelf;
    }

    /// The page has filled its own rows.
    void rowsAreHere() {
        model.rowsAreHere();
    }

    /// The library changed.
    void follow() {
        model.follow();
    }

    void shown() {
        hidden();
        model.shown();
        watching = ctx.desk().offline().subscribe((was, is) -> model.follow());
    }

    void hidden() {
        watching.unsubscribe();
        watching = () -> {};
        model.left();
    }
}
