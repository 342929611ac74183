package app.waxwing.download;

import static app.waxwing.store.schema.Tables.COUNTER;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.base.ItemKey;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The table `media_file` as the engine needs it: what is whole on disk, what may be evicted, what a check of the disk found.
final class FileRows {
    private final Rows rows;

    FileRows(Rows rows) {
        this.rows = rows;
    }

    /// One finished file.
    ///
    /// @param download its row in the queue, where there still is one
    record FileRow(long id, ItemKey key, String quality, Root root, String path, long size, String sha256, boolean pinned,
            Optional<Long> download) {}

    CompletableFuture<List<FileRow>> all() {
        return rows.read(sql -> select(sql, org.jooq.impl.DSL.noCondition()));
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
        return rows.read(sql -> select(sql, MEDIA_FILE.ROOT.eq(Root.CACHE.word()).and(MEDIA_FILE.IS_PINNED.isTrue())));
    }

    /// What goes first when the cache is over its limit, until it would be at most `limit`.
    CompletableFuture<List<FileRow>> overLimit(long limit, java.util.function.Predicate<ItemKey> inUse) {
        return rows.read(sql -> {
            Condition evictable = MEDIA_FILE.ROOT.eq(Root.CACHE.word()).and(MEDIA_FILE.IS_PINNED.isFalse());
            Long used = sql.select(org.jooq.impl.DSL.sum(MEDIA_FILE.SIZE).cast(Long.class)).from(MEDIA_FILE).where(evictable).fetchOne(0,
                    Long.class);
            long over = (used == null ? 0 : used) - limit;
            var chosen = new java.util.ArrayList<FileRow>();
            if (over <= 0) return chosen;
            for (Record row : base(sql).where(evictable).orderBy(MEDIA_FILE.USED_SEQ, MEDIA_FILE.ID).limit(1000).fetch()) {
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

    /// The same bytes under another root.
    CompletableFuture<Integer> moved(FileRow file, String path, Instant modified) {
        return rows.write(Durability.KEPT, sql -> {
            file.download().ifPresent(id -> sql.update(DOWNLOAD).set(DOWNLOAD.ROOT, Root.MEDIA.word()).set(DOWNLOAD.FILE_PATH, path)
                    .where(DOWNLOAD.ID.eq(id)).execute());
            return sql.update(MEDIA_FILE).set(MEDIA_FILE.ROOT, Root.MEDIA.word()).set(MEDIA_FILE.PATH, path)
                    .set(MEDIA_FILE.PATH_KEY, SafeNames.key(path)).set(MEDIA_FILE.MODIFIED_AT, modified.toEpochMilli())
                    .where(MEDIA_FILE.ID.eq(file.id())).execute();
        });
    }

    /// A file found on disk that the manifest proves and no row knows.
    CompletableFuture<Boolean> adopt(Manifest.Line line, Root root, boolean pinned, Instant modified, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            var account = app.waxwing.store.schema.Tables.ACCOUNT;
            Long owner = sql.select(account.ID).from(account)
                    .where(account.SERVER_ID.eq(line.serverId()).and(account.USER_ID.eq(line.userId())))
                    .fetchOne(account.ID);
            if (owner == null) return false;
            return sql.insertInto(MEDIA_FILE).set(MEDIA_FILE.ACCOUNT_ID, owner).set(MEDIA_FILE.ITEM_ID, line.itemId())
                    .set(MEDIA_FILE.QUALITY, line.quality()).set(MEDIA_FILE.ROOT, root.word()).set(MEDIA_FILE.PATH, line.path())
                    .set(MEDIA_FILE.PATH_KEY, SafeNames.key(line.path())).set(MEDIA_FILE.SIZE, line.size())
                    .set(MEDIA_FILE.MODIFIED_AT, modified.toEpochMilli()).set(MEDIA_FILE.MIME_TYPE, line.mime().orElse(null))
                    .set(MEDIA_FILE.SHA256, line.sha256()).set(MEDIA_FILE.ETAG, line.validators().etag().orElse(null))
                    .set(MEDIA_FILE.LAST_MODIFIED, line.validators().lastModified().orElse(null)).set(MEDIA_FILE.IS_PINNED, pinned)
                    .set(MEDIA_FILE.USED_SEQ, nextUse(sql)).set(MEDIA_FILE.COMPLETED_AT, now.toEpochMilli()).onConflictDoNothing()
                    .execute() == 1;
        });
    }

    /// Within the transaction that completes a download.
    static void put(DSLContext sql, Entry entry, TransferEnd.Arrived file, boolean pinned, Instant now) {
        sql.deleteFrom(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(entry.key().account()).and(MEDIA_FILE.ITEM_ID.eq(entry.key().id()))
                .and(MEDIA_FILE.QUALITY.eq(entry.quality()))).execute();
        sql.insertInto(MEDIA_FILE).set(MEDIA_FILE.ACCOUNT_ID, entry.key().account()).set(MEDIA_FILE.ITEM_ID, entry.key().id())
                .set(MEDIA_FILE.QUALITY, entry.quality()).set(MEDIA_FILE.ROOT, entry.root().word()).set(MEDIA_FILE.PATH, file.path())
                .set(MEDIA_FILE.PATH_KEY, SafeNames.key(file.path())).set(MEDIA_FILE.SIZE, file.size())
                .set(MEDIA_FILE.MODIFIED_AT, file.modified().toEpochMilli()).set(MEDIA_FILE.MIME_TYPE, entry.part().mime().orElse(null))
                .set(MEDIA_FILE.SHA256, file.sha256()).set(MEDIA_FILE.ETAG, entry.part().validators().etag().orElse(null))
                .set(MEDIA_FILE.LAST_MODIFIED, entry.part().validators().lastModified().orElse(null)).set(MEDIA_FILE.IS_PINNED, pinned)
                .set(MEDIA_FILE.USED_SEQ, nextUse(sql)).set(MEDIA_FILE.COMPLETED_AT, now.toEpochMilli()).execute();
    }

    /// The order of use is a counter and not a clock (B.34).
    static long nextUse(DSLContext sql) {
        sql.insertInto(COUNTER).set(COUNTER.NAME, "use").set(COUNTER.VALUE, 1L).onConflict(COUNTER.NAME).doUpdate()
                .set(COUNTER.VALUE, COUNTER.VALUE.plus(1)).execute();
        Long value = sql.select(COUNTER.VALUE).from(COUNTER).where(COUNTER.NAME.eq("use")).fetchOne(COUNTER.VALUE);
        return value == null ? 1 : value;
    }

    private static org.jooq.SelectOnConditionStep<? extends Record> base(DSLContext sql) {
        return sql.select(MEDIA_FILE.fields()).select(DOWNLOAD.ID).from(MEDIA_FILE).leftJoin(DOWNLOAD)
                .on(DOWNLOAD.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID).and(DOWNLOAD.ITEM_ID.eq(MEDIA_FILE.ITEM_ID))
                        .and(DOWNLOAD.DELETED_AT.isNull())
                        .and(DOWNLOAD.QUALITY.eq(MEDIA_FILE.QUALITY)));
    }

    private static List<FileRow> select(DSLContext sql, Condition where) {
        return base(sql).where(where).orderBy(MEDIA_FILE.ID).fetch(FileRows::row);
    }

    private static FileRow row(Record r) {
        return new FileRow(r.get(MEDIA_FILE.ID), new ItemKey(r.get(MEDIA_FILE.ACCOUNT_ID), r.get(MEDIA_FILE.ITEM_ID)),
                r.get(MEDIA_FILE.QUALITY),
                DownloadRows.root(r.get(MEDIA_FILE.ROOT)), r.get(MEDIA_FILE.PATH), r.get(MEDIA_FILE.SIZE), r.get(MEDIA_FILE.SHA256),
                r.get(MEDIA_FILE.IS_PINNED), Optional.ofNullable(r.get(DOWNLOAD.ID)));
    }
}
