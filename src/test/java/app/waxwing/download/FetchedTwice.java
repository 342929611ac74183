package app.waxwing.download;

import app.waxwing.testing.FaultServer.Sent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many bytes each kill made the server send again: what had gone out of a track when its run was killed, and lies behind the place from which a
/// later run asks for it. A place too low counts wholly, also when that later run is killed before it has fetched so much again.
final class FetchedTwice {
    static final long FREE = 4 << 20;
    private static final long SECONDS = 2;
    /// A speed is not told from less.
    private static final long SHORTEST = 200_000_000;
    private final List<Run> runs = new ArrayList<>();
    private final Map<String, Long> reached = new HashMap<>();
    private final Map<String, Run> by = new HashMap<>();

    /// One run, until its kill.
    private static final class Run {
        long sent;
        long began = Long.MAX_VALUE;
        long ended = Long.MIN_VALUE;
        long again;

        /// max(4 MiB, what it transferred in 2 s).
        long bound() {
            if (sent == 0) return FREE;
            return Math.max(FREE, (long) (sent * (SECONDS * 1e9 / Math.max(ended - began, SHORTEST))));
        }
    }

    /// The next run is over.
    ///
    /// @param all what was sent in it, when all its connections have ended
    void run(List<Sent> all) {
        var run = new Run();
        runs.add(run);
        for (Sent sent : all.stream().sorted(Comparator.comparingLong(Sent::began)).toList()) {
            run.sent += sent.count();
            run.began = Math.min(run.began, sent.began());
            run.ended = Math.max(run.ended, sent.ended());
            Run before = by.put(sent.path(), run);
            if (before != null) before.again += Math.max(0, reached.getOrDefault(sent.path(), 0L) - sent.from());
            reached.put(sent.path(), sent.from() + sent.count());
        }
    }

    /// A sentence for each kill that cost more than it may.
    List<String> tooMuch() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            if (run.again > run.bound()) {
                all.add("run %d sent %d bytes in %d ms; %d of them were asked for again, at most %d may be".formatted(i, run.sent,
                        (run.ended - run.began) / 1_000_000, run.again, run.bound()));
            }
        }
        return all;
    }

    long all() {
        return runs.stream().mapToLong(r -> r.again).sum();
    }

    long most() {
        return runs.stream().mapToLong(r -> r.again).max().orElse(0);
    }

    /// The share of what it may cost that the dearest kill cost, in percent.
    long nearest() {
        return runs.stream().mapToLong(r -> r.again * 100 / r.bound()).max().orElse(0);
    }

    /// How many runs would have been found out had every byte of them been asked for again.
    long telling() {
        return runs.stream().filter(r -> r.sent > r.bound()).count();
    }
}
