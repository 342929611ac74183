package app.waxwing.download.ui;

import app.waxwing.download.Download;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEvent;
import java.util.ArrayList;
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
    private final List<DownloadEvent> meanwhile = new ArrayList<>();
    private boolean asked;

    /// @param unfinished failed first, then what runs, waits and is paused; inside a group in the order of the engine
    /// @param finished newest first
    /// @param line places of those that wait for their turn, from 1
    record Pages(List<Download> unfinished, List<Download> finished, Map<Long, Download> byId, Map<Long, Integer> line,
            Map<Status, Integer> counts) {
        static final Pages NONE = new Pages(List.of(), List.of(), Map.of(), Map.of(), Map.of());
    }

    /// Everything is being read anew: what is told from now on may be newer than what comes.
    void asked() {
        asked = true;
        meanwhile.clear();
    }

    /// What was read, and what was told meanwhile.
    void take(DownloadsViewModel.Both both) {
        rows.clear();
        both.unfinished().forEach(d -> rows.put(d.id(), d));
        both.finished().forEach(d -> rows.put(d.id(), d));
        List<DownloadEvent> again = List.copyOf(meanwhile);
        notAsked();
        again.forEach(this::told);
    }

    /// Nothing will come of it.
    void notAsked() {
        asked = false;
        meanwhile.clear();
    }

    void told(DownloadEvent event) {
        if (asked) meanwhile.add(event);
        Download d = event.download();
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
        for (Download d : unfinished) {
            counts.merge(d.status(), 1, Integer::sum);
            if (d.status() == Status.PENDING && d.reason().map(r -> r == Reason.SLOT).orElse(true)) line.put(d.id(), line.size() + 1);
        }
        return new Pages(unfinished, finished, Map.copyOf(rows), line, counts);
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
