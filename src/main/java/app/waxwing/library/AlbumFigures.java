package app.waxwing.library;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/// Track count and duration of albums, kept on their rows.
final class AlbumFigures {
    private AlbumFigures() {}

    static void refresh(Connection connection, long account, Collection<String> albums) throws SQLException {
        if (albums.isEmpty()) return;
        try (var update = new Batch(connection, """
                UPDATE album SET (track_count, duration_ms) = (
                    SELECT count(*), coalesce(sum(t.duration_ms), 0) FROM track t
                    WHERE t.account_id = album.account_id AND t.album_item_id = album.item_id AND t.gone_at IS NULL)
                WHERE account_id = ? AND item_id = ?""")) {
            for (String album : albums) update.number(account).text(album).run();
        }
    }

    /// Those that are gone are back where they have tracks again. After [#refresh].
    static void back(Connection connection, long account, Collection<String> albums) throws SQLException {
        if (albums.isEmpty()) return;
        try (var update = new Batch(connection,
                "UPDATE album SET gone_at = NULL WHERE account_id = ? AND item_id = ? AND gone_at > 0 AND track_count > 0")) {
            for (String album : albums) update.number(account).text(album).run();
        }
    }
}
