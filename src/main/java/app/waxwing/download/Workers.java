package app.waxwing.download;

import app.waxwing.base.Mailbox;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine's threads.
///
/// @param box `downloads`, owner of the queue's state
/// @param files what is done with folders and whole files, however long it takes
/// @param ticks once a second, what transfers wrote becomes durable; waits for nothing that `files` does
record Workers(Mailbox box, Mailbox files, Mailbox ticks, Function<Transfer.Tools, Attempt.Starter> attempts) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    static Workers threads() {
        return new Workers(Mailbox.start("downloads"), Mailbox.start("files"), Mailbox.start("ticks"), TransferPool::new);
    }

    /// Has everything that runs ended durably, as long as that takes less than 1.5 s.
    void end(Consumer<CompletableFuture<Void>> ending) {
        CompletableFuture<Void> stopped = box.ask(ending);
        try {
            stopped.get(1500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("transfers were still busy at the end; what was durable is kept", e);
        }
    }

    @Override
    public void close() {
        ticks.close(Duration.ofMillis(300));
        files.close(Duration.ofMillis(300));
        box.close(Duration.ofMillis(200));
    }
}
