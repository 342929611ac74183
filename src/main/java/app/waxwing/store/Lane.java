package app.waxwing.store;

/// Who waits for a write. Everything in [#USER] goes before anything in [#BULK].
public enum Lane {
    USER,
    /// Long work in pieces of at most 25 ms, so that an edit never waits longer than that.
    BULK
}
