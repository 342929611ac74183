package app.waxwing.library;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The syncs of one account that nobody asks for, while its server can be reached: each time a line stands, each time the server says that something
/// changed, once where no line can be had, and when the last one is a day old. One after the other; what is said meanwhile goes into the next.
final class LivePasses {
    private static final Logger LOG = LoggerFactory.getLogger(LivePasses.class);
    /// So old may what is known of a server become while the program runs (requirements 1.12 and C.3).
    static final Duration OLDEST = Duration.ofHours(24);
    /// So often the clock is looked at, which, unlike a timer, also counts the hours of sleep.
    private static final Duration LOOK = Duration.ofHours(1);
    /// After a pass that failed, at least.
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private final long account;
    private final LibrarySync sync;
    private final Time time;
    private final Executor io;
    private final RandomGenerator random;
    private Subscription looks = () -> {};
    private Subscription next = () -> {};
    private Instant last;
    private Set<String> removed = new LinkedHashSet<>();
    private CompletableFuture<?> syncing = CompletableFuture.completedFuture(0);
    private boolean wanted;
    private boolean owed;
    private boolean queued;
    private int failures;

    LivePasses(long account, LibrarySync sync, Time time, Executor io, RandomGenerator random) {
        this.account = account;
        this.sync = sync;
        this.time = time;
        this.io = io;
        this.random = random;
        last = time.now();
    }

    /// The server can be reached from now on.
    synchronized void begin() {
        if (wanted) return;
        wanted = true;
        owed = true;
        last = time.now();
        looks = time.every(LOOK, () -> io.execute(this::look));
    }

    synchronized void end() {
        wanted = false;
        looks.close();
        next.close();
    }

    /// A line stands. What was said before is lost.
    synchronized void stands() {
        pass();
    }

    /// A line that stood is gone: what is said from now on is lost.
    synchronized void broken() {
        owed = true;
    }

    /// There is no line, and none could be had this time.
    synchronized void without() {
        if (owed) pass();
    }

    synchronized void changed(Set<String> itemsRemoved, Set<String> itemsAdded) {
        removed.addAll(itemsRemoved);
        removed.removeAll(itemsAdded);
        pass();
    }

    private synchronized void look() {
        Instant now = time.now();
        if (now.isBefore(last)) last = now; // the clock was set back
        if (!now.plus(LOOK).isBefore(last.plus(OLDEST))) pass();
    }

    private void pass() {
        if (!wanted) return;
        owed = false;
        next.close();
        if (queued) return;
        queued = true;
        syncing = syncing.handle((x, e) -> 0).thenComposeAsync(x -> {
            Set<String> said = said();
            return sync.news(account, said).whenComplete((report, trouble) -> {
                if (trouble != null) failed(said);
                else if (report.stopped()) stopped(said);
                else done();
            });
        }, io).handle((report, trouble) -> {
            if (trouble != null) LOG.info("account {}: no sync now: {}", account, trouble.getMessage());
            return 0;
        });
    }

    private synchronized Set<String> said() {
        queued = false;
        Set<String> said = removed;
        removed = new LinkedHashSet<>();
        return said;
    }

    private synchronized void done() {
        failures = 0;
        last = time.now();
    }

    /// The user wants no more of it now: what was said waits for the next sync.
    private synchronized void stopped(Set<String> said) {
        removed.addAll(said);
    }

    /// What was said is not known here yet, and nobody says it again.
    private synchronized void failed(Set<String> said) {
        removed.addAll(said);
        if (!wanted) return;
        Duration pause = LiveSync.pause(failures++, random.nextDouble());
        next.close();
        next = time.after(pause.compareTo(AGAIN) < 0 ? AGAIN : pause, () -> io.execute(this::again));
    }

    private synchronized void again() {
        pass();
    }
}
