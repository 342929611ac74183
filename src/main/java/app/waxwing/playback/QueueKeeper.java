package app.waxwing.playback;

import app.waxwing.playback.PlayerStore.Now;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves the queue behind the player's back: one write at a time, of the newest state only. Thread `player` only.
final class QueueKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(QueueKeeper.class);
    private final PlayerStore store;
    private final Executor player;
    private Optional<PlayQueue> saved = Optional.empty();
    private boolean distrusted;
    private Optional<Now> waiting = Optional.empty();
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

    QueueKeeper(PlayerStore store, Executor player) {
        this.store = store;
        this.player = player;
    }

    /// The tables hold just this queue, so that only differences to it are written.
    void loaded(PlayQueue queue) {
        saved = Optional.of(queue);
    }

    /// What the tables hold may name tracks otherwise than memory: the next save writes all of it.
    void distrust() {
        saved = Optional.empty();
        distrusted = true;
    }

    void save(Now now) {
        waiting = Optional.of(now);
        if (writing.isDone()) writing = write();
    }

    /// Completes when everything given to [#save] before is in the database, or could not be written.
    CompletableFuture<Void> settled() {
        return writing;
    }

    private CompletableFuture<Void> write() {
        if (waiting.isEmpty()) return CompletableFuture.completedFuture(null);
        Now now = waiting.get();
        waiting = Optional.empty();
        distrusted = false;
        return store.save(saved, now).handleAsync((done, trouble) -> {
            if (trouble != null) LOG.error("the queue was not saved", trouble);
            else if (!distrusted) saved = Optional.of(now.queue());
            return write();
        }, player).thenCompose(next -> next);
    }
}
