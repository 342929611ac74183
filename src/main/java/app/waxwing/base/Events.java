package app.waxwing.base;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// A list of listeners for one kind of event. Listeners run on the publisher's thread, in the order they subscribed, and must return at once;
/// one that throws is logged and does not keep the event from the others; an [Error] (no memory, a class that is not there) is thrown on to the
/// publisher after that. Publish from one thread where order matters.
public final class Events<E> {
    private final List<Consumer<? super E>> listeners = new CopyOnWriteArrayList<>();

    /// Any thread. The same listener subscribed twice is told twice.
    public Subscription subscribe(Consumer<? super E> listener) {
        Consumer<? super E> own = listener::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    public void publish(E event) {
        Optional<Error> error = Optional.empty();
        for (Consumer<? super E> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException | Error e) {
                // Not before, as in [Threads#logged].
                LoggerFactory.getLogger(Events.class).error("a listener failed on {}", event.getClass().getSimpleName(), e);
                if (error.isEmpty() && e instanceof Error worse) error = Optional.of(worse);
            }
        }
        if (error.isPresent()) throw error.get();
    }
}
