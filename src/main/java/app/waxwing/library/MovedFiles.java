package app.waxwing.library;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.RESERVED_PATH;
import static org.jooq.impl.DSL.when;

import app.waxwing.base.ItemKey;
import app.waxwing.store.schema.tables.records.MediaFileRecord;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// The file and the download of a track that moved on its server. Where its new id has some of its own already, since it was wished for anew or
/// fetched ahead before anybody knew it again, the better one stays: a kept file before a wish, a wish before what may be evicted, and else the
/// old one, of which nothing needs to be fetched. The other goes as what the user removes does: nothing finds it any more, and a removed row names
/// what is left of it on the disk until `download` has cleared that away, at the next start at the latest. Inside transactions only.
final class MovedFiles {
    private static final int KEPT = 4;
    private static final int WISH = 3;
    private static final int CACHED = 2;
    private static final int QUEUED = 1;

    private MovedFiles() {}

    static void follow(DSLContext sql, ItemKey old, ItemKey now, Instant at) {
        int before = worth(sql, old);
        int after = worth(sql, now);
        // Of two wishes the one whose id the server knows.
        boolean newer = after > before || after == before && after == WISH;
        if (newer) remove(sql, old, at);
        else if (after > 0) remove(sql, now, at);
        sql.update(MEDIA_FILE).set(MEDIA_FILE.ITEM_ID, now.id()).where(files(old)).execute();
        sql.update(DOWNLOAD).set(DOWNLOAD.ITEM_ID, now.id()).where(present(old)).execute();
    }

    private static int worth(DSLContext sql, ItemKey track) {
        if (sql.fetchExists(MEDIA_FILE, files(track).and(MEDIA_FILE.IS_PINNED.isTrue()))) return KEPT;
        if (sql.fetchExists(DOWNLOAD, present(track).and(DOWNLOAD.ORIGIN.in("user", "playlist")))) return WISH;
        if (sql.fetchExists(MEDIA_FILE, files(track))) return CACHED;
        return sql.fetchExists(DOWNLOAD, present(track)) ? QUEUED : 0;
    }

    private static void remove(DSLContext sql, ItemKey track, Instant at) {
        for (MediaFileRecord file : sql.selectFrom(MEDIA_FILE).where(files(track)).fetch()) {
            Condition its = present(track).and(DOWNLOAD.STATUS.eq("completed")).and(DOWNLOAD.QUALITY.eq(file.getQuality()));
            Long named = sql.select(DOWNLOAD.ID).from(DOWNLOAD).where(its).fetchOne(DOWNLOAD.ID);
            long row = named != null ? named : name(sql, file, at);
            file.delete();
            // Its name is free when the file is gone.
            sql.insertInto(RESERVED_PATH).set(RESERVED_PATH.ROOT, file.getRoot()).set(RESERVED_PATH.PATH_KEY, file.getPathKey())
                    .set(RESERVED_PATH.DOWNLOAD_ID, row).onConflictDoNothing().execute();
        }
        sql.update(DOWNLOAD).set(DOWNLOAD.DELETED_AT, at.toEpochMilli()).setNull(DOWNLOAD.REASON)
                .set(DOWNLOAD.STATUS, when(DOWNLOAD.STATUS.eq("completed"), "completed").otherwise("paused")).where(present(track))
                .execute();
    }

    /// A removed row for a file that no row of the queue names.
    private static long name(DSLContext sql, MediaFileRecord file, Instant at) {
        return sql.insertInto(DOWNLOAD).set(DOWNLOAD.ACCOUNT_ID, file.getAccountId()).set(DOWNLOAD.ITEM_ID, file.getItemId())
                .set(DOWNLOAD.QUALITY, file.getQuality()).set(DOWNLOAD.ORIGIN, "user").set(DOWNLOAD.CLASS, 1L)
                .set(DOWNLOAD.STATUS, "completed").set(DOWNLOAD.PROGRESS, 1.0).set(DOWNLOAD.BYTES_DOWNLOADED, file.getSize())
                .set(DOWNLOAD.EXPECTED_SIZE, file.getSize()).set(DOWNLOAD.ROOT, file.getRoot()).set(DOWNLOAD.FOLDER_ID, file.getFolderId())
                .set(DOWNLOAD.FILE_PATH, file.getPath()).set(DOWNLOAD.SHA256, file.getSha256())
                .set(DOWNLOAD.QUEUED_AT, at.toEpochMilli()).set(DOWNLOAD.COMPLETED_AT, file.getCompletedAt())
                .set(DOWNLOAD.DELETED_AT, at.toEpochMilli()).returning(DOWNLOAD.ID).fetchSingle().getId();
    }

    private static Condition files(ItemKey track) {
        return MEDIA_FILE.ACCOUNT_ID.eq(track.account()).and(MEDIA_FILE.ITEM_ID.eq(track.id()));
    }

    private static Condition present(ItemKey track) {
        return DOWNLOAD.ACCOUNT_ID.eq(track.account()).and(DOWNLOAD.ITEM_ID.eq(track.id())).and(DOWNLOAD.DELETED_AT.isNull());
    }
}
