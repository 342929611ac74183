package app.waxwing.store;

import app.waxwing.base.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Times every statement and every transaction; what takes 100 ms or longer goes to the log without its values (requirement 4.17).
final class Statements {
    static final Duration SLOW = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger("app.waxwing.store.slow");
    /// Every statement as it is run, without its values, at level trace.
    private static final Logger EACH = LoggerFactory.getLogger("app.waxwing.store.statements");
    private static final int REMEMBERED = 20;
    private final Time time;
    private final LongAdder statements = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder transactions = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final Deque<Database.Slow> newest = new ArrayDeque<>();
    private final ThreadLocal<Under> under = ThreadLocal.withInitial(Under::new);
    private final AtomicBoolean damaged = new AtomicBoolean();
    private final Runnable met;

    /// What ran in the transaction that is under way on this thread.
    private static final class Under {
        int statements;
        int slow;
    }

    /// @param met runs once, on any thread, as soon as the file is found to be damaged
    Statements(Time time, Runnable met) {
        this.time = time;
        this.met = met;
    }

    long now() {
        return time.nanos();
    }

    /// One run of a statement, with the reading of its rows.
    void ran(String sql, long took) {
        statements.increment();
        Under own = under.get();
        own.statements++;
        if (EACH.isTraceEnabled()) EACH.trace("{}", sql);
        nanos.add(took);
        if (took >= SLOW.toNanos()) {
            own.slow++;
            slow(sql, took);
        }
    }

    private void slow(String what, long took) {
        slow.increment();
        LOG.warn("{} ms: {}", took / 1_000_000, what);
        remember(new Database.Slow(time.now(), Duration.ofNanos(took), what));
    }

    private synchronized void remember(Database.Slow statement) {
        if (newest.size() == REMEMBERED) newest.removeLast();
        newest.addFirst(statement);
    }

    /// The newest first; never their values.
    synchronized List<Database.Slow> slow() {
        return List.copyOf(newest);
    }

    /// Counts anew from now on.
    synchronized void reset() {
        for (LongAdder counter : List.of(statements, nanos, slow, transactions, busy)) counter.reset();
        newest.clear();
    }

    /// A transaction begins on this thread; its time, for [#transaction].
    long begins() {
        Under own = under.get();
        own.statements = 0;
        own.slow = 0;
        return now();
    }

    /// The one that began on this thread ended. A slow one counts as a slow statement and is remembered as one, since many quick statements and the
    /// commit hold the database up as one that is slow does; not where one of its own was counted already.
    ///
    /// @param what a read, a write
    /// @param began as [#begins] said
    void transaction(String what, long began) {
        transactions.increment();
        long took = now() - began;
        if (took < SLOW.toNanos()) return;
        Under own = under.get();
        String words = what + " of " + own.statements + (own.statements == 1 ? " statement" : " statements");
        if (own.slow == 0) slow(words, took);
        else LOG.warn("{} ms: {}", took / 1_000_000, words);
    }

    /// As [SqliteTrouble#translate]; remembers that the file is damaged, counts that another program held it.
    RuntimeException translate(Throwable thrown, String database) {
        if (SqliteTrouble.damaged(thrown)) doubt();
        if (SqliteTrouble.busy(thrown)) busy.increment();
        return SqliteTrouble.translate(thrown, database);
    }

    void doubt() {
        if (damaged.compareAndSet(false, true)) met.run();
    }

    boolean damaged() {
        return damaged.get();
    }

    Database.Figures figures(long bytes, long walBytes) {
        return new Database.Figures(statements.sum(), Duration.ofNanos(nanos.sum()), slow.sum(), transactions.sum(), busy.sum(), bytes,
                walBytes);
    }
}
