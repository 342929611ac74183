package app.waxwing.store;

import app.waxwing.base.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Counts what one cache does. Any thread.
public final class CacheMeter {
    private final String name;
    private final Time time;
    private CacheTally tally = CacheTally.NONE;
    private CacheTally.Bytes bytes = CacheTally.Bytes.NONE;

    CacheMeter(String name, Time time) {
        this.name = name;
        this.time = time;
    }

    String name() {
        return name;
    }

    /// When an ask begins; for [#hit] and [#miss].
    public long start() {
        return time.nanos();
    }

    /// It was here.
    public void hit(long start) {
        answer(time.nanos() - start, true);
    }

    /// It was not here, or too old.
    public void miss(long start) {
        answer(time.nanos() - start, false);
    }

    /// An answer that came in this time and is counted later, since only then it is known that somebody wanted it.
    public void answered(Duration took, boolean hit) {
        answer(took.toNanos(), hit);
    }

    /// So many bytes were read from what is here. For a cache of files.
    public synchronized void fromDisk(long count) {
        bytes = bytes.plus(new CacheTally.Bytes(count, 0));
    }

    /// So many bytes were read while they came from a server.
    public synchronized void fromNetwork(long count) {
        bytes = bytes.plus(new CacheTally.Bytes(0, count));
    }

    /// A load from a server: of this ask the part that went on to it, or what was fetched before anybody asked.
    public synchronized void network() {
        add(new CacheTally(0, 0, 1, 0, 0, 0, new long[CacheTally.STEPS]));
    }

    public synchronized void error() {
        add(new CacheTally(0, 0, 0, 1, 0, 0, new long[CacheTally.STEPS]));
    }

    public synchronized void evicted(int entries) {
        if (entries > 0) add(new CacheTally(0, 0, 0, 0, entries, 0, new long[CacheTally.STEPS]));
    }

    /// Counts an answer that the store gives by itself: a hit, or an error when it fails.
    public <T> CompletableFuture<T> count(CompletableFuture<T> answer) {
        long start = start();
        return answer.whenComplete((value, e) -> {
            if (e == null) hit(start);
            else error();
        });
    }

    private void answer(long nanos, boolean hit) {
        long took = Math.max(0, nanos);
        long[] one = new long[CacheTally.STEPS];
        one[CacheTally.step(took)] = 1;
        synchronized (this) {
            add(new CacheTally(hit ? 1 : 0, hit ? 0 : 1, 0, 0, 0, took, one));
        }
    }

    private void add(CacheTally more) {
        tally = tally.plus(more);
    }

    synchronized CacheTally tally() {
        CacheTally t = tally;
        return new CacheTally(t.hits(), t.misses(), t.network(), t.errors(), t.evictions(), t.nanos(), t.histogram(),
                t.bytes().plus(bytes));
    }

    /// What was counted since the last time; begins anew.
    synchronized CacheTally take() {
        CacheTally taken = tally();
        tally = CacheTally.NONE;
        bytes = CacheTally.Bytes.NONE;
        return taken;
    }

    synchronized void giveBack(CacheTally taken) {
        tally = tally.plus(taken);
    }
}
