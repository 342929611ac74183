package app.waxwing.store;

import java.util.List;

/// A few rows of one person, with values that must never leave the machine.
final class PersonRows {
    private PersonRows() {}

    static void fill(Database database) {
        database.write(Durability.KEPT, Lane.USER, sql -> {
            sql.execute("UPDATE account SET device_id = 'DEVICE-SECRET', certificate = 'CERT-SECRET'");
            sql.execute(
                    "INSERT INTO track (account_id, item_id, title, sort_title, artist_name) VALUES (1, 't1', 'Rain, «again»', 'rain', 'Artist')");
            sql.execute("INSERT INTO user_data (account_id, item_id, kind, is_favourite) VALUES (1, 't1', 'track', 1)");
            sql.execute("INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, played_ms, source) "
                    + "VALUES (1, 't1', 'Rain, «again»', 'Artist', 1700000000000, 90500, 'local')");
            sql.execute(
                    "INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, played_ms, source, deleted_at) "
                            + "VALUES (1, 't1', 'removed', 'Artist', 1700000000000, 90500, 'local', 5)");
            sql.execute(
                    "INSERT INTO playlist (account_id, item_id, title, sort_title, track_count) VALUES (1, 'p', 'Evening', 'evening', 2)");
            sql.execute(
                    "INSERT INTO playlist_item (account_id, playlist_item_id, position, track_item_id) VALUES (1, 'p', 0, 't2'), (1, 'p', 1, 't1')");
            sql.execute("INSERT INTO download (account_id, item_id, origin, class, queued_at, file_path) VALUES (1, 't1', 'user', 1, 0, "
                    + "'Artist/Rain.flac')");
            sql.execute("UPDATE user_data SET play_count = 3, play_count_local = 1, last_played_at = 1700000000000, position_ms = 61500");
            String own = SearchOwners.of(List.of(1L));
            sql.execute("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (1, ?, 'Rain', 1700000000000), "
                    + "(1, ?, 'Snow', 1700000000000)", own + "rain", own + "snow");
            sql.execute("INSERT INTO player_state (id, list, queue_index, position_ms, saved_at) VALUES (1, 7, 1, 12500, 0)");
            sql.execute(
                    "INSERT INTO queue_item (list, position, account_id, track_item_id, entry) VALUES (7, 0, 1, 't2', 1), (7, 1, 1, 't1', 2), "
                            + "(6, 0, 1, 'left over', 1)");
            sql.execute(
                    "INSERT INTO kept_collection (account_id, kind, source_item_id, added_at) VALUES (1, 'playlist', 'p', 1700000000000)");
            sql.execute("INSERT INTO keep_exception (account_id, kind, source_item_id, track_item_id) VALUES (1, 'playlist', 'p', 't2')");
            sql.execute("INSERT INTO library_folder (account_id, item_id, title, is_synced) VALUES (1, 'lib', 'Music', 0)");
            sql.execute("INSERT INTO pending_action (id, account_id, kind, item_id, item_kind, detail, token, created_at) "
                    + "VALUES (1, 1, 'playlist-add', 'p', 'playlist', 'Evening', 'TOKEN-SECRET', 1700000000000)");
            sql.execute("INSERT INTO pending_action_item (action_id, position, track_item_id) VALUES (1, 0, 't1'), (1, 1, 't2')");
            sql.execute(
                    "INSERT INTO audit (at, actor, action, object) VALUES (1700000000000, 'user', 'playlist-deleted', 'Morning (p9) · U at S')");
            others(sql);
            return 0;
        }).join();
    }

    /// Another user of this computer, of whom nothing may be in what the active one takes away.
    private static void others(org.jooq.DSLContext sql) {
        sql.execute("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at, is_active) "
                + "VALUES (2, 's', 'u2', 'jellyfin', 'S', 'OTHER', 'http://s', 'd2', 0, 0)");
        sql.execute("INSERT INTO track (account_id, item_id, title, sort_title) VALUES (2, 't1', 'OTHER track', 'x')");
        sql.execute("INSERT INTO user_data (account_id, item_id, kind, is_favourite, play_count) VALUES (2, 't1', 'track', 1, 4)");
        sql.execute("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (2, ?, 'OTHER search', 1), "
                + "(1, ?, 'OTHER search beside', 1)", SearchOwners.of(List.of(2L)) + "x", SearchOwners.of(List.of(1L, 2L)) + "y");
        sql.execute("INSERT INTO queue_item (list, position, account_id, track_item_id, entry) VALUES (7, 2, 2, 'OTHER queue', 3)");
        sql.execute("INSERT INTO kept_collection (account_id, kind, source_item_id, added_at) VALUES (2, 'album', 'OTHER album', 1)");
        sql.execute("INSERT INTO keep_exception (account_id, kind, source_item_id, track_item_id) VALUES (2, 'album', 'OTHER', 'OTHER')");
        sql.execute("INSERT INTO library_folder (account_id, item_id, title) VALUES (2, 'OTHER', 'OTHER')");
        sql.execute("INSERT INTO pending_action (id, account_id, kind, item_id, item_kind, detail, token, created_at) "
                + "VALUES (2, 2, 'favourite', 'OTHER', 'track', 'on', 'y', 1)");
        sql.execute("INSERT INTO audit (at, actor, action, object) VALUES (1, 'user', 'playlist-deleted', 'OTHER list (p1) · OTHER at S')");
    }
}
