package app.waxwing.parts;

/// How many tiles stand in a row of a given width, and how large they are. Pure.
///
/// @param columns at least 1
/// @param edge width of a tile, whole pixels; of a cover its height too
/// @param height of a tile, with the words below a cover
/// @param gap between tiles of a row
public record GridGeometry(int columns, double edge, double height, double gap) {
    static final double COVER = 148;
    static final double GAP = 18;
    private static final double CARD = 190;
    private static final double CARD_HEIGHT = 76;
    private static final double BETWEEN_ROWS = 14;

    /// As many covers of the usual size as fit; they grow to fill the row.
    public static GridGeometry covers(double width) {
        int columns = fit(width, COVER, GAP);
        double edge = each(width, columns, GAP);
        if (columns < 3) edge = Math.min(edge, COVER * 1.4);
        return new GridGeometry(columns, edge, edge + CoverTile.WORDS, GAP);
    }

    /// The same of cards, which hold words alone.
    public static GridGeometry cards(double width) {
        int columns = fit(width, CARD, BETWEEN_ROWS);
        return new GridGeometry(columns, each(width, columns, BETWEEN_ROWS), CARD_HEIGHT, BETWEEN_ROWS);
    }

    private static int fit(double width, double least, double gap) {
        return Math.max(1, (int) ((width + gap) / (least + gap)));
    }

    private static double each(double width, int columns, double gap) {
        return Math.max(48, Math.floor((width - (columns - 1) * gap) / columns));
    }

    double rowHeight() {
        return height + BETWEEN_ROWS;
    }

    int rows(int items) {
        return Math.ceilDiv(items, columns);
    }

    /// Where an arrow key leads from `index`; stays inside 0 … `items` − 1.
    int move(int index, int items, int dx, int dy) {
        return Math.clamp((long) index + dx + (long) dy * columns, 0, Math.max(0, items - 1));
    }
}
