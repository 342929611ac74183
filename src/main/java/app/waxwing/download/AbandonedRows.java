package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// The table `abandoned_file`: what is to be deleted of accounts that are gone, until it is gone from the disk too.
final class AbandonedRows {
    private static final Table<?> FILE = DSL.table(DSL.name("abandoned_file"));
    private static final Field<Long> ID = DSL.field(DSL.name("id"), Long.class);
    private static final Field<Long> FOLDER = DSL.field(DSL.name("folder_id"), Long.class);
    private static final Field<String> PATH = DSL.field(DSL.name("path"), String.class);
    private static final Field<Long> SIZE = DSL.field(DSL.name("size"), Long.class);
    private static final Field<Long> MODIFIED = DSL.field(DSL.name("modified_at"), Long.class);
    private static final Field<String> SHA256 = DSL.field(DSL.name("sha256"), String.class);
    private static final Field<String> SERVER = DSL.field(DSL.name("server_id"), String.class);
    private static final Field<String> USER = DSL.field(DSL.name("user_id"), String.class);
    private static final Field<Long> LEFT = DSL.field(DSL.name("left_at"), Long.class);
    private final Rows rows;

    AbandonedRows(Rows rows) {
        this.rows = rows;
    }

    /// One file that is to be deleted.
    ///
    /// @param modified when we wrote it, where that is known
    /// @param sha256 empty for the part of a download
    record Abandoned(long id, Root root, String path, long size, Optional<Instant> modified, Optional<String> sha256) {}

    /// The account is about to go: from now on its files in media folders are nobody's, and to be deleted; so is what was removed one by one and is
    /// not gone yet, and the parts of its downloads.
    ///
    /// @param keepFiles only what was removed already
    CompletableFuture<Integer> leave(long account, boolean keepFiles, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            int files = 0;
            if (!keepFiles) {
                var its = MEDIA_FILE.ACCOUNT_ID.eq(account).and(MEDIA_FILE.FOLDER_ID.isNotNull());
                files = sql.insertInto(FILE, FOLDER, PATH, SIZE, MODIFIED, SHA256, SERVER, USER, LEFT)
                        .select(DSL
                                .select(MEDIA_FILE.FOLDER_ID, MEDIA_FILE.PATH, MEDIA_FILE.SIZE, MEDIA_FILE.MODIFIED_AT, MEDIA_FILE.SHA256,
                                        ACCOUNT.SERVER_ID, ACCOUNT.USER_ID, DSL.inline(now.toEpochMilli()))
                                .from(MEDIA_FILE).join(ACCOUNT)
                                .on(ACCOUNT.ID.eq(MEDIA_FILE.ACCOUNT_ID)).where(its))
                        .execute();
                sql.deleteFrom(MEDIA_FILE).where(its).execute();
            }
            return files + removed(sql, account, now);
        });
    }

    /// Rows that were removed before and name something on a disk still.
    private static int removed(DSLContext sql, long account, Instant now) {
        int files = 0;
        for (Entry entry : DownloadRows.all(sql, DOWNLOAD.DELETED_AT.isNotNull()
                .and(DOWNLOAD.PART_PATH.isNotNull().or(DOWNLOAD.FILE_PATH.isNotNull())))) {
            if (entry.key().account() != account || entry.root().isCache()) continue;
            if (entry.partPath().isPresent()) files += add(sql, entry.root(), entry.partPath().get(), 0, Optional.empty(), now);
            if (entry.filePath().isPresent() && entry.sha256().isPresent() && entry.completedAt().isPresent()) {
                files += add(sql, entry.root(), entry.filePath().get(), entry.part().bytes(), entry.sha256(), now);
            }
        }
        return files;
    }

    private static int add(DSLContext sql, Root root, String path, long size, Optional<String> sha256, Instant now) {
        return sql.insertInto(FILE).set(FOLDER, root.folder()).set(PATH, path).set(SIZE, size).set(SHA256, sha256.orElse(null))
                .set(LEFT, now.toEpochMilli()).execute();
    }

    /// Whoever signed in since his account went keeps what is not deleted yet.
    CompletableFuture<Integer> takeBack() {
        return rows.write(Durability.KEPT, sql -> {
            int back = 0;
            for (var person : sql.select(ACCOUNT.SERVER_ID, ACCOUNT.USER_ID, ACCOUNT.SIGNED_IN_AT).from(ACCOUNT).fetch()) {
                back += sql.deleteFrom(FILE).where(SERVER.eq(person.value1()).and(USER.eq(person.value2()))
                        .and(LEFT.le(person.value3()))).execute();
            }
            return back;
        });
    }

    /// The next one in a folder, by id.
    CompletableFuture<Optional<Abandoned>> next(Root root, long after) {
        return rows.write(Durability.SOON, sql -> sql.select(ID, FOLDER, PATH, SIZE, MODIFIED, SHA256).from(FILE)
                .where(FOLDER.eq(root.folder()).and(ID.gt(after))).orderBy(ID).limit(1).fetchOptional(AbandonedRows::row));
    }

    CompletableFuture<Integer> gone(long id) {
        return rows.write(Durability.SOON, sql -> sql.deleteFrom(FILE).where(ID.eq(id)).execute());
    }

    /// How many wait in a folder.
    CompletableFuture<Long> waiting(Root root) {
        return rows.write(Durability.SOON, sql -> waiting(sql, root));
    }

    /// Whose files wait in a folder, where that is known.
    CompletableFuture<Set<FollowRows.Person>> people(Root root) {
        return rows.write(Durability.SOON, sql -> sql.selectDistinct(SERVER, USER).from(FILE)
                .where(FOLDER.eq(root.folder()).and(SERVER.isNotNull()))
                .fetchSet(r -> new FollowRows.Person(r.value1(), r.value2())));
    }

    static long waiting(DSLContext sql, Root root) {
        return sql.fetchCount(FILE, FOLDER.eq(root.folder()));
    }

    /// Their paths.
    static Set<String> paths(DSLContext sql, Root root) {
        return sql.select(PATH).from(FILE).where(FOLDER.eq(root.folder())).fetchSet(PATH);
    }

    /// Whether a file waits to be deleted.
    static boolean names(DSLContext sql, Root root, String path) {
        return !root.isCache() && sql.fetchExists(FILE, FOLDER.eq(root.folder()).and(PATH.eq(path)));
    }

    /// Whether something in a folder waits to be deleted: then the folder stays known.
    static boolean needs(DSLContext sql, long folder) {
        return sql.fetchExists(FILE, FOLDER.eq(folder));
    }

    private static Abandoned row(Record r) {
        return new Abandoned(r.get(ID), new Root(r.get(FOLDER)), r.get(PATH), r.get(SIZE),
                Optional.ofNullable(r.get(MODIFIED)).map(Instant::ofEpochMilli), Optional.ofNullable(r.get(SHA256)));
    }
}
