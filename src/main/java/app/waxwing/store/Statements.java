package app.waxwing.store;

import app.waxwing.base.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
    private volatile boolean damaged;

    Statements(Time time) {
        this.time = time;
    }

    long now() {
        return time.nanos();
    }

    /// One run of a statement, with the reading of its rows.
    void ran(String sql, long took) {
        statements.increment();
        if (EACH.isTraceEnabled()) EACH.trace("{}", sql);
        nanos.add(took);
        if (took >= SLOW.toNanos()) {
            slow.increment();
            LOG.warn("{} ms: {}", took / 1_000_000, sql);
            remember(new Database.Slow(time.now(), Duration.ofNanos(took), sql));
        }
    }

    private synchronized void remember(Database.Slow statement) {
        if (newest.size() == REMEMBERED) newest.removeLast();
        newest.addFirst(statement);
    }

    /// The newest first; never their values.
    synchronized List<Database.Slow> slow() {
        return List.copyOf(newest);
    }

    /// A whole transaction of plain JDBC statements counts as one.
    void transaction(String what, long took) {
        transactions.increment();
        if (took >= SLOW.toNanos()) LOG.warn("{} ms: {}", took / 1_000_000, what);
    }

    /// As [SqliteTrouble#translate]; remembers that the file is damaged, counts that another program held it.
    RuntimeException translate(Throwable thrown, String database) {
        if (SqliteTrouble.damaged(thrown)) damaged = true;
        if (SqliteTrouble.busy(thrown)) busy.increment();
        return SqliteTrouble.translate(thrown, database);
    }

    boolean damaged() {
        return damaged;
    }

    Database.Figures figures(long bytes, long walBytes) {
        return new Database.Figures(statements.sum(), Duration.ofNanos(nanos.sum()), slow.sum(), transactions.sum(), busy.sum(), bytes,
                walBytes);
    }
}
