package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.RESERVED_PATH;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Batch;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The table `media_file` as the engine needs it: what is whole on disk, what may be evicted, what a check of the disk found.
final class FileRows {
    private static final int CHUNK = 400;
    static final Condition EVICTABLE = MEDIA_FILE.ROOT.eq(Root.CACHE.kind()).and(MEDIA_FILE.IS_PINNED.isFalse());
    final Rows rows;

    FileRows(Rows rows) {
        this.rows = rows;
    }

    /// One finished file.
    ///
    /// @param modified the date that it was written with
    /// @param download its row in the queue, where there still is one
    record FileRow(long id, ItemKey key, String quality, Root root, String path, long size, String sha256, Instant modified, boolean pinned,
            Optional<Long> download) {}

    CompletableFuture<List<FileRow>> all() {
        return rows.read(sql -> select(sql, DSL.noCondition()));
    }

    CompletableFuture<List<FileRow>> of(long account) {
        return rows.read(sql -> select(sql, MEDIA_FILE.ACCOUNT_ID.eq(account)));
    }

    CompletableFuture<List<FileRow>> under(Root root) {
        return rows.read(sql -> select(sql,
                root.isCache() ? MEDIA_FILE.ROOT.eq(root.kind()) : MEDIA_FILE.FOLDER_ID.eq(root.folder())));
    }

    /// A file was removed since the row was written: so are the wish for it and its reasons.
    CompletableFuture<Integer> forget(FileRow file) {
        return rows.write(Durability.KEPT, sql -> {
            sql.deleteFrom(KEEP_REASON).where(KEEP_REASON.ACCOUNT_ID.eq(file.key().account())
                    .and(KEEP_REASON.TRACK_ITEM_ID.eq(file.key().id()))).execute();
            file.download().ifPresent(id -> sql.deleteFrom(DOWNLOAD).where(DOWNLOAD.ID.eq(id)).execute());
            return sql.deleteFrom(MEDIA_FILE).where(MEDIA_FILE.ID.eq(file.id())).execute();
        });
    }

    /// Paths of all files of a root.
    CompletableFuture<Set<String>> paths(Root root) {
        return rows.read(sql -> sql.select(MEDIA_FILE.PATH).from(MEDIA_FILE)
                .where(root.isCache() ? MEDIA_FILE.ROOT.eq(root.kind()) : MEDIA_FILE.FOLDER_ID.eq(root.folder()))
                .fetchSet(MEDIA_FILE.PATH));
    }

    CompletableFuture<List<Long>> accounts() {
        return rows.read(sql -> sql.select(ACCOUNT.ID).from(ACCOUNT).fetch(ACCOUNT.ID));
    }

    CompletableFuture<OtherUsers> others() {
        return rows.read(sql -> new OtherUsers(sql.selectFrom(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isFalse()).fetchMap(ACCOUNT.ID,
                r -> new OtherUsers.Person(r.getServerId(), r.getUserId()))));
    }

    /// Whether the person that a line names is here.
    CompletableFuture<Boolean> hasAccount(Manifest.Line line) {
        return rows.read(sql -> sql.fetchExists(ACCOUNT, ACCOUNT.SERVER_ID.eq(line.serverId()).and(ACCOUNT.USER_ID.eq(line.userId()))));
    }

    /// Rows of the track that a line names.
    CompletableFuture<List<FileRow>> named(Manifest.Line line) {
        return rows.read(sql -> select(sql, MEDIA_FILE.ITEM_ID.eq(line.itemId()).and(MEDIA_FILE.QUALITY.eq(line.quality()))
                .and(MEDIA_FILE.ACCOUNT_ID.in(DSL.select(ACCOUNT.ID).from(ACCOUNT)
                        .where(ACCOUNT.SERVER_ID.eq(line.serverId()).and(ACCOUNT.USER_ID.eq(line.userId())))))));
    }

    CompletableFuture<List<FileRow>> find(ItemKey key) {
        return rows.read(sql -> select(sql, MEDIA_FILE.ACCOUNT_ID.eq(key.account()).and(MEDIA_FILE.ITEM_ID.eq(key.id()))));
    }

    /// What each account's files take.
    CompletableFuture<List<DownloadEngine.Stored>> stored() {
        return rows.read(sql -> {
            var kept = MEDIA_FILE.IS_PINNED;
            var stored = new java.util.TreeMap<Long, DownloadEngine.Stored>();
            for (var row : sql.select(MEDIA_FILE.ACCOUNT_ID, kept, org.jooq.impl.DSL.sum(MEDIA_FILE.SIZE), org.jooq.impl.DSL.count())
                    .from(MEDIA_FILE).groupBy(MEDIA_FILE.ACCOUNT_ID, kept).fetch()) {
                long bytes = row.value3().longValue();
                int files = row.value4();
                var one = row.value2()
                        ? new DownloadEngine.Stored(row.value1(), bytes, files, 0, 0)
                        : new DownloadEngine.Stored(row.value1(), 0, 0, bytes, files);
                stored.merge(row.value1(), one, (a, b) -> new DownloadEngine.Stored(a.account(), a.keptBytes() + b.keptBytes(),
                        a.keptFiles() + b.keptFiles(), a.cachedBytes() + b.cachedBytes(), a.cachedFiles() + b.cachedFiles()));
            }
            return List.copyOf(stored.values());
        });
    }

    /// Files that the user keeps but that still lie in the cache.
    CompletableFuture<List<FileRow>> keptInCache() {
        return rows.read(sql -> select(sql, MEDIA_FILE.ROOT.eq(Root.CACHE.kind()).and(DSL.condition("+media_file.is_pinned = 1"))));
    }

    /// Bytes of all files that may be evicted.
    CompletableFuture<Long> evictable() {
        return rows.read(FileRows::evictable);
    }

    private static long evictable(DSLContext sql) {
        Long used = sql.select(DSL.sum(MEDIA_FILE.SIZE).cast(Long.class)).from(MEDIA_FILE).where(EVICTABLE).fetchOne(0, Long.class);
        return used == null ? 0 : used;
    }

    /// What goes first when the cache is over its limit, until it would be at most `limit`.
    CompletableFuture<List<FileRow>> overLimit(long limit, java.util.function.Predicate<ItemKey> inUse) {
        return rows.read(sql -> {
            long over = evictable(sql) - limit;
            var chosen = new java.util.ArrayList<FileRow>();
            if (over <= 0) return chosen;
            for (Record row : base(sql).where(EVICTABLE).orderBy(MEDIA_FILE.USED_SEQ, MEDIA_FILE.ID).limit(1000).fetch()) {
                FileRow file = row(row);
                if (over <= 0) break;
                if (inUse.test(file.key())) continue;
                chosen.add(file);
                over -= file.size();
            }
            return chosen;
        });
    }

    CompletableFuture<Integer> delete(long id) {
        return rows.write(Durability.KEPT, sql -> sql.deleteFrom(MEDIA_FILE).where(MEDIA_FILE.ID.eq(id)).execute());
    }

    /// The bytes are those that were written, though the file has another date now.
    CompletableFuture<Integer> dated(FileRow file, Instant modified) {
        return rows.write(Durability.SOON, sql -> sql.update(MEDIA_FILE).set(MEDIA_FILE.MODIFIED_AT, modified.toEpochMilli())
                .where(MEDIA_FILE.ID.eq(file.id())).execute());
    }

    /// All files of a media folder.
    CompletableFuture<List<FileRow>> in(Root root) {
        return rows.read(sql -> select(sql, MEDIA_FILE.FOLDER_ID.eq(root.folder())));
    }

    /// What the manifest says, or should say, of a file.
    CompletableFuture<Manifest.Line> line(FileRow file) {
        return rows.read(sql -> {
            var row = sql.select(ACCOUNT.SERVER_ID, ACCOUNT.USER_ID, MEDIA_FILE.MIME_TYPE, MEDIA_FILE.ETAG, MEDIA_FILE.LAST_MODIFIED)
                    .from(MEDIA_FILE).join(ACCOUNT).on(ACCOUNT.ID.eq(MEDIA_FILE.ACCOUNT_ID)).where(MEDIA_FILE.ID.eq(file.id()))
                    .fetchOptional().orElseThrow(() -> new app.waxwing.base.Failure.NotFound(file.path()).asException());
            return new Manifest.Line(file.path(), row.value1(), row.value2(), file.key().id(), file.quality(), file.size(), file.sha256(),
                    Optional.ofNullable(row.value3()), new Validators(Optional.ofNullable(row.value4()), Optional.ofNullable(row.value5())),
                    DownloadStore.reasons(sql, file.key()));
        });
    }

    /// Whether a name is given away among files of this kind of root, to another file than this one (B.24).
    CompletableFuture<Boolean> taken(Root root, String path, long but) {
        return rows.read(sql -> taken(sql, root, SafeNames.key(path), but));
    }

    private static boolean taken(DSLContext sql, Root root, String key, long but) {
        return sql.fetchExists(MEDIA_FILE, MEDIA_FILE.ROOT.eq(root.kind()).and(MEDIA_FILE.PATH_KEY.eq(key)).and(MEDIA_FILE.ID.ne(but)))
                || sql.fetchExists(RESERVED_PATH, RESERVED_PATH.ROOT.eq(root.kind()).and(RESERVED_PATH.PATH_KEY.eq(key)));
    }

    /// The same bytes in a media folder; 0 when the row is not there any more.
    CompletableFuture<Integer> moved(FileRow file, Root to, String path, Instant modified) {
        return rows.write(Durability.KEPT, sql -> {
            int moved = sql.update(MEDIA_FILE).set(MEDIA_FILE.ROOT, to.kind()).set(MEDIA_FILE.FOLDER_ID, to.folder())
                    .set(MEDIA_FILE.PATH, path).set(MEDIA_FILE.PATH_KEY, SafeNames.key(path))
                    .set(MEDIA_FILE.MODIFIED_AT, modified.toEpochMilli()).where(MEDIA_FILE.ID.eq(file.id())).execute();
            if (moved == 1) {
                file.download().ifPresent(id -> sql.update(DOWNLOAD).set(DOWNLOAD.ROOT, to.kind()).set(DOWNLOAD.FOLDER_ID, to.folder())
                        .set(DOWNLOAD.FILE_PATH, path).where(DOWNLOAD.ID.eq(id).and(DownloadRows.PRESENT)).execute());
            }
            return moved;
        });
    }

    /// A file takes over the name of one that gave way to it; that one's removed row then names what is left under the file's old name.
    ///
    /// @param left the removed row
    /// @param path the name that it had
    /// @return false when the file is not there any more
    CompletableFuture<Boolean> inherited(FileRow file, long left, String path, Instant modified) {
        return rows.write(Durability.KEPT, sql -> {
            int taken = sql.update(MEDIA_FILE).set(MEDIA_FILE.PATH, path).set(MEDIA_FILE.PATH_KEY, SafeNames.key(path))
                    .set(MEDIA_FILE.MODIFIED_AT, modified.toEpochMilli())
                    .where(MEDIA_FILE.ID.eq(file.id()).and(MEDIA_FILE.PATH.eq(file.path()))).execute();
            if (taken == 0) return false;
            sql.update(DOWNLOAD).set(DOWNLOAD.FILE_PATH, path).where(DOWNLOAD.ACCOUNT_ID.eq(file.key().account())
                    .and(DOWNLOAD.ITEM_ID.eq(file.key().id())).and(DOWNLOAD.QUALITY.eq(file.quality())).and(DownloadRows.PRESENT))
                    .execute();
            sql.update(DOWNLOAD).set(DOWNLOAD.FILE_PATH, file.path()).where(DOWNLOAD.ID.eq(left)).execute();
            Names.free(sql, left);
            DownloadRows.find(sql, left).ifPresent(row -> Names.hold(sql, row));
            return true;
        });
    }

    /// Whether a removed row names the file: then it goes, as soon as the disk is got to.
    private static boolean leaves(DSLContext sql, Root root, String path) {
        return sql.fetchExists(RESERVED_PATH.join(DOWNLOAD).on(DOWNLOAD.ID.eq(RESERVED_PATH.DOWNLOAD_ID)),
                RESERVED_PATH.ROOT.eq(root.kind()).and(RESERVED_PATH.PATH_KEY.eq(SafeNames.key(path))).and(DOWNLOAD.DELETED_AT.isNotNull())
                        .and(DOWNLOAD.FILE_PATH.eq(path)).and(DOWNLOAD.FOLDER_ID.isNotDistinctFrom(DownloadRows.folder(root))));
    }

    /// Within the transaction in which a move counts: rows whose copies are proved name the new folder, those that were removed or replaced
    /// meanwhile do not.
    ///
    /// @param brought by row: the path of its copy
    /// @return rows that are there now
    static List<Long> rehome(DSLContext sql, Root from, Root to, Map<Long, String> brought) {
        List<Long> all = List.copyOf(brought.keySet());
        List<Long> there = new ArrayList<>();
        for (int at = 0; at < all.size(); at += CHUNK) {
            List<Long> some = all.subList(at, Math.min(all.size(), at + CHUNK));
            for (var row : sql.select(MEDIA_FILE.ID, MEDIA_FILE.PATH).from(MEDIA_FILE)
                    .where(MEDIA_FILE.ID.in(some).and(MEDIA_FILE.FOLDER_ID.eq(from.folder()))).fetch()) {
                String path = brought.getOrDefault(row.value1(), "");
                if (path.equals(row.value2())) {
                    there.add(row.value1());
                } else if (!taken(sql, to, SafeNames.key(path), row.value1())) {
                    sql.update(MEDIA_FILE).set(MEDIA_FILE.PATH, path).set(MEDIA_FILE.PATH_KEY, SafeNames.key(path))
                            .where(MEDIA_FILE.ID.eq(row.value1())).execute();
                    there.add(row.value1());
                }
            }
        }
        for (int at = 0; at < there.size(); at += CHUNK) {
            sql.update(MEDIA_FILE).set(MEDIA_FILE.FOLDER_ID, to.folder())
                    .where(MEDIA_FILE.ID.in(there.subList(at, Math.min(there.size(), at + CHUNK)))).execute();
        }
        var here = MEDIA_FILE.ACCOUNT_ID.eq(DOWNLOAD.ACCOUNT_ID).and(MEDIA_FILE.ITEM_ID.eq(DOWNLOAD.ITEM_ID))
                .and(MEDIA_FILE.QUALITY.eq(DOWNLOAD.QUALITY)).and(MEDIA_FILE.FOLDER_ID.eq(to.folder()));
        sql.update(DOWNLOAD).set(DOWNLOAD.FOLDER_ID, to.folder())
                .set(DOWNLOAD.FILE_PATH, DSL.field(DSL.select(MEDIA_FILE.PATH).from(MEDIA_FILE).where(here)))
                .where(DOWNLOAD.FOLDER_ID.eq(from.folder()).and(DOWNLOAD.STATUS.eq("completed")).and(DownloadRows.PRESENT)
                        .and(DSL.exists(DSL.selectOne().from(MEDIA_FILE).where(here))))
                .execute();
        return there;
    }

    /// A file found on disk that the manifest proves and no row knows: it is known again, with the reasons it was kept for, and in the list of
    /// downloads. False when its account is not here, or the track has a file already.
    CompletableFuture<Boolean> adopt(Manifest.Line line, Root root, Instant modified, Instant now, boolean afresh) {
        return rows.write(Durability.KEPT, sql -> {
            Long owner = sql.select(ACCOUNT.ID).from(ACCOUNT)
                    .where(ACCOUNT.SERVER_ID.eq(line.serverId()).and(ACCOUNT.USER_ID.eq(line.userId()))).fetchOne(ACCOUNT.ID);
            if (owner == null || leaves(sql, root, line.path()) || AbandonedRows.names(sql, root, line.path())) return false;
            boolean kept = !root.isCache();
            boolean added = sql.insertInto(MEDIA_FILE).set(MEDIA_FILE.ACCOUNT_ID, owner).set(MEDIA_FILE.ITEM_ID, line.itemId())
                    .set(MEDIA_FILE.QUALITY, line.quality()).set(MEDIA_FILE.ROOT, root.kind())
                    .set(MEDIA_FILE.FOLDER_ID, DownloadRows.folder(root)).set(MEDIA_FILE.PATH, line.path())
                    .set(MEDIA_FILE.PATH_KEY, SafeNames.key(line.path())).set(MEDIA_FILE.SIZE, line.size())
                    .set(MEDIA_FILE.MODIFIED_AT, modified.toEpochMilli()).set(MEDIA_FILE.MIME_TYPE, line.mime().orElse(null))
                    .set(MEDIA_FILE.SHA256, line.sha256()).set(MEDIA_FILE.ETAG, line.validators().etag().orElse(null))
                    .set(MEDIA_FILE.LAST_MODIFIED, line.validators().lastModified().orElse(null)).set(MEDIA_FILE.IS_PINNED, kept)
                    .set(MEDIA_FILE.USED_SEQ, nextUse(sql)).set(MEDIA_FILE.COMPLETED_AT, now.toEpochMilli()).onConflictDoNothing()
                    .execute() == 1;
            if (added && kept) wanted(sql, owner, line, root, now, afresh);
            if (added && !kept) CachedRows.listed(sql, owner, line, now);
            if (added) ReasonRows.settled(sql, new ItemKey(owner, line.itemId()), Optional.of(line.reasons()));
            return added;
        });
    }

    /// Without a reason the file would go with the next clearing up; without a row in the list nobody could remove it.
    private static void wanted(DSLContext sql, long owner, Manifest.Line line, Root root, Instant now, boolean afresh) {
        List<String> reasons = line.reasons().isEmpty() ? List.of("user:" + line.itemId()) : line.reasons();
        ReasonRows.add(sql, new ItemKey(owner, line.itemId()), reasons, now);
        boolean listed = sql.fetchExists(DOWNLOAD, DOWNLOAD.ACCOUNT_ID.eq(owner).and(DOWNLOAD.ITEM_ID.eq(line.itemId()))
                .and(DownloadRows.PRESENT));
        var row = Map.<org.jooq.Field<?>, Object>ofEntries(Map.entry(DOWNLOAD.STATUS, "completed"), Map.entry(DOWNLOAD.ROOT, root.kind()),
                Map.entry(DOWNLOAD.FOLDER_ID, root.folder()), Map.entry(DOWNLOAD.FILE_PATH, line.path()),
                Map.entry(DOWNLOAD.SHA256, line.sha256()), Map.entry(DOWNLOAD.BYTES_DOWNLOADED, line.size()),
                Map.entry(DOWNLOAD.EXPECTED_SIZE, line.size()), Map.entry(DOWNLOAD.PROGRESS, 1.0),
                Map.entry(DOWNLOAD.COMPLETED_AT, now.toEpochMilli()));
        if (!listed) {
            sql.insertInto(DOWNLOAD).set(DOWNLOAD.ACCOUNT_ID, owner).set(DOWNLOAD.ITEM_ID, line.itemId())
                    .set(DOWNLOAD.QUALITY, line.quality()).set(DOWNLOAD.ORIGIN, "user").set(DOWNLOAD.CLASS, 1L)
                    .set(DOWNLOAD.QUEUED_AT, now.toEpochMilli()).set(row).execute();
        } else {
            // What waits or runs is in the engine's memory too, and the engine finds the file by itself.
            var settled = afresh ? List.of("completed", "failed", "pending", "paused") : List.of("completed", "failed");
            sql.update(DOWNLOAD).set(row).where(DOWNLOAD.ACCOUNT_ID.eq(owner).and(DOWNLOAD.ITEM_ID.eq(line.itemId()))
                    .and(DownloadRows.PRESENT).and(DOWNLOAD.STATUS.in(settled)).and(DOWNLOAD.QUALITY.eq(line.quality())))
                    .execute();
        }
    }

    /// Whether a finished download names the file that a line tells of, in this root.
    CompletableFuture<Boolean> wanted(Manifest.Line line, Root root) {
        return rows.read(sql -> sql.fetchExists(DOWNLOAD.join(ACCOUNT).on(ACCOUNT.ID.eq(DOWNLOAD.ACCOUNT_ID)),
                ACCOUNT.SERVER_ID.eq(line.serverId()).and(ACCOUNT.USER_ID.eq(line.userId())).and(DOWNLOAD.ITEM_ID.eq(line.itemId()))
                        .and(DOWNLOAD.QUALITY.eq(line.quality())).and(DOWNLOAD.FILE_PATH.eq(line.path()))
                        .and(DOWNLOAD.FOLDER_ID.isNotDistinctFrom(DownloadRows.folder(root))).and(DownloadRows.PRESENT)
                        .and(DOWNLOAD.STATUS.in("completed", "failed"))));
    }

    /// Files that finished downloads name and that have no row of their own any more: if they are back, they are what they were.
    CompletableFuture<List<Manifest.Line>> wholeBefore(Root root) {
        return rows.read(sql -> {
            List<Manifest.Line> lines = new ArrayList<>();
            sql.select(DOWNLOAD.ACCOUNT_ID, DOWNLOAD.ITEM_ID, DOWNLOAD.QUALITY, DOWNLOAD.FILE_PATH, DOWNLOAD.SHA256, DOWNLOAD.EXPECTED_SIZE,
                    DOWNLOAD.MIME_TYPE, ACCOUNT.SERVER_ID, ACCOUNT.USER_ID).from(DOWNLOAD).join(ACCOUNT)
                    .on(ACCOUNT.ID.eq(DOWNLOAD.ACCOUNT_ID))
                    .where(DOWNLOAD.FOLDER_ID.eq(root.folder()).and(DOWNLOAD.STATUS.in("completed", "failed")).and(DownloadRows.PRESENT)
                            .and(DOWNLOAD.FILE_PATH.isNotNull()).and(DOWNLOAD.SHA256.isNotNull()).and(DOWNLOAD.EXPECTED_SIZE.isNotNull())
                            .and(DSL.notExists(DSL.selectOne().from(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(DOWNLOAD.ACCOUNT_ID)
                                    .and(MEDIA_FILE.ITEM_ID.eq(DOWNLOAD.ITEM_ID)).and(MEDIA_FILE.QUALITY.eq(DOWNLOAD.QUALITY))))))
                    .forEach(r -> lines.add(new Manifest.Line(r.get(DOWNLOAD.FILE_PATH), r.get(ACCOUNT.SERVER_ID), r.get(ACCOUNT.USER_ID),
                            r.get(DOWNLOAD.ITEM_ID), r.get(DOWNLOAD.QUALITY), r.get(DOWNLOAD.EXPECTED_SIZE), r.get(DOWNLOAD.SHA256),
                            Optional.ofNullable(r.get(DOWNLOAD.MIME_TYPE)), Validators.NONE,
                            DownloadStore.reasons(sql, new ItemKey(r.get(DOWNLOAD.ACCOUNT_ID), r.get(DOWNLOAD.ITEM_ID))))));
            return lines;
        });
    }

    /// Within the transaction that completes a download.
    static void put(DSLContext sql, Entry entry, TransferEnd.Arrived file, boolean pinned, Instant now) {
        Batch.run(sql, "DELETE FROM media_file WHERE account_id = ? AND item_id = ? AND quality = ?", entry.key().account(),
                entry.key().id(), entry.quality());
        Batch.run(sql, "INSERT INTO media_file (account_id, item_id, quality, root, folder_id, path, path_key, size, modified_at,"
                + " mime_type, sha256, etag, last_modified, is_pinned, used_seq, completed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.key().account(), entry.key().id(), entry.quality(), entry.root().kind(), DownloadRows.folder(entry.root()),
                file.path(), SafeNames.key(file.path()), file.size(), file.modified().toEpochMilli(), entry.part().mime().orElse(null),
                file.sha256(), entry.part().validators().etag().orElse(null), entry.part().validators().lastModified().orElse(null),
                pinned, nextUse(sql), now.toEpochMilli());
    }

    /// Whether a finished file bears this name, after every change submitted before.
    CompletableFuture<Boolean> names(Root root, String path) {
        return rows.write(Durability.SOON,
                sql -> sql.fetchExists(MEDIA_FILE, MEDIA_FILE.ROOT.eq(root.kind()).and(MEDIA_FILE.PATH_KEY.eq(SafeNames.key(path)))));
    }

    /// Whether a removed row still names a file, after every change submitted before.
    CompletableFuture<Boolean> namesFile(long id) {
        return rows.write(Durability.SOON, sql -> sql.fetchExists(DOWNLOAD, DOWNLOAD.ID.eq(id).and(DOWNLOAD.DELETED_AT.isNotNull())
                .and(DOWNLOAD.FILE_PATH.isNotNull())));
    }

    CompletableFuture<Optional<Instant>> written(FileRow file) {
        return rows.read(sql -> written(sql, file.key(), file.quality()));
    }

    /// When the finished file of a track in a quality was last written, where there is one.
    static Optional<Instant> written(DSLContext sql, ItemKey key, String quality) {
        return sql.select(MEDIA_FILE.MODIFIED_AT).from(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(key.account())
                .and(MEDIA_FILE.ITEM_ID.eq(key.id())).and(MEDIA_FILE.QUALITY.eq(quality)))
                .fetchOptional(r -> Instant.ofEpochMilli(r.value1()));
    }

    /// The order of use is a counter and not a clock (B.34).
    static long nextUse(DSLContext sql) {
        // SQLite's own RETURNING: jOOQ would ask in a second statement.
        return Batch.number(sql, "INSERT INTO counter (name, value) VALUES ('use', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
                + " RETURNING value");
    }

    private static org.jooq.SelectOnConditionStep<? extends Record> base(DSLContext sql) {
        return sql.select(MEDIA_FILE.fields()).select(DOWNLOAD.ID).from(MEDIA_FILE).leftJoin(DOWNLOAD)
                .on(DOWNLOAD.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID).and(DOWNLOAD.ITEM_ID.eq(MEDIA_FILE.ITEM_ID))
                        .and(DOWNLOAD.DELETED_AT.isNull())
                        .and(DOWNLOAD.QUALITY.eq(MEDIA_FILE.QUALITY)));
    }

    static List<FileRow> select(DSLContext sql, Condition where) {
        return base(sql).where(where).orderBy(MEDIA_FILE.ID).fetch(FileRows::row);
    }

    private static FileRow row(Record r) {
        return new FileRow(r.get(MEDIA_FILE.ID), new ItemKey(r.get(MEDIA_FILE.ACCOUNT_ID), r.get(MEDIA_FILE.ITEM_ID)),
                r.get(MEDIA_FILE.QUALITY),
                DownloadRows.root(r.get(MEDIA_FILE.ROOT), r.get(MEDIA_FILE.FOLDER_ID)), r.get(MEDIA_FILE.PATH), r.get(MEDIA_FILE.SIZE),
                r.get(MEDIA_FILE.SHA256), Instant.ofEpochMilli(r.get(MEDIA_FILE.MODIFIED_AT)),
                r.get(MEDIA_FILE.IS_PINNED), Optional.ofNullable(r.get(DOWNLOAD.ID)));
    }
}
