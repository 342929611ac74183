package app.waxwing.library;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks servers for something that nobody waits for: one piece at a time and with pauses, not at all while something that matters more uses the
/// network, less and less often while servers fail. It begins some time after the start and ends when it is closed.
final class QuietWork implements AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(2);
    static final Duration BACK_OFF = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(QuietWork.class);
    private final String what;
    private final Supplier<Piece> step;
    private final Duration look;
    private final Executor io;
    private final Time time;
    private Duration backOff = BACK_OFF;
    private Subscription next;
    private boolean closed;

    /// What came of one step.
    enum Piece {
        DONE,
        /// The server gave no answer to keep.
        FAILED,
        /// There is nothing to do for now.
        NONE,
        /// Others want the network.
        GAVE_WAY
    }

    /// @param what in words, for the log
    /// @param first how long after now the first step is made
    /// @param look how long after a step without work the next is made
    /// @param step blocks, on `io`
    QuietWork(String what, Duration first, Duration look, Supplier<Piece> step, Executor io, Time time) {
        this.what = what;
        this.step = step;
        this.look = look;
        this.io = io;
        this.time = time;
        next = time.after(first, this::post);
    }

    private void post() {
        io.execute(() -> {
            Duration wait;
            try {
                wait = after(step.get());
            } catch (RuntimeException | Error e) { // a quiet job never ends the program, and comes again
                LOG.warn("{}", what, e);
                wait = look;
            }
            again(wait);
        });
    }

    private synchronized void again(Duration wait) {
        if (!closed) next = time.after(wait, this::post);
    }

    /// How long to wait after a step.
    private Duration after(Piece piece) {
        return switch (piece) {
            case DONE -> {
                backOff = BACK_OFF;
                yield PAUSE;
            }
            case FAILED -> {
                Duration wait = backOff;
                Duration twice = backOff.multipliedBy(2);
                backOff = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
                yield wait;
            }
            case NONE -> look;
            case GAVE_WAY -> BACK_OFF;
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.close();
    }
}
