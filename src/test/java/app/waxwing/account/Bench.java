package app.waxwing.account;

import app.waxwing.base.FailureException;
import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.PowerMonitor;
import app.waxwing.base.Secrets;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import app.waxwing.store.Database;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.MemorySecrets;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// An account book over a real database in a folder of its own.
final class Bench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    final SystemTime system = new SystemTime();
    final ExecutorService io = Threads.virtual("io");
    final HttpClients clients = new HttpClients("0.1.0-test");
    final Secrets secrets;
    final Database database;
    final AccountBook book;

    Bench(Path folder) {
        this(folder, new MemorySecrets());
    }

    Bench(Path folder, Secrets secrets) {
        this(folder, secrets, new SystemTime(), 9);
    }

    Bench(Path folder, Secrets secrets, Time time, int discoveryPort) {
        this.secrets = secrets;
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), system);
        book = new AccountBook(database, secrets, clients, time, io, NetworkMonitor.NONE, PowerMonitor.NONE,
                new AccountBook.Settings("Test bench", "0.1.0", discoveryPort, () -> Set.of(InetAddress.getLoopbackAddress())));
    }

    Account signIn(String url, String user, String password) {
        return get(book.signIn(get(book.probe(url)), user, password));
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FailureException f) throw f;
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within " + PATIENCE);
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        book.close();
        clients.close();
        database.close();
        io.shutdownNow();
        system.close();
    }
}
