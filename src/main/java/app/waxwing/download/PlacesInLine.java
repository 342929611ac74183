package app.waxwing.download;

import app.waxwing.download.Download.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// When those that wait for their turn will have it, told by the rule by which [Board] chooses the next one: among several servers the place in the
/// queue alone does not tell. Which transfer ends first nobody knows: here the one that began first does, which is so where all are alike. Pure.
public final class PlacesInLine {
    private final Map<Whose, Integer> busy = new HashMap<>();
    private final Map<Whose, Integer> lastTurn = new HashMap<>();
    private final Deque<Whose> running = new ArrayDeque<>();
    private final Map<Long, Integer> places = new HashMap<>();
    private int turns;

    private record Whose(long account, int rank) {
        static Whose of(QueueLine d) {
            return new Whose(d.account(), d.rank());
        }
    }

    /// What only its account and its place in the queue decide between.
    private record Level(int rank, int priority) {}

    private PlacesInLine() {}

    /// @param unfinished in the order of the queue; of each server the downloads of one account
    /// @param inLine whether one waits for nothing but its turn
    /// @return places from 1, by id, of those in line
    public static Map<Long, Integer> of(List<QueueLine> unfinished, Predicate<QueueLine> inLine) {
        var line = new PlacesInLine();
        Map<Level, Map<Long, Deque<QueueLine>>> levels = new LinkedHashMap<>();
        for (QueueLine d : unfinished) {
            if (d.status() == Status.DOWNLOADING && d.rank() > 0) line.start(Whose.of(d));
            if (inLine.test(d)) {
                levels.computeIfAbsent(new Level(d.rank(), d.priority()), l -> new LinkedHashMap<>())
                        .computeIfAbsent(d.account(), a -> new ArrayDeque<>()).add(d);
            }
        }
        levels.values().forEach(line::level);
        return line.places;
    }

    private void level(Map<Long, Deque<QueueLine>> waiting) {
        while (!waiting.isEmpty()) {
            if (!running.isEmpty()) busy.merge(running.remove(), -1, Integer::sum);
            QueueLine next = waiting.values().stream().map(Deque::getFirst).min(this::sooner).orElseThrow();
            waiting.computeIfPresent(next.account(), (account, own) -> {
                own.remove();
                return own.isEmpty() ? null : own;
            });
            places.put(next.id(), places.size() + 1);
            start(Whose.of(next));
        }
    }

    private int sooner(QueueLine a, QueueLine b) {
        int level = Integer.compare(busy.getOrDefault(Whose.of(a), 0), busy.getOrDefault(Whose.of(b), 0));
        if (level == 0) level = Integer.compare(lastTurn.getOrDefault(Whose.of(a), 0), lastTurn.getOrDefault(Whose.of(b), 0));
        if (level == 0) level = Long.compare(a.place(), b.place());
        return level == 0 ? Long.compare(a.id(), b.id()) : level;
    }

    private void start(Whose whose) {
        busy.merge(whose, 1, Integer::sum);
        lastTurn.put(whose, ++turns);
        running.add(whose);
    }
}
