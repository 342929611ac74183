package app.waxwing.library;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// Fetches the words of kept tracks, so that they are here when the network is not (requirement C.3 14): one track at a time, as [QuietWork].
final class LyricsBackfill implements AutoCloseable {
    static final Duration FIRST = Duration.ofMinutes(2);
    static final Duration LOOK = Duration.ofMinutes(30);
    private static final int A_LOOK = 200;
    private final LyricsStore store;
    private final BooleanSupplier busy;
    private final Set<ItemKey> failed = new HashSet<>();
    private final QuietWork work;

    /// @param busy something that matters more uses the network
    LyricsBackfill(LyricsStore store, BooleanSupplier busy, Executor io, Time time) {
        this.store = store;
        this.busy = busy;
        work = new QuietWork("words of kept tracks", FIRST, LOOK, this::step, io, time);
    }

    /// One track.
    private QuietWork.Piece step() {
        if (busy.getAsBoolean()) return QuietWork.Piece.GAVE_WAY;
        Optional<ItemKey> track = store.wanted(A_LOOK + failed.size()).stream().filter(t -> !failed.contains(t)).findFirst();
        if (track.isEmpty()) {
            failed.clear();
            return QuietWork.Piece.NONE;
        }
        if (store.backfill(track.get()).join()) return QuietWork.Piece.DONE;
        failed.add(track.get());
        return QuietWork.Piece.FAILED;
    }

    @Override
    public void close() {
        work.close();
    }
}
