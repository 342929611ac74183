package app.waxwing.download;

import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Reason;
import app.waxwing.library.MediaFiles.Root;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What comes from outside and holds downloads or lets them go: network, sign-in, a server that asks to wait, disks. Thread `downloads`, but for
/// what transfers and the tick tell.
final class Weather implements Heard, Transfers.Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Weather.class);
    private static final int MOST_FORBIDDEN = 3;
    private static final int MOST_DOUBLINGS = 20;
    /// So seldom at the least a refused sign-in is tried again.
    private static final Duration SELDOM = Duration.ofMinutes(10);
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private final Scheduler scheduler;
    private final Mailbox box;
    private final Mailbox files;
    private final Board board;
    private final Holds holds;
    private final Transfers transfers;
    private final Roots roots;
    private final Disk disk;
    private final Housekeeping house;
    private final CacheRoom cache;
    private final Reachability reachability;
    private final Time time;
    private final DownloadOptions options;
    private final RandomGenerator random;
    private final Set<Long> signedOut = ConcurrentHashMap.newKeySet();
    /// Accounts whose server could not be reached when that changed last.
    private final Set<Long> away = new HashSet<>();

    Weather(Scheduler scheduler, Mailbox box, Mailbox files, Board board, Holds holds, Transfers transfers, Roots roots, Disk disk,
            Housekeeping house, CacheRoom cache, Reachability reachability, Time time, DownloadOptions options, RandomGenerator random) {
        this.scheduler = scheduler;
        this.box = box;
        this.files = files;
        this.board = board;
        this.holds = holds;
        this.transfers = transfers;
        this.roots = roots;
        this.disk = disk;
        this.house = house;
        this.cache = cache;
        this.reachability = reachability;
        this.time = time;
        this.options = options;
        this.random = random;
    }

    @Override
    public void answered(long account) {
        reachability.answered(account);
    }

    @Override
    public void failed(long account) {
        reachability.failed(account);
    }

    @Override
    public void served(long account) {
        box.post(() -> {
            if (holds.served(account)) scheduler.sync();
        });
    }

    /// The server took the account's sign-in, whatever for. Any thread; comes often.
    void accepted(long account) {
        if (signedOut.remove(account))
            box.post(() -> {
                if (holds.believe(account)) scheduler.sync();
            });
    }

    @Override
    public void further(long id, int attempt) {
        box.post(() -> board.find(id)
                .ifPresent(e -> board.put(e.with(Transitions.next(e.state(), new DownloadInput.Progressed(attempt))))));
    }

    @Override
    public void traffic(java.util.Map<app.waxwing.base.ItemKey, Long> bytes) {
        box.post(() -> {
            for (Entry entry : board.running()) {
                long came = bytes.getOrDefault(entry.key(), 0L);
                Entry now = transfers.find(entry.id()).map(r -> entry.with(r.part().state())).orElse(entry);
                if (entry.rank() == 0 || !Runaway.over(came, now.measure())) continue;
                scheduler.next(now, new DownloadInput.Refused(entry.state().attempt(), Runaway.why(now, came)));
                transfers.stop(entry.id());
            }
        });
    }

    /// An attempt cannot go on before something changes: what holds, and until when.
    void hold(Entry entry, TransferEnd.Held e) {
        long now = time.nanos();
        long account = entry.key().account();
        switch (e.reason()) {
            case DISK -> {
                if (e.pause().isPresent()) {
                    board.retryAt(entry.id(), now + e.pause().get().toNanos(), e.why()); // one file only, not the folder
                    return;
                }
                var hold = new Holds.Hold(Reason.DISK, e.why(), Long.MAX_VALUE);
                if (e.lacks().isPresent()) holds.full(entry.root(), hold, new Holds.Lack(entry.id(), e.lacks().getAsLong()));
                else holds.root(entry.root(), hold);
                if (e.why() instanceof Failure.DiskFull full) files.post(() -> makeRoom(entry.root(), full.needed()));
            }
            case SIGNED_OUT -> {
                // It looks again by itself, since a server may have been restarting, and more and more seldom (B.11).
                Duration wait = untilNextLook(holds.refused(account), options.recheck());
                holds.account(account, new Holds.Hold(e.reason(), e.why(), now + wait.toNanos()));
                signedOut.add(account);
            }
            case SERVER, NETWORK, METERED, SLOT, RETRY, SCHEDULE, BATTERY -> {
                long wait = Math.max(e.pause().orElse(options.recheck()).toNanos(), leastWait());
                holds.account(account, new Holds.Hold(e.reason(), e.why(), now + wait + (long) (wait * 0.2 * random.nextDouble())));
            }
        }
    }

    /// A server that asks to wait no time at all is not asked as fast as it can answer.
    private long leastWait() {
        return Math.min(options.recheck().toNanos(), LEAST_WAIT.toNanos());
    }

    /// Holds that are over by themselves end.
    void clears(long now) {
        holds.expire(now);
        holds.forgive(id -> board.find(id).filter(e -> e.state() instanceof DownloadState.Queued).isPresent());
    }

    /// @param refused how often in a row a sign-in was refused
    static Duration untilNextLook(int refused, Duration first) {
        Duration wait = first.multipliedBy(1L << Math.min(refused - 1, MOST_DOUBLINGS));
        return wait.compareTo(SELDOM) < 0 ? wait : first.compareTo(SELDOM) > 0 ? first : SELDOM;
    }

    /// What an attempt's end says of its account.
    void ended(Entry entry, TransferEnd end) {
        long account = entry.key().account();
        if (end instanceof TransferEnd.Held || end instanceof TransferEnd.Stopped) return;
        holds.accepted(account);
        holds.probed(account, entry.id());
        if (!(end instanceof TransferEnd.Refused refused && refused.why() instanceof Failure.NotPermitted)) return;
        if (holds.forbidden(account) >= MOST_FORBIDDEN) {
            LOG.warn("account {} may not download: its queue waits until somebody asks again", account);
            holds.account(account, new Holds.Hold(Reason.SERVER, new Failure.NotPermitted("to download from it"), Long.MAX_VALUE));
        }
    }

    /// On thread `files`: files that may be evicted go before anything waits for space (B.20).
    private void makeRoom(Root root, long needed) {
        List<FileRows.FileRow> gone = cache.makeRoom(roots.folder(root), needed);
        box.post(() -> {
            gone.forEach(scheduler.arrivals()::evicted);
            if (!gone.isEmpty()) recheck();
        });
    }

    /// Holds of folders end when the folder is there and has room; until then each says what is the matter with its folder now.
    void recheck() {
        for (Root root : holds.heldRoots()) {
            Optional<Holds.Lack> lack = holds.lack(root);
            files.post(() -> {
                try {
                    Optional<Failure> trouble = roots.trouble(root);
                    if (trouble.isPresent()) {
                        box.post(() -> another(root, trouble.get()));
                        return;
                    }
                    if (lack.isPresent() && lacks(root, lack.get())) return;
                    box.post(() -> {
                        holds.release(root);
                        scheduler.sync();
                    });
                } catch (java.io.IOException e) {
                    LOG.debug("{} is not there yet", root, e);
                }
            });
        }
        scheduler.sync();
    }

    /// On thread `files`. What the others were promised changes while they come.
    private boolean lacks(Root root, Holds.Lack lack) throws java.io.IOException {
        return disk.usable(roots.folder(root)) < lack.bytes() + transfers.promised(lack.download(), r -> roots.sameVolume(root, r));
    }

    private void another(Root root, Failure trouble) {
        if (holds.of(root).filter(h -> !h.why().equals(trouble)).isEmpty()) return;
        holds.root(root, new Holds.Hold(Reason.DISK, trouble, Long.MAX_VALUE));
        scheduler.sync();
    }

    /// What waits for its next try is tried at once where the server came back; how often it was tried stays counted (2.3).
    void reachabilityChanged() {
        boolean forced = reachability.mode() == Reachability.Mode.FORCED_OFFLINE;
        Set<Long> back = new HashSet<>();
        for (long account : board.accounts())
            if (!reachability.online(account)) away.add(account);
            else if (away.remove(account)) back.add(account);
        for (Entry entry : board.all()) {
            long account = entry.key().account();
            if (entry.state() instanceof DownloadState.Running && forced) {
                scheduler.next(entry, new DownloadInput.Held(entry.state().attempt(), Reason.NETWORK));
                transfers.stop(entry.id());
            } else if (entry.reason().equals(Optional.of(Reason.RETRY)) && back.contains(account)) {
                board.put(entry.with(Transitions.next(entry.state(), new DownloadInput.Released())));
                board.noWait(entry.id());
            }
        }
        back.forEach(account -> holds.relent(account, Reason.NETWORK));
        scheduler.sync();
    }
}
