package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Availability;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// «More like this» as albums or artists: those of the tracks that go with an item, each once, the best first, never the item itself.
final class Alike {
    private static final int TRACKS = 60;
    /// More than a shelf shows: some are gone, and some are not here when only what plays now is wanted.
    private static final int KEYS = 24;

    private Alike() {}

    static CompletableFuture<List<Album>> albums(Library library, ItemKey item, int limit) {
        return albumKeys(library, item).thenCompose(keys -> albums(library, keys)).thenApply(found -> found.stream().limit(limit).toList());
    }

    static CompletableFuture<List<ItemKey>> albumKeys(Library library, ItemKey item) {
        return keys(library, item, Track::albumId);
    }

    static CompletableFuture<List<ItemKey>> artistKeys(Library library, ItemKey item) {
        return keys(library, item, Track::artistId);
    }

    /// Those of them that are still there, in their order.
    static CompletableFuture<List<Album>> albums(Library library, List<ItemKey> keys) {
        return read(keys, library::album).thenApply(all -> all.stream().filter(a -> a.availability() != Availability.GONE).toList());
    }

    /// Those of them that are still there, in their order.
    static CompletableFuture<List<Artist>> artists(Library library, List<ItemKey> keys) {
        return read(keys, library::artist).thenApply(all -> all.stream().filter(a -> a.availability() != Availability.GONE).toList());
    }

    private static CompletableFuture<List<ItemKey>> keys(Library library, ItemKey item, Function<Track, Optional<String>> of) {
        return library.similar(item, TRACKS).thenApply(tracks -> {
            Set<ItemKey> keys = new LinkedHashSet<>();
            tracks.forEach(t -> of.apply(t).ifPresent(id -> keys.add(new ItemKey(t.key().account(), id))));
            keys.remove(item);
            return keys.stream().limit(KEYS).toList();
        });
    }

    private static <T> CompletableFuture<List<T>> read(List<ItemKey> keys, Function<ItemKey, CompletableFuture<Optional<T>>> one) {
        List<CompletableFuture<Optional<T>>> found = keys.stream().map(one).toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                .thenApply(x -> found.stream().flatMap(f -> f.join().stream()).toList());
    }
}
