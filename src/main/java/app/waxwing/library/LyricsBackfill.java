package app.waxwing.library;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches the words of kept tracks, so that they are here when the network is not (requirement C.3 14): one track at a time and with pauses, not
/// at all while a stream or a download wants the line, less and less often while servers fail.
final class LyricsBackfill implements AutoCloseable {
    static final Duration FIRST = Duration.ofMinutes(2);
    static final Duration PAUSE = Duration.ofSeconds(2);
    static final Duration LOOK = Duration.ofMinutes(30);
    static final Duration BACK_OFF = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(LyricsBackfill.class);
    private static final int A_LOOK = 200;
    private final LyricsStore store;
    private final BooleanSupplier busy;
    private final Executor io;
    private final Time time;
    private final Set<ItemKey> failed = new HashSet<>();
    private Duration backOff = BACK_OFF;
    private Subscription next;
    private boolean closed;

    /// @param busy something that matters more uses the network
    LyricsBackfill(LyricsStore store, BooleanSupplier busy, Executor io, Time time) {
        this.store = store;
        this.busy = busy;
        this.io = io;
        this.time = time;
        next = time.after(FIRST, this::post);
    }

    private void post() {
        io.execute(() -> {
            Duration wait;
            try {
                wait = step();
            } catch (RuntimeException e) { // broad: a quiet job never ends the program, and comes again
                LOG.warn("words of kept tracks", e);
                wait = LOOK;
            }
            again(wait);
        });
    }

    private synchronized void again(Duration wait) {
        if (!closed) next = time.after(wait, this::post);
    }

    /// One track; how long to wait for the next.
    private Duration step() {
        if (busy.getAsBoolean()) return BACK_OFF;
        Optional<ItemKey> track = store.wanted(A_LOOK).stream().filter(t -> !failed.contains(t)).findFirst();
        if (track.isEmpty()) {
            failed.clear();
            return LOOK;
        }
        if (store.backfill(track.get()).join()) {
            backOff = BACK_OFF;
            return PAUSE;
        }
        failed.add(track.get());
        Duration wait = backOff;
        backOff = backOff.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : backOff.multipliedBy(2);
        return wait;
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.close();
    }
}
