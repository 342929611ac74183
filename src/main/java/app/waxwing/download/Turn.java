package app.waxwing.download;

import java.util.Comparator;

/// Where a download stands in the queue (2.21): class, then priority, then its place, which is its age unless it was moved by hand.
///
/// @param rank its class: 0 playing now … 3 queue pre-cache; of several reasons the lowest number counts
/// @param priority higher first
/// @param anyway the user said «download now anyway»: neither hours nor what the network costs nor the battery hold it
/// @param place lower first; nanoseconds since 1970 of its wish at first
record Turn(int rank, int priority, boolean anyway, long place) implements Comparable<Turn> {
    static final Comparator<Turn> ORDER = Comparator.comparingInt(Turn::rank)
            .thenComparing(Turn::priority, Comparator.reverseOrder()).thenComparingLong(Turn::place);
    /// Between wishes of one moment, so that others fit between.
    static final long GAP = 64;

    Turn {
        if (rank < 0 || rank > 3) throw new IllegalArgumentException("class " + rank);
    }

    /// Of another class or priority; the place stays.
    Turn with(int newRank, int newPriority) {
        return new Turn(newRank, newPriority, anyway, place);
    }

    /// Fetched whatever the hour, the network's price and the battery; the user's word makes it a wish of his own.
    Turn hurried() {
        return new Turn(Math.min(rank, 1), priority, true, place);
    }

    /// Hurried until it is here.
    Turn done() {
        return new Turn(rank, priority, false, place);
    }

    /// Whether only the place decides between two.
    boolean level(Turn other) {
        return rank == other.rank && priority == other.priority;
    }

    @Override
    public int compareTo(Turn other) {
        return ORDER.compare(this, other);
    }
}
