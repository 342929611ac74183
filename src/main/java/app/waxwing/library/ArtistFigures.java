package app.waxwing.library;

import static app.waxwing.library.Batch.whole;

import app.waxwing.server.RemoteArtist;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many albums and tracks each artist has, kept on its row. Counted anew are those of whom the table `artist_due` says that something changed, in
/// pieces of a few milliseconds; what a kill or a later change leaves there is counted the next time.
final class ArtistFigures {
    private static final int CHUNK = 200;
    private final AccountRows rows;

    ArtistFigures(AccountRows rows) {
        this.rows = rows;
    }

    /// @param row of the artist; null when only tracks or albums name it
    /// @param name by which they do
    /// @param changes the mark that was counted for
    private record Due(String item, long changes, @Nullable Long row, @Nullable String name, long tracks, long albums) {}

    /// Artists that only tracks or albums name get a row; one that is gone is back where a track or an album is by it again.
    ///
    /// @return the new rows
    Tally refresh() {
        Tally fresh = Tally.NONE;
        for (List<Due> due = next(""); !due.isEmpty(); due = next(due.getLast().item)) {
            List<Due> chunk = due;
            fresh = fresh.plus(rows.write(sql -> Batch.run(sql, connection -> put(connection, chunk))));
        }
        return fresh;
    }

    private List<Due> next(String behind) {
        return rows.read(sql -> Batch.run(sql, connection -> {
            List<Due> due = new ArrayList<>();
            try (var asked = new Batch(connection, """
                    SELECT d.item_id, d.changes,
                        (SELECT id FROM artist WHERE account_id = d.account_id AND item_id = d.item_id),
                        coalesce((SELECT min(artist_name) FROM track_artist INDEXED BY track_artist_by_artist
                                WHERE account_id = d.account_id AND artist_item_id = d.item_id),
                            (SELECT min(artist_name) FROM album_artist INDEXED BY album_artist_by_artist
                                WHERE account_id = d.account_id AND artist_item_id = d.item_id)),
                        (SELECT count(*) FROM track_artist by CROSS JOIN track
                            ON track.account_id = by.account_id AND track.item_id = by.track_item_id
                            WHERE by.account_id = d.account_id AND by.artist_item_id = d.item_id AND track.gone_at IS NULL),
                        (SELECT count(*) FROM album_artist by CROSS JOIN album
                            ON album.account_id = by.account_id AND album.item_id = by.album_item_id
                            WHERE by.account_id = d.account_id AND by.artist_item_id = d.item_id AND album.gone_at IS NULL)
                    FROM artist_due d WHERE d.account_id = ? AND d.item_id > ? ORDER BY d.item_id LIMIT ?""")) {
                asked.number(rows.account()).text(behind).number(CHUNK).read(r -> due.add(
                        new Due(r.getString(1), r.getLong(2), whole(r, 3), r.getString(4), r.getLong(5), r.getLong(6))));
            }
            return due;
        }));
    }

    /// An artist is no longer due where nothing changed since it was counted.
    private Tally put(Connection connection, List<Due> due) throws SQLException {
        List<RemoteArtist> unlisted = new ArrayList<>();
        for (Due one : due) {
            if (one.row == null && one.name != null)
                unlisted.add(new RemoteArtist(one.item, Optional.of(one.name), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        Tally fresh = new ArtistWriter(connection, rows.account(), 0).write(unlisted, rows.time().now());
        try (var update = new Batch(connection, "UPDATE artist SET album_count = ?, track_count = ? WHERE account_id = ? AND item_id = ?");
                var back = new Batch(connection, "UPDATE artist SET gone_at = NULL WHERE account_id = ? AND item_id = ? AND gone_at > 0");
                var done = new Batch(connection, "DELETE FROM artist_due WHERE account_id = ? AND item_id = ? AND changes = ?")) {
            for (Due one : due) {
                update.number(one.albums).number(one.tracks).number(rows.account()).text(one.item).run();
                if (one.row != null && one.tracks + one.albums > 0) back.number(rows.account()).text(one.item).run();
                // A row of its own is a change, made here.
                done.number(rows.account()).text(one.item).number(one.changes + (one.row == null && one.name != null ? 1 : 0)).run();
            }
        }
        return fresh;
    }
}
