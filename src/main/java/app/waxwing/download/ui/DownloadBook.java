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
import org.jspecify.annotations.Nullable;

/// A small record of every download as the engine last told of it, and the pages made of them. To sort 10,000 takes longer than a frame, so this belongs
/// to one thread that is not FX's; what it gives away never changes.
final class DownloadBook {
    static final Comparator<QueueLine> ORDER = Comparator.comparingInt((QueueLine d) -> group(d.status()))
            .thenComparingInt(QueueLine::rank).thenComparing(QueueLine::priority, Comparator.reverseOrder())
            .thenComparingLong(QueueLine::place).thenComparingLong(QueueLine::id);
    static final Comparator<QueueLine> NEWEST = Comparator.comparingLong(QueueLine::at).reversed().thenComparingLong(QueueLine::id);
    private final Map<Long, QueueRow> rows = new HashMap<>();
    /// When each was last told of or read by itself, by [#clock].
    private final Map<Long, Long> told = new HashMap<>();
    private long clock;
    private long newest;

    /// @param unfinished failed first, then what runs, waits and is paused; inside a group in the order of the engine
    /// @param finished newest first
    /// @param line places of those that wait for their turn, from 1: when each comes, which among several servers is not where it stands
    /// @param toCome bytes still to come, by what is stored; not to be changed
    /// @param held some wait for what the user may overrule
    /// @param turns the places are not in the order of the list, since several servers take turns
    record Pages(List<QueueLine> unfinished, List<QueueLine> finished, Map<Long, QueueRow> byId, Map<Long, Integer> line,
            Map<Status, Integer> counts, ToCome toCome, boolean held, boolean turns) {
        static final Pages NONE = new Pages(List.of(), List.of(), Map.of(), Map.of(), Map.of(), new ToCome(), false, false);
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
        List<QueueLine> unfinished = rows.values().stream().map(QueueRow::line).filter(d -> d.status() != Status.COMPLETED).sorted(ORDER)
                .toList();
        List<QueueLine> finished = rows.values().stream().map(QueueRow::line).filter(d -> d.status() == Status.COMPLETED).sorted(NEWEST)
                .toList();
        Map<Long, QueueRow> byId = new HashMap<>(rows);
        Map<Long, Integer> line = PlacesInLine.of(unfinished, d -> inLine(byId.get(d.id())));
        var counts = new EnumMap<Status, Integer>(Status.class);
        var toCome = new ToCome();
        rows.values().forEach(toCome::add);
        boolean held = false;
        for (QueueLine d : unfinished) {
            QueueRow row = byId.get(d.id());
            if (row == null) throw new IllegalStateException("a line without its row");
            held |= row.held();
            counts.merge(d.status(), 1, Integer::sum);
        }
        return new Pages(unfinished, finished, Collections.unmodifiableMap(byId), line, counts, toCome, held, turns(unfinished, line));
    }

    private static boolean turns(List<QueueLine> unfinished, Map<Long, Integer> line) {
        int before = 0;
        for (QueueLine d : unfinished) {
            int place = line.getOrDefault(d.id(), before);
            if (place < before) return true;
            before = place;
        }
        return false;
    }

    private static boolean inLine(@Nullable QueueRow row) {
        return row != null && row.inLine();
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
