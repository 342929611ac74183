package app.waxwing.library;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which albums the tracks are of that were heard of late. Home asks it of up to a thousand plays, and the next time of nearly the same ones: in a
/// large library that is more than half of its work. Kept until the library changes. Thread-safe.
final class HeardTracks {
    private static final int MOST = 4_000;
    private volatile Map<String, LeftOff.Place> known = new ConcurrentHashMap<>();

    /// What is known now, for one transaction that begins after this. It may add to it: where the library changes meanwhile, nobody else sees that.
    Map<String, LeftOff.Place> known() {
        if (known.size() > MOST) forget();
        return known;
    }

    void forget() {
        known = new ConcurrentHashMap<>();
    }
}
