package app.waxwing.library;

/// What writing a page did.
///
/// @param fresh rows not seen before in this pass
record Tally(int added, int updated, int fresh) {
    static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(added + other.added, updated + other.updated, fresh + other.fresh);
    }
}
