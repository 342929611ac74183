package app.waxwing.store;

import app.waxwing.base.Time;
import app.waxwing.store.CacheTally.More;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Counts what one cache does. An ask is counted when its answer is there, with all the time that took. Any thread.
public final class CacheMeter {
    private final String name;
    private final Time time;
    private CacheTally tally = CacheTally.NONE;
    /// Bytes, counted at each read.
    private long disk;
    private long network;

    CacheMeter(String name, Time time) {
        this.name = name;
        this.time = time;
    }

    String name() {
        return name;
    }

    /// When an ask begins; for those below.
    public long start() {
        return time.nanos();
    }

    /// It was in the heap.
    public void remembered(long start) {
        long took = Math.max(0, time.nanos() - start);
        answer(took, true, Map.of(More.MEMORY, 1L, More.MEMORY_NANOS, took));
    }

    /// It was on this computer.
    public void hit(long start) {
        answer(time.nanos() - start, true, Map.of());
    }

    /// It was not here, or too old, and no server was asked for it.
    public void miss(long start) {
        answer(time.nanos() - start, false, Map.of());
    }

    /// It was not here, or too old, and this is when the server it was asked for has answered, or failed.
    public void asked(long start) {
        long took = Math.max(0, time.nanos() - start);
        answer(took, false, Map.of(More.SERVER, 1L, More.SERVER_NANOS, took));
    }

    /// An answer that came in this time and is counted later, since only then it is known that somebody wanted it.
    public void answered(Duration took, boolean hit) {
        answer(took.toNanos(), hit, Map.of());
    }

    /// So many bytes were read from what is here. For a cache of files.
    public synchronized void fromDisk(long count) {
        disk += count;
    }

    /// So many bytes were read while they came from a server.
    public synchronized void fromNetwork(long count) {
        network += count;
    }

    /// An ask that goes on to a server. However many ask for the same at once, it is one.
    public void network() {
        add(new CacheTally(0, 0, 1, 0, 0, 0, new long[CacheTally.STEPS]));
    }

    /// Another question to a server: before anybody asked, or a second one for the same answer.
    public void unasked() {
        add(CacheTally.of(More.UNASKED, 1));
    }

    public void error() {
        add(new CacheTally(0, 0, 0, 1, 0, 0, new long[CacheTally.STEPS]));
    }

    public void evicted(int entries) {
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

    private void answer(long nanos, boolean hit, Map<More, Long> more) {
        long took = Math.max(0, nanos);
        long[] one = new long[CacheTally.STEPS];
        one[CacheTally.step(took)] = 1;
        add(new CacheTally(hit ? 1 : 0, hit ? 0 : 1, 0, 0, 0, took, one, more));
    }

    private synchronized void add(CacheTally more) {
        tally = tally.plus(more);
    }

    synchronized CacheTally tally() {
        return disk + network == 0
                ? tally
                : tally.plus(CacheTally.of(More.BYTES_FROM_DISK, disk)).plus(CacheTally.of(More.BYTES_FROM_NETWORK, network));
    }

    /// What was counted since the last time; begins anew.
    synchronized CacheTally take() {
        CacheTally taken = tally();
        tally = CacheTally.NONE;
        disk = 0;
        network = 0;
        return taken;
    }

    synchronized void giveBack(CacheTally taken) {
        add(taken);
    }
}
