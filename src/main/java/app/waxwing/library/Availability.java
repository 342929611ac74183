package app.waxwing.library;

import java.util.Locale;

/// Where a track's bytes are. Of a collection: [#LOCAL] all kept here, [#CACHED] all here but not all kept, [#PARTIAL] some here.
public enum Availability {
    LOCAL, CACHED, PARTIAL, REMOTE, GONE;

    /// The word in JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean playableOffline() {
        return this == LOCAL || this == CACHED;
    }
}
