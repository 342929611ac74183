package app.waxwing.download;

import app.waxwing.base.Time;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps all transfers together within the bandwidth that the user allows. They ask after they have read, so what is in flight is known, and what
/// is heard now never waits. Thread-safe; waits on transfer threads.
final class Limiter {
    private static final long LOOK = 1_000_000_000L;
    private final LongAdder passed = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Time time;
    private volatile long rate;
    private @Nullable Bucket bucket;

    Limiter(Time time) {
        this.time = time;
    }

    /// @param bytesPerSecond 0 = no limit. Who waits now feels it at once
    void rate(long bytesPerSecond) {
        if (bytesPerSecond == rate) return;
        lock.lock();
        try {
            rate = bytesPerSecond;
            if (bytesPerSecond == 0) bucket = null;
            else if (bucket == null) bucket = new Bucket(bytesPerSecond, time.nanos());
            else bucket.rate(bytesPerSecond, time.nanos());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until `bytes` that were read are paid for, or `free` says that it need not; [#wake] makes it look.
    ///
    /// @return nanoseconds waited
    long pass(int rank, long bytes, BooleanSupplier free) {
        passed.add(bytes);
        if (rate == 0 || rank == 0 || bytes <= 0) return 0;
        long began = time.nanos();
        lock.lock();
        try {
            Bucket mine = bucket;
            if (mine == null) return 0;
            Bucket.Ticket ticket = mine.ask(rank, bytes);
            while (!free.getAsBoolean() && mine == bucket) {
                if (mine.pass(ticket, time.nanos())) {
                    changed.signalAll();
                    return time.nanos() - began;
                }
                // Only the first in line knows how long; the others are told when it has passed. Either looks again.
                var _ = changed.awaitNanos(mine.wait(ticket, time.nanos()).map(w -> Math.max(1, w)).orElse(LOOK));
            }
            mine.leave(ticket);
            changed.signalAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return time.nanos() - began;
    }

    /// Bytes that came so far, in all transfers.
    long passed() {
        return passed.sum();
    }

    /// Somebody need not wait any more.
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
