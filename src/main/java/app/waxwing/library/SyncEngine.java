package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.SYNC_STATE;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.account.Accounts;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Database;
import app.waxwing.store.SearchMerge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs syncs, one an account at a time, on `io-*` threads.
public final class SyncEngine implements LibrarySync, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);
    private static final Duration END = Duration.ofSeconds(2);
    /// After so many new or changed items the search index lies in many parts.
    private static final long MANY = 5_000;
    /// The scope that has the number of the last pass whose moved tracks were all followed.
    private static final String MOVES = "moved";
    private final Map<Long, Under> running = new ConcurrentHashMap<>();
    private final Set<Long> stopping = ConcurrentHashMap.newKeySet();
    private final Events<Progress> progress = new Events<>();
    private final Events<Report> unasked = new Events<>();
    private final Database database;
    private final LibraryChanges changes;
    private final Accounts accounts;
    private final PendingActions actions;
    private final Executor io;
    private volatile boolean closed;
    private final Time time;
    private volatile Supplier<GiveWay.Traffic> traffic = () -> GiveWay.Traffic.NONE;

    /// One that is under way.
    ///
    /// @param reads false while only a library is chosen: whoever wants a sync begins one after it
    private record Under(boolean reads, boolean full, CompletableFuture<Report> report) {}

    /// For a process that sends nothing: changes made by a sync wait in the store.
    public SyncEngine(Database database, LibraryChanges changes, Accounts accounts, Executor io, Time time) {
        this(database, changes, accounts, new PendingActions(database), io, time);
    }

    public SyncEngine(Database database, LibraryChanges changes, Accounts accounts, PendingActions actions, Executor io, Time time) {
        this.actions = actions;
        this.database = database;
        this.changes = changes;
        this.accounts = accounts;
        this.io = io;
        this.time = time;
    }

    /// Whom syncs give way to from now on.
    public void giveWayTo(Supplier<GiveWay.Traffic> others) {
        traffic = others;
    }

    /// Whether what is known of an account's server is of one piece: not while a sync is under way, nor after one that did not come to its end.
    ///
    /// @param account a column of the caller's query
    public static Condition settled(Field<Long> account) {
        return SyncStep.settled(account);
    }

    /// Accounts whose last sync was stopped or failed: what is known of their servers is not of one piece, and does not change until the next one.
    public static Set<Long> brokenOff(DSLContext sql) {
        return SyncStep.brokenOff(sql);
    }

    /// Of tracks that an account is known to have while it is not [#settled] those that cannot be another id of a track that something here hangs on.
    ///
    /// @param rows of `track`
    public static Set<Long> ofTheirOwn(DSLContext sql, long account, List<Long> rows) {
        return MovedRows.own(sql, account, rows);
    }

    /// How far the syncs of an account have come: for whoever waits for the end of one that begins from now on.
    ///
    /// @param underWay whether one is
    /// @param ended when the last one came to its end and had followed everything that moved; empty where it did not
    public record Standing(boolean underWay, Optional<Instant> ended) {
        /// Whether one began after `before` was so, and has ended.
        public boolean endedAfter(Standing before) {
            return !before.underWay && ended.isPresent() && !ended.equals(before.ended);
        }
    }

    public static Standing standing(DSLContext sql, long account) {
        Optional<SyncStep> last = SyncStep.load(sql, account, SyncStep.UNDER_WAY);
        boolean whole = last.filter(SyncStep::complete).isPresent();
        boolean underWay = last.isPresent() && !whole && !SyncStep.brokenOff(sql).contains(account);
        long pass = SyncStep.load(sql, account, SyncStep.PASS).map(SyncStep::pass).orElse(0L);
        boolean followed = SyncStep.load(sql, account, MOVES).filter(m -> m.complete() && m.pass() == pass).isPresent();
        Optional<Instant> ended = whole && followed
                ? sql.select(SYNC_STATE.UPDATED_AT).from(SYNC_STATE)
                        .where(SYNC_STATE.ACCOUNT_ID.eq(account), SYNC_STATE.SCOPE.eq(SyncStep.UNDER_WAY))
                        .fetchOptional(SYNC_STATE.UPDATED_AT).map(Instant::ofEpochMilli)
                : Optional.empty();
        return new Standing(underWay, ended);
    }

    /// Whether a sync may still tell more of an item that its server does not find, and that is not known to be gone: a track or an album may be there
    /// under another id, a playlist may be listed still.
    public static boolean syncMayTell(DSLContext sql, ItemKind kind, ItemKey item) {
        return switch (kind) {
            case TRACK -> sql.fetchExists(TRACK, TRACK.ACCOUNT_ID.eq(item.account()), TRACK.ITEM_ID.eq(item.id()),
                    TRACK.GONE_AT.isNull().or(TRACK.GONE_AT.eq(FolderChoice.HIDDEN)));
            case ALBUM -> sql.fetchExists(ALBUM, ALBUM.ACCOUNT_ID.eq(item.account()), ALBUM.ITEM_ID.eq(item.id()),
                    ALBUM.GONE_AT.isNull().or(ALBUM.GONE_AT.eq(FolderChoice.HIDDEN)));
            case PLAYLIST -> sql.fetchExists(PLAYLIST, PLAYLIST.ACCOUNT_ID.eq(item.account()), PLAYLIST.ITEM_ID.eq(item.id()),
                    PLAYLIST.GONE_AT.isNull(), PLAYLIST.DELETED_AT.isNull());
            case ARTIST, GENRE -> false;
        };
    }

    /// Whether any sync is under way.
    public boolean runs() {
        return !running.isEmpty();
    }

    @Override
    public CompletableFuture<Report> sync(long account, boolean full) {
        var mine = new Under(true, full, new CompletableFuture<>());
        Under other = running.putIfAbsent(account, mine);
        if (other != null && !other.reads) return other.report.handle((report, trouble) -> report).thenCompose(r -> sync(account, full));
        if (other != null && full && !other.full) {
            // One that is stopped ends what waits for it too.
            return other.report.handle((report, trouble) -> trouble == null && report.stopped()
                    ? CompletableFuture.completedFuture(report)
                    : sync(account, true)).thenCompose(follows -> follows);
        }
        if (other != null) return other.report.copy();
        start(account, mine, () -> {
            accounts.renew(account);
            return run(account, Set.of(), full);
        });
        return mine.report.copy();
    }

    @Override
    public CompletableFuture<Report> news(long account, Set<String> removed) {
        var mine = new Under(true, false, new CompletableFuture<>());
        Under other = running.putIfAbsent(account, mine);
        if (other != null) return other.report.handle((report, trouble) -> report).thenCompose(report -> news(account, removed));
        start(account, mine, () -> {
            Report report = run(account, removed, false);
            unasked.publish(report);
            return report;
        });
        return mine.report.copy();
    }

    private void start(long account, Under mine, Supplier<Report> work) {
        if (closed) {
            running.remove(account, mine);
            mine.report.completeExceptionally(new Failure.Trouble("Waxwing is closing", "").asException());
            return;
        }
        stopping.remove(account);
        io.execute(() -> {
            try {
                Report report = work.get();
                running.remove(account, mine);
                mine.report.complete(report);
            } catch (RuntimeException | Error e) { // whatever it is, a listener's too: the next sync must be able to begin
                running.remove(account, mine);
                if (closed) LOG.info("sync of account {} was broken off by the end of the program", account);
                else if (!(e instanceof FailureException)) LOG.error("sync of account {}", account, e);
                mine.report.completeExceptionally(e instanceof FailureException ? e : new FailureException(FailureException.of(e), e));
            }
            Threads.logged(() -> progress.publish(new Progress(account, "", 0, 0, true))).run();
        });
    }

    @Override
    public boolean stop(long account) {
        if (!running.containsKey(account)) return false;
        stopping.add(account);
        return true;
    }

    /// Syncs that run stop after the page in work; waits a moment for that. What is left is done by the next sync.
    @Override
    public void close() {
        closed = true;
        stopping.addAll(running.keySet());
        try {
            CompletableFuture.allOf(running.values().stream().map(Under::report).toArray(CompletableFuture<?>[]::new)).get(END.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("a sync does not wait for its end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Events<Progress> progress() {
        return progress;
    }

    @Override
    public Events<Report> unasked() {
        return unasked;
    }

    @Override
    public CompletableFuture<List<Held>> held() {
        return database.read(HeldSweeps::all);
    }

    @Override
    public CompletableFuture<Integer> answer(long account, String folder, boolean gone) {
        return CompletableFuture.supplyAsync(() -> {
            int items = new HeldSweeps(new AccountRows(database, account, time)).answer(folder, gone);
            changes.changed(Library.Change.CONTENT);
            changes.changed(Library.Change.PLAYLISTS);
            return items;
        }, io);
    }

    @Override
    public CompletableFuture<Integer> takeBack(long account, String folder) {
        return CompletableFuture.supplyAsync(() -> {
            int items = new GoneAnswers(new AccountRows(database, account, time)).takeBack(folder);
            changes.changed(Library.Change.CONTENT);
            changes.changed(Library.Change.PLAYLISTS);
            return items;
        }, io);
    }

    @Override
    public CompletableFuture<List<Answered>> answered() {
        return database.read(GoneAnswers::all);
    }

    @Override
    public CompletableFuture<List<Folder>> folders(long account) {
        return database.read(sql -> FolderChoice.list(sql, account));
    }

    @Override
    public CompletableFuture<Map<Long, Last>> last() {
        return database.read(FolderChoice::last);
    }

    @Override
    public CompletableFuture<Integer> choose(long account, String folder, boolean synced) {
        stop(account);
        var mine = new Under(false, false, new CompletableFuture<>());
        Under other = running.putIfAbsent(account, mine);
        if (other != null)
            return other.report.handle((report, trouble) -> report).thenCompose(report -> choose(account, folder, synced));
        var done = new CompletableFuture<Integer>();
        start(account, mine, () -> {
            done.complete(new FolderChoice(new AccountRows(database, account, time)).choose(folder, synced));
            changes.changed(Library.Change.CONTENT);
            return report(account, new SyncContext.Counts(), time.nanos(), false);
        });
        return mine.report.thenCompose(report -> done);
    }

    private Report run(long account, Set<String> removed, boolean full) {
        long start = time.nanos();
        var counts = new SyncContext.Counts();
        boolean stopped = false;
        var context = new SyncContext(account, accounts.server(account), database, changes, progress, io, time, actions,
                () -> closed || stopping.contains(account), traffic);
        try {
            new SyncRun(context, counts).run(full, removed);
            if (counts.moved() > 0) context.save(SyncStep.fresh(SyncStep.MOVED, 0).met((int) counts.moved()));
            if (counts.added() + counts.updated() >= MANY) new SearchMerge(database).run().join();
        } catch (SyncContext.Stopped e) {
            stopped = true;
            LOG.info("sync of account {} stopped; the next one goes on from here", account);
        } finally {
            stopping.remove(account);
            changes.changed(Library.Change.CONTENT);
            changes.changed(Library.Change.USER_STATE);
            changes.changed(Library.Change.PLAYLISTS);
        }
        return report(account, counts, start, stopped);
    }

    private Report report(long account, SyncContext.Counts counts, long start, boolean stopped) {
        long[] here = database.readNow(sql -> new long[]{
                Tables.known(sql, TRACK, TRACK.ACCOUNT_ID, TRACK.GONE_AT, account),
                Tables.known(sql, ALBUM, ALBUM.ACCOUNT_ID, ALBUM.GONE_AT, account),
                Tables.known(sql, ARTIST, ARTIST.ACCOUNT_ID, ARTIST.GONE_AT, account),
                sql.fetchCount(PLAYLIST, PLAYLIST.ACCOUNT_ID.eq(account), PLAYLIST.GONE_AT.isNull(), PLAYLIST.DELETED_AT.isNull())});
        return new Report(here[0], here[1], here[2], here[3], counts.added(), counts.updated(), counts.removed(), counts.moved(),
                Duration.ofNanos(time.nanos() - start), stopped);
    }
}
