package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.KeepRows.Edge;
import app.waxwing.download.KeepRows.Standing;
import app.waxwing.download.KeepRows.Wish;
import app.waxwing.library.Library;
import app.waxwing.server.ItemKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// [KeepSet] over the table `keep_reason`.
final class KeepReasons implements KeepSet {
    private final Downloads downloads;
    private final KeepRows rows;
    private final LastReason last;
    private final LeftRows left;
    private final SourceRows sources;
    private final Following following;
    private final Telling telling;
    private final Library library;
    private final Supplier<Quality> usual;
    private final Time time;

    KeepReasons(Downloads downloads, KeepRows keeps, Rows rows, Following following, Telling telling, Library library,
            Supplier<Quality> usual, Time time) {
        this.telling = telling;
        this.downloads = downloads;
        this.rows = keeps;
        last = new LastReason(downloads, rows, time);
        left = new LeftRows(rows);
        sources = new SourceRows(rows);
        this.following = following;
        this.library = library;
        this.usual = usual;
        this.time = time;
    }

    @Override
    public CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, int priority, String quality) {
        return keep(kind, key, priority, quality, true);
    }

    @Override
    public CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, int priority) {
        return keep(kind, key, priority, usual.get().word(), false);
    }

    @Override
    public CompletableFuture<Integer> follow() {
        telling.soon(); // what asks may have given a playlist another id
        return following.follow();
    }

    private CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, int priority, String quality, boolean named) {
        Origin origin = kind == ItemKind.PLAYLIST ? Origin.PLAYLIST : Origin.USER;
        return tracks(kind, key).thenCompose(tracks -> downloads.enqueue(new Wish(tracks, origin, priority, quality, named,
                Optional.of(new Edge(word(kind), kind == ItemKind.TRACK ? Optional.empty() : Optional.of(key), false)))))
                .thenApply(e -> e.all().size());
    }

    @Override
    public CompletableFuture<Integer> release(ItemKind kind, ItemKey key) {
        return rows.release(key.account(), word(kind), key.id()).thenCompose(this::gone);
    }

    @Override
    public CompletableFuture<Integer> releaseAll() {
        return rows.releaseAll().thenCompose(this::gone);
    }

    private CompletableFuture<Integer> gone(KeepRows.Released released) {
        return last.gone(released.downloads());
    }

    @Override
    public CompletableFuture<Boolean> kept(ItemKind kind, ItemKey key) {
        return rows.isKept(word(kind), key);
    }

    @Override
    public CompletableFuture<KeepState> state(ItemKind kind, ItemKey key) {
        return tracks(kind, key).thenCompose(tracks -> rows.standing(tracks).thenApply(standing -> summary(tracks, standing)));
    }

    @Override
    public CompletableFuture<List<Left>> noLongerIn() {
        return left.all();
    }

    @Override
    public CompletableFuture<Integer> keepLeft(Collection<ItemKey> tracks) {
        return left.keep(tracks, time.now()).whenComplete((n, trouble) -> telling.soon());
    }

    @Override
    public CompletableFuture<Integer> removeLeft(Collection<ItemKey> tracks) {
        return left.release(tracks).thenCompose(last::gone);
    }

    @Override
    public CompletableFuture<List<Source>> sources() {
        return sources.all();
    }

    @Override
    public CompletableFuture<Map<ItemKey, List<String>>> playlists(Collection<ItemKey> tracks) {
        return sources.playlists(tracks);
    }

    @Override
    public CompletableFuture<Map<ItemKey, List<Holder>>> holders(Collection<ItemKey> tracks) {
        return sources.holders(tracks);
    }

    private KeepState summary(List<ItemKey> tracks, Standing standing) {
        Map<Long, DownloadEngine.Running> live = new HashMap<>();
        downloads.activity().running().forEach(r -> live.put(r.id(), r));
        int wanted = 0;
        int completed = 0;
        int running = 0;
        int paused = 0;
        int failed = 0;
        double progress = 0;
        for (ItemKey track : tracks) {
            Optional<Entry> entry = Optional.ofNullable(standing.entries().get(track))
                    .filter(e -> e.rank() == 1 || standing.kept().contains(track));
            boolean whole = standing.whole().contains(track);
            if (entry.isEmpty() && !standing.kept().contains(track) && !whole) continue;
            wanted++;
            if (whole) {
                completed++;
                progress += 1;
                continue;
            }
            if (entry.isEmpty()) continue;
            DownloadEngine.Running now = live.get(entry.get().id());
            switch (entry.get().status()) {
                case DOWNLOADING -> running++;
                case PAUSED -> paused++;
                case FAILED -> failed++;
                case COMPLETED -> completed++;
                case PENDING -> {
                }
            }
            progress += now != null && now.size() > 0
                    ? Math.min(1.0, (double) now.bytes() / now.size())
                    : entry.get().size().isPresent() && entry.get().size().getAsLong() > 0
                            ? Math.min(1.0, (double) entry.get().part().bytes() / entry.get().size().getAsLong())
                            : 0;
        }
        return new KeepState(tracks.size(), wanted, completed, running, paused, failed, wanted == 0 ? 0 : progress / wanted);
    }

    private CompletableFuture<List<ItemKey>> tracks(ItemKind kind, ItemKey key) {
        if (kind == ItemKind.TRACK) return CompletableFuture.completedFuture(List.of(key));
        return library.keysOf(key).thenApply(keys -> keys.stream().distinct().toList());
    }

    private static String word(ItemKind kind) {
        return switch (kind) {
            case TRACK, GENRE -> "user";
            case ALBUM -> "album";
            case ARTIST -> "artist";
            case PLAYLIST -> "playlist";
        };
    }
}
