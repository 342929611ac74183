package app.waxwing.store;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.AUDIT;

import app.waxwing.store.schema.tables.records.AuditRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.Cursor;
import org.jooq.DSLContext;

/// Who did what, when and to what (requirement 4.20): sign-ins, servers, deletions, restores, migrations. Written in the transaction of the deed
/// itself, so that there is never one without the other. Callers give names and ids, never a password, a token or an address with either.
public final class Audit {
    public static final String SIGN_IN = "sign-in";
    public static final String SIGN_OUT = "sign-out";
    public static final String SERVER_ADDED = "server-added";
    public static final String ACCOUNT_DELETED = "account-deleted";
    public static final String PLAYLIST_DELETED = "playlist-deleted";
    public static final String DOWNLOAD_DELETED = "download-deleted";
    /// The user's word that what a server no longer lists is gone.
    public static final String ITEMS_GONE = "items-gone";
    public static final String HISTORY_DELETED = "history-deleted";
    public static final String CHANGES_DROPPED = "changes-dropped";
    public static final String RESTORE = "restore";
    public static final String MIGRATION = "migration";
    public static final String EXPORT = "export";
    public static final String DONE = "done";

    private Audit() {}

    public enum Actor {
        /// A person, by window or command line.
        USER,
        /// The program by itself.
        WAXWING
    }

    /// @param outcome `done` or the word of a failure
    public record Entry(Instant at, Actor actor, String action, String object, String outcome) {}

    /// In the caller's transaction.
    public static void write(DSLContext sql, Instant at, Actor actor, String action, String object, String outcome) {
        sql.connection(connection -> write(connection, new Entry(at, actor, action, object, outcome)));
    }

    /// What the user did, and it was done.
    public static void write(DSLContext sql, Instant at, String action, String object) {
        write(sql, at, Actor.USER, action, object, DONE);
    }

    /// What the user did with something of one account, and it was done. The row names the account in words, as it is called now: so the row still
    /// tells of it when it is gone, and is shown to nobody else before.
    public static void write(DSLContext sql, Instant at, String action, String object, long account) {
        String who = sql.select(ACCOUNT.USER_NAME, ACCOUNT.SERVER_NAME).from(ACCOUNT).where(ACCOUNT.ID.eq(account))
                .fetchSingle(r -> who(r.value1(), r.value2()));
        write(sql, at, action, object + AuditOwners.OF + who);
    }

    /// An account in words.
    public static String who(String user, String server) {
        return user + " at " + server;
    }

    static void write(Connection connection, Entry entry) throws SQLException {
        try (var put = connection.prepareStatement("INSERT INTO audit (at, actor, action, object, outcome) VALUES (?, ?, ?, ?, ?)")) {
            put.setLong(1, entry.at().toEpochMilli());
            put.setString(2, entry.actor().name().toLowerCase(Locale.ROOT));
            put.setString(3, entry.action());
            put.setString(4, entry.object());
            put.setString(5, entry.outcome());
            put.executeUpdate();
        }
    }

    /// Whoever did it.
    public static List<Entry> newest(DSLContext sql, int limit) {
        return sql.selectFrom(AUDIT).orderBy(AUDIT.AT.desc(), AUDIT.ID.desc()).limit(limit).fetch(Audit::entry);
    }

    /// What concerns the active accounts, and what concerns none.
    public static List<Entry> own(DSLContext sql, int limit) {
        AuditOwners owners = AuditOwners.read(sql);
        List<Entry> own = new ArrayList<>();
        try (Cursor<AuditRecord> rows = sql.selectFrom(AUDIT).orderBy(AUDIT.AT.desc(), AUDIT.ID.desc()).fetchLazy()) {
            while (own.size() < limit && rows.hasNext()) {
                Entry entry = entry(rows.fetchNext());
                if (owners.shows(entry)) own.add(entry);
            }
        }
        return own;
    }

    /// What is written down of an account and its user goes, in the caller's transaction, in which the account went: its data are deleted.
    public static void forget(DSLContext sql, String user, String server) {
        AuditOwners owners = AuditOwners.read(sql);
        List<Long> its = new ArrayList<>();
        try (Cursor<AuditRecord> rows = sql.selectFrom(AUDIT).orderBy(AUDIT.AT.desc(), AUDIT.ID.desc()).fetchLazy()) {
            while (rows.hasNext()) {
                AuditRecord row = rows.fetchNext();
                if (owners.tellsOf(entry(row), user, server)) its.add(row.getId());
            }
        }
        for (long id : its) sql.deleteFrom(AUDIT).where(AUDIT.ID.eq(id)).execute();
    }

    private static Entry entry(AuditRecord r) {
        return new Entry(Instant.ofEpochMilli(r.getAt()), Actor.valueOf(r.getActor().toUpperCase(Locale.ROOT)), r.getAction(),
                r.getObject(), r.getOutcome());
    }
}
