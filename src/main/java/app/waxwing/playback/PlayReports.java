package app.waxwing.playback;

import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Threads;
import app.waxwing.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells servers what plays, on `io-*` threads, in order per play; calls return at once and nothing that fails here reaches the player.
///
/// A server counts a play when it is told of its start. So a play is counted once: by its start where that got through, else by the outbox when
/// it has been heard to its counting point, and after that its start is not told any more (requirements 2.14, 4.7). Either way the figures here
/// follow at once.
public final class PlayReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlayReports.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Where reports go: the sessions of the accounts. Calls block and may throw [FailureException].
    public interface Servers {
        /// At once: whether the account's server may be asked now.
        boolean online(long account);

        void started(Report report);

        void progress(Report report);

        void stopped(Report report);
    }

    /// @param session one random id per play of a track
    /// @param volume 0–100
    public record Report(ItemKey track, String session, Duration position, boolean paused, int volume) {}

    private final Servers servers;
    private final Outbox outbox;
    private final ExecutorService io = Threads.virtual("io-reports");

    public PlayReports(Servers servers, Outbox outbox) {
        this.servers = servers;
        this.outbox = outbox;
    }

    /// Begins to tell about one play.
    ///
    /// @param at when it began to sound
    Talk talk(ItemKey track, Instant at) {
        return new Talk(track, at);
    }

    /// Waits at most two seconds for what is on its way.
    @Override
    public void close() {
        io.shutdown();
        try {
            if (!io.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                LOG.info("a server did not take the last play report in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What is told about one play. Its calls come from the player; what they lead to runs one after the other.
    final class Talk {
        private final ItemKey track;
        private final Instant at;
        private final Deque<Runnable> todo = new ArrayDeque<>();
        private Optional<Report> newest = Optional.empty();
        private boolean running;
        // only the tasks below touch these
        private boolean told;
        private boolean kept;

        private Talk(ItemKey track, Instant at) {
            this.track = track;
            this.at = at;
        }

        void started(Report report) {
            post(() -> start(report));
        }

        /// Only the newest one is sent when the server is slow.
        synchronized void progress(Report report) {
            boolean waiting = newest.isPresent();
            newest = Optional.of(report);
            if (!waiting) post(this::sendNewest);
        }

        /// The play has been heard to its counting point.
        void counted() {
            post(() -> {
                if (told || kept) return;
                kept = true;
                outbox.played(track, at).exceptionally(e -> {
                    LOG.error("a play of {} was not kept", track, e);
                    return null;
                });
            });
        }

        synchronized void stopped(Report report) {
            newest = Optional.empty();
            post(() -> {
                if (told) ask(() -> servers.stopped(report));
            });
        }

        private void sendNewest() {
            Optional<Report> report;
            synchronized (this) {
                report = newest;
                newest = Optional.empty();
            }
            if (report.isEmpty()) return;
            if (told) ask(() -> servers.progress(report.get()));
            else start(report.get());
        }

        private void start(Report report) {
            if (told || kept) return;
            told = ask(() -> servers.started(report));
            if (!told) return;
            outbox.told(track, at).exceptionally(e -> {
                LOG.error("a play of {} is not in the figures here before the next sync", track, e);
                return null;
            });
        }

        private boolean ask(Runnable call) {
            if (!servers.online(track.account())) return false;
            try {
                call.run();
                return true;
            } catch (FailureException e) {
                LOG.debug("play report of {}: {}", track, e.getMessage());
                return false;
            }
        }

        private synchronized void post(Runnable task) {
            if (io.isShutdown()) return;
            todo.add(task);
            if (running) return;
            running = true;
            io.execute(this::runAll);
        }

        private void runAll() {
            for (Runnable task; (task = take()) != null;) Threads.logged(task).run();
        }

        private synchronized @org.jspecify.annotations.Nullable Runnable take() {
            Runnable task = todo.poll();
            running = task != null;
            return task;
        }
    }
}
