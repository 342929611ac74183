package app.waxwing.download;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Stretches of one file in their order, of which no two overlap. They may grow at their end, up to the next one. Bookkeeping only; not thread-safe.
final class Stretches<S extends Stretches.Stretch> {
    private final TreeMap<Long, S> all = new TreeMap<>();

    /// From `start` up to, and without, `end`; empty where they are the same.
    interface Stretch {
        long start();

        long end();

        default long length() {
            return end() - start();
        }
    }

    void add(S stretch) {
        Map.Entry<Long, S> before = all.floorEntry(stretch.start());
        Long after = all.ceilingKey(stretch.start());
        boolean overlaps = before != null && (before.getValue().end() > stretch.start() || before.getKey() == stretch.start())
                || after != null && after < stretch.end();
        if (stretch.length() < 0 || overlaps) throw new IllegalArgumentException(stretch.start() + "–" + stretch.end() + " is not free");
        all.put(stretch.start(), stretch);
    }

    void remove(S stretch) {
        all.remove(stretch.start(), stretch);
    }

    /// The one that has this byte.
    Optional<S> at(long position) {
        return Optional.ofNullable(all.floorEntry(position)).map(Map.Entry::getValue).filter(s -> position < s.end());
    }

    /// The one whose next byte would be this.
    Optional<S> endingAt(long position) {
        return Optional.ofNullable(all.floorEntry(position)).map(Map.Entry::getValue).filter(s -> position == s.end());
    }

    /// Where the first one begins that begins behind this byte and is one of these.
    OptionalLong next(long position, Predicate<S> which) {
        return all.tailMap(position, false).values().stream().filter(which).mapToLong(Stretch::start).findFirst();
    }

    /// How far the stretch may grow.
    long limit(S stretch, long total) {
        return next(stretch.start(), s -> true).orElse(total);
    }

    Optional<S> first() {
        return Optional.ofNullable(all.firstEntry()).map(Map.Entry::getValue);
    }

    Optional<S> shortest(Predicate<S> which) {
        return all.values().stream().filter(which).min(Comparator.comparingLong(Stretch::length));
    }

    /// As they are now, in their order.
    List<S> all() {
        return new ArrayList<>(all.values());
    }

    int size() {
        return all.size();
    }
}
