package app.waxwing.store;

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
            return 0;
        }).join();
    }
}
