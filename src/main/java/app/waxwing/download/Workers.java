package app.waxwing.download;

import app.waxwing.base.Mailbox;
import java.time.Duration;
import java.util.function.Function;

/// The engine's threads.
///
/// @param box `downloads`, owner of the queue's state
/// @param files what is done with folders and whole files, however long it takes
/// @param ticks once a second, what transfers wrote becomes durable; waits for nothing that `files` does
record Workers(Mailbox box, Mailbox files, Mailbox ticks, Function<Transfer.Tools, Attempt.Starter> attempts) implements AutoCloseable {
    static Workers threads() {
        return new Workers(Mailbox.start("downloads"), Mailbox.start("files"), Mailbox.start("ticks"), TransferPool::new);
    }

    @Override
    public void close() {
        ticks.close(Duration.ofMillis(300));
        files.close(Duration.ofMillis(300));
        box.close(Duration.ofMillis(200));
    }
}
