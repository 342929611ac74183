package app.waxwing.download;

import app.waxwing.base.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings waiting rows from the store into memory, a few hundred of each lane. Thread `downloads`.
final class QueueReader {
    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);
    /// The first read is a small one, so that the first transfers do not wait for hundreds of rows.
    private static final int FIRST = 8;
    private final Mailbox box;
    private final DownloadStore store;
    private final Board board;
    private final Transfers transfers;
    private final Figures figures;
    private final Runnable sync;
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private boolean first = true;
    private boolean few = true;

    /// @param sync called when something new waits in memory
    QueueReader(Mailbox box, DownloadStore store, Board board, Transfers transfers, Figures figures, Runnable sync) {
        this.box = box;
        this.store = store;
        this.board = board;
        this.transfers = transfers;
        this.figures = figures;
        this.sync = sync;
    }

    /// What comes first, once: before the start or with it. Completes on thread `downloads` when that is in memory, or cannot be read.
    CompletableFuture<Void> first() {
        if (first) {
            board.mayBeMore();
            load();
        }
        return read;
    }

    /// From now on as many as memory has room for: until the first transfers have begun reading those would only hold them up.
    void more() {
        few = false;
    }

    /// Reads where memory runs short; at once back.
    void load() {
        if (few && !first) return;
        Optional<Set<Lane>> lanes = board.beginLoad();
        if (lanes.isEmpty()) return;
        int limit = (first ? FIRST : Board.WINDOW) + transfers.size() + 8;
        first = false;
        store.next(lanes.get(), limit).whenComplete((rows, trouble) -> box.post(() -> {
            try {
                if (trouble == null) {
                    loaded(rows, limit);
                    return;
                }
                LOG.error("the queue cannot be read", trouble);
                board.loadFailed();
            } finally {
                read.complete(null);
            }
        }));
    }

    private void loaded(Map<Lane, List<Entry>> rows, int limit) {
        int added = board.loaded(rows, limit);
        if (added > 0) sync.run();
        else load();
    }

    /// What waits is read again from the store, and so is how many there are.
    void again() {
        more();
        board.forgetWaiting(transfers::has);
        recount().thenRun(figures::refresh);
        sync.run();
    }

    /// Counts again what could not be counted at the start.
    void recheck() {
        if (!figures.known()) recount();
    }

    /// How many there are is read from the store, behind what was submitted before; completes on thread `downloads`.
    CompletableFuture<Void> recount() {
        figures.asked();
        var counted = new CompletableFuture<Void>();
        store.counts().whenComplete((fresh, trouble) -> box.post(() -> {
            figures.counted(Optional.ofNullable(fresh));
            if (trouble == null) counted.complete(null);
            else counted.completeExceptionally(trouble);
        }));
        return counted;
    }
}
