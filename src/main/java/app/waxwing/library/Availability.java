package app.waxwing.library;

import java.util.Locale;

/// Where a track's bytes are. Of a collection: [#LOCAL] all kept here, [#CACHED] all here but not all kept, [#PARTIAL] some here.
public enum Availability {
    LOCAL, CACHED, PARTIAL, REMOTE, GONE,
    /// Kept, in a music folder whose drive is not there now: it does not play offline, and it is not lost (B.23).
    AWAY;

    /// The word in JSON. What is away is kept all the same; the key `away` says the rest.
    public String word() {
        return this == AWAY ? "local" : name().toLowerCase(Locale.ROOT);
    }

    /// On this computer because the user wants it there, whether its drive is connected now or not.
    public boolean kept() {
        return this == LOCAL || this == AWAY;
    }

    public boolean playableOffline() {
        return this == LOCAL || this == CACHED;
    }
}
