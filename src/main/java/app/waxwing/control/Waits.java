package app.waxwing.control;

import app.waxwing.base.FailureException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Waiting for futures on a command's own worker thread, with the failure behind them as a [FailureException].
final class Waits {
    private Waits() {}

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new FailureException(FailureException.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.nothing("The command was interrupted.");
        }
    }
}
