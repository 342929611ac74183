package app.waxwing.parts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which columns fit into a width, and where they stand. Pure.
final class ColumnLayout {
    record Place(double x, double width) {}

    private ColumnLayout() {}

    /// Leaves out what does not fit, the most expendable first; the rest fills the width. Columns of figures give room to words that would be cut.
    static Map<TrackColumn, Place> place(List<TrackColumn> wanted, double width) {
        List<TrackColumn> shown = new ArrayList<>(wanted);
        shown.sort(Comparator.naturalOrder());
        while (least(shown) > width) {
            var goes = shown.stream().filter(c -> c.expendable() > 0).max(Comparator.comparingInt(TrackColumn::expendable));
            if (goes.isEmpty()) break;
            shown.remove(goes.get());
        }
        double spare = Math.max(0, width - least(shown));
        double given = shown.stream().mapToDouble(c -> c.least() - c.tight()).sum();
        double missing = shown.stream().mapToDouble(c -> c.comfortable() - c.least()).sum();
        double taken = given == 0 || width < least(shown) ? 0 : Math.clamp((missing - spare) / given, 0, 1);
        spare += given * taken;
        double weights = shown.stream().mapToDouble(TrackColumn::weight).sum();
        Map<TrackColumn, Place> places = new EnumMap<>(TrackColumn.class);
        double x = 0;
        for (TrackColumn column : shown) {
            double own = column.least() - (column.least() - column.tight()) * taken
                    + (weights == 0 ? 0 : spare * column.weight() / weights);
            places.put(column, new Place(x, own));
            x += own;
        }
        return places;
    }

    private static double least(List<TrackColumn> columns) {
        return columns.stream().mapToDouble(TrackColumn::least).sum();
    }
}
