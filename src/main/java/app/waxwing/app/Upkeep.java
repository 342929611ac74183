package app.waxwing.app;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import app.waxwing.store.Database;
import app.waxwing.store.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done once a day, on thread `work-1`: a backup, then what was kept long enough goes (requirements 4.16 to 4.19). What was looked for
/// goes at once where it is no longer to be kept.
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration DAY = Duration.ofHours(24);
    /// The start is over by then.
    private static final Duration AFTER = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofHours(1);
    /// Damaged databases, and what a restore replaced: each is as large as the library.
    private static final Duration SET_ASIDE = Duration.ofDays(30);
    private final Database database;
    private final Retention retention;
    private final Settings settings;
    private final Path logs;
    private final Time time;
    private final AtomicInteger searchDays;
    private volatile Instant last = Instant.MIN;

    Upkeep(Database database, Retention retention, Settings settings, Path logs, Time time) {
        this.database = database;
        this.retention = retention;
        this.settings = settings;
        this.logs = logs;
        this.time = time;
        searchDays = new AtomicInteger(settings.options().retention().searches());
    }

    /// Looks some time after the start and then every hour, until it is closed.
    ///
    /// @param work one thread for such work
    Subscription begin(Executor work) {
        work.execute(this::finishErasures);
        return time.after(AFTER, () -> work.execute(this::run)).and(time.every(LOOK, () -> work.execute(this::run)))
                .and(settings.changes().subscribe(this::follow));
    }

    private void follow(Options now) {
        int days = now.retention().searches();
        if (searchDays.getAndSet(days) == days || days > 0) return;
        retention.forgetSearches().exceptionally(e -> {
            LOG.error("what was looked for did not go", e);
            return 0;
        });
    }

    /// What a deletion of somebody's data left to be done, by a crash or a full disk, is done; where it cannot be still, the next start or the next
    /// hour tries again. Cheap when there is nothing.
    void finishErasures() {
        try {
            database.erasures().finish();
        } catch (IOException | RuntimeException e) { // broad: whatever it is, the program goes on, and the wish stands
            LOG.warn("data of an account that are to be deleted are here still, or in backups", e);
        }
    }

    /// Does what is due; cheap when nothing is. What is to go is in the backup of the same day, still.
    ///
    /// @return when all that is to go is gone: how many rows
    CompletableFuture<Integer> run() {
        finishErasures();
        database.backUpDaily();
        Instant now = time.now();
        if (last.isAfter(now.minus(DAY)) && !last.isAfter(now)) return CompletableFuture.completedFuture(0);
        last = now;
        database.dropSetAside(now.minus(SET_ASIDE));
        LogFile.prune(logs, now.minus(Duration.ofDays(settings.options().retention().logs())));
        return retention.run(now, settings.options().playback().historyDays(), settings.options().retention().searches())
                .exceptionally(e -> {
                    LOG.error("what was kept long enough did not go", e);
                    return 0;
                });
    }
}
