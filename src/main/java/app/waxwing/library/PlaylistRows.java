package app.waxwing.library;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Entries of a playlist in some order: the row numbers of their tracks, and where each stands in the playlist. A track that is in it twice is here
/// twice; entries of tracks that the library does not know are left out, and keep their place.
public final class PlaylistRows {
    private final long[] rows;
    private final int[] positions;
    private final Duration length;

    /// @param length how long they play, one after the other
    public PlaylistRows(long[] rows, int[] positions, Duration length) {
        if (rows.length != positions.length) throw new IllegalArgumentException(rows.length + " rows at " + positions.length + " places");
        this.rows = rows.clone();
        this.positions = positions.clone();
        this.length = length;
    }

    public int size() {
        return rows.length;
    }

    public long[] rows() {
        return rows.clone();
    }

    public Duration length() {
        return length;
    }

    /// Places in the playlist of what stands at these indices of a list that was read before this one: of a track that it held several times the same
    /// one of them. What the playlist no longer holds is left out.
    ///
    /// @param shown rows of that list
    public List<Integer> positions(long[] shown, Collection<Integer> indices) {
        Set<Integer> wanted = new HashSet<>(indices);
        Map<Long, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < rows.length; i++) places.computeIfAbsent(rows[i], row -> new ArrayList<>(1)).add(positions[i]);
        Map<Long, Integer> before = new HashMap<>();
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            int nth = before.merge(shown[i], 1, Integer::sum) - 1;
            List<Integer> of = places.getOrDefault(shown[i], List.of());
            if (wanted.contains(i) && nth < of.size()) found.add(of.get(nth));
        }
        found.sort(null);
        return found;
    }
}
