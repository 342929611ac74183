package app.waxwing.download.ui;

import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.PlacesInLine;
import app.waxwing.download.QueueLine;
import app.waxwing.download.QueueRow;
import app.waxwing.download.ToCome;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A small record of every download as the engine last told of it, and the pages made of them. To sort 10,000 takes longer than a frame, so this belongs
/// to one thread that is not FX's; what it gives away never changes.
final class DownloadBook {
    static final Comparator<QueueLine> ORDER = Comparator.comparingInt((QueueLine d) -> group(d.status()))
            .thenComparingInt(QueueLine::rank).thenComparing(QueueLine::priority, Comparator.reverseOrder())
            .thenComparingLong(QueueLine::place).thenComparingLong(QueueLine::id);
    static final Comparator<QueueLine> NEWEST = Comparator.comparingLong(QueueLine::at).reversed().thenComparingLong(QueueLine::id);
    private final NavigableMap<Long, QueueRow> rows = new TreeMap<>();
    /// When each was last told of or read by itself, by [#clock].
    private final Map<Long, Long> told = new HashMap<>();
    private long clock;
    private long newest;

    /// @param unfinished failed first, then what runs, waits and is paused; inside a group in the order of the engine
    /// @param finished newest first
    /// @param toCome bytes still to come, by what is stored; not to be changed
    /// @param held some wait for what the user may overrule
    record Pages(List<QueueLine> unfinished, List<QueueLine> finished, ById byId, Line line, Map<Status, Integer> counts, ToCome toCome,
            boolean held) {
        static final Pages NONE = new Pages(List.of(), List.of(), new ById(List.of()), new Line(List.of(), new int[0]), Map.of(),
                new ToCome(), false);
    }

    /// All rows. A map of tens of thousands, made anew five times a second, keeps the collector from its other work, and so does one of places.
    static final class ById {
        private final List<QueueRow> rows;

        /// @param rows in the order of their ids
        private ById(List<QueueRow> rows) {
            this.rows = rows;
        }

        Optional<QueueRow> find(long id) {
            int low = 0;
            int high = rows.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                QueueRow row = rows.get(middle);
                if (row.line().id() == id) return Optional.of(row);
                if (row.line().id() < id) low = middle + 1;
                else high = middle - 1;
            }
            return Optional.empty();
        }
    }

    /// When each comes of those that wait for their turn.
    static final class Line {
        private final List<QueueLine> unfinished;
        private final int[] places;
        private final boolean turns;

        private Line(List<QueueLine> unfinished, int[] places) {
            this.unfinished = unfinished;
            this.places = places;
            turns = turns(places);
        }

        /// From 1; 0 of what does not wait for its turn.
        int place(QueueLine d) {
            int at = Collections.binarySearch(unfinished, d, ORDER);
            return at < 0 ? 0 : places[at];
        }

        /// The places are not in the order of the list, since several servers take turns.
        boolean turns() {
            return turns;
        }

        private static boolean turns(int[] places) {
            int before = 0;
            for (int place : places) {
                if (place == 0) continue;
                if (place < before) return true;
                before = place;
            }
            return false;
        }
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
        Map<Long, QueueRow> before = new HashMap<>(rows);
        rows.clear();
        before.forEach((id, row) -> {
            if (isNewer(id, newest)) rows.put(id, row);
        });
        for (QueueRow read : both.rows()) {
            if (!isNewer(read.line().id(), newest)) rows.put(read.line().id(), same(before.get(read.line().id()), read));
        }
        told.values().removeIf(at -> at < newest);
    }

    /// Some of them, as they were read.
    ///
    /// @return whether any differs from what was known
    boolean take(List<QueueRow> some, long asked) {
        if (asked < newest) return false;
        boolean changed = false;
        for (QueueRow read : some) {
            if (isNewer(read.line().id(), asked)) continue;
            QueueRow known = rows.get(read.line().id());
            QueueRow now = same(known, read);
            if (now == known) continue;
            rows.put(read.line().id(), now);
            changed = true;
        }
        // All that is being read since before this is older.
        some.forEach(d -> told.merge(d.line().id(), asked, Math::max));
        return changed;
    }

    /// What is equal stays the same object, so that lists need not compare thousands: a row that has another reason to wait keeps its line.
    private static QueueRow same(@Nullable QueueRow known, QueueRow now) {
        if (known == null || !known.line().equals(now.line())) return now;
        return known.equals(now) ? known : now.with(known.line());
    }

    private boolean isNewer(long id, long asked) {
        return told.getOrDefault(id, 0L) > asked;
    }

    void told(DownloadEvent event) {
        long id = event.download().id();
        told.put(id, ++clock);
        switch (event.kind()) {
            case CANCELLED, DELETED, EVICTED -> rows.remove(id);
            case QUEUED, STARTED, PROGRESS, PAUSED, RESUMED, COMPLETED, FAILED ->
                rows.put(id, same(rows.get(id), QueueRow.of(event.download())));
        }
    }

    Pages pages() {
        var byId = new ById(List.copyOf(rows.values()));
        var counts = new EnumMap<Status, Integer>(Status.class);
        var toCome = new ToCome();
        boolean held = false;
        for (QueueRow row : byId.rows) {
            toCome.add(row);
            held |= row.held();
            if (row.line().status() != Status.COMPLETED) counts.merge(row.line().status(), 1, Integer::sum);
        }
        List<QueueRow> open = byId.rows.stream().filter(row -> row.line().status() != Status.COMPLETED)
                .sorted(Comparator.comparing(QueueRow::line, ORDER)).toList();
        List<QueueLine> unfinished = open.stream().map(QueueRow::line).toList();
        List<QueueLine> finished = byId.rows.stream().map(QueueRow::line).filter(d -> d.status() == Status.COMPLETED).sorted(NEWEST)
                .toList();
        var line = new Line(unfinished, PlacesInLine.of(unfinished, at -> open.get(at).inLine()));
        return new Pages(unfinished, finished, byId, line, counts, toCome, held);
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
