package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.DownloadStore.Change;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Downloads whose finished file is not on the disk as recorded (2.13, B.30). Every method returns at once.
record MissedRows(Rows rows) {
    private static final Failure MISSING = new Failure.Trouble("",
            "The file was deleted or changed outside Waxwing; try again to fetch it anew");
    /// Completed, and no finished file belongs to it.
    private static final Condition BEREFT = DOWNLOAD.STATUS.eq("completed").and(DownloadRows.PRESENT)
            .andNotExists(DSL.selectOne().from(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(DOWNLOAD.ACCOUNT_ID)
                    .and(MEDIA_FILE.ITEM_ID.eq(DOWNLOAD.ITEM_ID)).and(MEDIA_FILE.QUALITY.eq(DOWNLOAD.QUALITY))));
    /// Said to be missing: every other failure comes after a try, which is counted.
    private static final Condition SAID = DOWNLOAD.STATUS.eq("failed").and(DOWNLOAD.RETRY_COUNT.eq(0L)).and(DownloadRows.PRESENT)
            .and(DOWNLOAD.FILE_PATH.isNotNull());

    /// Rows that say completed of a track while no file stands behind them any more. What somebody keeps is failed from now on, with a sentence; what
    /// was only cached goes.
    CompletableFuture<List<Change>> missed(ItemKey track, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            List<Change> changes = new ArrayList<>();
            Condition mine = DOWNLOAD.ACCOUNT_ID.eq(track.account()).and(DOWNLOAD.ITEM_ID.eq(track.id()));
            for (Entry before : DownloadRows.all(sql, mine.and(BEREFT))) {
                boolean wanted = Entry.isKept(before.origin()) || KeepRows.kept(sql, track);
                DownloadInput input = wanted ? new DownloadInput.Missed(MISSING) : new DownloadInput.Remove();
                Entry after = before.missed(Transitions.next(before.state(), input));
                DownloadStore.write(sql, after, now);
                sql.update(DOWNLOAD).set(DownloadRows.part(after.part())).set(DOWNLOAD.IS_CLEARED, false)
                        .where(DOWNLOAD.ID.eq(after.id())).execute();
                Names.hold(sql, after);
                changes.add(new Change(before, after));
            }
            return changes;
        });
    }

    /// Whether the file is still recorded as it was read, in that folder under that name; after every change submitted before.
    CompletableFuture<Boolean> stands(FileRow file) {
        return rows.write(Durability.SOON, sql -> sql.fetchExists(MEDIA_FILE, as(file)));
    }

    /// It is not there or not what was written: its row goes.
    ///
    /// @return false when it moved or went meanwhile
    CompletableFuture<Boolean> gone(FileRow file) {
        return rows.write(Durability.KEPT, sql -> sql.deleteFrom(MEDIA_FILE).where(as(file)).execute() == 1);
    }

    private static Condition as(FileRow file) {
        return MEDIA_FILE.ID.eq(file.id()).and(MEDIA_FILE.FOLDER_ID.isNotDistinctFrom(DownloadRows.folder(file.root())))
                .and(MEDIA_FILE.PATH.eq(file.path()));
    }

    /// Tracks with rows that say completed while no file is recorded: a crash came between the file's row and the download's.
    CompletableFuture<Set<ItemKey>> bereft() {
        return rows.read(sql -> new HashSet<>(sql.select(DOWNLOAD.ACCOUNT_ID, DOWNLOAD.ITEM_ID).from(DOWNLOAD).where(BEREFT)
                .fetch(r -> new ItemKey(r.value1(), r.value2()))));
    }

    /// Downloads of which the user was told that their file is missing; none of them is in the engine's memory.
    CompletableFuture<List<Entry>> said() {
        return rows.read(sql -> DownloadRows.all(sql, SAID));
    }
}
