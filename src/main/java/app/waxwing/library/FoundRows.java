package app.waxwing.library;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Reads the rows that a search finds as three texts, the numbers, the titles and the artists: a call into SQLite for each of hundreds of values takes
/// longer than finding them. Where a name has the separator in it, and where they are very many, row by row.
final class FoundRows {
    private static final char BETWEEN = 0x1E;
    /// The texts of so many rows are a few hundred kilobytes.
    private static final int MOST = 10_000;

    private FoundRows() {}

    interface Reader {
        /// A row that may be shown.
        void row(long row, String title, String artist);
    }

    /// The columns of the statement; rows that may not be shown, nulls in all three, are counted and left out.
    static String together(String row, String title, String artist) {
        return "select count(*), group_concat(" + row + "), group_concat(" + title + ", char(30)), group_concat(" + artist + ", char(30))";
    }

    /// @param finds as [SearchKind] makes it
    /// @param most of the rows, the last of the values
    /// @return how many rows there were, with those that may not be shown
    static int read(Connection connection, SearchKind kind, String finds, List<Object> values, int most, Reader reader)
            throws SQLException {
        if (most <= MOST) {
            int[] count = {0};
            boolean[] told = {true};
            run(connection, kind.together(finds), values, row -> {
                count[0] = row.getInt(1);
                String rows = row.getString(2);
                if (rows != null) told[0] = tell(rows, row.getString(3), row.getString(4), reader);
            });
            if (told[0]) return count[0];
        }
        int[] count = {0};
        run(connection, kind.each(finds), values, row -> {
            count[0]++;
            long number = row.getLong(1);
            if (number != 0) reader.row(number, row.getString(2), row.getString(3));
        });
        return count[0];
    }

    private static void run(Connection connection, String statement, List<Object> values, Batch.RowReader reader) throws SQLException {
        try (var find = new Batch(connection, statement)) {
            for (Object value : values) find.value(value);
            find.read(reader);
        }
    }

    /// False, and nothing is told, where the texts have not as many parts as there are rows.
    private static boolean tell(String rows, String titles, String artists, Reader reader) {
        int count = parts(rows, ',');
        if (parts(titles, BETWEEN) != count || parts(artists, BETWEEN) != count) return false;
        int row = 0;
        int title = 0;
        int artist = 0;
        for (int i = 0; i < count; i++) {
            int rowEnd = end(rows, ',', row);
            int titleEnd = end(titles, BETWEEN, title);
            int artistEnd = end(artists, BETWEEN, artist);
            reader.row(Long.parseLong(rows, row, rowEnd, 10), titles.substring(title, titleEnd), artists.substring(artist, artistEnd));
            row = rowEnd + 1;
            title = titleEnd + 1;
            artist = artistEnd + 1;
        }
        return true;
    }

    private static int parts(String text, char between) {
        int count = 1;
        for (int at = text.indexOf(between); at >= 0; at = text.indexOf(between, at + 1)) count++;
        return count;
    }

    private static int end(String text, char between, int from) {
        int at = text.indexOf(between, from);
        return at < 0 ? text.length() : at;
    }
}
