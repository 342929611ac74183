package app.waxwing.download;

import java.util.ArrayList;
import java.util.List;

/// A line of its own in the queue: what holds one lane need not hold another, so each has its own first few in memory.
///
/// @param rank class
/// @param anyway those that the user hurried
record Lane(long account, int rank, boolean anyway) {
    static Lane of(Entry entry) {
        return new Lane(entry.key().account(), entry.rank(), entry.turn().anyway());
    }

    /// Every lane of an account.
    static List<Lane> of(long account) {
        List<Lane> lanes = new ArrayList<>();
        for (int rank = 0; rank <= 3; rank++) {
            lanes.add(new Lane(account, rank, false));
            lanes.add(new Lane(account, rank, true));
        }
        return lanes;
    }
}
