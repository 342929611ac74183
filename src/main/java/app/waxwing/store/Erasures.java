package app.waxwing.store;

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

/// What is left to do when an account's data were deleted (requirement 4.18): one backup of now takes the place of all, databases that were set
/// aside and hold such rows go, the words that search knew of it go, and the file is written anew, since deleted rows stay in its empty pages. What
/// is to be done stands in the table `erasure` since the transaction in which the account went, so that it is done however often it is broken off.
public final class Erasures {
    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final Table<?> ERASURE = table(name("erasure"));
    private static final Field<Long> ID = field(name("id"), Long.class);
    private static final Field<Long> ACCOUNT = field(name("account_id"), Long.class);
    private static final Field<String> SERVER = field(name("server_id"), String.class);
    private static final Field<String> USER = field(name("user_id"), String.class);
    private static final Field<Long> AT = field(name("erased_at"), Long.class);
    private static final String FILE_STAYS = "What was deleted may still stand in the library's own file, which could not be written anew now. "
            + "The next start tries again.";
    private final Database database;
    private final Backups backups;
    private final SetAside setAside;
    private final PlannedRestore restore;

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

    /// In the transaction in which the account goes.
    public static void note(DSLContext sql, long account, String serverId, String userId, Instant now) {
        sql.insertInto(ERASURE).set(ACCOUNT, account).set(SERVER, serverId).set(USER, userId).set(AT, now.toEpochMilli()).execute();
    }

    /// The account is gone, and what else holds its data is not yet. Blocks for a moment.
    ///
    /// @param account the number that it had
    public boolean unfinished(long account) {
        return all().stream().anyMatch(gone -> gone.account() == account);
    }

    private List<Gone> all() {
        return database.readNow(sql -> sql.select(ID, ACCOUNT, SERVER, USER).from(ERASURE).where(ID.gt(0L)).orderBy(ID)
                .fetch(r -> new Gone(r.value1(), r.value2(), r.value3(), r.value4())));
    }

    /// Does all that is to be done, if there is anything. Blocks for as long as a backup takes, and longer. Backups in a folder that is away, or that
    /// may not be written, are named; they go when the folder is there ([Backups]), and are none until then.
    ///
    /// @throws IOException when there is no room for a backup, say: all stays to be done
    /// @throws FailureException the same, where SQLite says so
    public synchronized Rest finish() throws IOException {
        List<Gone> all = all();
        if (all.isEmpty()) return new Rest(List.of(), List.of());
        restore.forget();
        List<String> left = new ArrayList<>(backups.renew().left().stream().map(Backups.Left::words).toList());
        List<Path> withOthers = new ArrayList<>();
        for (Gone gone : all) withOthers.addAll(setAside.erase(gone.server(), gone.user()));
        if (!written(all.getLast().id())) left.add(FILE_STAYS);
        LOG.info("the data of {} deleted accounts are gone from backups and files too{}", all.size(),
                left.isEmpty() ? "" : ", but for: " + String.join(" ", left));
        return new Rest(withOthers, left);
    }

    /// @param last what is done up to here is done with
    /// @return false where the file may still hold what was deleted; the next start does it again
    private boolean written(long last) {
        try {
            new LeftWords(database).purge().join();
            new SearchMerge(database).whole().join();
            return database.maintain(sql -> {
                sql.execute("VACUUM");
                if (!folded(sql)) return false;
                // The last word of whose it was is written over as well.
                sql.fetch("PRAGMA secure_delete = ON");
                try {
                    sql.deleteFrom(ERASURE).where(ID.le(last)).execute();
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
