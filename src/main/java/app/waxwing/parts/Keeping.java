package app.waxwing.parts;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.KeepSet;
import app.waxwing.library.Library;
import app.waxwing.server.ItemKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// What the user can ask of the downloads of one item, be it a track or a collection. Any thread; nothing waits.
public final class Keeping {
    private final Library library;
    private final KeepSet keep;
    private final DownloadEngine engine;
    private final Accounts accounts;

    public Keeping(Library library, KeepSet keep, DownloadEngine engine, Accounts accounts) {
        this.accounts = accounts;
        this.library = library;
        this.keep = keep;
        this.engine = engine;
    }

    public CompletableFuture<Integer> keep(ItemKind kind, ItemKey key) {
        return keep.keep(kind, key, 0);
    }

    /// What is queued or here in another quality changes to this one; the old file stays until the new one is whole.
    public CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, Quality quality) {
        return keep.keep(kind, key, 0, quality.word());
    }

    /// Whether the server makes files in another quality for this account.
    public boolean choosesQuality(long account) {
        return accounts.find(account).filter(Account::transcodeAllowed).isPresent();
    }

    /// The quality that a track is kept in, or will be.
    public CompletableFuture<Optional<Quality>> quality(ItemKey track) {
        return engine.byItem(track).thenApply(rows -> rows.stream().filter(d -> d.origin() != Download.Origin.PLAYING)
                .max(Comparator.comparingLong(Download::id)).map(Download::quality).flatMap(Quality::of));
    }

    public CompletableFuture<Integer> release(ItemKind kind, ItemKey key) {
        return keep.release(kind, key);
    }

    public CompletableFuture<KeepLook> look(ItemKind kind, ItemKey key) {
        return keep.state(kind, key).thenApply(KeepLook::of);
    }

    public CompletableFuture<Void> pause(ItemKind kind, ItemKey key) {
        return each(kind, key, List.of(Download.Status.PENDING, Download.Status.DOWNLOADING), engine::pause);
    }

    public CompletableFuture<Void> resume(ItemKind kind, ItemKey key) {
        return each(kind, key, List.of(Download.Status.PAUSED), engine::resume);
    }

    public CompletableFuture<Void> retry(ItemKind kind, ItemKey key) {
        return each(kind, key, List.of(Download.Status.FAILED), engine::retry);
    }

    private CompletableFuture<Void> each(ItemKind kind, ItemKey key, List<Download.Status> statuses,
            Function<Collection<Long>, CompletableFuture<Void>> verb) {
        return keysOf(kind, key).thenCompose(keys -> engine.list(new DownloadEngine.Filter(statuses, keys), 0, 0))
                .thenApply(page -> page.items().stream().map(Download::id).toList())
                .thenCompose(ids -> ids.isEmpty() ? CompletableFuture.completedFuture(null) : verb.apply(ids));
    }

    private CompletableFuture<Set<ItemKey>> keysOf(ItemKind kind, ItemKey key) {
        if (kind == ItemKind.TRACK) return CompletableFuture.completedFuture(Set.of(key));
        return library.keysOf(key).thenApply(HashSet::new);
    }
}
