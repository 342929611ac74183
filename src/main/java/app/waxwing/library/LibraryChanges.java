package app.waxwing.library;

import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Tells screens that something changed: the first time at once, then at most four times a second for each kind.
/// Any thread may report; listeners are told on an `io-*` thread.
public final class LibraryChanges {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private final Events<Library.Change> events = new Events<>();
    private final Events<Map<ItemKey, ItemKey>> moved = new Events<>();
    private final Set<Library.Change> resting = EnumSet.noneOf(Library.Change.class);
    private final Set<Library.Change> waiting = EnumSet.noneOf(Library.Change.class);
    private final Time time;
    private final Executor io;

    public LibraryChanges(Time time, Executor io) {
        this.time = time;
        this.io = io;
    }

    public Events<Library.Change> events() {
        return events;
    }

    /// Tracks that have another id on their server, by the old one, as soon as the store names them so; on the thread of the sync.
    public Events<Map<ItemKey, ItemKey>> moved() {
        return moved;
    }

    /// So many rows of the library were written anew.
    public void refilled(int rows) {
        if (rows > 0) changed(Library.Change.CONTENT);
    }

    public void changed(Library.Change change) {
        synchronized (this) {
            if (!resting.add(change)) {
                waiting.add(change);
                return;
            }
        }
        tell(change);
    }

    private void tell(Library.Change change) {
        try {
            io.execute(() -> events.publish(change));
        } catch (RejectedExecutionException e) {
            return; // Closing: nobody looks any more.
        }
        time.after(PAUSE, () -> rested(change));
    }

    private void rested(Library.Change change) {
        synchronized (this) {
            if (!waiting.remove(change)) {
                resting.remove(change);
                return;
            }
        }
        tell(change);
    }
}
