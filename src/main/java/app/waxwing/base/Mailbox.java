package app.waxwing.base;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One queue and one owner thread: the state of an engine belongs to the thread that empties its mailbox. [#manual] gives one that tests step by hand.
public final class Mailbox implements Executor, AutoCloseable {
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final String name;
    private volatile boolean closed;
    private volatile @Nullable Thread owner;

    private Mailbox(String name) {
        this.name = name;
    }

    /// Starts the daemon thread `name`.
    public static Mailbox start(String name) {
        var mailbox = new Mailbox(name);
        mailbox.owner = Threads.start(name, mailbox::loop);
        return mailbox;
    }

    /// A mailbox without a thread: whoever calls [#runAll] is its owner.
    public static Mailbox manual(String name) {
        return new Mailbox(name);
    }

    /// Any thread; returns at once. After closing, tasks are dropped.
    public void post(Runnable task) {
        if (!closed) queue.add(task);
    }

    /// Posts a task that completes the future it is given when it is done; after closing it never is.
    public <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> task) {
        var done = new CompletableFuture<T>();
        post(() -> task.accept(done));
        return done;
    }

    @Override
    public void execute(Runnable task) {
        post(task);
    }

    /// Runs everything posted so far and everything that those tasks post, on the calling thread. Manual mailboxes only.
    public int runAll() {
        if (owner != null && owner != Thread.currentThread()) throw new IllegalStateException(name + " has a thread of its own");
        int count = 0;
        for (Runnable task; (task = queue.poll()) != null; count++) Threads.logged(task).run();
        return count;
    }

    /// Fails when called from any thread but the owner's.
    public void checkOwner() {
        Thread thread = owner;
        if (thread != null && thread != Thread.currentThread()) {
            throw new IllegalStateException("only " + name + " may do this, not " + Thread.currentThread().getName());
        }
    }

    /// Runs what was posted before, then ends the thread. Waits at most two seconds; not from the owner itself.
    @Override
    public void close() {
        close(Duration.ofSeconds(2));
    }

    public void close(Duration patience) {
        if (closed) return;
        queue.add(() -> closed = true);
        Thread thread = owner;
        if (thread == null) {
            runAll();
        } else if (thread != Thread.currentThread()) {
            try {
                thread.join(patience);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void loop() {
        while (!closed) {
            try {
                Runnable task = queue.poll(1, TimeUnit.HOURS);
                if (task != null) Threads.logged(task).run();
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }
}
