package app.waxwing.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

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
            return sum(caches.stream().map(c -> new Level(c.hits() + c.misses(), c.mean()))).mean();
        }

        /// The part of all questions for which no server was asked: 1 − network / total (requirement 1.6). What servers are asked before anybody
        /// wants to know it is no such question.
        public double callsSaved() {
            return asked() == 0 ? 0 : Math.max(0, 1 - part(caches.stream().mapToLong(Cache::network).sum(), asked()));
        }

        /// Of all caches.
        public Levels levels() {
            return new Levels(sum(caches.stream().map(c -> c.levels().memory())), sum(caches.stream().map(c -> c.levels().store())),
                    sum(caches.stream().map(c -> c.levels().server())));
        }

        private static Level sum(Stream<Level> levels) {
            return levels.reduce(Level.NONE, (a, b) -> {
                long answers = a.answers() + b.answers();
                double nanos = (double) a.mean().toNanos() * a.answers() + (double) b.mean().toNanos() * b.answers();
                return new Level(answers, answers == 0 ? Duration.ZERO : Duration.ofNanos(Math.round(nanos / answers)));
            });
        }

        private long asked() {
            return hits() + misses();
        }
    }

    /// @param mean of all answers, with the time that a server took where one was asked
    /// @param p95 nineteen of twenty came within this
    /// @param network asks that went on to a server
    /// @param unasked other questions to servers: before anybody asked, or a second one for the same answer
    /// @param limit bytes at most, 0 = none
    record Cache(String name, long hits, long misses, Duration mean, Duration p95, long items, long bytes, long evictions, long errors,
            long network, long unasked, long limit, Levels levels) {
        public double hitRate() {
            return part(hits, hits + misses);
        }
    }

    /// Where answers came from (requirement 1.7).
    ///
    /// @param memory the heap
    /// @param store the database and the disk; «no» too, where no server was asked
    /// @param server what had to wait for a server
    record Levels(Level memory, Level store, Level server) {}

    record Level(long answers, Duration mean) {
        static final Level NONE = new Level(0, Duration.ZERO);
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
