package app.waxwing.store;

import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/// The threads `read-1…4`, one connection each (native calls would pin virtual threads). Each query sees one moment of the database. Of the threads
/// that are free the first one takes it: one query after the other finds the pages and statements in memory that the last one read, where taking
/// turns would have each connection read them for itself. The first has the most memory for them.
final class Readers {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final Runnable END = () -> {};
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final SequencedMap<Integer, Free> free = new TreeMap<>();
    private final Lock lock = new ReentrantLock();
    private final ThreadLocal<@Nullable DSLContext> mine = new ThreadLocal<>();
    private final ThreadLocal<@Nullable Own> own = new ThreadLocal<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Connection> open = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final Connections connections;
    private final Statements statements;
    private final Time time;
    private volatile boolean closed;

    private record Own(Connection connection, DSLContext sql) {}

    /// A thread that waits for something to do.
    private record Free(Condition given, AtomicReference<@Nullable Runnable> task) {}

    Readers(int count, Connections connections, Statements statements, Time time) {
        this.connections = connections;
        this.statements = statements;
        this.time = time;
        for (int i = 1; i <= count; i++) {
            int number = i;
            threads.add(Threads.start("read-" + i, () -> loop(number)));
        }
    }

    <T> CompletableFuture<T> submit(Work<T> query, String database) {
        return submit(() -> now(query), database);
    }

    /// As [#submit], on a connection of its own, which knows nothing of the file from before.
    <T> CompletableFuture<T> submitAfresh(Work<T> query, String database) {
        return submit(() -> afresh(query), database);
    }

    private interface Answer<T> {
        T get() throws SQLException;
    }

    private <T> CompletableFuture<T> submit(Answer<T> answer, String database) {
        var future = new CompletableFuture<T>();
        if (closed) {
            future.completeExceptionally(new IllegalStateException("the database is closed"));
            return future;
        }
        give(() -> {
            if (future.isCancelled()) return;
            try {
                future.complete(answer.get());
            } catch (RuntimeException | SQLException e) {
                future.completeExceptionally(statements.translate(e, database));
            } catch (Error e) {
                future.completeExceptionally(e);
                throw e;
            }
        });
        return future;
    }

    private void give(Runnable task) {
        lock.lock();
        try {
            var first = free.pollFirstEntry();
            if (first == null) {
                queue.add(task);
                return;
            }
            first.getValue().task.set(task);
            first.getValue().given.signal();
        } finally {
            lock.unlock();
        }
    }

    private Runnable take(int number) throws InterruptedException {
        lock.lock();
        try {
            Runnable next = queue.poll();
            if (next != null) return next;
            var me = new Free(lock.newCondition(), new AtomicReference<>());
            free.put(number, me);
            try {
                for (next = me.task.get(); next == null; next = me.task.get()) me.given.await();
            } finally {
                free.remove(number, me);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /// True on one of these threads.
    boolean here() {
        return threads.contains(Thread.currentThread());
    }

    /// Runs on the calling reader thread; nested questions join the transaction of the outer one.
    <T> T now(Work<T> query) throws SQLException {
        DSLContext outer = mine.get();
        if (outer != null) return query.with(outer);
        Own here = own();
        long start = statements.begins();
        Connections.run(here.connection(), "BEGIN");
        mine.set(here.sql());
        busy.incrementAndGet();
        try {
            return query.with(here.sql());
        } finally {
            busy.decrementAndGet();
            mine.remove();
            end(here.connection());
            statements.transaction("a read", start);
        }
    }

    /// After an error of the disk SQLite has ended the transaction itself; that error is the one to tell, not that there is nothing to end.
    private static void end(Connection connection) {
        try {
            Connections.run(connection, "COMMIT");
        } catch (SQLException e) {
            LOG.debug("SQLite had ended it already", e);
        }
    }

    private <T> T afresh(Work<T> query) throws SQLException {
        long start = statements.begins();
        busy.incrementAndGet();
        try (Connection connection = connections.reader(false)) {
            synchronized (open) {
                open.add(connection);
            }
            try {
                return query.with(connections.sql(connection));
            } finally {
                synchronized (open) {
                    open.remove(connection);
                }
            }
        } finally {
            busy.decrementAndGet();
            statements.transaction("a read", start);
        }
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    int busy() {
        return busy.get();
    }

    private Own own() throws SQLException {
        Own here = own.get();
        if (here != null) return here;
        Connection connection = connections.reader(Thread.currentThread() == threads.getFirst());
        synchronized (open) {
            open.add(connection);
        }
        here = new Own(connection, connections.sql(connection));
        own.set(here);
        return here;
    }

    private void loop(int number) {
        try {
            for (Runnable task = take(number); task != END; task = take(number)) Threads.logged(task).run();
        } catch (InterruptedException e) {
            // Only by closing; nothing is left to do.
        } finally {
            Own here = own.get();
            if (here != null) {
                try {
                    here.connection().close();
                } catch (SQLException e) {
                    LOG.warn("closing a reader", e);
                }
            }
        }
    }

    /// Lets running queries end, for at most the patience given; then they are told to stop.
    ///
    /// @return false when one has not ended
    boolean close(Duration patience) {
        closed = true;
        for (int i = 0; i < threads.size(); i++) give(END);
        long end = time.nanos() + patience.toNanos();
        for (Thread thread : threads) join(thread, Duration.ofNanos(Math.max(1, end - time.nanos())));
        if (threads.stream().noneMatch(Thread::isAlive)) return true;
        synchronized (open) {
            for (Connection connection : open) {
                try {
                    if (!connection.isClosed()) connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
                } catch (SQLException e) {
                    LOG.debug("a reader that is closed already", e);
                }
            }
        }
        for (Thread thread : threads) join(thread, Duration.ofSeconds(1));
        return threads.stream().noneMatch(Thread::isAlive);
    }

    private static void join(Thread thread, Duration patience) {
        if (thread == Thread.currentThread()) return;
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
