package app.waxwing.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What the caches and the database did (requirements 1.10, C.5). Blocks for a small query: on a thread for such work.
public interface Metrics {
    View look();

    /// The caches' figures begin at nought again; what they hold stays.
    void reset();

    /// @param caches by name
    record View(List<Cache> caches, Store store) {
        public View {
            caches = List.copyOf(caches);
        }

        public long hits() {
            return caches.stream().mapToLong(Cache::hits).sum();
        }

        public long misses() {
            return caches.stream().mapToLong(Cache::misses).sum();
        }

        public double hitRate() {
            return part(hits(), asked());
        }

        public long items() {
            return caches.stream().mapToLong(Cache::items).sum();
        }

        public long bytes() {
            return caches.stream().mapToLong(Cache::bytes).sum();
        }

        public long errors() {
            return caches.stream().mapToLong(Cache::errors).sum();
        }

        public double errorRate() {
            return part(errors(), asked());
        }

        /// Of all answers.
        public Duration mean() {
            double nanos = caches.stream().mapToDouble(c -> (double) c.mean().toNanos() * (c.hits() + c.misses())).sum();
            return asked() == 0 ? Duration.ZERO : Duration.ofNanos(Math.round(nanos / asked()));
        }

        /// The part of all questions for which no server was asked: 1 − network / total (requirement 1.6); 0 while more was fetched than asked for.
        public double callsSaved() {
            return asked() == 0 ? 0 : Math.max(0, 1 - part(caches.stream().mapToLong(Cache::network).sum(), asked()));
        }

        private long asked() {
            return hits() + misses();
        }
    }

    /// @param mean of all answers
    /// @param p95 nineteen of twenty came within this
    /// @param network loads from a server: asks that went on to it, and what was fetched before anybody asked
    record Cache(String name, long hits, long misses, Duration mean, Duration p95, long items, long bytes, long evictions, long errors,
            long network) {
        public double hitRate() {
            return part(hits, hits + misses);
        }
    }

    /// The database since the start of this run.
    ///
    /// @param slow statements of 100 ms and more
    /// @param busy times that another program held the file too long
    /// @param waiting reads and writes that wait or run now
    /// @param newest of the slow ones, without their values
    record Store(long bytes, long walBytes, long statements, Duration mean, long slow, long busy, long waiting, List<Slow> newest) {
        public Store {
            newest = List.copyOf(newest);
        }
    }

    record Slow(Instant at, Duration took, String statement) {}

    private static double part(long some, long all) {
        return all == 0 ? 0 : (double) some / all;
    }
}
