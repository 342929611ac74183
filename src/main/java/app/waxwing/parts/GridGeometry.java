package app.waxwing.parts;

/// How many covers stand in a row of a given width, and how large they are. Pure.
///
/// @param columns at least 1
/// @param edge of a cover, whole pixels
/// @param gap between covers
record GridGeometry(int columns, double edge, double gap) {
    static final double COVER = 148;
    static final double GAP = 18;
    private static final double BETWEEN_ROWS = 14;

    /// As many covers of the usual size as fit; they grow to fill the row.
    static GridGeometry of(double width) {
        int columns = Math.max(1, (int) ((width + GAP) / (COVER + GAP)));
        double edge = Math.floor((width - (columns - 1) * GAP) / columns);
        if (columns < 3) edge = Math.min(edge, COVER * 1.4);
        return new GridGeometry(columns, Math.max(48, edge), GAP);
    }

    double rowHeight() {
        return edge + CoverTile.WORDS + BETWEEN_ROWS;
    }

    int rows(int items) {
        return Math.ceilDiv(items, columns);
    }

    /// Where an arrow key leads from `index`; stays inside 0 … `items` − 1.
    int move(int index, int items, int dx, int dy) {
        return Math.clamp((long) index + dx + (long) dy * columns, 0, Math.max(0, items - 1));
    }
}
