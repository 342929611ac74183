package app.waxwing.download;

/// What knows why files are kept and what is followed, in the tables and beside the music.
record KeepMemory(ReasonRows reasons, FollowRows follow, SoughtRows sought, KeptFiles kept) {
    static KeepMemory of(Rows rows, Roots roots) {
        return new KeepMemory(new ReasonRows(rows), new FollowRows(rows), new SoughtRows(rows), new KeptFiles(roots));
    }
}
