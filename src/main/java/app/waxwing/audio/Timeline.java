package app.waxwing.audio;

import org.jspecify.annotations.Nullable;

/// Which stretch of which track each frame written to the sink belongs to, until it has been heard. Owned by the mixer's thread; allocates nothing.
final class Timeline {
    private static final int MAX = 64;
    private final @Nullable Feed[] feeds = new @Nullable Feed[MAX];
    private final long[] starts = new long[MAX];
    private final long[] positions = new long[MAX];
    private int count;

    boolean full() {
        return count == MAX;
    }

    void clear() {
        while (count > 0) feeds[--count] = null;
    }

    /// From sink frame `start` on sounds the feed, from its frame `position` (in frames of the sink).
    void add(Feed feed, long start, long position) {
        feeds[count] = feed;
        starts[count] = start;
        positions[count] = position;
        count++;
    }

    /// Drops stretches that are over. What is heard now, or will be next, is then [#feed].
    void advance(long heard) {
        while (count > 1 && starts[1] < heard) {
            count--;
            System.arraycopy(feeds, 1, feeds, 0, count);
            System.arraycopy(starts, 1, starts, 0, count);
            System.arraycopy(positions, 1, positions, 0, count);
            feeds[count] = null;
        }
    }

    /// The feed of the oldest stretch, which is sounding once [#sounds] says so.
    @Nullable
    Feed feed() {
        return count == 0 ? null : feeds[0];
    }

    boolean sounds(long heard) {
        return count > 0 && heard > starts[0];
    }

    /// Frame of the track that is heard now, in frames of the sink.
    long position(long heard) {
        return count == 0 ? 0 : positions[0] + Math.max(0, heard - starts[0]);
    }
}
