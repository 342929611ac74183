package app.waxwing.download;

import app.waxwing.account.Reachability;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// After a sleep of the computer every connection is of the past, and whoever answers at a server's address may be another one. Noticed by a gap
/// between two ticks, or between the wall clock and the monotonic one, which stands still in a sleep on some systems; a clock that is set
/// forward looks the same and costs as little (B.34, B.35). Thread `downloads`.
final class Awakening {
    private static final Logger LOG = LoggerFactory.getLogger(Awakening.class);
    private static final Duration GAP = Duration.ofSeconds(30);
    private final Scheduler scheduler;
    private final Mailbox files;
    private final Board board;
    private final Transfers transfers;
    private final Presence presence;
    private final TransferSource source;
    private final Reachability reachability;
    private final Time time;
    private Instant lastNow;
    private long lastNanos;

    Awakening(Scheduler scheduler, Mailbox files, Board board, Transfers transfers, Presence presence, TransferSource source,
            Reachability reachability, Time time) {
        this.scheduler = scheduler;
        this.files = files;
        this.board = board;
        this.transfers = transfers;
        this.presence = presence;
        this.source = source;
        this.reachability = reachability;
        this.time = time;
        lastNow = time.now();
        lastNanos = time.nanos();
    }

    /// Once a second.
    void tick() {
        if (slept()) awake();
    }

    private boolean slept() {
        Instant now = time.now();
        long nanos = time.nanos();
        Duration wall = Duration.between(lastNow, now);
        Duration awake = Duration.ofNanos(nanos - lastNanos);
        lastNow = now;
        lastNanos = nanos;
        return wall.minus(awake).compareTo(GAP) > 0 || awake.compareTo(GAP) > 0;
    }

    private void awake() {
        LOG.info("the computer slept, or its clock was set: transfers begin anew");
        Set<Long> accounts = new HashSet<>();
        for (Entry entry : board.all()) {
            accounts.add(entry.key().account());
            if (!(entry.state() instanceof DownloadState.Running)) continue;
            scheduler.next(entry, new DownloadInput.Preempted(entry.state().attempt()));
            transfers.stop(entry.id());
        }
        accounts.forEach(presence::doubt);
        files.post(() -> accounts.forEach(this::forgetConnections));
        reachability.probeNow();
        scheduler.sync();
    }

    private void forgetConnections(long account) {
        try {
            source.client(account).connectionPool().evictAll();
        } catch (app.waxwing.base.FailureException e) {
            LOG.debug("account {} is gone: {}", account, e.getMessage());
        }
    }
}
