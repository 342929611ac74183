package app.waxwing.store;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the backups stand, for those who look whether all is well.
///
/// @param all newest first
/// @param away folders that hold backups, as far as is known, and cannot be read now
/// @param overdue for more than three days none was made, though the library is older than that
/// @param failure why the last try failed; empty when it did not, or there was none since the start
public record BackupState(List<Backups.Backup> all, List<Path> away, boolean overdue, Optional<Failure> failure) {
    private static final Logger LOG = LoggerFactory.getLogger(BackupState.class);
    /// One is made a day; a weekend without the computer is no trouble.
    private static final Duration LONG = Duration.ofDays(3);

    public BackupState {
        all = List.copyOf(all);
        away = List.copyOf(away);
    }

    /// @param now by the clock that names backups
    static BackupState of(Database database, Instant now, Optional<Failure> failure) {
        List<Backups.Backup> all = database.backups().list();
        Instant since = all.stream().findFirst().map(Backups.Backup::at).orElseGet(() -> begun(database));
        return new BackupState(all, database.backups().away(), since.isBefore(now.minus(LONG)), failure);
    }

    /// When the library was made; long ago where that cannot be read.
    private static Instant begun(Database database) {
        try {
            return database.readNow(sql -> Optional.ofNullable(sql.fetchSingle(
                    "SELECT unixepoch(min(installed_on)) FROM flyway_schema_history").get(0, Long.class)))
                    .map(Instant::ofEpochSecond).orElse(Instant.EPOCH);
        } catch (FailureException e) {
            LOG.warn("when the library was made cannot be read", e);
            return Instant.EPOCH;
        }
    }
}
