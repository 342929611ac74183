package app.waxwing.store;

import app.waxwing.base.Time;
import java.util.concurrent.CompletableFuture;

/// Counts what one cache does. Any thread.
public final class CacheMeter {
    private final String name;
    private final Time time;
    private CacheTally tally = CacheTally.NONE;

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
        answer(start, true);
    }

    /// It was not here, or too old.
    public void miss(long start) {
        answer(start, false);
    }

    /// Of this ask, the part that went on to a server.
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

    private void answer(long start, boolean hit) {
        long took = Math.max(0, time.nanos() - start);
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
        return tally;
    }

    /// What was counted since the last time; begins anew.
    synchronized CacheTally take() {
        CacheTally taken = tally;
        tally = CacheTally.NONE;
        return taken;
    }

    synchronized void giveBack(CacheTally taken) {
        tally = tally.plus(taken);
    }
}
