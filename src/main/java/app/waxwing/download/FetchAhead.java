package app.waxwing.download;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.AheadRows.Plan;
import app.waxwing.download.Download.Origin;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Fetching what nobody asked for yet, into the cache and behind everything the user asked for. Room is made before anything is wished for: the
/// longest unused goes, never what plays or is next, and what finds no room then is not wished for (requirement 2.11). Any thread; returns at once.
public final class FetchAhead {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private final Downloads downloads;
    private final AheadRows rows;
    private final Predicate<ItemKey> heard;
    private volatile Set<ItemKey> next = Set.of();
    private volatile Set<ItemKey> returnedTo = Set.of();

    /// @param heard what plays now
    FetchAhead(Downloads downloads, AheadRows rows, Predicate<ItemKey> heard) {
        this.downloads = downloads;
        this.rows = rows;
        this.heard = heard;
    }

    /// It is heard, or will be soon: its cached file must stay. Any thread.
    boolean isInUse(ItemKey key) {
        return heard.test(key) || next.contains(key);
    }

    /// Why a track has its place in the cache though nobody keeps it; empty where it has none. Any thread.
    ///
    /// @param album of the track, where that is known
    Optional<Origin> wants(ItemKey key, Optional<ItemKey> album) {
        if (cache().limit() == 0) return Optional.empty();
        if (isInUse(key)) return Optional.of(Origin.QUEUE);
        return album.filter(returnedTo::contains).map(a -> Origin.ALBUM);
    }

    /// The albums that the user comes back to, in all: what is here of them stays in the cache when its last other reason goes.
    public void returnedTo(Set<ItemKey> albums) {
        returnedTo = Set.copyOf(albums);
    }

    /// What will be heard next, in order. What was fetched ahead before, is not whole and is not among these is given up.
    ///
    /// @return why something of it is not fetched ahead; empty where all of it is here or will be
    public CompletableFuture<Optional<Failure>> next(List<ItemKey> tracks) {
        next = Set.copyOf(tracks);
        return rows.next(tracks).thenCompose(plan -> notNext(plan.stale()).thenCompose(v -> wish(plan, Origin.QUEUE)));
    }

    /// The rest of an album that the user comes back to, where it is not here or on its way; before what is only next in the queue.
    ///
    /// @return as for [#next]
    public CompletableFuture<Optional<Failure>> rest(Collection<ItemKey> album) {
        return rows.rest(album).thenCompose(plan -> wish(plan, Origin.ALBUM));
    }

    /// Bytes that evictable files may take from now on; where they take more, the longest unused goes now.
    public void limit(long bytes) {
        if (bytes == cache().limit()) return;
        cache().limit(bytes);
        var _ = fit();
    }

    /// What is over the limit goes now, unless it plays or is next.
    ///
    /// @return completes when it has gone
    public CompletableFuture<Void> fit() {
        return downloads.arrivals().roomInCache(0).thenAccept(room -> {});
    }

    /// A cached file went, to make room or because the cache was cleared; on thread `files`, which must not be held up.
    public Events<ItemKey> evicted() {
        return cache().evicted();
    }

    /// What is here of music.
    ///
    /// @param bytes of files that may be evicted: the limit is for these
    /// @param files how many these are
    /// @param kept bytes of files that the user keeps
    public record Held(long bytes, long files, long kept) {}

    public CompletableFuture<Held> held() {
        return rows.held();
    }

    /// Bytes of what may be evicted.
    public CompletableFuture<Long> used() {
        return cache().used();
    }

    /// Throws away what may be evicted and is neither playing nor next.
    ///
    /// @return bytes that were freed
    public CompletableFuture<Long> clear() {
        return used().thenCompose(before -> downloads.arrivals().roomInCache(cache().limit()).thenCompose(room -> used())
                .thenApply(after -> Math.max(0, before - after)));
    }

    private CacheRoom cache() {
        return downloads.arrivals().cache();
    }

    private CompletableFuture<Void> notNext(List<Long> stale) {
        return stale.isEmpty() ? DONE : downloads.command(stale, new DownloadInput.Remove(), Guard.AHEAD, DownloadEvent.Kind.CANCELLED);
    }

    private CompletableFuture<Optional<Failure>> wish(Plan guessed, Origin origin) {
        long limit = cache().limit();
        Plan plan = guessed.atLeast(cache()::least);
        if (plan.missing().isEmpty() || limit == 0) return CompletableFuture.completedFuture(Optional.empty()); // nobody wants a cache
        // What could not find room in an empty cache makes none in a full one (B.41).
        Plan sensible = plan.only(plan.within(limit));
        if (sensible.missing().isEmpty())
            return CompletableFuture.completedFuture(Optional.of(refused(plan, 0, "what comes next is larger than it")));
        return downloads.arrivals().roomInCache(sensible.needed()).thenCompose(room -> {
            List<ItemKey> fit = sensible.within(room);
            Optional<Failure> why = fit.size() < plan.missing().size()
                    ? Optional.of(refused(plan, fit.size(), "what plays now and comes next fills it"))
                    : Optional.empty();
            return fit.isEmpty()
                    ? CompletableFuture.completedFuture(why)
                    : downloads.enqueue(fit, origin, 0, Quality.ORIGINAL.word()).thenApply(all -> why);
        });
    }

    private static Failure refused(Plan plan, int fit, String why) {
        int left = plan.missing().size() - fit;
        return new Failure.Trouble("The cache", (left == 1 ? "one track is" : left + " tracks are") + " not fetched ahead, because " + why
                + "; it can be made larger in the settings");
    }
}
