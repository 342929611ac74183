package app.waxwing.base;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How often and how late something is tried again: 5 s, 15 s, 45 s after the first try, each up to 10 % later (requirement 2.3).
///
/// @param delays the wait before each retry; as many retries as delays
public record Retry(List<Duration> delays) {
    /// First try and three retries.
    public static final Retry DOWNLOADS = new Retry(List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(45)));

    public Retry {
        delays = List.copyOf(delays);
    }

    /// The wait before the next try, or empty when there is none.
    ///
    /// @param failures failed tries so far, at least 1
    public Optional<Duration> next(int failures, RandomGenerator random) {
        if (failures < 1 || failures > delays.size()) return Optional.empty();
        Duration delay = delays.get(failures - 1);
        return Optional.of(delay.plusNanos((long) (delay.toNanos() * 0.1 * random.nextDouble())));
    }
}
