package app.waxwing.download;

import app.waxwing.base.Events;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the evictable files within their limit, least recently used first, and moves out of the cache what the user keeps.
/// On thread `files`, where nothing else is said.
final class CacheRoom {
    private static final Logger LOG = LoggerFactory.getLogger(CacheRoom.class);
    private final FileRows files;
    private final Housekeeping house;
    private final Events<ItemKey> evicted = new Events<>();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile long limit;
    private final Predicate<ItemKey> inUse;
    /// What at least some tracks take of which no server said so before.
    private final Map<ItemKey, Long> least = new ConcurrentHashMap<>();

    CacheRoom(FileRows files, Housekeeping house, long limit, Predicate<ItemKey> inUse) {
        this.files = files;
        this.house = house;
        this.limit = limit;
        this.inUse = inUse;
    }

    /// Removes files until the cache is within its limit; what is open or kept stays.
    ///
    /// @return what went
    List<FileRow> evict() {
        return evict(0);
    }

    /// The same, before so many bytes come.
    List<FileRow> evict(long coming) {
        List<FileRow> gone = new ArrayList<>();
        try {
            int before;
            do { // a look finds a thousand at most
                before = gone.size();
                for (FileRow file : files.overLimit(Math.max(0, limit - coming), inUse).join()) if (goes(file)) gone.add(file);
            } while (gone.size() > before);
        } catch (CompletionException e) {
            LOG.warn("the cache is not looked through", e);
        }
        return gone;
    }

    /// A file arrived: whether somebody has to look through the cache. Not where somebody is about to already, as when many arrive at once. Any thread.
    boolean due() {
        return !waiting.getAndSet(true);
    }

    /// What arrives from here on needs another look.
    void begun() {
        waiting.set(false);
    }

    /// Any thread.
    long limit() {
        return limit;
    }

    /// Any thread; what is over it goes with the next [#evict].
    void limit(long bytes) {
        limit = bytes;
    }

    /// A file of unknown length found no room when it had come so far: until there is that much for it, it is not fetched ahead again. Any thread.
    void outgrew(ItemKey key, long bytes) {
        least.merge(key, bytes, Math::max);
    }

    /// What a track takes at the least, as far as that was seen; else 0. Any thread.
    long least(ItemKey key) {
        return least.getOrDefault(key, 0L);
    }

    /// Bytes of what may be evicted. Any thread.
    CompletableFuture<Long> used() {
        return files.evictable();
    }

    /// Bytes that the limit leaves now.
    long left() {
        return Math.max(0, limit - used().join());
    }

    /// Removes evictable files until so many bytes are free on the volume of a folder; nothing where the cache lies on another volume.
    ///
    /// @return what went
    List<FileRow> makeRoom(Path folder, long needed) {
        List<FileRow> gone = new ArrayList<>();
        try {
            if (!Files.getFileStore(folder).equals(Files.getFileStore(house.folder(Root.CACHE)))) return gone;
            for (FileRow file : files.overLimit(0, inUse).join()) {
                if (house.usable(folder) >= needed) break;
                if (goes(file)) gone.add(file);
            }
        } catch (CompletionException | IOException e) {
            LOG.warn("no room is made for {}", folder, e);
        }
        return gone;
    }

    private boolean goes(FileRow file) {
        boolean went = house.evict(file);
        if (went) evicted.publish(file.key());
        return went;
    }

    /// A cached file has gone; on thread `files`.
    Events<ItemKey> evicted() {
        return evicted;
    }

    /// Kept music must survive an emptied cache (requirement 0.4). Files that gave way to another quality go first, so that they are not moved.
    void promote() {
        house.cleanLeft();
        try {
            for (FileRow file : files.keptInCache().join()) house.promote(file);
        } catch (CompletionException e) {
            LOG.warn("kept files in the cache are not looked for", e);
        }
    }

    /// What nobody keeps any more but the queue or the album rule wants lies in the cache, where the longest unused goes.
    ///
    /// @return what found no place there and is not in use: it is to go
    List<FileRow> demote() {
        List<FileRow> gone = new ArrayList<>();
        int moved = 0;
        try {
            for (FileRow file : house.cachedElsewhere()) {
                if (house.demote(file)) moved++;
                else if (house.reaches(file.root()) && !inUse.test(file.key())) gone.add(file);
            }
            if (moved > 0) gone.addAll(evict());
        } catch (CompletionException | FailureException e) {
            LOG.warn("cached files outside the cache are not looked for", e);
        }
        return gone;
    }
}
