package app.waxwing.download;

import app.waxwing.account.Accounts.Leftover;
import app.waxwing.account.Reachability;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Events;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Quality;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.KeepRows.Enqueued;
import app.waxwing.download.KeepRows.Wish;
import app.waxwing.library.Library;
import app.waxwing.library.MediaLocator;
import app.waxwing.store.Database;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine: commands in, rows and transfers out. Everything that decides runs on thread `downloads`; see [Scheduler] for what runs when.
public final class Downloads implements DownloadEngine {
    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
    private final Mailbox box;
    private final Mailbox files;
    private final Workers workers;
    private final Time time;
    private final TransferSource source;
    private final Wishes wishes;
    private final DownloadStore store;
    private final KeepRows keeps;
    private final Rows rows;
    private final Following following;
    private final Order order;
    private final WholeQueue whole;
    private final Surroundings surroundings;
    private final FileRows fileRows;
    private final Roots roots;
    private final Housekeeping house;
    private final Scheduler scheduler;
    private final PlayingNow playing;
    private final MissingFiles missing;
    private final KnownFolders folders;
    private final AccountFiles people;
    private final Telling telling;
    private final FetchAhead ahead;
    private final Checks checks;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /// @param surroundings what decides when to fetch
    /// @param random jitter of retries and ids of folders
    /// @param chosen remembers durably that kept music goes to another folder now
    /// @param inUse tracks whose cached file must stay now: what plays and what comes next; asked on thread `files`
    public Downloads(Database database, AppPaths paths, TransferSource source, Reachability reachability, Surroundings surroundings,
            Time time, DownloadOptions options, RandomGenerator random, Predicate<ItemKey> inUse, Consumer<Path> chosen) {
        this(Rows.of(database), paths, new SystemDisk(), source, reachability, surroundings, time, options, random, inUse, chosen,
                Workers.threads());
    }

    Downloads(Rows rows, AppPaths paths, Disk disk, TransferSource source, Reachability reachability, Surroundings surroundings, Time time,
            DownloadOptions options, RandomGenerator random, Predicate<ItemKey> inUse, Consumer<Path> chosen, Workers workers) {
        this.time = time;
        this.source = source;
        this.surroundings = surroundings;
        this.workers = workers;
        box = workers.box();
        files = workers.files();
        roots = new Roots(paths.cachedMedia(), disk, random);
        store = new DownloadStore(rows, roots::tag);
        keeps = new KeepRows(rows);
        this.rows = rows;
        KeepMemory memory = KeepMemory.of(rows, roots);
        following = new Following(memory.follow(), this::enqueue);
        order = new Order(this, new OrderRows(rows));
        whole = new WholeQueue(this, store, new NetworkRows(rows), time);
        fileRows = new FileRows(rows);
        var finishing = new Finishing(roots, disk, store);
        var copies = new FileCopy(roots, disk, fileRows);
        house = new Housekeeping(roots, disk, store, fileRows, finishing, copies, time);
        var standstill = new Standstill(box, roots, disk, store, copies);
        var moving = new Moving(roots, disk, new FolderRows(rows), fileRows, copies, house, standstill, memory.kept(), chosen,
                options.diskFloor());
        folders = new KnownFolders(roots, disk, new FolderRows(rows), moving, paths.media(), chosen, files, time, options.recheck());
        telling = new Telling(files, roots, memory, time);
        people = new AccountFiles(files, roots, fileRows, memory, rows, house, telling, time, folders::changed, following::again);
        folders.changes().subscribe(f -> telling.soon());
        folders.watched(people::looked);
        checks = new Checks(files, fileRows, store, roots, finishing, house, new MissedRows(rows), telling, folders::busy, opened);
        playing = new PlayingNow(this, order, time);
        ahead = new FetchAhead(this, new AheadRows(rows), k -> inUse.test(k) || playing.isRead(k));
        scheduler = new Scheduler(workers, store, fileRows, roots, disk, finishing, house, standstill, source, reachability,
                surroundings, time, options, random, ahead::isInUse);
        missing = new MissingFiles(box, files, new MissedRows(rows), fileRows, house, scheduler, time, this::retry);
        wishes = new Wishes(this, box, keeps, scheduler, source, time);
    }

    @Override
    public CompletableFuture<Void> start() {
        return start(false);
    }

    /// @param afresh the database is not the one of the last run, so that files may be here that it does not know
    public CompletableFuture<Void> start(boolean afresh) {
        return new StartUp(files, box, folders, people, store, new NetworkRows(rows), house, scheduler, missing, new MissedRows(rows),
                opened, time).start(afresh).whenComplete((started, trouble) -> telling.soon());
    }

    @Override
    public CompletableFuture<List<Long>> enqueue(Collection<ItemKey> tracks, Origin origin, int priority, String quality) {
        return enqueue(Wish.of(tracks, origin, priority, quality)).thenApply(e -> e.all().stream().map(Entry::id).toList());
    }

    CompletableFuture<Enqueued> enqueue(Wish wish) {
        return wishes.enqueue(wish);
    }

    @Override
    public CompletableFuture<Void> pause(Collection<Long> ids) {
        return command(ids, new DownloadInput.Pause(), Guard.ALWAYS, DownloadEvent.Kind.PAUSED);
    }

    @Override
    public CompletableFuture<Void> resume(Collection<Long> ids) {
        return command(ids, new DownloadInput.Resume(), Guard.ALWAYS, DownloadEvent.Kind.RESUMED);
    }

    @Override
    public CompletableFuture<Void> cancel(Collection<Long> ids) {
        // One right behind the other, so that a wish that comes next finds both done (B.38).
        return CompletableFuture.allOf(wishes.revert(ids),
                command(ids, new DownloadInput.Remove(), Guard.FORGET, DownloadEvent.Kind.CANCELLED));
    }

    @Override
    public CompletableFuture<Void> retry(Collection<Long> ids) {
        return command(ids, new DownloadInput.Retry(), Guard.ALWAYS, DownloadEvent.Kind.QUEUED);
    }

    @Override
    public CompletableFuture<Void> delete(Collection<Long> ids) {
        return command(ids, new DownloadInput.Remove(), Guard.UNLESS_PLAYLIST, DownloadEvent.Kind.DELETED);
    }

    public FetchAhead fetchAhead() {
        return ahead;
    }

    Arrivals arrivals() {
        return scheduler.arrivals();
    }

    CompletableFuture<Void> command(Collection<Long> ids, DownloadInput input, Guard guard, DownloadEvent.Kind kind) {
        Set<Long> once = Set.copyOf(ids);
        return box.ask(done -> {
            Map<Long, Entry> known = scheduler.commands().begun(once, input, kind);
            store.apply(once, known, input, time.now(), guard, kind).whenComplete((changes, trouble) -> back(done, trouble, () -> {
                scheduler.commands().stored(once, changes, input, kind);
                done.complete(null);
            }));
        });
    }

    @Override
    public CompletableFuture<Void> pauseAll() {
        return whole.pause();
    }

    @Override
    public CompletableFuture<Void> resumeAll() {
        return whole.resume();
    }

    @Override
    public CompletableFuture<Void> clearCompleted() {
        return whole.clearCompleted();
    }

    @Override
    public CompletableFuture<Void> priority(long id, int priority) {
        return order.priority(id, priority);
    }

    @Override
    public CompletableFuture<Void> move(List<Long> ids, OptionalLong before) {
        return order.move(ids, before);
    }

    @Override
    public CompletableFuture<Void> toTop(List<Long> ids) {
        return order.toTop(ids);
    }

    @Override
    public CompletableFuture<Void> downloadNow(Collection<Long> ids) {
        return order.hurry(ids);
    }

    @Override
    public CompletableFuture<Void> downloadAllNow() {
        return order.hurryAll();
    }

    @Override
    public Limits limits() {
        return surroundings.limits().limits();
    }

    @Override
    public Senses senses() {
        return surroundings.senses();
    }

    @Override
    public void limits(Limits limits) {
        surroundings.limits().choose(limits);
    }

    @Override
    public Events<Limits> limitChanges() {
        return surroundings.limits().changes();
    }

    @Override
    public Optional<Priced> network() {
        return scheduler.gate().seen().priced();
    }

    @Override
    public CompletableFuture<Void> networkCosts(String network, boolean costs) {
        return whole.costs(network, costs);
    }

    @Override
    public CompletableFuture<Long> free() {
        return CompletableFuture.supplyAsync(() -> house.free(), files::post);
    }

    @Override
    public CompletableFuture<List<Stored>> stored() {
        return fileRows.stored();
    }

    /// Whether something is being fetched that the user hears now or wished for; what is fetched ahead is nobody's hurry.
    public boolean fetchesForUser() {
        return scheduler.transfers().forUser();
    }

    /// The player streams from a server, or does not any more: then the lower bandwidth counts.
    public void streaming(boolean streams) {
        if (scheduler.gate().streaming(streams)) box.post(scheduler::sync);
    }

    @Override
    public CompletableFuture<DownloadPage> list(Filter filter, int offset, int limit) {
        return opened.thenCompose(o -> new QueueRows(rows).page(filter, offset, limit, scheduler.figures()::show));
    }

    @Override
    public CompletableFuture<List<QueueRow>> rows(Collection<Download.Status> statuses) {
        return opened.thenCompose(o -> new QueueRows(rows).small(statuses, scheduler.figures()::show));
    }

    @Override
    public CompletableFuture<List<Sample>> samples() {
        return opened.thenCompose(o -> new SampleRows(rows).newest());
    }

    @Override
    public CompletableFuture<Optional<Details>> details(long id) {
        return store.find(id).thenApplyAsync(found -> found.map(e -> scheduler.figures().details(e, source)), files::post);
    }

    @Override
    public CompletableFuture<List<Download>> find(Collection<Long> ids) {
        return store.listed(ids).thenApply(entries -> entries.stream().sorted(QueueRows.ORDER).map(scheduler.figures()::show).toList());
    }

    @Override
    public CompletableFuture<List<Download>> byItem(ItemKey track) {
        return opened.thenCompose(o -> store.byItem(track)).thenApply(entries -> entries.stream().map(scheduler.figures()::show).toList());
    }

    @Override
    public Activity activity() {
        return scheduler.figures().activity();
    }

    @Override
    public Events<DownloadEvent> events() {
        return scheduler.figures().events();
    }

    @Override
    public Events<DownloadEvent> fetches() {
        return scheduler.figures().fetches();
    }

    @Override
    public Events<QueueChange> changes() {
        return scheduler.figures().changes();
    }

    @Override
    public MediaFolders folders() {
        return folders;
    }

    /// What waits is read anew: other accounts are shown, or tracks moved on their server and have other ids in the store, here by their old ones.
    public void readAgain(Map<ItemKey, ItemKey> moved) {
        box.post(() -> scheduler.readAgain(moved));
    }

    /// Ends a hold that waits for a sign-in, and looks for files of an account that is new here: call it when an account was signed in.
    public void signedIn(long account) {
        box.post(() -> scheduler.release(account));
        people.signedIn(account);
    }

    @Override
    public CompletableFuture<VerifyReport> verify(boolean repair) {
        return checks.verify(repair, ids -> command(ids, new DownloadInput.Lost(), Guard.ALWAYS, DownloadEvent.Kind.QUEUED), this::retry);
    }

    @Override
    public Optional<Checking> checking() {
        return checks.now();
    }

    /// Before an account is removed: its transfers end; what it cached goes, and what it kept unless the user wants it to stay. Tells what stays.
    public CompletableFuture<List<Leftover>> leave(long account, boolean keepFiles) {
        return people.leave(account, keepFiles, () -> store.unfinishedOf(account).thenCompose(this::cancel));
    }

    /// Finished files that are not as they were, found by whoever used them: the queue follows.
    public MissingFiles missingFiles() {
        return missing;
    }

    /// Fetches a track into the cache while it is heard.
    public MediaLocator.GrowingFiles growingFiles() {
        return playing;
    }

    /// What the user keeps and why.
    ///
    /// @param usual the quality in which tracks are kept where the user names none
    public KeepSet keepSet(Library library, Supplier<Quality> usual) {
        return new KeepReasons(this, keeps, rows, following, telling, library, usual, time);
    }

    /// Opens what is being fetched of a track, for playing; empty when nothing of it is coming.
    Optional<Transfers.Growing> growing(long id) {
        return scheduler.growing(id);
    }

    /// The row as it is stored, removed ones too.
    CompletableFuture<Optional<Entry>> stored(long id) {
        return store.find(id);
    }

    @Override
    public void close() {
        workers.end(scheduler::end);
        telling.close();
        folders.close();
        workers.close();
    }

    /// A task of the owner thread over the scheduler.
    <T> CompletableFuture<T> task(java.util.function.BiConsumer<Scheduler, CompletableFuture<T>> task) {
        return box.ask(done -> task.accept(scheduler, done));
    }

    /// From the database's thread back to ours, with trouble told to whoever asked; memory then reads its rows again.
    void back(CompletableFuture<?> done, @org.jspecify.annotations.Nullable Throwable trouble, Runnable next) {
        box.post(() -> {
            if (trouble != null) {
                LOG.error("a change of the queue is not stored", trouble);
                scheduler.distrustMemory();
                done.completeExceptionally(new FailureException(FailureException.of(trouble), trouble));
                return;
            }
            next.run();
            telling.soon();
        });
    }
}
