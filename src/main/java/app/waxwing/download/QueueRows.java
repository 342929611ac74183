package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine.DownloadPage;
import app.waxwing.download.DownloadEngine.Filter;
import app.waxwing.download.Entry.Label;
import app.waxwing.download.Entry.PartState;
import app.waxwing.library.Batch;
import app.waxwing.store.ActiveAccounts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jooq.DSLContext;

/// The queue as lists read it: in pages, whose order is looked through in ids alone and whose records are read by id; or a small record of every row.
/// Failed first, then what runs, waits, is paused and is done; inside of these in the order of the queue, what is done newest first. What
/// some tracks have in the queue is looked up by their ids.
final class QueueRows {
    static final List<Status> GROUPS = List.of(Status.FAILED, Status.DOWNLOADING, Status.PENDING, Status.PAUSED, Status.COMPLETED);
    /// The same of whole rows.
    static final Comparator<Entry> ORDER = Comparator.comparingInt((Entry e) -> GROUPS.indexOf(e.status()))
            .thenComparing(
                    (a, b) -> a.status() == Status.COMPLETED ? Long.compare(done(b), done(a)) : Turn.ORDER.compare(a.turn(), b.turn()))
            .thenComparingLong(Entry::id);
    /// Written as the partial indexes have it. What was only fetched because it was played is no wish.
    private static final String SHOWN = " AND d.deleted_at IS NULL AND d.origin <> 'playing' AND d.is_cleared = 0 AND "
            + ActiveAccounts.own("d.account_id");
    private static final String LISTED = " WHERE d.status = ?" + SHOWN;
    private static final String OF_TRACK = "SELECT d.id FROM download AS d WHERE d.account_id = ? AND d.item_id = ?" + SHOWN;
    private static final String COUNT = "SELECT count(*) FROM download AS d" + LISTED;
    private static final String WAITING = "SELECT d.id FROM download AS d" + LISTED
            + " AND (d.class, -d.priority, d.place, d.id) > (?, ?, ?, ?) ORDER BY d.class, -d.priority, d.place, d.id LIMIT ?";
    private static final String DONE = "SELECT d.id FROM download AS d" + LISTED
            + " AND d.completed_at <= ? AND (d.completed_at < ? OR d.id > ?) ORDER BY d.completed_at DESC, d.id LIMIT ?";
    private static final String KEY = "SELECT status, class, -priority, place, completed_at FROM download WHERE id = ?";
    private static final String SMALL = "SELECT d.id, d.account_id, d.item_id, d.quality, d.origin, d.class, d.priority, d.is_anyway, d.place,"
            + " d.reason, d.attempt, d.retry_count, d.error_code, d.error_message, d.bytes_downloaded, d.expected_size, d.root, d.folder_id,"
            + " d.queued_at, d.completed_at, t.size, t.duration_ms, t.container"
            + " FROM download AS d LEFT JOIN track AS t ON t.account_id = d.account_id AND t.item_id = d.item_id" + LISTED;
    private final Rows rows;

    QueueRows(Rows rows) {
        this.rows = rows;
    }

    /// Where a row stands in its group.
    ///
    /// @param rank -1 = before all
    private record Key(long rank, long lower, long place, long id, long done) {
        static final Key FIRST = new Key(-1, 0, 0, 0, Long.MAX_VALUE);
    }

    /// @param offset rows to pass over, where the filter names none to begin behind
    /// @param limit 0 = all
    /// @param show how the outside sees one
    CompletableFuture<DownloadPage> page(Filter filter, int offset, int limit, Function<Entry, Download> show) {
        return rows.read(sql -> {
            if (filter.tracks().isPresent()) return ofTracks(sql, filter.tracks().get(), filter, offset, limit, show);
            List<Long> ids = new ArrayList<>();
            long total = Batch.run(sql, connection -> ids(connection, filter, offset, limit, ids));
            Map<Long, Download> found = new HashMap<>();
            DownloadRows.some(sql, ids, DownloadRows.PRESENT).forEach(e -> found.put(e.id(), show.apply(e)));
            return new DownloadPage(ids.stream().map(found::get).filter(Objects::nonNull).toList(), total);
        });
    }

    private static DownloadPage ofTracks(DSLContext sql, Set<ItemKey> tracks, Filter filter, int offset, int limit,
            Function<Entry, Download> show) {
        List<Long> ids = Batch.run(sql, connection -> {
            List<Long> found = new ArrayList<>();
            try (var one = new Batch(connection, OF_TRACK)) {
                for (ItemKey key : tracks) one.number(key.account()).text(key.id()).read(r -> found.add(r.getLong(1)));
            }
            return found;
        });
        List<Entry> all = DownloadRows.some(sql, ids, DownloadRows.PRESENT).stream()
                .filter(e -> filter.statuses().isEmpty() || filter.statuses().contains(e.status())).sorted(ORDER).toList();
        return new DownloadPage(all.stream().skip(offset).limit(limit <= 0 ? Long.MAX_VALUE : limit).map(show).toList(), all.size());
    }

    private static long done(Entry entry) {
        return entry.completedAt().map(Instant::toEpochMilli).orElse(0L);
    }

    /// @return how many there are on all pages
    private static long ids(Connection connection, Filter filter, int offset, int limit, List<Long> ids) throws SQLException {
        Map<Status, Key> after = new HashMap<>();
        if (filter.after().isPresent()) {
            try (var key = new Batch(connection, KEY)) {
                key.number(filter.after().getAsLong()).read(r -> after.put(status(r.getString(1)), new Key(r.getLong(2), r.getLong(3),
                        r.getLong(4), filter.after().getAsLong(), r.getLong(5))));
            }
        }
        long total = 0;
        long skip = filter.after().isPresent() ? 0 : offset;
        boolean begun = filter.after().isEmpty();
        for (Status status : GROUPS) {
            begun |= after.containsKey(status);
            if (!filter.statuses().isEmpty() && !filter.statuses().contains(status)) continue;
            long count = Batch.number(connection, COUNT, status.word());
            total += count;
            long passed = Math.min(skip, count);
            skip -= passed;
            boolean full = limit > 0 && ids.size() >= limit;
            if (!begun || full || passed == count) continue;
            read(connection, status, after.getOrDefault(status, Key.FIRST), passed, limit <= 0 ? -1 : limit - ids.size(), ids);
        }
        return total;
    }

    private static void read(Connection connection, Status status, Key from, long passed, int left, List<Long> ids) throws SQLException {
        boolean done = status == Status.COMPLETED;
        int[] seen = new int[1];
        try (var some = new Batch(connection, done ? DONE : WAITING)) {
            some.text(status.word());
            if (done) some.number(from.done).number(from.done).number(from.id);
            else some.number(from.rank).number(from.lower).number(from.place).number(from.id);
            some.number(left < 0 ? -1 : passed + left).read(r -> {
                if (seen[0]++ >= passed) ids.add(r.getLong(1));
            });
        }
    }

    /// Every row of these states, in no order.
    ///
    /// @param show how the outside sees one
    CompletableFuture<List<QueueRow>> small(Collection<Status> statuses, Function<Entry, Download> show) {
        return rows.read(sql -> Batch.run(sql, connection -> {
            List<QueueRow> all = new ArrayList<>();
            try (var some = new Batch(connection, SMALL)) {
                for (Status status : statuses) some.text(status.word()).read(r -> all.add(QueueRow.of(show.apply(entry(r, status)))));
            }
            return all;
        }));
    }

    /// Without names and places on the disk.
    private static Entry entry(ResultSet r, Status status) throws SQLException {
        int attempt = r.getInt(11);
        int tries = r.getInt(12);
        DownloadState state = switch (status) {
            case PENDING -> new DownloadState.Queued(attempt, tries, DownloadRows.reason(r.getString(10)));
            case DOWNLOADING -> new DownloadState.Running(attempt, tries);
            case PAUSED -> new DownloadState.Paused(attempt, tries);
            case COMPLETED -> new DownloadState.Completed(attempt);
            case FAILED -> DownloadRows.failed(attempt, tries, r.getString(13), r.getString(14));
        };
        long bytes = r.getLong(15);
        Long total = Batch.whole(r, 16);
        Long done = Batch.whole(r, 20);
        var label = new Label("", "", "", "", OptionalInt.empty(), OptionalInt.empty(), Optional.ofNullable(r.getString(23)),
                Optional.empty(), DownloadRows.optional(Batch.whole(r, 21)), DownloadRows.optional(Batch.whole(r, 22)));
        return new Entry(r.getLong(1), new ItemKey(r.getLong(2), r.getString(3)), label, r.getString(4),
                Origin.valueOf(r.getString(5).toUpperCase(Locale.ROOT)), new Turn(r.getInt(6), r.getInt(7), r.getInt(8) == 1, r.getLong(9)),
                state, DownloadRows.root(r.getString(17), Batch.whole(r, 18)), Optional.empty(), Optional.empty(),
                new PartState(bytes, total == null || total < bytes ? OptionalLong.empty() : OptionalLong.of(total), Validators.NONE,
                        Optional.empty(), 0, bytes),
                Instant.ofEpochMilli(r.getLong(19)), Optional.empty(), Optional.ofNullable(done).map(Instant::ofEpochMilli),
                Optional.empty());
    }

    private static Status status(String word) {
        return Status.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
