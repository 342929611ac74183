package app.waxwing.base;

/// What subscribing returns. Whoever subscribes names where it ends; ending twice is harmless.
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    /// Ends the subscription. Any thread.
    @Override
    void close();

    /// One subscription that ends both.
    default Subscription and(Subscription other) {
        return () -> {
            close();
            other.close();
        };
    }
}
