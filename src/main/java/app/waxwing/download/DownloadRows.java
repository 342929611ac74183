package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Entry.Label;
import app.waxwing.download.Entry.PartState;
import app.waxwing.library.Batch;
import app.waxwing.library.MediaFiles.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Between rows of `download` and [Entry], both ways.
final class DownloadRows {
    static final Condition PRESENT = DOWNLOAD.DELETED_AT.isNull();

    private static final int CHUNK = 400;
    private static final Set<Field<?>> WISHED = Set.of(DOWNLOAD.ORIGIN, DOWNLOAD.CLASS, DOWNLOAD.PRIORITY, DOWNLOAD.IS_ANYWAY,
            DOWNLOAD.PLACE);

    private DownloadRows() {}

    /// Rows with what the library knows of their tracks.
    static SelectOnConditionStep<? extends Record> select(DSLContext sql) {
        return select(sql, DOWNLOAD);
    }

    /// In the queue's own order: SQLite would rather look up the status in another index and sort the whole queue.
    static SelectOnConditionStep<? extends Record> selectQueue(DSLContext sql) {
        return select(sql, DSL.table("{0} indexed by download_next", DOWNLOAD));
    }

    private static SelectOnConditionStep<? extends Record> select(DSLContext sql, TableLike<?> downloads) {
        return sql.select(DOWNLOAD.fields())
                .select(TRACK.TITLE, TRACK.ARTIST_NAME, TRACK.ALBUM_TITLE, TRACK.ALBUM_ARTIST, TRACK.DISC, TRACK.NUMBER,
                        TRACK.CONTAINER, TRACK.PATH, TRACK.SIZE, TRACK.DURATION_MS)
                .from(downloads).leftJoin(TRACK)
                .on(TRACK.ACCOUNT_ID.eq(DOWNLOAD.ACCOUNT_ID).and(TRACK.ITEM_ID.eq(DOWNLOAD.ITEM_ID)));
    }

    /// Those that hold anything; most are empty, which is learnt for less than their rows.
    static List<Lane> waiting(DSLContext sql, Collection<Lane> lanes) {
        return Batch.run(sql, connection -> {
            List<Lane> waiting = new ArrayList<>();
            try (var find = new Batch(connection, "SELECT 1 FROM download INDEXED BY download_next WHERE status = 'pending'"
                    + " AND deleted_at IS NULL AND account_id = ? AND class = ? AND is_anyway = ? LIMIT 1")) {
                for (Lane lane : lanes) {
                    find.number(lane.account()).number(lane.rank()).flag(lane.anyway()).read(row -> waiting.add(lane));
                }
            }
            return waiting;
        });
    }

    /// The id that the row's track has on its server now.
    static Optional<String> item(DSLContext sql, long id) {
        return Batch.run(sql, connection -> {
            List<String> items = new ArrayList<>(1);
            try (var find = new Batch(connection, "SELECT item_id FROM download WHERE id = ?")) {
                find.number(id).read(row -> items.add(row.getString(1)));
            }
            return items.stream().findFirst();
        });
    }

    /// Sets columns of the rows that are so; for what is written for each file. The text is made of names alone and the same each time.
    ///
    /// @param where with a mark for each value
    static int set(DSLContext sql, Map<Field<?>, @Nullable Object> columns, String where, Object... values) {
        List<@Nullable Object> all = new ArrayList<>(columns.values());
        all.addAll(List.of(values));
        String names = columns.keySet().stream().map(f -> f.getName() + " = ?").collect(Collectors.joining(", "));
        return Batch.run(sql, "UPDATE download SET " + names + " WHERE " + where, all.toArray());
    }

    static Optional<Entry> find(DSLContext sql, long id) {
        return select(sql).where(DOWNLOAD.ID.eq(id)).fetchOptional(DownloadRows::entry);
    }

    static List<Entry> all(DSLContext sql, Condition where) {
        return select(sql).where(where).orderBy(DOWNLOAD.ID).fetch(DownloadRows::entry);
    }

    /// Those of them that are so.
    static List<Entry> some(DSLContext sql, List<Long> ids, Condition where) {
        List<Entry> found = new ArrayList<>();
        for (int at = 0; at < ids.size(); at += CHUNK) {
            found.addAll(all(sql, where.and(DOWNLOAD.ID.in(ids.subList(at, Math.min(ids.size(), at + CHUNK))))));
        }
        return found;
    }

    static Entry entry(Record row) {
        long bytes = row.get(DOWNLOAD.BYTES_DOWNLOADED);
        OptionalLong total = optional(row.get(DOWNLOAD.EXPECTED_SIZE));
        var part = new PartState(bytes, total.isPresent() && total.getAsLong() < bytes ? OptionalLong.empty() : total,
                new Validators(Optional.ofNullable(row.get(DOWNLOAD.ETAG)), Optional.ofNullable(row.get(DOWNLOAD.LAST_MODIFIED))),
                Optional.ofNullable(row.get(DOWNLOAD.MIME_TYPE)), Math.toIntExact(row.get(DOWNLOAD.RESTART_COUNT)), bytes);
        Label label = label(row.get(DOWNLOAD.ITEM_ID), row);
        return new Entry(row.get(DOWNLOAD.ID), new ItemKey(row.get(DOWNLOAD.ACCOUNT_ID), row.get(DOWNLOAD.ITEM_ID)), label,
                row.get(DOWNLOAD.QUALITY), Origin.valueOf(row.get(DOWNLOAD.ORIGIN).toUpperCase(Locale.ROOT)),
                new Turn(Math.toIntExact(row.get(DOWNLOAD.CLASS)), Math.toIntExact(row.get(DOWNLOAD.PRIORITY)),
                        row.get(DOWNLOAD.IS_ANYWAY), row.get(DOWNLOAD.PLACE)),
                state(row), root(row.get(DOWNLOAD.ROOT), row.get(DOWNLOAD.FOLDER_ID)), Optional.ofNullable(row.get(DOWNLOAD.PART_PATH)),
                Optional.ofNullable(row.get(DOWNLOAD.FILE_PATH)), part, Instant.ofEpochMilli(row.get(DOWNLOAD.QUEUED_AT)),
                instant(row.get(DOWNLOAD.STARTED_AT)), instant(row.get(DOWNLOAD.COMPLETED_AT)),
                Optional.ofNullable(row.get(DOWNLOAD.SHA256)));
    }

    /// What the library says of each of the tracks.
    static Map<String, Label> labels(DSLContext sql, long account, Batch.Texts items) {
        Map<String, Label> labels = HashMap.newHashMap(items.values().size());
        var alike = new Alike();
        return Batch.run(sql, connection -> {
            try (var find = new Batch(connection,
                    "SELECT title, artist_name, album_title, album_artist, disc, number, container, path, size,"
                            + " duration_ms, item_id FROM track WHERE account_id = ? AND item_id IN (SELECT value FROM json_each(?))")) {
                find.number(account).texts(items)
                        .read(row -> {
                            String item = row.getString(11);
                            String artist = alike.shared(2, text(row.getString(2), ""));
                            labels.put(item, new Label(text(row.getString(1), item), artist, alike.shared(3, text(row.getString(3), "")),
                                    alike.shared(4, text(row.getString(4), artist)), small(Batch.whole(row, 5)),
                                    small(Batch.whole(row, 6)), Optional.ofNullable(row.getString(7)).map(c -> alike.shared(7, c)),
                                    Optional.ofNullable(row.getString(8)), optional(Batch.whole(row, 9)), optional(Batch.whole(row, 10))));
                        });
            }
            for (String item : items.values()) labels.computeIfAbsent(item, Label::unknown);
            return labels;
        });
    }

    /// Of rows that are read one after the other, texts that repeat are kept once: tracks of an album name the same artist, and 10,000 wishes are in
    /// memory until the last of them is stored.
    private static final class Alike {
        private final Map<Integer, String> last = new HashMap<>();

        String shared(int column, String text) {
            return last.merge(column, text, (before, now) -> before.equals(now) ? before : now);
        }
    }

    private static Label label(String item, Record row) {
        return new Label(text(row.get(TRACK.TITLE), item), text(row.get(TRACK.ARTIST_NAME), ""), text(row.get(TRACK.ALBUM_TITLE), ""),
                text(row.get(TRACK.ALBUM_ARTIST), text(row.get(TRACK.ARTIST_NAME), "")), small(row.get(TRACK.DISC)),
                small(row.get(TRACK.NUMBER)), Optional.ofNullable(row.get(TRACK.CONTAINER)), Optional.ofNullable(row.get(TRACK.PATH)),
                optional(row.get(TRACK.SIZE)), optional(row.get(TRACK.DURATION_MS)));
    }

    /// The columns that the owner thread decides; a transfer's own (bytes, validators, versions) are written with its attempt as a guard.
    static Map<Field<?>, @Nullable Object> decided(Entry entry) {
        Map<Field<?>, @Nullable Object> set = new LinkedHashMap<>();
        set.put(DOWNLOAD.STATUS, entry.status().word());
        set.put(DOWNLOAD.REASON, entry.reason().map(Reason::word).orElse(null));
        set.put(DOWNLOAD.ATTEMPT, (long) entry.state().attempt());
        set.put(DOWNLOAD.RETRY_COUNT, (long) entry.tries());
        set.put(DOWNLOAD.ORIGIN, entry.origin().word());
        set.put(DOWNLOAD.CLASS, (long) entry.rank());
        set.put(DOWNLOAD.PRIORITY, (long) entry.priority());
        set.put(DOWNLOAD.IS_ANYWAY, entry.turn().anyway());
        set.put(DOWNLOAD.PLACE, entry.turn().place());
        set.put(DOWNLOAD.ROOT, entry.root().kind());
        set.put(DOWNLOAD.FOLDER_ID, folder(entry.root()));
        set.put(DOWNLOAD.PART_PATH, entry.partPath().orElse(null));
        set.put(DOWNLOAD.FILE_PATH, entry.filePath().orElse(null));
        set.put(DOWNLOAD.STARTED_AT, entry.startedAt().map(Instant::toEpochMilli).orElse(null));
        set.put(DOWNLOAD.COMPLETED_AT, entry.completedAt().map(Instant::toEpochMilli).orElse(null));
        set.put(DOWNLOAD.SHA256, entry.sha256().orElse(null));
        Optional<DownloadState.Failed> failed = entry.state() instanceof DownloadState.Failed f ? Optional.of(f) : Optional.empty();
        set.put(DOWNLOAD.ERROR_CODE, failed.map(DownloadState.Failed::code).orElse(null));
        set.put(DOWNLOAD.ERROR_MESSAGE, failed.map(DownloadState.Failed::words).orElse(null));
        return set;
    }

    /// The same but for why it is wanted and its turn: those only wishes and the user's order write, and one may have come of which the owner has
    /// not heard.
    static Map<Field<?>, @Nullable Object> stateOf(Entry entry) {
        Map<Field<?>, @Nullable Object> set = decided(entry);
        set.keySet().removeAll(WISHED);
        return set;
    }

    static Map<Field<?>, @Nullable Object> part(PartState part) {
        Map<Field<?>, @Nullable Object> set = new LinkedHashMap<>();
        set.put(DOWNLOAD.BYTES_DOWNLOADED, part.bytes());
        set.put(DOWNLOAD.EXPECTED_SIZE, part.total().isPresent() ? part.total().getAsLong() : null);
        set.put(DOWNLOAD.ETAG, part.validators().etag().orElse(null));
        set.put(DOWNLOAD.LAST_MODIFIED, part.validators().lastModified().orElse(null));
        set.put(DOWNLOAD.MIME_TYPE, part.mime().orElse(null));
        set.put(DOWNLOAD.PROGRESS, part.total().isPresent() && part.total().getAsLong() > 0
                ? Math.min(0.999, (double) part.bytes() / part.total().getAsLong())
                : 0.0);
        return set;
    }

    static Root root(String kind, @Nullable Long folder) {
        if (kind.equals(Root.CACHE.kind())) return Root.CACHE;
        if (folder == null) throw new IllegalStateException("a kept file names no folder");
        return new Root(folder);
    }

    /// The column `folder_id`: null for the cache.
    static @Nullable Long folder(Root root) {
        return root.isCache() ? null : (Long) root.folder();
    }

    static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static DownloadState state(Record row) {
        int attempt = Math.toIntExact(row.get(DOWNLOAD.ATTEMPT));
        int tries = Math.toIntExact(row.get(DOWNLOAD.RETRY_COUNT));
        if (row.get(DOWNLOAD.DELETED_AT) != null) return new DownloadState.Removing(attempt);
        return switch (row.get(DOWNLOAD.STATUS)) {
            case "pending" -> new DownloadState.Queued(attempt, tries, reason(row.get(DOWNLOAD.REASON)));
            case "downloading" -> new DownloadState.Running(attempt, tries);
            case "paused" -> new DownloadState.Paused(attempt, tries);
            case "completed" -> new DownloadState.Completed(attempt);
            case "failed" -> failed(attempt, tries, row.get(DOWNLOAD.ERROR_CODE), row.get(DOWNLOAD.ERROR_MESSAGE));
            case String other -> throw new IllegalStateException("status " + other);
        };
    }

    /// As the column has it.
    static Optional<Reason> reason(@Nullable String word) {
        return Optional.ofNullable(word).map(r -> Reason.valueOf(r.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    static DownloadState failed(int attempt, int tries, @Nullable String code, @Nullable String words) {
        return new DownloadState.Failed(attempt, tries, text(code, "trouble"), text(words, "The download failed."));
    }

    private static Optional<Instant> instant(@Nullable Long millis) {
        return millis == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static OptionalInt small(@Nullable Long value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(value));
    }

    private static String text(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }
}
