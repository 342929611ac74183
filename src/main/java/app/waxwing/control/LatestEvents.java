package app.waxwing.control;

import app.waxwing.download.DownloadEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Events on their way to a reader that may be slow: of the progress of one download only the latest waits, never a backlog (2.5). All others come,
/// in their order. Thread-safe.
final class LatestEvents {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<String, DownloadEvent> waiting = new LinkedHashMap<>();
    private long number;

    void add(DownloadEvent event) {
        lock.lock();
        try {
            String progress = "progress " + event.download().id();
            boolean isProgress = event.kind() == DownloadEvent.Kind.PROGRESS;
            // What comes after it says more; and where progress itself waits already, the newer one takes its place in the line.
            if (!isProgress) waiting.remove(progress);
            waiting.put(isProgress ? progress : String.valueOf(number++), event);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The next one; empty when none came in time.
    Optional<DownloadEvent> poll(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (waiting.isEmpty() && left > 0) left = arrived.awaitNanos(left);
            var all = waiting.values().iterator();
            if (!all.hasNext()) return Optional.empty();
            DownloadEvent next = all.next();
            all.remove();
            return Optional.of(next);
        } finally {
            lock.unlock();
        }
    }
}
