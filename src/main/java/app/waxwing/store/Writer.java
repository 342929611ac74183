package app.waxwing.store;

import app.waxwing.base.Mailbox;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread `db`: the only one that writes. Takes what users wait for first and commits together what came in together, at most 20 ms of it;
/// each job stands in a savepoint of its own, so that one that fails takes nothing of the others with it.
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final Duration GROUP = Duration.ofMillis(20);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Job<?>> user = new ArrayDeque<>();
    private final ArrayDeque<Job<?>> bulk = new ArrayDeque<>();
    private final ArrayDeque<Job<?>> idle = new ArrayDeque<>();
    private final String database;
    private final Connection connection;
    private final DSLContext sql;
    private final Statements statements;
    private final Time time;
    private final Mailbox told;
    private final Thread thread;
    private @Nullable Job<?> running;
    private Durability level = Durability.SOON;
    private boolean closed;

    /// @param told where futures complete and after-commit hooks run, in the order of the commits
    Writer(String database, Connection connection, DSLContext sql, Statements statements, Time time, Mailbox told) {
        this.database = database;
        this.connection = connection;
        this.sql = sql;
        this.statements = statements;
        this.time = time;
        this.told = told;
        thread = Threads.start("db", this::loop);
    }

    <T> CompletableFuture<T> submit(Durability durability, Lane lane, Work<T> work) {
        var job = new Job<>(durability, work, false);
        lock.lock();
        try {
            if (closed) {
                job.future.completeExceptionally(new IllegalStateException("the database is closed"));
                return job.future;
            }
            (lane == Lane.USER ? user : bulk).add(job);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return job.future;
    }

    /// Runs when nothing else is to be written, outside of a transaction: for what SQLite allows there only.
    <T> CompletableFuture<T> submitIdle(Work<T> work) {
        var job = new Job<>(Durability.SOON, work, true);
        lock.lock();
        try {
            if (closed) job.future.completeExceptionally(new IllegalStateException("the database is closed"));
            else idle.add(job);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return job.future;
    }

    void afterCommit(Runnable hook) {
        Job<?> job = running;
        if (Thread.currentThread() != thread || job == null) throw new IllegalStateException("afterCommit outside of a transaction");
        job.hooks.add(hook);
    }

    boolean here() {
        return Thread.currentThread() == thread;
    }

    int waiting() {
        lock.lock();
        try {
            return user.size() + bulk.size();
        } finally {
            lock.unlock();
        }
    }

    /// Carries out what was submitted before, then ends the thread.
    ///
    /// @return false when it has not ended in time
    boolean close(Duration patience) {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(patience);
            if (thread.isAlive()) LOG.warn("the database is still writing after {}", patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void loop() {
        try {
            for (List<Job<?>> group = next(); !group.isEmpty(); group = next()) {
                if (group.getFirst().outside) outside(group.getFirst());
                else run(group);
            }
        } finally {
            leave();
            try {
                Connections.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
                connection.close();
            } catch (SQLException e) {
                LOG.warn("closing {}", database, e);
            }
        }
    }

    /// What would have run in an idle moment has none any more.
    private void leave() {
        lock.lock();
        try {
            for (Job<?> job : idle) {
                job.failed = new IllegalStateException("the database is closed");
                told.post(job::tell);
            }
            idle.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Everything users wait for, else one piece of bulk work; empty at the end.
    private List<Job<?>> next() {
        lock.lock();
        try {
            while (user.isEmpty() && bulk.isEmpty()) {
                if (closed) return List.of();
                if (!idle.isEmpty()) return List.of(idle.removeFirst());
                arrived.awaitUninterruptibly();
            }
            if (user.isEmpty()) return List.of(bulk.removeFirst());
            List<Job<?>> group = new ArrayList<>(user);
            user.clear();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void putBack(List<Job<?>> jobs) {
        lock.lock();
        try {
            for (Job<?> job : jobs.reversed()) user.addFirst(job);
        } finally {
            lock.unlock();
        }
    }

    private void run(List<Job<?>> group) {
        long start = statements.begins();
        int ran = 0;
        try {
            level(group.stream().anyMatch(j -> j.durability == Durability.KEPT) ? Durability.KEPT : Durability.SOON);
            Connections.run(connection, "BEGIN IMMEDIATE");
            while (ran < group.size() && (ran == 0 || time.nanos() - start <= GROUP.toNanos())) step(group.get(ran++), group.size() > 1);
            running = null;
            Connections.run(connection, "COMMIT");
        } catch (SQLException | RuntimeException e) {
            rollBack();
            RuntimeException failure = statements.translate(e, database);
            if (ran == 0) ran = group.size();
            for (Job<?> job : group.subList(0, ran)) if (job.failed == null) job.failed = failure;
        } finally {
            running = null;
        }
        putBack(group.subList(ran, group.size()));
        statements.transaction("a write", start);
        for (Job<?> job : group.subList(0, ran)) told.post(job::tell);
    }

    private void outside(Job<?> job) {
        long start = statements.begins();
        try {
            job.run(sql);
        } catch (RuntimeException e) {
            job.failed = statements.translate(e, database);
        }
        statements.transaction("maintenance", start);
        told.post(job::tell);
    }

    /// One job. Its own failure is its own affair as long as SQLite kept the transaction.
    private void step(Job<?> job, boolean shared) throws SQLException {
        running = job;
        if (shared) Connections.run(connection, "SAVEPOINT job");
        try {
            job.run(sql);
            if (shared) Connections.run(connection, "RELEASE job");
        } catch (RuntimeException e) {
            if (!shared || !backToJob()) throw e;
            job.failed = statements.translate(e, database);
        }
    }

    /// @return false where SQLite gave up the whole transaction, as it may for a full disk or for want of memory: what ran before in it is undone too
    private boolean backToJob() throws SQLException {
        try {
            Connections.run(connection, "ROLLBACK TO job");
        } catch (SQLException e) {
            LOG.warn("SQLite gave up the transaction of {}", database, e);
            return false;
        }
        Connections.run(connection, "RELEASE job");
        return true;
    }

    private void rollBack() {
        try {
            Connections.run(connection, "ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("SQLite had rolled back already", e);
        }
    }

    /// `synchronous` cannot change inside a transaction, so it is set before.
    private void level(Durability wanted) throws SQLException {
        if (wanted == level) return;
        Connections.run(connection, wanted == Durability.KEPT ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        level = wanted;
    }

    private static final class Job<T> {
        private final Durability durability;
        private final Work<T> work;
        private final boolean outside;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private final List<Runnable> hooks = new ArrayList<>();
        private @Nullable T result;
        private @Nullable RuntimeException failed;

        /// @param outside of a transaction
        Job(Durability durability, Work<T> work, boolean outside) {
            this.durability = durability;
            this.work = work;
            this.outside = outside;
        }

        /// An error (no memory, a class that is not there) fails this job as any exception does: the thread that all writes need goes on.
        void run(DSLContext sql) {
            try {
                result = work.with(sql);
            } catch (Error e) {
                throw new IllegalStateException("an error in Waxwing: " + e, e);
            }
        }

        @SuppressWarnings("NullAway") // a Work<@Nullable T> may well answer null
        void tell() {
            if (failed != null) {
                future.completeExceptionally(failed);
                return;
            }
            for (Runnable hook : hooks) Threads.logged(hook).run();
            future.complete(result);
        }
    }
}
