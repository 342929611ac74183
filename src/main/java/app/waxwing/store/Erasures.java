package app.waxwing.store;

import static app.waxwing.store.schema.Tables.COUNTER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import app.waxwing.base.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is to be done where an account's data are deleted (requirement 4.18). That they are is written down before the first of them goes, so that
/// it is done to its end however often it is broken off: the account's rows and files go; then one backup of now takes the place of all, databases
/// that were set aside and hold such rows go, the log goes, the words that search knew of it go, and the file is written anew, since deleted rows
/// stay in its empty pages. What is to be done stands in the table `erasure`, while the account is here with a time before 1970.
public final class Erasures {
    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final Table<?> ERASURE = table(name("erasure"));
    private static final Field<Long> ID = field(name("id"), Long.class);
    private static final Field<Long> ACCOUNT = field(name("account_id"), Long.class);
    private static final Field<String> SERVER = field(name("server_id"), String.class);
    private static final Field<String> USER = field(name("user_id"), String.class);
    private static final Field<Long> AT = field(name("erased_at"), Long.class);
    private static final long NOT_YET = -1;
    private static final String FILE_STAYS = "What was deleted may still stand in the library's own file, which could not be written anew now. "
            + "Waxwing tries again every hour.";
    private static final String LOG_STAYS = "What was deleted may still be named in the log, which could not be deleted now. "
            + "Waxwing tries again every hour.";
    /// Up to which row of `erasure` it was done: not done again where another step cannot be.
    private static final String BACKUPS_DONE = "erasure-backups";
    private static final String LOG_DONE = "erasure-log";
    private final Database database;
    private final Backups backups;
    private final SetAside setAside;
    private final PlannedRestore restore;
    private volatile Removal removal = List::of;
    private volatile Log log = () -> {};

    Erasures(Database database, Backups backups, SetAside setAside, PlannedRestore restore) {
        this.database = database;
        this.backups = backups;
        this.setAside = setAside;
        this.restore = restore;
    }

    /// What an erasure could not do, and what it had to take along.
    ///
    /// @param setAside set-aside databases that went and held, or may have held, other accounts too
    /// @param left a sentence for each thing that is there still
    public record Rest(List<Path> setAside, List<String> left) {
        public Rest {
            setAside = List.copyOf(setAside);
            left = List.copyOf(left);
        }
    }

    /// @param account the number that it had
    private record Gone(long id, long account, String server, String user) {}

    /// Ends what was begun of accounts that are to go, and are here still: their files and rows. Blocks.
    @FunctionalInterface
    public interface Removal {
        /// @return a sentence for each thing that is there still
        List<String> end();
    }

    /// Deletes what the log says so far. Blocks on the disk.
    @FunctionalInterface
    public interface Log {
        void clear() throws IOException;
    }

    public void removal(Removal by) {
        removal = by;
    }

    public void log(Log of) {
        log = of;
    }

    /// Before anything of the account goes.
    public static void wish(DSLContext sql, long account, String serverId, String userId) {
        if (wished(sql, account)) return;
        sql.insertInto(ERASURE).set(ACCOUNT, account).set(SERVER, serverId).set(USER, userId).set(AT, NOT_YET).execute();
    }

    /// The account is here, and to go with its data.
    public static boolean wished(DSLContext sql, long account) {
        return sql.fetchExists(ERASURE, ID.gt(0L), ACCOUNT.eq(account), AT.eq(NOT_YET));
    }

    /// In the transaction in which the account goes.
    public static void note(DSLContext sql, long account, String serverId, String userId, Instant now) {
        sql.deleteFrom(ERASURE).where(ID.gt(0L), ACCOUNT.eq(account), AT.eq(NOT_YET)).execute();
        sql.deleteFrom(COUNTER).where(COUNTER.NAME.in(BACKUPS_DONE, LOG_DONE)).execute(); // its number may be that of an earlier one
        sql.insertInto(ERASURE).set(ACCOUNT, account).set(SERVER, serverId).set(USER, userId).set(AT, now.toEpochMilli()).execute();
    }

    /// The account's data are to be deleted, and are not all yet. Blocks for a moment.
    ///
    /// @param account the number that it has, or had
    public boolean unfinished(long account) {
        return database.readNow(sql -> sql.fetchExists(ERASURE, ID.gt(0L), ACCOUNT.eq(account)));
    }

    /// Those whose accounts are not here any more.
    private List<Gone> gone() {
        return database.readNow(sql -> sql.select(ID, ACCOUNT, SERVER, USER).from(ERASURE).where(ID.gt(0L), AT.ne(NOT_YET)).orderBy(ID)
                .fetch(r -> new Gone(r.value1(), r.value2(), r.value3(), r.value4())));
    }

    /// Does all that is to be done, if there is anything. Blocks for as long as a backup takes, and longer. Backups in a folder that is away, or that
    /// may not be written, are named; they go when the folder is there ([Backups]), and are none until then.
    ///
    /// @throws IOException when there is no room for a backup, say: all stays to be done
    /// @throws FailureException the same, where SQLite says so
    public synchronized Rest finish() throws IOException {
        List<String> left = new ArrayList<>(removal.end());
        List<Gone> all = gone();
        if (all.isEmpty()) return new Rest(List.of(), left);
        long last = all.getLast().id();
        restore.forget();
        if (due(BACKUPS_DONE, last)) {
            backups.renew().left().stream().map(Backups.Left::words).forEach(left::add);
            done(BACKUPS_DONE, last);
        }
        List<Path> withOthers = new ArrayList<>();
        for (Gone gone : all) withOthers.addAll(setAside.erase(gone.server(), gone.user()));
        boolean silent = silent(last);
        if (!silent) left.add(LOG_STAYS);
        if (!written(last, silent)) left.add(FILE_STAYS);
        LOG.info("the data of {} deleted accounts are gone from backups and files too{}", all.size(),
                left.isEmpty() ? "" : ", but for: " + String.join(" ", left));
        return new Rest(withOthers, left);
    }

    /// @return false where the log stays for now
    private boolean silent(long last) {
        if (!due(LOG_DONE, last)) return true;
        try {
            log.clear();
            done(LOG_DONE, last);
            return true;
        } catch (IOException e) {
            LOG.warn("the log may still name what was deleted", e);
            return false;
        }
    }

    private boolean due(String step, long last) {
        return database.readNow(sql -> !sql.fetchExists(COUNTER, COUNTER.NAME.eq(step), COUNTER.VALUE.ge(last)));
    }

    private void done(String step, long last) {
        database.write(Durability.KEPT, Lane.USER, sql -> sql.insertInto(COUNTER).set(COUNTER.NAME, step).set(COUNTER.VALUE, last)
                .onConflict(COUNTER.NAME).doUpdate().set(COUNTER.VALUE, last).execute()).join();
    }

    /// @param last what is done up to here is done with
    /// @param all nothing else is to be done for those
    /// @return false where the file may still hold what was deleted; it is written again the next time
    private boolean written(long last, boolean all) {
        try {
            new LeftWords(database).purge().join();
            new SearchMerge(database).whole().join();
            return database.maintain(sql -> {
                Vacuum.run(sql, database.file());
                if (!folded(sql)) return false;
                if (!all) return true;
                // The last word of whose it was is written over as well.
                sql.fetch("PRAGMA secure_delete = ON");
                try {
                    sql.deleteFrom(COUNTER).where(COUNTER.NAME.in(BACKUPS_DONE, LOG_DONE)).execute();
                    sql.deleteFrom(ERASURE).where(ID.le(last), AT.ne(NOT_YET)).execute();
                } finally {
                    sql.fetch("PRAGMA secure_delete = OFF");
                }
                folded(sql);
                return true;
            }).join();
        } catch (CompletionException | FailureException e) {
            LOG.warn("the file is not written anew, and may hold what was deleted", e);
            return false;
        }
    }

    /// The log is empty and the file as it is now. Somebody who reads what was there before keeps SQLite from it.
    private static boolean folded(DSLContext sql) {
        return sql.fetchSingle("PRAGMA wal_checkpoint(TRUNCATE)").get(0, Integer.class) == 0;
    }
}
