package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.jooq.impl.DSL.count;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.Download.Status;
import app.waxwing.download.Entry.PartState;
import app.waxwing.library.Batch;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Audit;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/// The queue's rows: `download`, `reserved_path`, and `media_file` where a download completes or goes. Every method returns at once.
final class DownloadStore {
    /// Not removed, and of an active account: the engine goes on with the others' too, but shows and commands them only when they are active.
    private static final Condition OWN = DownloadRows.PRESENT.and(ActiveAccounts.own(DOWNLOAD.ACCOUNT_ID));
    /// What was only fetched because it was played is no wish, and not in the list.
    private static final Condition SHOWN = OWN.and(DOWNLOAD.ORIGIN.ne("playing"));
    private static final Condition LISTED = SHOWN.and(DOWNLOAD.IS_CLEARED.isFalse());
    private static final Condition RAN = DOWNLOAD.STATUS.eq("downloading").and(DownloadRows.PRESENT);
    /// Removed, while something on a disk is its own still.
    private static final Condition LEAVING = DOWNLOAD.DELETED_AT.isNotNull()
            .and(DOWNLOAD.PART_PATH.isNotNull().or(DOWNLOAD.FILE_PATH.isNotNull()));
    private static final String ACCOUNT_OF = "account";
    private static final String CLASS_OF = "class";
    private static final String ANYWAY_OF = "anyway";
    private final Rows rows;
    private final java.util.function.Function<Root, String> tag;

    /// @param tag what part files of a root carry in their names
    DownloadStore(Rows rows, java.util.function.Function<Root, String> tag) {
        this.rows = rows;
        this.tag = tag;
    }

    /// What the last run left: rows that ran are pending again (2.22).
    ///
    /// @param ran rows that were running when it ended
    /// @param leaving rows whose files were being removed
    /// @param hidden accounts whose rows are shown to nobody
    record LeftOver(List<Entry> ran, List<Entry> leaving, Set<Long> hidden) {}

    CompletableFuture<LeftOver> recover() {
        return rows.write(Durability.KEPT, sql -> {
            List<Entry> ran = DownloadRows.all(sql, RAN);
            if (!ran.isEmpty()) sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "pending").setNull(DOWNLOAD.REASON).where(RAN).execute();
            List<Entry> leaving = DownloadRows.all(sql, LEAVING);
            return new LeftOver(
                    ran.stream().map(e -> e.with(new DownloadState.Queued(e.state().attempt(), e.tries(), Optional.empty()))).toList(),
                    leaving, ActiveAccounts.others(sql));
        });
    }

    /// Removed rows of these, and those of the tracks that name something on a disk still.
    CompletableFuture<List<Entry>> removed(List<Long> ids, Set<ItemKey> tracks) {
        return rows.write(Durability.SOON, sql -> {
            Map<Long, Entry> removed = new HashMap<>();
            DownloadRows.some(sql, ids, DOWNLOAD.DELETED_AT.isNotNull()).forEach(e -> removed.put(e.id(), e));
            for (Entry e : DownloadRows.all(sql, LEAVING)) if (tracks.contains(e.key())) removed.put(e.id(), e);
            return List.copyOf(removed.values());
        });
    }

    /// The first rows of each lane. Through the writer, so that it sees every change submitted before.
    ///
    /// @param lanes empty = all there are
    CompletableFuture<Map<Lane, List<Entry>>> next(Collection<Lane> lanes, int limit) {
        return rows.write(Durability.SOON, sql -> {
            Collection<Lane> asked = lanes;
            if (asked.isEmpty())
                asked = sql.select(ACCOUNT.ID).from(ACCOUNT).fetch(ACCOUNT.ID).stream()
                        .flatMap(a -> Lane.of(a).stream()).toList();
            Map<Lane, List<Entry>> first = new HashMap<>();
            asked.forEach(lane -> first.put(lane, List.of()));
            List<Lane> waiting = DownloadRows.waiting(sql, asked);
            if (waiting.isEmpty()) return first;
            // One statement for all: jOOQ's text of it and SQLite's plan are made once.
            try (var query = nextQuery(sql, waiting.getFirst(), limit).keepStatement(true)) {
                for (Lane lane : waiting) {
                    query.bind(ACCOUNT_OF, lane.account()).bind(CLASS_OF, (long) lane.rank()).bind(ANYWAY_OF, lane.anyway());
                    first.put(lane, query.fetch(DownloadRows::entry));
                }
            }
            return first;
        });
    }

    static ResultQuery<? extends Record> nextQuery(DSLContext sql, Lane lane, int limit) {
        // Literals, written like the index's own condition: SQLite uses a partial index only when it can prove the condition.
        Condition queued = DOWNLOAD.STATUS.eq(DSL.inline("pending")).and(DownloadRows.PRESENT);
        return DownloadRows.selectQueue(sql)
                .where(queued.and(DOWNLOAD.ACCOUNT_ID.eq(DSL.param(ACCOUNT_OF, lane.account())))
                        .and(DOWNLOAD.CLASS.eq(DSL.param(CLASS_OF, (long) lane.rank())))
                        .and(DOWNLOAD.IS_ANYWAY.eq(DSL.param(ANYWAY_OF, lane.anyway()))))
                .orderBy(DOWNLOAD.PRIORITY.desc(), DOWNLOAD.PLACE, DOWNLOAD.ID).limit(limit);
    }

    CompletableFuture<List<Entry>> byItem(ItemKey key) {
        return rows.read(sql -> byItem(sql, key));
    }

    static List<Entry> byItem(DSLContext sql, ItemKey key) {
        return DownloadRows.all(sql, DOWNLOAD.ACCOUNT_ID.eq(key.account()).and(DOWNLOAD.ITEM_ID.eq(key.id())).and(DownloadRows.PRESENT));
    }

    CompletableFuture<Optional<Entry>> find(long id) {
        return rows.read(sql -> DownloadRows.find(sql, id));
    }

    CompletableFuture<List<Entry>> listed(Collection<Long> ids) {
        List<Long> asked = List.copyOf(ids);
        return rows.read(sql -> DownloadRows.some(sql, asked, LISTED));
    }

    /// @param byStatus rows of the list
    /// @param hidden accounts whose rows are not in it
    record Counted(Map<Status, Long> byStatus, Set<Long> hidden) {}

    CompletableFuture<Counted> counts() {
        return rows.write(Durability.SOON, sql -> {
            Map<Status, Long> counts = new EnumMap<>(Status.class);
            sql.select(DOWNLOAD.STATUS, count()).from(DOWNLOAD).where(SHOWN).groupBy(DOWNLOAD.STATUS)
                    .forEach(r -> counts.put(Status.valueOf(r.value1().toUpperCase(java.util.Locale.ROOT)), (long) r.value2()));
            return new Counted(counts, ActiveAccounts.others(sql));
        });
    }

    /// One row before and after a change.
    ///
    /// @param written when the file of a removed row was last written, where it had one that counted
    record Change(Entry before, Entry after, Optional<Instant> written) {
        Change(Entry before, Entry after) {
            this(before, after, Optional.empty());
        }
    }

    /// Applies one input to rows by id, to those in memory as memory knows them. What does not apply to a row leaves it out.
    ///
    /// @param guard the last word inside the transaction, such as: nothing keeps this file any more
    /// @param kind what it is called: the deletion of what was whole is written down (4.20)
    CompletableFuture<List<Change>> apply(Collection<Long> ids, Map<Long, Entry> known, DownloadInput input, Instant now,
            Guard guard, DownloadEvent.Kind kind) {
        return rows.write(Durability.KEPT, sql -> apply(sql, ids, known, input, now, guard, kind));
    }

    static List<Change> apply(DSLContext sql, Collection<Long> ids, Map<Long, Entry> known, DownloadInput input, Instant now, Guard guard,
            DownloadEvent.Kind kind) {
        List<Change> changes = new ArrayList<>();
        for (long id : ids) {
            // Memory may not know yet that it went a moment ago, or got the file of its forerunner.
            String status = sql.select(DOWNLOAD.STATUS).from(DOWNLOAD).where(DOWNLOAD.ID.eq(id).and(DownloadRows.PRESENT))
                    .fetchOne(DOWNLOAD.STATUS);
            if (status == null) continue;
            boolean memory = known.containsKey(id) && !status.equals(Status.COMPLETED.word());
            Entry before = memory ? known.get(id) : DownloadRows.find(sql, id).orElse(null);
            if (before == null || before.state() instanceof DownloadState.Removing) continue;
            Entry after = before.with(Transitions.next(before.state(), input));
            if (after.state().equals(before.state()) || !guard.allows(sql, before)) continue;
            Optional<Instant> written = FileRows.written(sql, before.key(), before.quality());
            write(sql, after, now);
            if (input instanceof DownloadInput.Retry || input instanceof DownloadInput.Resume) TrafficRows.forgive(sql, before.key());
            if (input instanceof DownloadInput.Remove && guard.all()) QualityRows.leave(sql, before.key(), before.quality(), now);
            if (kind == DownloadEvent.Kind.DELETED && before.completedAt().isPresent()) {
                Audit.write(sql, now, Audit.DOWNLOAD_DELETED, before.label().title(), before.key().account());
            }
            changes.add(new Change(before, after, written));
        }
        return changes;
    }

    /// Pauses or resumes everything of the active accounts that can be, but what is only heard.
    ///
    /// @return what changed, as it is now
    CompletableFuture<List<Entry>> all(List<Status> from, Status to) {
        return rows.write(Durability.KEPT, sql -> {
            Condition meant = DOWNLOAD.STATUS.in(from.stream().map(Status::word).toList()).and(SHOWN);
            List<Long> ids = sql.select(DOWNLOAD.ID).from(DOWNLOAD).where(meant).fetch(DOWNLOAD.ID);
            sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, to.word()).setNull(DOWNLOAD.REASON).set(DOWNLOAD.RETRY_COUNT, 0L)
                    .where(meant).execute();
            Set<Long> changed = new HashSet<>(ids);
            return DownloadRows.all(sql, DOWNLOAD.STATUS.eq(to.word()).and(DownloadRows.PRESENT)).stream()
                    .filter(e -> changed.contains(e.id()))
                    .toList();
        });
    }

    CompletableFuture<Integer> clearCompleted() {
        return rows.write(Durability.KEPT, sql -> sql.update(DOWNLOAD).set(DOWNLOAD.IS_CLEARED, true)
                .where(DOWNLOAD.STATUS.eq("completed").and(OWN).and(DOWNLOAD.IS_CLEARED.isFalse())).execute());
    }

    CompletableFuture<Integer> save(Entry entry, Durability durability, Instant now) {
        return rows.write(durability, sql -> write(sql, entry, now));
    }

    /// @param entry with its paths given (once, and kept), and the id its track has now
    /// @param traffic bytes that came of the item within a day
    record Started(Entry entry, long traffic) {}

    /// The row as it starts.
    ///
    /// @param hour as [Runaway#hour] counts them
    CompletableFuture<Started> start(Entry entry, Instant now, long hour) {
        return rows.write(Durability.SOON, sql -> {
            Entry known = DownloadRows.item(sql, entry.id())
                    .filter(item -> !item.equals(entry.key().id())).flatMap(item -> DownloadRows.find(sql, entry.id()))
                    .map(entry::sameAs).orElse(entry);
            Entry placed = Names.placed(sql, known, tag.apply(known.root()));
            write(sql, placed, now);
            return new Started(placed, TrafficRows.bytes(sql, placed.key(), hour));
        });
    }

    /// Another name for the file, because a stranger's file stands where ours should go. Remembered in the row before it is used.
    CompletableFuture<String> nextName(long id, Root root, String path) {
        return rows.write(Durability.KEPT, sql -> Names.another(sql, id, root, path));
    }

    /// The server's own file is taken in place of a transcode: another quality, another name. Empty when the row is not this attempt's any more.
    CompletableFuture<Optional<Taken>> takeAsItIs(Entry entry) {
        return rows.write(Durability.KEPT, sql -> {
            Condition mine = DOWNLOAD.ID.eq(entry.id()).and(DOWNLOAD.ATTEMPT.eq((long) entry.state().attempt())).and(DownloadRows.PRESENT);
            if (!sql.fetchExists(DOWNLOAD, mine)) return Optional.empty();
            String name = Names.original(sql, entry, tag.apply(entry.root()));
            sql.update(DOWNLOAD).set(DOWNLOAD.QUALITY, Quality.ORIGINAL.word()).set(DOWNLOAD.FILE_PATH, name).where(mine).execute();
            return Optional.of(new Taken(name, QualityRows.original(sql, entry)));
        });
    }

    /// @param name relative to the root
    /// @param here the original where it is whole here
    record Taken(String name, Optional<TransferEnd.Arrived> here) {}

    /// A transfer forgets a version. False when the row is not this attempt's any more; then nothing may be written to its part.
    CompletableFuture<Boolean> reset(long id, int attempt, int version) {
        return rows.write(Durability.KEPT, sql -> sql.update(DOWNLOAD)
                .set(DownloadRows.part(new PartState(0, OptionalLong.empty(), Validators.NONE, Optional.empty(), version, 0)))
                .set(DOWNLOAD.RESTART_COUNT, (long) version)
                .where(DOWNLOAD.ID.eq(id).and(DOWNLOAD.ATTEMPT.eq((long) attempt)).and(DOWNLOAD.RESTART_COUNT.lt((long) version)))
                .execute() == 1);
    }

    /// Durable bytes of one attempt.
    record Offset(long id, int attempt, PartState part) {}

    /// All running transfers in one transaction; rows may lag behind the disk, never lead it.
    ///
    /// @param traffic bytes that came since the last time, by item
    /// @return what came of these items within a day
    CompletableFuture<Map<ItemKey, Long>> offsets(List<Offset> offsets, Map<ItemKey, Long> traffic, long hour) {
        return rows.write(Durability.SOON, sql -> {
            for (Offset o : offsets) offset(sql, o);
            Map<ItemKey, Long> day = new HashMap<>();
            Set<Long> accounts = traffic.isEmpty() ? Set.of() : sql.select(ACCOUNT.ID).from(ACCOUNT).fetchSet(ACCOUNT.ID);
            traffic.forEach((key, bytes) -> {
                if (accounts.contains(key.account())) day.put(key, TrafficRows.add(sql, key, bytes, hour));
            });
            return day;
        });
    }

    /// An attempt is over and the file is not here.
    CompletableFuture<Integer> ended(Entry entry, int attempt, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            offset(sql, new Offset(entry.id(), attempt, entry.part()));
            return write(sql, entry, now);
        });
    }

    private static int offset(DSLContext sql, Offset o) {
        return DownloadRows.set(sql, DownloadRows.part(o.part()), "id = ? AND attempt = ? AND restart_count = ? AND status <> 'completed'",
                o.id(), o.attempt(), o.part().restarts());
    }

    /// The file has its final name: row, media_file and name reservation in one transaction (the commit that lists join).
    ///
    /// @param after as the row shall be
    CompletableFuture<CompletedRows.Outcome> complete(Entry after, TransferEnd.Arrived file, Instant now) {
        return rows.write(Durability.KEPT, sql -> CompletedRows.write(sql, after, file, now));
    }

    /// Finished files that nothing names but a removed row.
    CompletableFuture<List<Entry>> left() {
        return rows.read(QualityRows::left);
    }

    /// What a removed row left is gone from the disk: only now its name is free again.
    CompletableFuture<Integer> cleaned(long id) {
        return rows.write(Durability.SOON, sql -> {
            Names.free(sql, id);
            return sql.update(DOWNLOAD).setNull(DOWNLOAD.PART_PATH).setNull(DOWNLOAD.FILE_PATH).where(DOWNLOAD.ID.eq(id)).execute();
        });
    }

    /// Blocks: for transfer threads and the file thread.
    Manifest.Line manifestLine(Entry entry, String path, long size, String sha256, Validators validators, Optional<String> mime) {
        return rows.read(sql -> {
            FollowRows.Person person = FollowRows.person(sql, entry.key().account())
                    .orElseThrow(() -> new Failure.NotFound(entry.label().title()).asException());
            // Its track may have moved on the server since it began.
            String item = DownloadRows.item(sql, entry.id()).orElse(entry.key().id());
            return new Manifest.Line(path, person.serverId(), person.userId(), item, entry.quality(), size, sha256, mime, validators,
                    reasons(sql, new ItemKey(entry.key().account(), item)));
        }).join();
    }

    /// Why a track is kept, as the manifest has it: `kind:source`.
    static List<String> reasons(DSLContext sql, ItemKey key) {
        return Batch.run(sql, connection -> {
            List<String> reasons = new ArrayList<>();
            try (var find = new Batch(connection,
                    "SELECT kind, source_item_id FROM keep_reason WHERE account_id = ? AND track_item_id = ?")) {
                find.number(key.account()).text(key.id()).read(r -> reasons.add(r.getString(1) + ":" + r.getString(2)));
            }
            return reasons;
        });
    }

    /// Blocks, as above.
    boolean sameItem(Manifest.Line line, ItemKey key) {
        return line.itemId().equals(key.id()) && rows.read(sql -> sql.fetchExists(ACCOUNT, ACCOUNT.ID.eq(key.account())
                .and(ACCOUNT.SERVER_ID.eq(line.serverId())).and(ACCOUNT.USER_ID.eq(line.userId())))).join();
    }

    /// Part files that rows name, and files that are to be removed, by root.
    CompletableFuture<Map<Root, Set<String>>> parts() {
        return rows.read(sql -> {
            Map<Root, Set<String>> parts = new HashMap<>();
            sql.select(DOWNLOAD.ROOT, DOWNLOAD.FOLDER_ID, DOWNLOAD.PART_PATH).from(DOWNLOAD).where(DOWNLOAD.PART_PATH.isNotNull())
                    .forEach(r -> parts.computeIfAbsent(DownloadRows.root(r.value1(), r.value2()), k -> new HashSet<>()).add(r.value3()));
            for (Entry left : QualityRows.left(sql))
                left.filePath().ifPresent(path -> parts.computeIfAbsent(left.root(), k -> new HashSet<>()).add(path));
            return parts;
        });
    }

    /// Downloads that are not whole and lie, or would lie, in this root.
    CompletableFuture<List<Entry>> unfinished(Root root) {
        return rows.read(sql -> DownloadRows.all(sql, DOWNLOAD.FOLDER_ID.eq(root.folder()).and(DOWNLOAD.STATUS.ne("completed"))
                .and(DownloadRows.PRESENT)));
    }

    CompletableFuture<List<Long>> unfinishedOf(long account) {
        return rows.read(sql -> sql.select(DOWNLOAD.ID).from(DOWNLOAD).where(DOWNLOAD.ACCOUNT_ID.eq(account)
                .and(DOWNLOAD.STATUS.ne("completed")).and(DownloadRows.PRESENT)).fetch(DOWNLOAD.ID));
    }

    /// Gives an unfinished download another folder, with the bytes that were brought there.
    ///
    /// @return false when it is not there any more
    CompletableFuture<Boolean> relocate(Entry entry, Root to, Optional<String> part) {
        return rows.write(Durability.KEPT, sql -> {
            var update = sql.update(DOWNLOAD).set(DOWNLOAD.FOLDER_ID, to.folder()).set(DOWNLOAD.PART_PATH, part.orElse(null));
            if (part.isEmpty()) {
                update = update.set(DownloadRows.part(new PartState(0, OptionalLong.empty(), Validators.NONE, Optional.empty(), 0, 0)))
                        .set(DOWNLOAD.RESTART_COUNT, DOWNLOAD.RESTART_COUNT.plus(1));
            }
            return update.where(DOWNLOAD.ID.eq(entry.id()).and(DownloadRows.PRESENT).and(DOWNLOAD.STATUS.ne("completed"))
                    .and(DOWNLOAD.FOLDER_ID.eq(entry.root().folder()))).execute() == 1;
        });
    }

    /// Writes what the owner decided; a removed row takes its media_file row with it, so that nothing finds the file any more.
    static int write(DSLContext sql, Entry entry, Instant now) {
        int written = DownloadRows.set(sql, DownloadRows.stateOf(entry), "id = ?", entry.id());
        if (entry.state() instanceof DownloadState.Removing) {
            sql.update(DOWNLOAD).set(DOWNLOAD.DELETED_AT, now.toEpochMilli()).where(DOWNLOAD.ID.eq(entry.id())).execute();
            sql.deleteFrom(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(entry.key().account()).and(MEDIA_FILE.ITEM_ID.eq(entry.key().id()))
                    .and(MEDIA_FILE.QUALITY.eq(entry.quality()))).execute();
            Names.hold(sql, entry);
        } else if (entry.state() instanceof DownloadState.Queued) {
            sql.update(DOWNLOAD).set(DOWNLOAD.IS_CLEARED, false).where(DOWNLOAD.ID.eq(entry.id()).and(DOWNLOAD.IS_CLEARED.isTrue()))
                    .execute();
        }
        return written;
    }
}
