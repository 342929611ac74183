package app.waxwing.library;

import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteUserData;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// Writes what a server says of the user's data: only ever the server's own columns; local values with their marks stay, and an answer asked for
/// before the server took a change from here does not count.
final class UserDataWriter implements AutoCloseable {
    private final Batch all;
    private final Batch known;
    private final Batch favourite;
    private final long account;
    private final long asked;

    /// @param asked when the request whose answer is written was sent
    UserDataWriter(Connection connection, long account, Instant asked) throws SQLException {
        this.account = account;
        this.asked = asked.toEpochMilli();
        all = new Batch(connection, """
                INSERT INTO user_data (account_id, item_id, kind, is_favourite, play_count, last_played_at, position_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (account_id, item_id) DO UPDATE SET is_favourite = excluded.is_favourite, play_count = excluded.play_count,
                    last_played_at = excluded.last_played_at, position_ms = excluded.position_ms
                WHERE coalesce(acknowledged_at, 0) < ? AND (is_favourite <> excluded.is_favourite OR play_count <> excluded.play_count
                    OR last_played_at IS NOT excluded.last_played_at OR position_ms <> excluded.position_ms)""");
        known = new Batch(connection, """
                UPDATE user_data SET is_favourite = 0, play_count = 0, last_played_at = NULL, position_ms = 0
                WHERE account_id = ? AND item_id = ? AND coalesce(acknowledged_at, 0) < ?""");
        favourite = new Batch(connection, """
                INSERT INTO user_data (account_id, item_id, kind, is_favourite) VALUES (?, ?, ?, ?)
                ON CONFLICT (account_id, item_id) DO UPDATE SET is_favourite = excluded.is_favourite
                WHERE coalesce(acknowledged_at, 0) < ? AND is_favourite <> excluded.is_favourite""");
    }

    /// Items without any data get no row.
    int put(ItemKind kind, RemoteUserData data) throws SQLException {
        if (!data.favourite() && data.playCount() == 0 && data.lastPlayed().isEmpty() && data.position().isZero()) {
            return known.number(account).text(data.itemId()).number(asked).run();
        }
        return all.number(account).text(data.itemId()).text(kind.word()).flag(data.favourite()).number(data.playCount())
                .number(data.lastPlayed().map(Instant::toEpochMilli).orElse(null)).number(data.position().toMillis()).number(asked).run();
    }

    int favourite(ItemKind kind, String id, boolean on) throws SQLException {
        return favourite.number(account).text(id).text(kind.word()).flag(on).number(asked).run();
    }

    @Override
    public void close() throws SQLException {
        all.close();
        known.close();
        favourite.close();
    }
}
