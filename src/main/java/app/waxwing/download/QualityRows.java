package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.DownloadStore.Change;
import app.waxwing.download.KeepRows.Wish;
import app.waxwing.library.Batch;
import app.waxwing.store.schema.tables.records.MediaFileRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// A track in another quality than it is here. Another quality is another row of the queue, while the file in the old one stays and plays on; in the
/// transaction that completes the new one it becomes the file of a removed row, which is what a removal leaves too and what a start cleans up.
/// Inside transactions only.
final class QualityRows {
    private QualityRows() {}

    /// What a wish means for each track. The quality of what is queued or here changes only when the user named one; a source of which is known that
    /// a transcode would only lose is taken as it is.
    static Map<String, String> meant(DSLContext sql, long account, Collection<String> items, Wish wish, Map<String, Entry> there) {
        Quality asked = Quality.of(wish.quality()).orElseThrow();
        Map<String, String> meant = new HashMap<>();
        for (String item : items) meant.put(item, asked.word());
        if (asked.transcoded()) {
            sql.select(TRACK.ITEM_ID, TRACK.CONTAINER, TRACK.BITRATE).from(TRACK)
                    .where(TRACK.ACCOUNT_ID.eq(account).and(TRACK.ITEM_ID.in(items)).and(TRACK.BITRATE.isNotNull())).forEach(r -> {
                        if (asked.takesAsItIs(Optional.ofNullable(r.value2()), OptionalInt.of(Math.toIntExact(r.value3()))))
                            meant.put(r.value1(), Quality.ORIGINAL.word());
                    });
        }
        if (!wish.named()) there.forEach((item, entry) -> meant.put(item, entry.quality()));
        return meant;
    }

    /// Makes place for rows of another quality. A finished file stays for now; what was begun and is not whole is to be removed.
    ///
    /// @param rows as memory knows them, where it does
    static List<Change> replace(DSLContext sql, Collection<Entry> rows, Instant now) {
        List<Change> changes = new ArrayList<>();
        List<Long> finished = new ArrayList<>();
        for (Entry before : rows) {
            Entry after = before.with(new DownloadState.Removing(before.state().attempt()));
            if (before.state() instanceof DownloadState.Completed) finished.add(before.id());
            else DownloadStore.write(sql, after, now);
            changes.add(new Change(before, after));
        }
        disown(sql, finished, now);
        return changes;
    }

    /// The rows go; their files, if they have any, are not their own any more.
    static void disown(DSLContext sql, Collection<Long> downloads, Instant now) {
        if (downloads.isEmpty()) return;
        sql.update(DOWNLOAD).set(DOWNLOAD.DELETED_AT, now.toEpochMilli()).setNull(DOWNLOAD.PART_PATH).setNull(DOWNLOAD.FILE_PATH)
                .where(DOWNLOAD.ID.in(downloads)).execute();
    }

    /// The quality in which a track is whole here, other than that of the entry.
    static Optional<String> other(DSLContext sql, Entry entry) {
        return sql.select(MEDIA_FILE.QUALITY).from(MEDIA_FILE).where(of(entry.key()).and(MEDIA_FILE.QUALITY.ne(entry.quality())))
                .orderBy(MEDIA_FILE.IS_PINNED.desc(), MEDIA_FILE.ID.desc()).limit(1).fetchOptional(MEDIA_FILE.QUALITY);
    }

    /// The original of a track where it is whole in the entry's own root.
    static Optional<TransferEnd.Arrived> original(DSLContext sql, Entry entry) {
        return sql.selectFrom(MEDIA_FILE)
                .where(of(entry.key()).and(MEDIA_FILE.QUALITY.eq(Quality.ORIGINAL.word()))
                        .and(MEDIA_FILE.FOLDER_ID.isNotDistinctFrom(DownloadRows.folder(entry.root()))))
                .fetchOptional(f -> new TransferEnd.Arrived(f.getPath(), f.getQuality(), f.getSize(), f.getSha256(),
                        Instant.ofEpochMilli(f.getModifiedAt())));
    }

    /// Files of a track in other qualities are not wanted any more: from now on nothing finds them, and each is named by a removed row, with its name
    /// held, until it is gone from the disk.
    static int leave(DSLContext sql, ItemKey key, String but, Instant now) {
        boolean none = Batch.number(sql, "SELECT count(*) FROM media_file WHERE account_id = ? AND item_id = ? AND quality <> ?",
                key.account(), key.id(), but) == 0;
        if (none) return 0;
        var files = sql.selectFrom(MEDIA_FILE).where(of(key).and(MEDIA_FILE.QUALITY.ne(but))).fetch();
        for (var file : files) {
            file.delete();
            leftBehind(sql, file, now);
        }
        return files.size();
    }

    /// A removed row that names a finished file, with its name held, until that is gone from the disk.
    static long leftBehind(DSLContext sql, MediaFileRecord file, Instant now) {
        Long row = sql.insertInto(DOWNLOAD).set(DOWNLOAD.ACCOUNT_ID, file.getAccountId()).set(DOWNLOAD.ITEM_ID, file.getItemId())
                .set(DOWNLOAD.QUALITY, file.getQuality()).set(DOWNLOAD.ORIGIN, Download.Origin.USER.word()).set(DOWNLOAD.CLASS, 1L)
                .set(DOWNLOAD.STATUS, "completed").set(DOWNLOAD.PROGRESS, 1.0).set(DOWNLOAD.BYTES_DOWNLOADED, file.getSize())
                .set(DOWNLOAD.EXPECTED_SIZE, file.getSize()).set(DOWNLOAD.ROOT, file.getRoot())
                .set(DOWNLOAD.FOLDER_ID, file.getFolderId()).set(DOWNLOAD.FILE_PATH, file.getPath())
                .set(DOWNLOAD.SHA256, file.getSha256()).set(DOWNLOAD.QUEUED_AT, now.toEpochMilli())
                .set(DOWNLOAD.COMPLETED_AT, file.getCompletedAt()).set(DOWNLOAD.DELETED_AT, now.toEpochMilli())
                .returning(DOWNLOAD.ID).fetchSingle(DOWNLOAD.ID);
        DownloadRows.find(sql, row).ifPresent(left -> Names.hold(sql, left));
        return row;
    }

    /// Of removed rows whose files are still there, those of these tracks that name theirs.
    static List<Entry> cooling(DSLContext sql, long account, Collection<String> items, Collection<Long> ids) {
        if (ids.isEmpty()) return List.of();
        return left(sql).stream().filter(e -> ids.contains(e.id()) && e.key().account() == account && items.contains(e.key().id()))
                .toList();
    }

    /// The file of a removed row is found again, as that of its track; the row lets go of it and of its name.
    static void takeBack(DSLContext sql, Entry left, Instant modified, Instant now) {
        var file = new TransferEnd.Arrived(left.filePath().orElseThrow(), left.quality(), left.part().bytes(), left.sha256().orElseThrow(),
                modified);
        FileRows.put(sql, left, file, KeepRows.kept(sql, left.key().account(), left.key().id()), now);
        Names.free(sql, left.id());
        disown(sql, List.of(left.id()), now);
    }

    /// Removed rows that still name a finished file; by the index `download_left`.
    static List<Entry> left(DSLContext sql) {
        return DownloadRows.all(sql, DOWNLOAD.DELETED_AT.isNotNull().and(DOWNLOAD.PART_PATH.isNull()).and(DOWNLOAD.FILE_PATH.isNotNull())
                .and(DOWNLOAD.STATUS.eq("completed")));
    }

    private static Condition of(ItemKey key) {
        return MEDIA_FILE.ACCOUNT_ID.eq(key.account()).and(MEDIA_FILE.ITEM_ID.eq(key.id()));
    }
}
