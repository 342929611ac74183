package app.waxwing.library;

import app.waxwing.base.ItemKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A choice of tracks as a playlist can take it: a playlist lives on one server, so tracks of other accounts are left out. Pure.
///
/// @param taken those of the account, in their order
/// @param left how many of each other account there are
public record OneServer(List<ItemKey> taken, Map<Long, Integer> left) {
    /// Why; also what a refusal says.
    public static final String WHY = "a playlist lives on one server";

    public OneServer {
        taken = List.copyOf(taken);
    }

    public static OneServer of(long account, List<ItemKey> tracks) {
        List<ItemKey> taken = new ArrayList<>();
        Map<Long, Integer> left = new LinkedHashMap<>();
        for (ItemKey track : tracks) {
            if (track.account() == account) taken.add(track);
            else left.merge(track.account(), 1, Integer::sum);
        }
        return new OneServer(taken, left);
    }

    /// There were tracks, and the playlist can take none of them.
    public boolean nothing() {
        return taken.isEmpty() && !left.isEmpty();
    }

    public int leftOut() {
        return left.values().stream().mapToInt(n -> n).sum();
    }
}
