package app.waxwing.playback;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import java.util.SplittableRandom;

/// The playing order of a queue: which listed index comes at which turn. Immutable; the plain order is kept as a number alone.
final class Order {
    private final int size;
    private final int[] turns; // turn → listed index; empty = as listed
    private final int[] ranks; // listed index → turn

    private Order(int size, int[] turns) {
        this.size = size;
        this.turns = turns;
        ranks = new int[turns.length];
        Arrays.fill(ranks, -1);
        for (int turn = 0; turn < turns.length; turn++) {
            if (ranks[turns[turn]] >= 0) throw new IllegalArgumentException("index " + turns[turn] + " twice");
            ranks[turns[turn]] = turn;
        }
    }

    static Order listed(int size) {
        return new Order(size, new int[0]);
    }

    /// @throws IllegalArgumentException unless every index below the length comes exactly once
    static Order of(int[] turns) {
        for (int index : turns) if (index < 0 || index >= turns.length) throw new IllegalArgumentException("index " + index);
        return new Order(turns.length, turns.clone());
    }

    /// A seeded shuffle; `first` (if not -1) comes first, so that everything else is still to come.
    static Order shuffled(int size, int first, long seed) {
        int[] turns = new int[size];
        for (int i = 0; i < size; i++) turns[i] = i;
        if (first > 0) {
            turns[0] = first;
            turns[first] = 0;
        }
        var random = new SplittableRandom(seed);
        int from = first < 0 ? 0 : 1;
        for (int i = size - 1; i > from; i--) {
            int j = from + random.nextInt(i - from + 1);
            int swap = turns[i];
            turns[i] = turns[j];
            turns[j] = swap;
        }
        return new Order(size, turns);
    }

    boolean isListed() {
        return turns.length == 0;
    }

    int at(int turn) {
        return isListed() ? turn : turns[turn];
    }

    int turnOf(int index) {
        return isListed() ? index : ranks[index];
    }

    /// `count` new indices from `at` on, taking consecutive turns from `turn` on; later indices shift.
    Order inserted(int at, int count, int turn) {
        if (isListed() && at == turn) return listed(size + count);
        int[] out = new int[size + count];
        for (int t = 0, o = 0; t <= size; t++) {
            if (t == turn) for (int k = 0; k < count; k++) out[o++] = at + k;
            if (t < size) out[o++] = at(t) >= at ? at(t) + count : at(t);
        }
        return new Order(out.length, out);
    }

    /// @param shifted old listed index → new one, -1 for those that go
    Order kept(int[] shifted, int left) {
        if (isListed()) return listed(left);
        int[] out = new int[left];
        int o = 0;
        for (int index : turns) if (shifted[index] >= 0) out[o++] = shifted[index];
        return new Order(left, out);
    }

    /// The listed entry `from` goes to `to`, and in playing order takes the turn of the entry that was at `to`.
    Order moved(int from, int to) {
        if (isListed()) return this;
        int[] renamed = new int[size];
        for (int t = 0; t < size; t++) renamed[t] = movedIndex(turns[t], from, to);
        int start = ranks[from];
        int end = ranks[to];
        int[] out = renamed.clone();
        if (start < end) System.arraycopy(renamed, start + 1, out, start, end - start);
        else System.arraycopy(renamed, end, out, end + 1, start - end);
        out[end] = to;
        return new Order(size, out);
    }

    /// Where a listed index is after `from` went to `to`.
    static int movedIndex(int index, int from, int to) {
        if (index == from) return to;
        if (from < to) return index > from && index <= to ? index - 1 : index;
        return index >= to && index < from ? index + 1 : index;
    }

    /// Listed indices from a turn on, and where `around` from the start again up to (not including) the turn before it. A view: no copy.
    Indices upcoming(int firstTurn, boolean around) {
        return new Indices(this, firstTurn, around && firstTurn > 0 ? size - 1 : size - firstTurn);
    }

    int[] toArray() {
        return turns.clone();
    }

    /// A view of a stretch of the order.
    static final class Indices extends AbstractList<Integer> implements RandomAccess {
        private final Order order;
        private final int first;
        private final int length;

        Indices(Order order, int first, int length) {
            this.order = order;
            this.first = first;
            this.length = length;
        }

        @Override
        public Integer get(int i) {
            if (i < 0 || i >= length) throw new IndexOutOfBoundsException(i);
            return order.at((first + i) % order.size);
        }

        @Override
        public int size() {
            return length;
        }
    }
}
