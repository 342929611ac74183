package app.waxwing.playback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What the queue was before its last changes, for undo and redo. Bounded by steps and by the entries they hold together. One thread.
final class QueueHistory {
    static final int STEPS = 50;
    static final long ENTRIES = 400_000;

    /// @param position where the current track stood
    record Step(PlayQueue queue, Duration position) {}

    private final Deque<Step> past = new ArrayDeque<>();
    private final Deque<Step> future = new ArrayDeque<>();

    /// A change is about to be made; what was undone before is gone.
    void changed(Step before) {
        future.clear();
        push(past, before);
    }

    Optional<Step> undo(Step now) {
        return take(past, future, now);
    }

    Optional<Step> redo(Step now) {
        return take(future, past, now);
    }

    /// Nothing before now can be come back to.
    void forget() {
        past.clear();
        future.clear();
    }

    private static Optional<Step> take(Deque<Step> from, Deque<Step> to, Step now) {
        if (from.isEmpty()) return Optional.empty();
        push(to, now);
        return Optional.of(from.pop());
    }

    private static void push(Deque<Step> steps, Step step) {
        steps.push(step);
        long entries = 0;
        for (Step s : steps) entries += s.queue().size();
        while (steps.size() > STEPS || steps.size() > 1 && entries > ENTRIES) entries -= steps.removeLast().queue().size();
    }
}
