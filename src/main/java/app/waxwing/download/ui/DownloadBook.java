package app.waxwing.download.ui;

import app.waxwing.download.Download;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEvent;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All downloads as the engine last told them, and the pages made of them. To sort 10,000 takes longer than a frame, so this belongs to one thread
/// that is not FX's; what it gives away never changes.
final class DownloadBook {
    static final Comparator<Download> ORDER = Comparator.comparingInt((Download d) -> group(d.status())).thenComparingInt(Download::rank)
            .thenComparing(Download::priority, Comparator.reverseOrder()).thenComparingLong(Download::place)
            .thenComparingLong(Download::id);
    static final Comparator<Download> NEWEST = Comparator.comparing((Download d) -> d.completedAt().orElse(d.queuedAt())).reversed()
            .thenComparingLong(Download::id);
    private final Map<Long, Download> rows = new HashMap<>();
    /// When each was last told of or read by itself, by [#clock].
    private final Map<Long, Long> told = new HashMap<>();
    private long clock;
    private long newest;

    /// @param unfinished failed first, then what runs, waits and is paused; inside a group in the order of the engine
    /// @param finished newest first
    /// @param line places of those that wait for their turn, from 1
    /// @param toCome bytes still to come, by what is stored
    /// @param held some wait for what the user may overrule
    record Pages(List<Download> unfinished, List<Download> finished, Map<Long, Download> byId, Map<Long, Integer> line,
            Map<Status, Integer> counts, long toCome, boolean held) {
        static final Pages NONE = new Pages(List.of(), List.of(), Map.of(), Map.of(), Map.of(), 0, false);
    }

    /// Something is about to be read: what is told from now on is newer than what comes.
    ///
    /// @return to be handed over with what comes
    long asked() {
        return ++clock;
    }

    /// Everything, as it was read.
    void take(DownloadsViewModel.Both both) {
        if (both.asked() < newest) return;
        newest = both.asked();
        Map<Long, Download> newer = new HashMap<>();
        rows.forEach((id, d) -> {
            if (isNewer(id, newest)) newer.put(id, d);
        });
        rows.clear();
        put(both.unfinished(), newest);
        put(both.finished(), newest);
        rows.putAll(newer);
        told.values().removeIf(at -> at < newest);
    }

    /// Some of them, as they were read.
    ///
    /// @return whether any differs from what was known
    boolean take(List<Download> some, long asked) {
        if (asked < newest) return false;
        boolean changed = put(some, asked);
        // All that is being read since before this is older.
        some.forEach(d -> told.merge(d.id(), asked, Math::max));
        return changed;
    }

    private boolean put(List<Download> read, long asked) {
        boolean changed = false;
        for (Download d : read) {
            // What is equal stays the same object, so that lists need not compare thousands.
            if (isNewer(d.id(), asked) || d.equals(rows.get(d.id()))) continue;
            rows.put(d.id(), d);
            changed = true;
        }
        return changed;
    }

    private boolean isNewer(long id, long asked) {
        return told.getOrDefault(id, 0L) > asked;
    }

    void told(DownloadEvent event) {
        Download d = event.download();
        told.put(d.id(), ++clock);
        switch (event.kind()) {
            case CANCELLED, DELETED, EVICTED -> rows.remove(d.id());
            case QUEUED, STARTED, PROGRESS, PAUSED, RESUMED, COMPLETED, FAILED -> rows.put(d.id(), d);
        }
    }

    Pages pages() {
        List<Download> unfinished = rows.values().stream().filter(d -> d.status() != Status.COMPLETED).sorted(ORDER).toList();
        List<Download> finished = rows.values().stream().filter(d -> d.status() == Status.COMPLETED).sorted(NEWEST).toList();
        Map<Long, Integer> line = new HashMap<>();
        var counts = new EnumMap<Status, Integer>(Status.class);
        long toCome = 0;
        boolean held = false;
        for (Download d : unfinished) {
            toCome += toCome(d);
            held |= DownloadsViewModel.held(d);
            counts.merge(d.status(), 1, Integer::sum);
            if (d.status() == Status.PENDING && d.reason().map(r -> r == Reason.SLOT).orElse(true)) line.put(d.id(), line.size() + 1);
        }
        return new Pages(unfinished, finished, Map.copyOf(rows), line, counts, toCome, held);
    }

    /// Bytes still to come of one that runs or waits, as far as its size is known.
    static long toCome(Download d) {
        if (d.status() != Status.DOWNLOADING && d.status() != Status.PENDING || d.size().isEmpty()) return 0;
        return Math.max(0, d.size().getAsLong() - d.bytesDownloaded());
    }

    private static int group(Status status) {
        return switch (status) {
            case FAILED -> 0;
            case DOWNLOADING -> 1;
            case PENDING -> 2;
            case PAUSED -> 3;
            case COMPLETED -> 4;
        };
    }
}
