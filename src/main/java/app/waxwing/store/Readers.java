package app.waxwing.store;

import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/// The threads `read-1…4`, one connection each (native calls would pin virtual threads). Each query sees one moment of the database.
final class Readers {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final Runnable END = () -> {};
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
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

    Readers(int count, Connections connections, Statements statements, Time time) {
        this.connections = connections;
        this.statements = statements;
        this.time = time;
        for (int i = 1; i <= count; i++) threads.add(Threads.start("read-" + i, this::loop));
    }

    <T> CompletableFuture<T> submit(Work<T> query, String database) {
        var future = new CompletableFuture<T>();
        if (closed) {
            future.completeExceptionally(new IllegalStateException("the database is closed"));
            return future;
        }
        queue.add(() -> {
            if (future.isCancelled()) return;
            try {
                future.complete(now(query));
            } catch (RuntimeException | SQLException e) {
                future.completeExceptionally(statements.translate(e, database));
            } catch (Error e) {
                future.completeExceptionally(e);
                throw e;
            }
        });
        return future;
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
        long start = time.nanos();
        Connections.run(here.connection(), "BEGIN");
        mine.set(here.sql());
        busy.incrementAndGet();
        try {
            return query.with(here.sql());
        } finally {
            busy.decrementAndGet();
            mine.remove();
            Connections.run(here.connection(), "COMMIT");
            statements.transaction("a read", time.nanos() - start);
        }
    }

    int waiting() {
        return queue.size();
    }

    int busy() {
        return busy.get();
    }

    private Own own() throws SQLException {
        Own here = own.get();
        if (here != null) return here;
        Connection connection = connections.reader();
        synchronized (open) {
            open.add(connection);
        }
        here = new Own(connection, connections.sql(connection));
        own.set(here);
        return here;
    }

    private void loop() {
        try {
            for (Runnable task = queue.take(); task != END; task = queue.take()) Threads.logged(task).run();
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
        for (int i = 0; i < threads.size(); i++) queue.add(END);
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
