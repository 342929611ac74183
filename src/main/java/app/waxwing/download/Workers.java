package app.waxwing.download;

import app.waxwing.base.Mailbox;
import java.util.function.Function;

/// Who does the engine's work: the thread that decides, the one that touches the disk, and those that fetch.
record Workers(Mailbox box, Mailbox files, Function<Transfer.Tools, Attempt.Starter> attempts) {
    static Workers threads() {
        return new Workers(Mailbox.start("downloads"), Mailbox.start("files"), TransferPool::new);
    }
}
