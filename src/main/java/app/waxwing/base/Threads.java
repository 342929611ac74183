package app.waxwing.base;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/// The only place that makes threads and pools, so that each has a name and none loses an exception. docs/threads.md lists them all.
public final class Threads {
    private Threads() {}

    /// Daemon platform threads named `name`, or `name-1`, `name-2`, … from the second on.
    public static ThreadFactory factory(String name) {
        var count = new AtomicInteger();
        return task -> {
            int n = count.incrementAndGet();
            var thread = new Thread(logged(task), n == 1 ? name : name + "-" + n);
            thread.setDaemon(true);
            return thread;
        };
    }

    /// Starts one named daemon platform thread.
    public static Thread start(String name, Runnable task) {
        var thread = new Thread(logged(task), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /// At most `size` platform threads `name-1…`, made when needed.
    public static ExecutorService platform(String name, int size) {
        var count = new AtomicInteger();
        var pool = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, name + "-" + (1 + Math.floorMod(count.getAndIncrement(), size)));
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// One low-priority platform thread for hashing, image decoding and the like.
    public static ExecutorService background(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }

    /// Virtual threads `name-…`, one a task: for waiting on the network only, never for native calls or state.
    public static ExecutorService virtual(String name) {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
    }

    /// The task, with anything it throws written to the log instead of lost.
    public static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Not before: the first logger reads the log's configuration, which the window need not wait for.
                LoggerFactory.getLogger(Threads.class).error("thread {} failed", Thread.currentThread().getName(), e);
            }
        };
    }
}
