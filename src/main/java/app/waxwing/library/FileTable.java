package app.waxwing.library;

import static app.waxwing.store.schema.Tables.COUNTER;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.MEDIA_FOLDER;

import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The table of files that are here. A file that somebody removed or changed behind its back loses its row, unless its whole folder is away: an
/// unplugged drive is no loss (requirement 2.13, DESIGN section 6).
public final class FileTable implements MediaFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FileTable.class);
    /// The order of use is a counter, not a clock.
    private static final String USE = "use";
    private final Database database;
    private final LibraryChanges changes;
    private final Path cache;
    private final BiPredicate<Path, Long> there;
    private final Time time;
    private final Events<ItemKey> vanished = new Events<>();
    private final Events<ItemKey> redated = new Events<>();

    /// What a look at the disk found.
    sealed interface Look {
        record Here(Found found) implements Look {}

        /// There is a row, and the folder it points into is not there.
        record Away(Path folder) implements Look {}

        record None() implements Look {}
    }

    /// @param cache where cached files are
    /// @param there whether a folder is the media folder with this marker, or only the place where its drive would be (B.23)
    public FileTable(Database database, LibraryChanges changes, Path cache, BiPredicate<Path, Long> there, Time time) {
        this.database = database;
        this.changes = changes;
        this.cache = cache;
        this.there = there;
        this.time = time;
    }

    /// A file whose row was just removed because it is not on the disk as recorded; on thread `db-events`.
    public Events<ItemKey> vanished() {
        return vanished;
    }

    /// A file of the recorded size and another date was used: its bytes may be others. On a `read-*` thread, which must not be held up.
    public Events<ItemKey> redated() {
        return redated;
    }

    @Override
    public Optional<Found> find(ItemKey track) {
        return database.readNow(sql -> look(sql, track)) instanceof Look.Here here ? Optional.of(here.found()) : Optional.empty();
    }

    CompletableFuture<Look> look(ItemKey track) {
        return database.read(sql -> look(sql, track));
    }

    private Look look(DSLContext sql, ItemKey track) {
        Look look = new Look.None();
        for (Record r : rows(sql, track)) {
            MediaFile row = row(r);
            Path root = row.root().isCache() ? cache : Path.of(r.get(MEDIA_FOLDER.PATH));
            Path file = root.resolve(row.path()).normalize();
            if (!file.startsWith(root)) {
                LOG.error("the row of {} points out of its folder", track);
                continue;
            }
            if (asRecorded(file, row.size())) {
                if (dated(file) != row.modified().toEpochMilli()) redated.publish(track);
                return new Look.Here(new Found(row, file));
            }
            // An emptied cache is nothing to wait for (0.4); a media folder is gone only when its own marker says that this is it.
            Long marker = r.get(MEDIA_FOLDER.MARKER);
            if (row.root().isCache() || (marker != null && there.test(root, marker))) heal(row);
            else look = new Look.Away(root);
        }
        return look;
    }

    private static List<? extends Record> rows(DSLContext sql, ItemKey track) {
        return sql.select(MEDIA_FILE.fields()).select(MEDIA_FOLDER.PATH, MEDIA_FOLDER.MARKER).from(MEDIA_FILE).leftJoin(MEDIA_FOLDER)
                .on(MEDIA_FOLDER.ID.eq(MEDIA_FILE.FOLDER_ID))
                .where(MEDIA_FILE.ACCOUNT_ID.eq(track.account()), MEDIA_FILE.ITEM_ID.eq(track.id()),
                        Tables.active(MEDIA_FILE.ACCOUNT_ID))
                .orderBy(MEDIA_FILE.QUALITY.eq("original").desc(), MEDIA_FILE.IS_PINNED.desc(), MEDIA_FILE.ID).fetch();
    }

    private static MediaFile row(Record r) {
        return new MediaFile(r.get(MEDIA_FILE.ID), new ItemKey(r.get(MEDIA_FILE.ACCOUNT_ID), r.get(MEDIA_FILE.ITEM_ID)),
                r.get(MEDIA_FILE.QUALITY),
                r.get(MEDIA_FILE.ROOT).equals(Root.CACHE.kind()) ? Root.CACHE : new Root(r.get(MEDIA_FILE.FOLDER_ID)),
                r.get(MEDIA_FILE.PATH),
                r.get(MEDIA_FILE.SIZE), Instant.ofEpochMilli(r.get(MEDIA_FILE.MODIFIED_AT)),
                Optional.ofNullable(r.get(MEDIA_FILE.MIME_TYPE)),
                r.get(MEDIA_FILE.SHA256), r.get(MEDIA_FILE.IS_PINNED));
    }

    private static boolean asRecorded(Path file, long size) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == size;
        } catch (IOException e) {
            LOG.warn("looking at {}", file, e);
            return false;
        }
    }

    private static long dated(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            LOG.warn("looking at {}", file, e);
            return 0;
        }
    }

    private void heal(MediaFile row) {
        LOG.warn("{} is not on the disk as recorded ({}): it counts as not here", row.key(), row.path());
        database.write(Durability.KEPT, Lane.USER, sql -> {
            int removed = sql.deleteFrom(MEDIA_FILE).where(MEDIA_FILE.ID.eq(row.id()), MEDIA_FILE.PATH.eq(row.path()),
                    MEDIA_FILE.SIZE.eq(row.size())).execute();
            if (removed > 0) {
                database.afterCommit(() -> {
                    changes.changed(Library.Change.AVAILABILITY);
                    vanished.publish(row.key());
                });
            }
            return removed;
        });
    }

    @Override
    public void used(ItemKey track) {
        long now = time.now().toEpochMilli();
        database.write(Durability.SOON, Lane.USER, sql -> {
            sql.insertInto(COUNTER).set(COUNTER.NAME, USE).set(COUNTER.VALUE, 1L).onConflict(COUNTER.NAME).doUpdate()
                    .set(COUNTER.VALUE, COUNTER.VALUE.plus(1)).execute();
            return sql.update(MEDIA_FILE)
                    .set(MEDIA_FILE.USED_SEQ, sql.select(COUNTER.VALUE).from(COUNTER).where(COUNTER.NAME.eq(USE)).fetchSingle()
                            .value1())
                    .set(MEDIA_FILE.LAST_ACCESS_AT, now)
                    .where(MEDIA_FILE.ACCOUNT_ID.eq(track.account()), MEDIA_FILE.ITEM_ID.eq(track.id())).execute();
        });
    }
}
