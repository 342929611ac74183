package app.waxwing.download;

import app.waxwing.download.Download.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/// When those that wait for their turn will have it, told by the rule by which [Board] chooses the next one: among several servers the place in the
/// queue alone does not tell. Which transfer ends first nobody knows: here the one that began first does, which is so where all are alike. Pure, and
/// it makes no object for a row: it is asked five times a second while tens of thousands wait.
public final class PlacesInLine {
    private static final int NONE = -1;
    private final List<QueueLine> lines;
    private final int[] places;
    /// For each row the next one of the same account and level.
    private final int[] behind;
    private final List<Lane> lanes = new ArrayList<>();
    private final Deque<Lane> running = new ArrayDeque<>();
    private int turns;
    private int given;

    /// What one account's server is kept busy with in one class.
    private static final class Lane {
        private final long account;
        private final int rank;
        private int busy;
        private int lastTurn;
        private int first = NONE;
        private int last = NONE;

        private Lane(QueueLine d) {
            account = d.account();
            rank = d.rank();
        }
    }

    private PlacesInLine(List<QueueLine> lines) {
        this.lines = lines;
        places = new int[lines.size()];
        behind = new int[lines.size()];
        Arrays.fill(behind, NONE);
    }

    /// @param unfinished in the order of the queue; of each server the downloads of one account
    /// @param inLine whether the one at this index waits for nothing but its turn
    /// @return for each of them its place from 1, or 0 where it is not in line
    public static int[] of(List<QueueLine> unfinished, IntPredicate inLine) {
        var line = new PlacesInLine(unfinished);
        for (QueueLine d : unfinished) if (d.status() == Status.DOWNLOADING && d.rank() > 0) line.start(line.lane(d));
        List<Lane> waiting = new ArrayList<>();
        int before = NONE;
        for (int i = 0; i < unfinished.size(); i++) {
            if (!inLine.test(i)) continue;
            if (before != NONE && !isLevel(unfinished.get(before), unfinished.get(i))) line.level(waiting);
            line.add(i, waiting);
            before = i;
        }
        line.level(waiting);
        return line.places;
    }

    /// Only their accounts and their places in the queue decide between the two.
    private static boolean isLevel(QueueLine a, QueueLine b) {
        return a.rank() == b.rank() && a.priority() == b.priority();
    }

    private Lane lane(QueueLine d) {
        for (Lane known : lanes) if (known.account == d.account() && known.rank == d.rank()) return known;
        var made = new Lane(d);
        lanes.add(made);
        return made;
    }

    private void add(int row, List<Lane> waiting) {
        Lane lane = lane(lines.get(row));
        if (lane.first == NONE) {
            lane.first = row;
            waiting.add(lane);
        } else {
            behind[lane.last] = row;
        }
        lane.last = row;
    }

    /// Gives every one that waits its place; nobody does any more.
    private void level(List<Lane> waiting) {
        while (!waiting.isEmpty()) {
            if (!running.isEmpty()) running.remove().busy--;
            Lane next = waiting.getFirst();
            for (int i = 1; i < waiting.size(); i++) if (isSooner(waiting.get(i), next)) next = waiting.get(i);
            places[next.first] = ++given;
            next.first = behind[next.first];
            if (next.first == NONE) waiting.remove(next);
            start(next);
        }
    }

    private boolean isSooner(Lane a, Lane b) {
        if (a.busy != b.busy) return a.busy < b.busy;
        if (a.lastTurn != b.lastTurn) return a.lastTurn < b.lastTurn;
        QueueLine one = lines.get(a.first);
        QueueLine other = lines.get(b.first);
        return one.place() == other.place() ? one.id() < other.id() : one.place() < other.place();
    }

    private void start(Lane lane) {
        lane.busy++;
        lane.lastTurn = ++turns;
        running.add(lane);
    }
}
