package app.waxwing.store;

import static app.waxwing.store.schema.Tables.COUNTER;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one SQLite file. Thread `db` writes, threads `read-1…4` read, nobody else touches it. WAL, foreign keys on, busy timeout 5 s.
///
/// Futures of writes complete, and after-commit hooks run, on thread `db-events` in the order of the commits; those of reads on their `read-*`
/// thread. Neither may be made to wait: go on with your own mailbox or executor. Trouble of the outside world (disk full, damaged file) comes as
/// [FailureException]; any other exception is a bug.
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int READERS = 4;
    /// 4 MB: less is not worth the work.
    private static final long LEAST_FREE_PAGES = 1_000;
    private final Path file;
    private final int schema;
    private final Statements statements;
    private final Mailbox told = Mailbox.start("db-events");
    private final Writer writer;
    private final Readers readers;

    private final CacheMeters meters;
    private final Soundness soundness;
    private final Backups backups;
    private final Optional<Recovery> recovered;
    private final PlannedRestore restore;
    private final SetAside setAside;
    private final Erasures erasures;

    private Database(Path file, Time time, int schema, Soundness soundness, Backups backups, Optional<Recovery> recovered)
            throws SQLException {
        this.file = file;
        this.schema = schema;
        this.soundness = soundness;
        this.backups = backups;
        this.recovered = recovered;
        this.restore = new PlannedRestore(file);
        this.setAside = new SetAside(file, backups);
        this.erasures = new Erasures(this, backups, setAside, restore);
        statements = new Statements(time, () -> soundness.closed(true));
        var connections = new Connections(file, statements);
        Connection connection = connections.writer();
        writer = new Writer(name(), connection, connections.sql(connection), statements, time, told);
        readers = new Readers(READERS, connections, statements, time);
        meters = new CacheMeters(this, time);
    }

    /// What the caches over this database count.
    public CacheMeters meters() {
        return meters;
    }

    /// Opens the file, or makes it, and brings its schema up to date. Blocks for 0.2–0.6 s, longer after a crash: not on the FX thread. A damaged
    /// file is set aside, and the newest good backup takes its place: [#recovered] says so.
    ///
    /// @throws FailureException when the folder cannot be written, or the file is of a newer Waxwing
    public static Database open(Path file, Time time) {
        return open(file, time, Optional::empty);
    }

    /// @param backupFolder where the user wants backups; asked each time
    public static Database open(Path file, Time time, Supplier<Optional<Path>> backupFolder) {
        return open(file, time, backupFolder, new Upgrade());
    }

    /// @param upgrade is told how far it is where an older file is brought up to date
    public static Database open(Path file, Time time, Supplier<Optional<Path>> backupFolder, Upgrade upgrade) {
        return open(file, time, Migrations.bundled(), backupFolder, upgrade);
    }

    static Database open(Path file, Time time, Migrations migrations) {
        return open(file, time, migrations, Optional::empty, new Upgrade());
    }

    static Database open(Path file, Time time, Migrations migrations, Supplier<Optional<Path>> backupFolder, Upgrade upgrade) {
        Path absolute = file.toAbsolutePath();
        var soundness = new Soundness(absolute);
        var backups = new Backups(absolute, backupFolder, time);
        try {
            Optional<Recovery> asked = new PlannedRestore(absolute).carryOut(time);
            boolean before = !backups.list().isEmpty() || !backups.away().isEmpty() || Recovery.unreconciled(absolute);
            Optional<String> wrong = soundness.trouble(before);
            if (wrong.isEmpty()) {
                try {
                    return opened(absolute, time, migrations, soundness, backups, asked, upgrade);
                } catch (SQLException | FailureException e) {
                    if (!SqliteTrouble.damaged(e)) throw e;
                    wrong = Optional.of(String.valueOf(e.getMessage()));
                }
            }
            Recovery recovery = Recovery.of(absolute, wrong.get(), backups, time);
            return opened(absolute, time, migrations, soundness, backups, Optional.of(recovery), upgrade);
        } catch (SQLException e) {
            throw SqliteTrouble.translate(e, String.valueOf(file.getFileName()));
        } catch (IOException e) {
            throw DiskTrouble.of(e, Recovery.folder(absolute), "The library database " + file, "it cannot be opened");
        }
    }

    private static Database opened(Path file, Time time, Migrations migrations, Soundness soundness, Backups backups,
            Optional<Recovery> recovery, Upgrade upgrade) throws SQLException, IOException {
        try {
            migrations.apply(file, backups, time, upgrade, soundness);
        } catch (FailureException e) {
            if (upgrade.isGivenUp()) soundness.closed(false); // nothing was changed, so the next start need not look through it
            throw e;
        }
        Optional<Recovery> told = recovery.isPresent() ? recovery : Recovery.untold(file, backups);
        int held = Recovery.hold(file, time, told.filter(Recovery::asked).isPresent());
        return new Database(file, time, migrations.newest(), soundness, backups, told.map(r -> r.holding(held)));
    }

    /// What was done at the start because the file was damaged; the user is to be told.
    public Optional<Recovery> recovered() {
        return recovered;
    }

    /// The file is not the one of the last run, and what depends on it has not been compared with it yet: [#reconciled] ends that.
    public boolean afresh() {
        return Recovery.unreconciled(file);
    }

    /// Everything outside of the database was compared with it.
    public void reconciled() {
        Recovery.reconciled(file);
    }

    /// A backup when the newest is a day old. Blocks while the file is read and written: on a thread for such work.
    ///
    /// @return true when one was made
    public boolean backUpDaily() {
        if (!backups.due()) return false;
        try {
            backups.make();
            return true;
        } catch (IOException | RuntimeException e) { // broad: whatever SQLite says, the program goes on without
            LOG.error("no backup of the database was made", statements.translate(e, name()));
            return false;
        }
    }

    /// The copies of this database; every call blocks on the disk.
    public Backups backups() {
        return backups;
    }

    /// How the backups stand; blocks on the disk.
    public BackupState backupState() {
        return BackupState.of(this, backups.now(), backups.failure());
    }

    /// Unpacks and checks a backup and backs up what is here now; [#planRestore] then has it take the place of this database. Closing ends it.
    /// Blocks.
    ///
    /// @return of when the backup is
    /// @throws FailureException when it is damaged, none of ours, or of a newer Waxwing; nothing is changed then
    public Instant prepareRestore(Path backup, Consumer<RestoreProgress> progress) {
        if (backups.doomed(backup)) {
            throw new Failure.Invalid(backup + " holds data that were deleted since, and is to be deleted; nothing was changed")
                    .asException();
        }
        try {
            return restore.prepare(backup, schema, backups, progress);
        } catch (SQLException e) {
            throw DiskTrouble.full(e, Recovery.folder(file)).map(RuntimeException.class::cast)
                    .orElseGet(() -> SqliteTrouble.translate(e, String.valueOf(backup.getFileName())));
        } catch (IOException e) {
            throw DiskTrouble.of(e, Recovery.folder(file), "The backup " + backup, "it cannot be read or unpacked");
        }
    }

    /// What was prepared last takes the place of this database at the next start: close the program then.
    ///
    /// @throws FailureException when nothing is prepared
    public void planRestore() {
        try {
            restore.plan();
        } catch (IOException e) {
            throw DiskTrouble.of(e, Recovery.folder(file), "The restore", "it cannot be written down");
        }
    }

    /// What was prepared, and not planned since, is wanted no more.
    public void cancelRestore() {
        restore.cancel();
    }

    /// Prepared and planned at once.
    public Instant restore(Path backup, Consumer<RestoreProgress> progress) {
        Instant at = prepareRestore(backup, progress);
        planRestore();
        return at;
    }

    /// Databases that were set aside before then go, the newest damaged one only while a backup is good. Blocks; trouble is logged.
    ///
    /// @return how many went
    public int dropSetAside(Instant before) {
        try {
            return setAside.drop(before);
        } catch (IOException e) {
            LOG.warn("what was set aside stays", e);
            return 0;
        }
    }

    /// What is to be done outside of the tables where accounts' data were deleted.
    public Erasures erasures() {
        return erasures;
    }

    /// Runs when nothing else is to be written, outside of a transaction.
    <T> CompletableFuture<T> maintain(Work<T> work) {
        return writer.submitIdle(work);
    }

    /// The file came out of a backup, which goes without the search index; [#searchIndexThere] ends that. Blocks for a moment.
    public boolean searchIndexMissing() {
        return readNow(sql -> sql.fetchExists(COUNTER, COUNTER.NAME.eq(BackupFile.NO_SEARCH_INDEX)));
    }

    public CompletableFuture<Integer> searchIndexThere() {
        return write(Durability.SOON, Lane.BULK,
                sql -> sql.deleteFrom(COUNTER).where(COUNTER.NAME.eq(BackupFile.NO_SEARCH_INDEX)).execute());
    }

    /// Makes the file smaller when more than a fifth of it is empty, once nothing else is to be written (requirement 4.17). Writes wait meanwhile,
    /// reads do not.
    ///
    /// @return whether it was worth it, and there was room for the copies that SQLite makes
    public CompletableFuture<Boolean> shrink() {
        return writer.submitIdle(sql -> {
            long pages = number(sql, "PRAGMA page_count");
            long free = number(sql, "PRAGMA freelist_count");
            if (free < LEAST_FREE_PAGES || free * 5 <= pages) return false;
            try {
                // Once in the file that SQLite makes beside it, and once in its log.
                long needed = 2 * (pages - free) * number(sql, "PRAGMA page_size");
                if (Files.getFileStore(file).getUsableSpace() < needed) return false;
            } catch (IOException e) {
                LOG.warn("the database is not made smaller: the room beside it is not known", e);
                return false;
            }
            Vacuum.run(sql, file);
            sql.fetch("PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        });
    }

    private static long number(DSLContext sql, String pragma) {
        return sql.fetchSingle(pragma).get(0, Long.class);
    }

    /// The version of the schema.
    public int schema() {
        return schema;
    }

    /// SQLite met damage in this run: the next start looks through the whole file and puts a backup in its place.
    public boolean doubtful() {
        return statements.damaged();
    }

    /// One transaction on thread `db`; the future completes when it is committed with the durability asked for.
    public <T> CompletableFuture<T> write(Durability durability, Lane lane, Work<T> work) {
        return writer.submit(durability, lane, work);
    }

    /// Inside a transaction: what to do when it is committed, such as publishing an event. Dropped when it is not.
    public void afterCommit(Runnable hook) {
        writer.afterCommit(hook);
    }

    /// One query, or several that see the same moment, on a `read-*` thread.
    public <T> CompletableFuture<T> read(Work<T> query) {
        return readers.submit(query, name());
    }

    /// As [#read], waiting for the answer: for `io-*`, `work-*` and `read-*` threads. Never on FX, `db`, `player` or `downloads`.
    public <T> T readNow(Work<T> query) {
        if (writer.here()) throw new IllegalStateException("thread db reads within its own transaction");
        try {
            return readers.here() ? readers.now(query) : readers.submit(query, name()).join();
        } catch (SQLException e) {
            throw statements.translate(e, name());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    /// Sentences on what is damaged in the file; empty when it is sound. Where something is, the next start puts a backup in its place. Reads all of
    /// it: seconds for a large library.
    public CompletableFuture<List<String>> integrityCheck() {
        // Searches look whether a search index lies as their connection remembers it; the check does not, and would call one damaged that was put
        // together since.
        return readers.submitAfresh(sql -> {
            List<String> found = new java.util.ArrayList<>(sql.fetch("PRAGMA integrity_check(20)").getValues(0, String.class));
            found.removeIf("ok"::equals);
            if (!found.isEmpty()) statements.doubt();
            return List.copyOf(found);
        }, name());
    }

    /// Sentences on rows that belong to others which are not there: no damage, and no reason for a backup, which has less.
    public CompletableFuture<List<String>> strayRows() {
        return read(
                sql -> sql.fetch("PRAGMA foreign_key_check").map(row -> "a row of " + row.get(0) + " points to nothing in " + row.get(2)));
    }

    public Figures figures() {
        return statements.figures(size(file), size(Path.of(file + "-wal")));
    }

    /// Counts anew from now on: the caches, the statements, the slow ones.
    public CompletableFuture<Integer> reset() {
        return meters.reset().whenComplete((n, e) -> statements.reset());
    }

    /// The newest slow statements, without their values.
    public List<Slow> slow() {
        return statements.slow();
    }

    /// Reads and writes that wait or run; for the metrics page.
    public int waiting() {
        return writer.waiting() + readers.waiting() + readers.busy();
    }

    /// The file is this database, or one beside it that belongs to it.
    public boolean runsOn(Path other) throws IOException {
        return Backups.runs(file.toAbsolutePath(), other);
    }

    public Path file() {
        return file;
    }

    /// True when the exception says that a row with this key exists already (requirement 4.12: known by error code, not by text).
    public static boolean duplicate(Throwable thrown) {
        return SqliteTrouble.duplicate(thrown);
    }

    /// Carries out what was submitted, folds the WAL into the file and closes it. A query that runs longer than two seconds is stopped.
    @Override
    public void close() {
        var _ = meters.save();
        restore.cancel();
        boolean ended = readers.close(Duration.ofSeconds(2)) & writer.close(Duration.ofSeconds(10));
        told.close();
        if (ended || statements.damaged()) soundness.closed(statements.damaged());
    }

    /// @param statements run since the start through jOOQ
    /// @param took in all
    /// @param slow statements of 100 ms and more
    /// @param transactions reads and writes
    /// @param busy times that another program held the file for longer than five seconds
    public record Figures(long statements, Duration took, long slow, long transactions, long busy, long fileBytes, long walBytes) {}

    /// A statement of 100 ms and more.
    public record Slow(Instant at, Duration took, String sql) {}

    private String name() {
        return String.valueOf(file.getFileName());
    }

    private static long size(Path path) {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            LOG.debug("size of {}", path, e);
            return 0;
        }
    }
}
