package app.waxwing.store;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jooq.Record;
import org.jooq.Result;

/// Lets go of items that their server no longer has and that nothing here hangs on: no file, play, favourite, place in a playlist or in the queue, no
/// wish to keep or download them, no change that waits to be sent. In small pieces, playlists first, so that their tracks may follow.
final class GoneItems {
    private static final int PIECE = 200;
    /// What hangs on an item of any kind; `i` is its row.
    private static final String UNUSED = """
             AND NOT EXISTS (SELECT 1 FROM user_data u WHERE u.account_id = %1$s.account_id AND u.item_id = %1$s.item_id
                 AND (u.is_favourite_shown = 1 OR u.is_favourite_pending = 1 OR u.play_count_shown > 0))
             AND NOT EXISTS (SELECT 1 FROM pending_action p WHERE p.account_id = %1$s.account_id AND p.item_id = %1$s.item_id)
             AND NOT EXISTS (SELECT 1 FROM keep_reason k WHERE k.account_id = %1$s.account_id AND k.source_item_id = %1$s.item_id)
             AND NOT EXISTS (SELECT 1 FROM kept_collection c WHERE c.account_id = %1$s.account_id AND c.kind = '%1$s' AND c.source_item_id = %1$s.item_id)
            """;
    private static final String TRACK = UNUSED
            + """
                     AND NOT EXISTS (SELECT 1 FROM keep_reason k WHERE k.account_id = %1$s.account_id AND k.track_item_id = %1$s.item_id)
                     AND NOT EXISTS (SELECT 1 FROM media_file m WHERE m.account_id = %1$s.account_id AND m.item_id = %1$s.item_id)
                     AND NOT EXISTS (SELECT 1 FROM download d WHERE d.account_id = %1$s.account_id AND d.item_id = %1$s.item_id AND d.deleted_at IS NULL)
                     AND NOT EXISTS (SELECT 1 FROM playlist_item l WHERE l.account_id = %1$s.account_id AND l.track_item_id = %1$s.item_id)
                     AND NOT EXISTS (SELECT 1 FROM play_history h WHERE h.account_id = %1$s.account_id AND h.track_item_id = %1$s.item_id)
                     AND (%1$s.account_id, %1$s.item_id) NOT IN (SELECT queue_item.account_id, queue_item.track_item_id FROM queue_item)
                     AND %1$s.item_id NOT IN (SELECT pending_action_item.track_item_id FROM pending_action_item)
                    """;
    private static final String ALBUM = UNUSED
            + " AND NOT EXISTS (SELECT 1 FROM track t WHERE t.account_id = %1$s.account_id AND t.album_item_id = %1$s.item_id)";
    private static final String ARTIST = UNUSED
            + " AND NOT EXISTS (SELECT 1 FROM track_artist t WHERE t.account_id = %1$s.account_id AND t.artist_item_id = %1$s.item_id)"
            + " AND NOT EXISTS (SELECT 1 FROM album_artist a WHERE a.account_id = %1$s.account_id AND a.artist_item_id = %1$s.item_id)";
    private final Database database;

    GoneItems(Database database) {
        this.database = database;
    }

    /// The future says how many items went.
    CompletableFuture<Integer> purge(Instant goneBefore) {
        return pieces("playlist", UNUSED, goneBefore, 0).thenCompose(n -> pieces("track", TRACK, goneBefore, n))
                .thenCompose(n -> pieces("album", ALBUM, goneBefore, n)).thenCompose(n -> pieces("artist", ARTIST, goneBefore, n));
    }

    private CompletableFuture<Integer> pieces(String kind, String unused, Instant before, int sum) {
        // A time of 0 is no time: those lie in a library that the user left out.
        String delete = ("DELETE FROM %1$s WHERE id IN (SELECT %1$s.id FROM %1$s WHERE %1$s.gone_at IS NOT NULL AND %1$s.gone_at > 0 "
                + "AND %1$s.gone_at < ?" + unused + " LIMIT " + PIECE + ") RETURNING account_id, item_id").formatted(kind);
        return database.write(Durability.SOON, Lane.BULK, sql -> {
            Result<Record> gone = sql.fetch(delete, before.toEpochMilli());
            for (Record row : gone) {
                for (String rest : List.of("DELETE FROM user_data WHERE account_id = ? AND item_id = ?",
                        "DELETE FROM lyrics WHERE account_id = ? AND track_item_id = ?"))
                    sql.execute(rest, row.get(0), row.get(1));
            }
            return gone.size();
        }).thenCompose(n -> n < PIECE ? CompletableFuture.completedFuture(sum + n) : pieces(kind, unused, before, sum + n));
    }
}
