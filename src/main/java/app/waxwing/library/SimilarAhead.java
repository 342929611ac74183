package app.waxwing.library;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// Works out «more like this» of what is likely to be opened, and with it Home's recommendations, before anybody asks, so that the shelves are
/// there on the train too (requirement C.3 8): one item at a time, as [QuietWork], and only those of which nothing is here or what is here is old.
final class SimilarAhead implements AutoCloseable {
    static final Duration FIRST = Duration.ofMinutes(3);
    static final Duration LOOK = Duration.ofMinutes(15);
    /// Most items of one look, and so most questions to servers.
    static final int A_LOOK = 10;
    private final SimilarStore store;
    private final BooleanSupplier busy;
    private final Deque<ItemKey> wanted = new ArrayDeque<>();
    private boolean looked;
    private final QuietWork work;

    /// @param busy something that matters more uses the network, or it costs
    SimilarAhead(SimilarStore store, BooleanSupplier busy, Executor io, Time time) {
        this.store = store;
        this.busy = busy;
        work = new QuietWork("what goes with what", FIRST, LOOK, this::step, io, time);
    }

    /// One item.
    private QuietWork.Piece step() {
        if (busy.getAsBoolean()) return QuietWork.Piece.GAVE_WAY;
        if (!looked) wanted.addAll(store.wanted(A_LOOK));
        looked = !wanted.isEmpty();
        if (wanted.isEmpty()) return QuietWork.Piece.NONE;
        ItemKey item = wanted.removeFirst();
        return store.ahead(item).join() ? QuietWork.Piece.DONE : QuietWork.Piece.FAILED;
    }

    @Override
    public void close() {
        work.close();
    }
}
