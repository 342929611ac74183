package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Fetching what nobody asked for yet, into the cache and behind everything the user asked for. Any thread; returns at once.
public final class FetchAhead {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private final Downloads downloads;
    private final AheadRows rows;

    FetchAhead(Downloads downloads, AheadRows rows) {
        this.downloads = downloads;
        this.rows = rows;
    }

    /// What will be heard next, in order. What was fetched ahead before, is not whole and is not among these is given up.
    public CompletableFuture<Void> next(List<ItemKey> next) {
        return rows.plan(next)
                .thenCompose(plan -> CompletableFuture.allOf(notNext(plan.stale()),
                        wish(plan.missing(), Origin.QUEUE)));
    }

    /// The rest of an album that the user comes back to, where it is not here or on its way; before what is only next in the queue.
    public CompletableFuture<Void> rest(Collection<ItemKey> album) {
        return rows.missing(album).thenCompose(missing -> wish(missing, Origin.ALBUM));
    }

    private CompletableFuture<Void> notNext(List<Long> stale) {
        return stale.isEmpty() ? DONE : downloads.command(stale, new DownloadInput.Remove(), Guard.AHEAD, DownloadEvent.Kind.CANCELLED);
    }

    private CompletableFuture<Void> wish(List<ItemKey> tracks, Origin origin) {
        return tracks.isEmpty() ? DONE : downloads.enqueue(tracks, origin, 0, Downloads.ORIGINAL).thenAccept(all -> {});
    }
}
