package app.waxwing.download;

import app.waxwing.base.FileByteSource;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.download.KeepRows.Wish;
import app.waxwing.library.MediaLocator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tracks that are heard while they are fetched: a transfer of the highest class, and readers that follow what it has written.
/// Where something else fetches the track already, the reader joins that transfer: the same bytes are never fetched twice (B.42).
final class PlayingNow implements MediaLocator.GrowingFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PlayingNow.class);
    /// How long a track may take to begin before it is streamed instead.
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /// A decoder may close and open again at once (a seek); only after this long is a track that nobody hears given up.
    private static final Duration GRACE = Duration.ofSeconds(10);
    private final Downloads downloads;
    private final Order order;
    private final Time time;
    private final Map<ItemKey, Integer> readers = new ConcurrentHashMap<>();

    PlayingNow(Downloads downloads, Order order, Time time) {
        this.downloads = downloads;
        this.order = order;
        this.time = time;
    }

    boolean isRead(ItemKey key) {
        return readers.containsKey(key);
    }

    /// Blocks until the first bytes are on their way: for `io-*` and `read-*` threads.
    @Override
    public Optional<MediaLocator.GrowingFile> open(ItemKey track) {
        if (downloads.arrivals().cache().limit() == 0) return Optional.empty();
        // A transcode that is not whole has no length and no place to seek to; the original is streamed meanwhile.
        if (downloads.byItem(track).join().stream()
                .anyMatch(d -> !d.quality().equals(Quality.ORIGINAL.word()) && d.status() != Status.COMPLETED))
            return Optional.empty();
        var something = new Semaphore(0);
        try (var told = downloads.fetches().subscribe(e -> {
            if (e.download().key().equals(track)) something.release();
        })) {
            List<Entry> entries = downloads
                    .enqueue(new Wish(List.of(track), Origin.PLAYING, 0, Quality.ORIGINAL.word(), false, Optional.empty()))
                    .join().all();
            if (entries.isEmpty()) return Optional.empty();
            long id = entries.getFirst().id();
            for (long end = time.nanos() + PATIENCE.toNanos(); time.nanos() < end;) {
                Optional<Transfers.Growing> growing = downloads.growing(id);
                if (growing.isPresent()) {
                    PartFile.View view = growing.get().part().await(v -> v.written() > 0 || v.whole() || v.ended(), 250);
                    if (view.written() > 0 || view.whole()) return Optional.of(file(track, id, growing.get()));
                }
                Optional<Download> row = downloads.byItem(track).join().stream().findFirst();
                if (row.isEmpty() || row.get().status() == Status.FAILED || row.get().status() == Status.PAUSED) return Optional.empty();
                if (row.get().status() == Status.COMPLETED && row.get().path().isPresent())
                    return Optional.of(
                            new MediaLocator.GrowingFile(new FileByteSource(row.get().path().get()), MediaLocator.ReadAhead.NONE));
                if (held(row.get())) break;
                something.tryAcquire(50, TimeUnit.MILLISECONDS);
            }
            giveUp(track, id);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (CompletionException | IOException e) {
            LOG.info("{} is not fetched while it plays: {}", track, e.toString());
            return Optional.empty();
        }
    }

    private static boolean held(Download row) {
        return row.status() == Status.PENDING && row.reason().filter(r -> r != Download.Reason.SLOT).isPresent();
    }

    private MediaLocator.GrowingFile file(ItemKey track, long id, Transfers.Growing growing) throws IOException {
        readers.merge(track, 1, Integer::sum);
        var source = new GrowingSource(downloads, id, growing, () -> {
            readers.computeIfPresent(track, (k, n) -> n > 1 ? n - 1 : null);
            time.after(GRACE, () -> giveUp(track, id));
        });
        return new MediaLocator.GrowingFile(source, source.ahead());
    }

    private void giveUp(ItemKey track, long id) {
        if (readers.containsKey(track)) return;
        unheard(id);
    }

    /// Nobody hears it and nobody else wants it: what is not whole by now is not fetched further. One that somebody wants for another reason, or that
    /// is whole, goes on being there, in the class of that reason.
    void unheard(long id) {
        downloads.command(List.of(id), new DownloadInput.Remove(), Guard.UNHEARD, DownloadEvent.Kind.CANCELLED)
                .thenRun(() -> order.calm(id));
    }
}
