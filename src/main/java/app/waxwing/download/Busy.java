package app.waxwing.download;

import app.waxwing.base.ItemKey;
import java.util.HashMap;
import java.util.Map;

/// Tracks of which a file is being removed or the row of a finished one is being written, each as many times as that happens: nothing of them is
/// fetched before all of it is done, so that a new wish finds the file, or its name free again (B.38). Thread `downloads`.
final class Busy {
    private final Map<ItemKey, Integer> tracks = new HashMap<>();

    void begin(ItemKey track) {
        tracks.merge(track, 1, Integer::sum);
    }

    void end(ItemKey track) {
        tracks.computeIfPresent(track, (k, n) -> n == 1 ? null : n - 1);
    }

    boolean is(ItemKey track) {
        return tracks.containsKey(track);
    }
}
