package app.waxwing.server;

/// The kinds of server Waxwing speaks to.
public enum ServerKind {
    JELLYFIN, SOUNDWAVE;

    /// As written in the store and in JSON.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
