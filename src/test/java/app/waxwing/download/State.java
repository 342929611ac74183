package app.waxwing.download;

/// What happens to downloads of [StateMatrixTest], and how they may end: whole, right, and asked for so often.
///
/// @param requests of each, beside one for a cut and one for another version
/// @param atOnce so many downloads meet it together
/// @param cut all their first answers are cut, and not only some
/// @param empty of files without a byte
/// @param small the cache is small
record State(int requests, int atOnce, boolean cut, boolean empty, boolean small, Scene scene) {
    interface Scene {
        /// The downloads are not wished for yet; when this is over they are on their way to be whole.
        void play(Wave wave) throws Exception;
    }

    static State of(int requests, Scene scene) {
        return new State(requests, 5, false, false, false, scene);
    }

    State most(int together) {
        return new State(requests, together, cut, empty, small, scene);
    }

    State allCut() {
        return new State(requests, atOnce, true, empty, small, scene);
    }

    State ofEmptyFiles() {
        return new State(requests, atOnce, cut, true, small, scene);
    }

    State inSmallCache() {
        return new State(requests, atOnce, cut, empty, true, scene);
    }
}
