package app.waxwing.account;

import app.waxwing.base.FailureException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work on `io-*` threads whose futures fail with the [FailureException] itself.
record IoWork(Executor io) {
    private static final Logger LOG = LoggerFactory.getLogger(IoWork.class);

    <T extends @Nullable Object> CompletableFuture<T> run(Supplier<T> work) {
        var future = new CompletableFuture<T>();
        io.execute(() -> {
            try {
                future.complete(work.get());
            } catch (FailureException | CompletionException e) {
                future.completeExceptionally(unwrapped(e));
            } catch (RuntimeException | Error e) {
                LOG.error("an account's task failed", e);
                future.completeExceptionally(unwrapped(e));
            }
        });
        return future;
    }

    static FailureException unwrapped(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) if (t instanceof FailureException f) return f;
        return new FailureException(FailureException.of(thrown), thrown);
    }
}
