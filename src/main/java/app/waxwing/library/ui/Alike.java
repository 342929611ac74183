package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Album;
import app.waxwing.library.Library;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// «More like this» as a row of albums.
final class Alike {
    private static final int TRACKS = 60;

    private Alike() {}

    /// Albums of the tracks that go with an item, each once, the best first; never the item itself or albums of the artist that it is.
    static CompletableFuture<List<Album>> albums(Library library, ItemKey item, int limit) {
        return library.similar(item, TRACKS).thenCompose(tracks -> {
            Set<ItemKey> keys = new LinkedHashSet<>();
            tracks.forEach(t -> t.albumId().ifPresent(id -> keys.add(new ItemKey(t.key().account(), id))));
            keys.remove(item);
            List<CompletableFuture<Optional<Album>>> found = keys.stream().map(library::album).toList();
            return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                    .thenApply(x -> found.stream().flatMap(f -> f.join().stream())
                            .filter(a -> !a.artistId().equals(Optional.of(item.id()))).limit(limit).toList());
        });
    }
}
