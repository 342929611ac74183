package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.download.Download.Origin;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Files that may be evicted: those that lie in a media folder still, where they were kept before, and those that are found again.
record CachedRows(Rows rows) {
    /// Whole, and in the queue only for what comes next or for an album that the user comes back to.
    CompletableFuture<List<FileRow>> elsewhere() {
        // The plus: by what is not pinned, which is little beside what is kept.
        return rows.read(sql -> FileRows.select(sql, MEDIA_FILE.IS_PINNED.isFalse().and(DSL.condition("+media_file.folder_id IS NOT NULL"))
                .and(DOWNLOAD.ORIGIN.in(Origin.QUEUE.word(), Origin.ALBUM.word())).and(DOWNLOAD.STATUS.eq("completed"))));
    }

    /// In the list like any other that was fetched ahead, so that it is fetched again where it turns out to be missing, and told of when it goes.
    static void listed(DSLContext sql, long owner, Manifest.Line line, Instant now) {
        boolean listed = sql.fetchExists(DOWNLOAD, DOWNLOAD.ACCOUNT_ID.eq(owner).and(DOWNLOAD.ITEM_ID.eq(line.itemId()))
                .and(DownloadRows.PRESENT));
        if (listed) return;
        sql.insertInto(DOWNLOAD).set(DOWNLOAD.ACCOUNT_ID, owner).set(DOWNLOAD.ITEM_ID, line.itemId()).set(DOWNLOAD.QUALITY, line.quality())
                .set(DOWNLOAD.ORIGIN, Origin.QUEUE.word()).set(DOWNLOAD.CLASS, (long) Entry.rank(Origin.QUEUE))
                .set(DOWNLOAD.STATUS, "completed").set(DOWNLOAD.ROOT, Root.CACHE.kind()).set(DOWNLOAD.FILE_PATH, line.path())
                .set(DOWNLOAD.SHA256, line.sha256()).set(DOWNLOAD.BYTES_DOWNLOADED, line.size()).set(DOWNLOAD.EXPECTED_SIZE, line.size())
                .set(DOWNLOAD.PROGRESS, 1.0).set(DOWNLOAD.QUEUED_AT, now.toEpochMilli()).set(DOWNLOAD.COMPLETED_AT, now.toEpochMilli())
                .execute();
    }

    /// The same bytes are in the cache.
    ///
    /// @return the removed row that names the old place; empty when the file went or is kept again
    CompletableFuture<Optional<Entry>> moved(FileRow file, String path, Instant modified, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            var old = sql.selectFrom(MEDIA_FILE).where(MEDIA_FILE.ID.eq(file.id()).and(MEDIA_FILE.IS_PINNED.isFalse())
                    .and(MEDIA_FILE.FOLDER_ID.eq(file.root().folder())).and(MEDIA_FILE.PATH.eq(file.path()))).fetchOptional();
            if (old.isEmpty()) return Optional.empty();
            sql.update(MEDIA_FILE).set(MEDIA_FILE.ROOT, Root.CACHE.kind()).setNull(MEDIA_FILE.FOLDER_ID).set(MEDIA_FILE.PATH, path)
                    .set(MEDIA_FILE.PATH_KEY, SafeNames.key(path)).set(MEDIA_FILE.MODIFIED_AT, modified.toEpochMilli())
                    .where(MEDIA_FILE.ID.eq(file.id())).execute();
            file.download().ifPresent(id -> sql.update(DOWNLOAD).set(DOWNLOAD.ROOT, Root.CACHE.kind()).setNull(DOWNLOAD.FOLDER_ID)
                    .set(DOWNLOAD.FILE_PATH, path).where(DOWNLOAD.ID.eq(id).and(DownloadRows.PRESENT)).execute());
            return DownloadRows.find(sql, QualityRows.leftBehind(sql, old.get(), now));
        });
    }
}
