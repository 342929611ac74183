package app.waxwing.playback;

import app.waxwing.base.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// When a play counts: half of the track or 240 s heard, whichever comes first; the same track within 30 s counts once (requirement 4.7).
final class Counting {
    static final Duration LONG = Duration.ofSeconds(240);
    static final Duration AGAIN = Duration.ofSeconds(30);
    /// Real sound before a play is told to a server or kept in the history at all.
    static final Duration HEARD = Duration.ofSeconds(5);

    private final Map<ItemKey, Instant> counted = new HashMap<>();

    /// How much must be heard for a play to count.
    static Duration point(Optional<Duration> duration) {
        Duration half = duration.filter(Duration::isPositive).map(d -> d.dividedBy(2)).orElse(LONG);
        return half.compareTo(LONG) < 0 ? half : LONG;
    }

    /// How much must be heard for a play to be told: a few seconds, but never later than it counts.
    static Duration tellPoint(Optional<Duration> duration) {
        Duration point = point(duration);
        return point.compareTo(HEARD) < 0 ? point : HEARD;
    }

    /// True when a play of the track that counts now would be the same one counted twice.
    boolean again(ItemKey track, Instant now) {
        Instant last = counted.get(track);
        return last != null && now.isBefore(last.plus(AGAIN));
    }

    void counted(ItemKey track, Instant now) {
        counted.values().removeIf(at -> !now.isBefore(at.plus(AGAIN)));
        counted.put(track, now);
    }
}
