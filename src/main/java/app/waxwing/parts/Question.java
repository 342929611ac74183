package app.waxwing.parts;

import app.waxwing.base.FailureException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One question that a page asks, and asks again when something changed. An older answer never overwrites a newer one, and what is shown stays until
/// the new answer is here. A long answer may be preceded by its beginning. Belongs to the thread of its executor.
public final class Question<T> {
    private final ReadOnlyObjectWrapper<Asked<T>> state = new ReadOnlyObjectWrapper<>(new Asked.Waiting<>());
    private final Executor fx;
    private final Supplier<CompletableFuture<T>> supplier;
    private final Supplier<Optional<CompletableFuture<T>>> beginning;
    private int generation;

    public Question(Executor fx, Supplier<CompletableFuture<T>> supplier) {
        this(fx, supplier, Optional::empty);
    }

    /// @param beginning asked beside the answer, after it was asked for; shown until that is here
    public Question(Executor fx, Supplier<CompletableFuture<T>> supplier, Supplier<Optional<CompletableFuture<T>>> beginning) {
        this.fx = fx;
        this.supplier = supplier;
        this.beginning = beginning;
    }

    public ReadOnlyObjectProperty<Asked<T>> state() {
        return state.getReadOnlyProperty();
    }

    public Optional<T> value() {
        return state.get() instanceof Asked.Here<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /// Asks now; a failed page shows that it waits, one with content keeps it.
    public void ask() {
        ask(value().isEmpty());
    }

    /// Asks for something else than what is shown: its beginning is wanted soon.
    public void askAnew() {
        ask(true);
    }

    private void ask(boolean soon) {
        int asked = ++generation;
        if (state.get() instanceof Asked.Failed) state.set(new Asked.Waiting<>());
        CompletableFuture<T> future;
        try {
            future = supplier.get();
        } catch (FailureException e) {
            future = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<T> whole = future;
        whole.whenComplete((value, trouble) -> fx.execute(() -> {
            if (asked != generation) return;
            state.set(trouble == null ? new Asked.Here<>(value) : new Asked.Failed<>(FailureException.of(trouble)));
        }));
        if (soon && !whole.isDone()) beginning.get().ifPresent(begun -> begun.thenAccept(value -> fx.execute(() -> {
            if (asked == generation && !whole.isDone()) state.set(new Asked.Here<>(value));
        })));
    }
}
