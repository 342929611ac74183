package app.waxwing.download;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of its own in the queue: what holds one lane need not hold another, so each has its own first few in memory.
///
/// @param rank class
/// @param anyway those that the user hurried
record Lane(long account, int rank, boolean anyway) {
    /// Written out as those of [app.waxwing.base.ItemKey] are.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lane lane && lane.account == account && lane.rank == rank && lane.anyway == anyway;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(account) + rank) + Boolean.hashCode(anyway);
    }

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
