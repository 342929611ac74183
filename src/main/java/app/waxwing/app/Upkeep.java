package app.waxwing.app;

import app.waxwing.base.Time;
import app.waxwing.settings.Settings;
import app.waxwing.store.Database;
import app.waxwing.store.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done once a day, on thread `work-1`: a backup, then what was kept long enough goes (requirements 4.16 to 4.19).
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration DAY = Duration.ofHours(24);
    private final Database database;
    private final Retention retention;
    private final Settings settings;
    private final Path logs;
    private final Time time;
    private volatile Instant last = Instant.MIN;

    Upkeep(Database database, Retention retention, Settings settings, Path logs, Time time) {
        this.database = database;
        this.retention = retention;
        this.settings = settings;
        this.logs = logs;
        this.time = time;
    }

    /// Does what is due; cheap when nothing is. What is to go is in the backup of the same day, still.
    ///
    /// @return when all that is to go is gone: how many rows
    CompletableFuture<Integer> run() {
        database.backUpDaily();
        Instant now = time.now();
        if (last.isAfter(now.minus(DAY)) && !last.isAfter(now)) return CompletableFuture.completedFuture(0);
        last = now;
        LogFile.prune(logs, now.minus(Duration.ofDays(settings.options().retention().logs())));
        return retention.run(now, settings.options().playback().historyDays(), settings.options().retention().searches())
                .exceptionally(e -> {
                    LOG.error("what was kept long enough did not go", e);
                    return 0;
                });
    }
}
