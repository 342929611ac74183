package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.MEDIA_FOLDER;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import app.waxwing.download.MediaFolders.Phase;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Durability;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;

/// The table `media_folder`: which folders hold kept music, and where a move of them stands.
final class FolderRows {
    private final Rows rows;

    FolderRows(Rows rows) {
        this.rows = rows;
    }

    /// @param path empty before the first start that knew of folders
    /// @param marker of its marker file; empty before it was opened for the first time
    /// @param transit set while its music is on the way elsewhere
    record Row(long id, Optional<Path> path, OptionalLong marker, boolean isDefault, boolean missing, Optional<Transit> transit) {
        Root root() {
            return new Root(id);
        }
    }

    record Transit(Root to, Phase phase) {}

    record Tally(long files, long bytes) {}

    /// Through the writer, so that it sees every change submitted before.
    CompletableFuture<List<Row>> all() {
        return rows.write(Durability.SOON, FolderRows::read);
    }

    /// At the start, before which nothing was submitted: the writer has other things to do then.
    CompletableFuture<List<Row>> first() {
        return rows.read(FolderRows::read);
    }

    private static List<Row> read(DSLContext sql) {
        return sql.selectFrom(MEDIA_FOLDER).orderBy(MEDIA_FOLDER.ID)
                .fetch(r -> new Row(r.getId(), Optional.of(r.getPath()).filter(p -> !p.isEmpty()).map(Path::of),
                        DownloadRows.optional(r.getMarker()), r.getIsDefault(), r.getIsMissing(),
                        Optional.ofNullable(r.getMovePhase()).map(p -> new Transit(new Root(r.getMoveTo()), phase(p)))));
    }

    CompletableFuture<Map<Long, Tally>> tallies() {
        return rows.read(sql -> {
            Map<Long, Tally> tallies = new HashMap<>();
            sql.select(MEDIA_FILE.FOLDER_ID, count(), sum(MEDIA_FILE.SIZE).cast(Long.class)).from(MEDIA_FILE)
                    .where(MEDIA_FILE.FOLDER_ID.isNotNull()).groupBy(MEDIA_FILE.FOLDER_ID)
                    .forEach(r -> tallies.put(r.value1(), new Tally(r.value2(), r.value3())));
            return tallies;
        });
    }

    /// How many files wait there to be deleted.
    CompletableFuture<Long> leaving(Root root) {
        return rows.read(sql -> AbandonedRows.waiting(sql, root));
    }

    /// Their paths.
    CompletableFuture<Set<String>> leavingPaths(Root root) {
        return rows.write(Durability.SOON, sql -> AbandonedRows.paths(sql, root));
    }

    CompletableFuture<Long> add(Path path, long marker) {
        return rows.write(Durability.KEPT, sql -> sql.insertInto(MEDIA_FOLDER).set(MEDIA_FOLDER.PATH, path.toString())
                .set(MEDIA_FOLDER.MARKER, marker).returning(MEDIA_FOLDER.ID).fetchSingle(MEDIA_FOLDER.ID));
    }

    CompletableFuture<Integer> place(long id, Path path, long marker) {
        return rows.write(Durability.KEPT, sql -> sql.update(MEDIA_FOLDER).set(MEDIA_FOLDER.PATH, path.toString())
                .set(MEDIA_FOLDER.MARKER, marker).where(MEDIA_FOLDER.ID.eq(id)).execute());
    }

    CompletableFuture<Integer> missing(long id, boolean missing) {
        return rows.write(Durability.SOON, sql -> sql.update(MEDIA_FOLDER).set(MEDIA_FOLDER.IS_MISSING, missing)
                .where(MEDIA_FOLDER.ID.eq(id)).execute());
    }

    CompletableFuture<Integer> makeDefault(long id) {
        return rows.write(Durability.KEPT, sql -> makeDefault(sql, id));
    }

    CompletableFuture<Integer> begin(Root from, Root to) {
        return rows.write(Durability.KEPT, sql -> sql.update(MEDIA_FOLDER).set(MEDIA_FOLDER.MOVE_TO, to.folder())
                .set(MEDIA_FOLDER.MOVE_PHASE, word(Phase.COPYING)).where(MEDIA_FOLDER.ID.eq(from.folder())).execute());
    }

    CompletableFuture<Integer> phase(Root from, Phase phase) {
        return rows.write(Durability.KEPT, sql -> phase(sql, from, phase));
    }

    CompletableFuture<Integer> ended(Root from) {
        return rows.write(Durability.KEPT, sql -> sql.update(MEDIA_FOLDER).setNull(MEDIA_FOLDER.MOVE_TO).setNull(MEDIA_FOLDER.MOVE_PHASE)
                .where(MEDIA_FOLDER.ID.eq(from.folder())).execute());
    }

    /// Forgets a folder that nothing refers to any more but rows of long removed downloads, which then name `heir`.
    ///
    /// @return false when something of it is still needed
    CompletableFuture<Boolean> forget(Root root, Root heir) {
        return rows.write(Durability.KEPT, sql -> {
            long id = root.folder();
            // Downloads that were whole once and whose file is gone: the folder means nothing to them.
            sql.update(DOWNLOAD).set(DOWNLOAD.FOLDER_ID, heir.folder()).where(DOWNLOAD.FOLDER_ID.eq(id).and(DOWNLOAD.STATUS.eq("completed"))
                    .and(DownloadRows.PRESENT).and(notExists(selectOne().from(MEDIA_FILE).where(MEDIA_FILE.FOLDER_ID.eq(id)
                            .and(MEDIA_FILE.ACCOUNT_ID.eq(DOWNLOAD.ACCOUNT_ID)).and(MEDIA_FILE.ITEM_ID.eq(DOWNLOAD.ITEM_ID))))))
                    .execute();
            boolean needed = sql.fetchExists(MEDIA_FILE, MEDIA_FILE.FOLDER_ID.eq(id))
                    || sql.fetchExists(DOWNLOAD, DOWNLOAD.FOLDER_ID.eq(id).and(DownloadRows.PRESENT.or(DOWNLOAD.PART_PATH.isNotNull())
                            .or(DOWNLOAD.FILE_PATH.isNotNull())))
                    || AbandonedRows.needs(sql, id)
                    || sql.fetchExists(MEDIA_FOLDER, MEDIA_FOLDER.ID.eq(id).and(MEDIA_FOLDER.IS_DEFAULT.isTrue()));
            if (needed) return false;
            sql.update(DOWNLOAD).set(DOWNLOAD.FOLDER_ID, heir.folder()).where(DOWNLOAD.FOLDER_ID.eq(id)).execute();
            sql.update(MEDIA_FOLDER).setNull(MEDIA_FOLDER.MOVE_TO).setNull(MEDIA_FOLDER.MOVE_PHASE).where(MEDIA_FOLDER.MOVE_TO.eq(id))
                    .execute();
            return sql.deleteFrom(MEDIA_FOLDER).where(MEDIA_FOLDER.ID.eq(id)).execute() == 1;
        });
    }

    /// The moment in which a move counts: files whose copies are proved belong to the new folder, and so do all new downloads.
    ///
    /// @param brought by row of `media_file`: where its copy is
    /// @return rows that belong there now; others were removed or replaced meanwhile
    CompletableFuture<List<Long>> switchOver(Root from, Root to, Map<Long, String> brought) {
        return rows.write(Durability.KEPT, sql -> {
            List<Long> switched = FileRows.rehome(sql, from, to, brought);
            phase(sql, from, Phase.CLEARING);
            makeDefault(sql, to.folder());
            return switched;
        });
    }

    /// New downloads' folder, inside a transaction.
    static Root standard(DSLContext sql) {
        return new Root(
                sql.select(MEDIA_FOLDER.ID).from(MEDIA_FOLDER).where(MEDIA_FOLDER.IS_DEFAULT.isTrue()).fetchSingle(MEDIA_FOLDER.ID));
    }

    private static int makeDefault(DSLContext sql, long id) {
        sql.update(MEDIA_FOLDER).set(MEDIA_FOLDER.IS_DEFAULT, false).where(MEDIA_FOLDER.IS_DEFAULT.isTrue()).execute();
        return sql.update(MEDIA_FOLDER).set(MEDIA_FOLDER.IS_DEFAULT, true).where(MEDIA_FOLDER.ID.eq(id)).execute();
    }

    private static int phase(DSLContext sql, Root from, Phase phase) {
        return sql.update(MEDIA_FOLDER).set(MEDIA_FOLDER.MOVE_PHASE, word(phase)).where(MEDIA_FOLDER.ID.eq(from.folder())).execute();
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Phase phase(String word) {
        return Phase.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
