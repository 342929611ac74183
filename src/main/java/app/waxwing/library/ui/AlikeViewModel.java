package app.waxwing.library.ui;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.kit.Fx;
import app.waxwing.library.Availability;
import app.waxwing.library.Library;
import app.waxwing.parts.TileFacts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes with the item of a page, for the shelf at its end. It is looked for when the page's own rows are here; while the page is seen only
/// what was found is read again, so that every cover keeps its place and only marks and words follow. An answer that comes after the page was left is
/// dropped, and what cannot be read is no more than nothing found. FX thread.
final class AlikeViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(AlikeViewModel.class);
    private static final int MOST = 12;
    private final Executor fx;
    private final Supplier<CompletableFuture<List<ItemKey>>> find;
    private final Function<List<ItemKey>, CompletableFuture<List<TileFacts>>> read;
    private final BooleanSupplier playableOnly;
    private final ReadOnlyObjectWrapper<List<TileFacts>> tiles = new ReadOnlyObjectWrapper<>(List.of());
    private Optional<List<ItemKey>> known = Optional.empty();
    private boolean rows;
    private boolean shown;
    private boolean looked;
    private int turn;

    private AlikeViewModel(Executor fx, Supplier<CompletableFuture<List<ItemKey>>> find,
            Function<List<ItemKey>, CompletableFuture<List<TileFacts>>> read, BooleanSupplier playableOnly) {
        this.fx = fx;
        this.find = find;
        this.read = read;
        this.playableOnly = playableOnly;
    }

    /// Albums that go with an album.
    static AlikeViewModel albums(Library library, Executor fx, ItemKey album, BooleanSupplier playableOnly) {
        return new AlikeViewModel(fx, () -> Alike.albumKeys(library, album),
                keys -> Alike.albums(library, keys).thenApply(found -> found.stream().map(TileFacts::of).toList()), playableOnly);
    }

    /// Artists who go with an artist.
    static AlikeViewModel artists(Library library, Executor fx, ItemKey artist, BooleanSupplier playableOnly) {
        return new AlikeViewModel(fx, () -> Alike.artistKeys(library, artist),
                keys -> Alike.artists(library, keys).thenApply(found -> found.stream().map(TileFacts::of).toList()), playableOnly);
    }

    // ---- properties

    /// The best first; none while nothing is known.
    ReadOnlyObjectProperty<List<TileFacts>> tiles() {
        return tiles.getReadOnlyProperty();
    }

    // ---- commands

    void shown() {
        shown = true;
        follow();
    }

    /// What was found is looked for again when the page is come back to: a library may be left out by then.
    void left() {
        shown = false;
        looked = false;
        known = Optional.empty();
        turn++;
    }

    /// The page shows what it is about; from now on there is time for this.
    void rowsAreHere() {
        if (rows) return;
        rows = true;
        follow();
    }

    /// Something in the library may be different. A search that failed is not made again before the page is left and shown anew.
    void follow() {
        if (!rows || !shown) return;
        if (known.isPresent()) {
            read(known.get());
        } else if (!looked) {
            looked = true;
            int mine = ++turn;
            Fx.on(fx, find.get(), keys -> {
                if (mine != turn) return;
                known = Optional.of(keys);
                read(keys);
            }, this::failed);
        }
    }

    private void read(List<ItemKey> keys) {
        int mine = ++turn;
        Fx.on(fx, read.apply(keys), found -> {
            if (mine == turn) tiles.set(found.stream().filter(this::wanted).limit(MOST).toList());
        }, this::failed);
    }

    private boolean wanted(TileFacts tile) {
        return !playableOnly.getAsBoolean() || tile.availability().playableOffline() || tile.availability() == Availability.PARTIAL;
    }

    private void failed(Failure failure) {
        LOG.info("no «more like this»: {}", FailureWords.sentence(failure));
    }
}
