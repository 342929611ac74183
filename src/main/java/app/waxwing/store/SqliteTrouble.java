package app.waxwing.store;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Knows by error code, never by text, which database errors are trouble of the outside world and which are bugs of ours.
final class SqliteTrouble {
    private SqliteTrouble() {}

    /// The exception to hand on: a [FailureException] for a full disk, damage or a folder that cannot be written; else what was thrown.
    static RuntimeException translate(Throwable thrown, String database) {
        Optional<Failure> failure = code(thrown).flatMap(code -> failure(code, database));
        if (failure.isPresent()) return new FailureException(failure.get(), thrown);
        if (thrown instanceof RuntimeException runtime) return runtime;
        return new IllegalStateException("database " + database, thrown);
    }

    /// True when the file itself is not a sound database any more.
    static boolean damaged(Throwable thrown) {
        return code(thrown).map(SqliteTrouble::damage).orElse(false);
    }

    /// True when a file that was only read is no sound database: SQLite has many words for that, according to which bytes are bad first. Trouble
    /// of the disk, the folder's rights or another process's lock is none of them.
    static boolean unreadable(Throwable thrown) {
        return code(thrown).map(c -> damage(c) || c == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ
                || switch (SQLiteErrorCode.getErrorCode(c.code & 0xff)) {
                    case SQLITE_ERROR, SQLITE_FORMAT, SQLITE_TOOBIG, SQLITE_SCHEMA, SQLITE_MISMATCH -> true;
                    default -> false;
                }).orElse(false);
    }

    /// True when another connection held the file longer than the timeout.
    static boolean busy(Throwable thrown) {
        return code(thrown).map(c -> (c.code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code).orElse(false);
    }

    /// True when a UNIQUE or PRIMARY KEY constraint refused a row (requirement 4.12).
    static boolean duplicate(Throwable thrown) {
        return code(thrown).map(c -> c == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE || c == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
                || c == SQLiteErrorCode.SQLITE_CONSTRAINT_ROWID).orElse(false);
    }

    private static boolean damage(SQLiteErrorCode code) {
        int primary = code.code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    private static Optional<Failure> failure(SQLiteErrorCode code, String database) {
        if (damage(code)) return Optional.of(new Failure.Corrupt("The library database " + database));
        int primary = code.code & 0xff;
        // The index of the write-ahead log is a file that is given its length beforehand; that fails where nothing is left.
        if (primary == SQLiteErrorCode.SQLITE_FULL.code || code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE)
            return Optional.of(new Failure.DiskFull("the library database", 0));
        if (primary == SQLiteErrorCode.SQLITE_READONLY.code || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || primary == SQLiteErrorCode.SQLITE_PERM.code) {
            return Optional.of(new Failure.Trouble("The library database " + database, "it cannot be written; check the folder's rights"));
        }
        if (primary == SQLiteErrorCode.SQLITE_IOERR.code) {
            return Optional.of(new Failure.Trouble("The library database " + database, "the disk reports an error (" + code.name() + ")"));
        }
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code) {
            return Optional.of(new Failure.Trouble("The library database " + database, "another program holds it"));
        }
        return Optional.empty();
    }

    private static Optional<SQLiteErrorCode> code(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLiteException e) return Optional.of(e.getResultCode());
            if (t instanceof SQLException e && e.getErrorCode() != 0) return Optional.of(SQLiteErrorCode.getErrorCode(e.getErrorCode()));
        }
        return Optional.empty();
    }
}
