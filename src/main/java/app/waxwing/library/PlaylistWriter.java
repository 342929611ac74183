package app.waxwing.library;

import app.waxwing.server.ItemKind;
import app.waxwing.server.RemotePlaylist;
import app.waxwing.server.RemotePlaylistEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Writes playlists and their entries. Entries with edits that wait to be sent stay as the user made them (UserState).
public final class PlaylistWriter {
    private PlaylistWriter() {}

    private record Known(long id, long pass, boolean gone, String title, @Nullable String imageTag, boolean editable,
            @Nullable String changeTag) {}

    static Tally write(Connection connection, long account, long pass, List<RemotePlaylist> page, Instant asked) throws SQLException {
        Tally tally = Tally.NONE;
        Set<String> done = new HashSet<>();
        try (var find = new Batch(connection,
                "SELECT id, seen_pass, gone_at, title, image_tag, is_editable, change_tag FROM playlist WHERE account_id = ? AND item_id = ?");
                var insert = new Batch(connection,
                        "INSERT INTO playlist (account_id, item_id, seen_pass, title, sort_title, image_tag, is_editable, change_tag) "
                                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
                var update = new Batch(connection,
                        "UPDATE playlist SET seen_pass = ?, gone_at = NULL, title = ?, sort_title = ?, image_tag = ?, is_editable = ?, "
                                + "change_tag = ? WHERE id = ?");
                var userData = new UserDataWriter(connection, account, asked)) {
            for (RemotePlaylist list : page) {
                if (list.id().isBlank() || !done.add(list.id())) continue;
                Known[] found = new Known[1];
                find.number(account).text(list.id()).read(r -> found[0] = new Known(r.getLong(1), r.getLong(2), Batch.whole(r, 3) != null,
                        r.getString(4), r.getString(5), r.getInt(6) == 1, r.getString(7)));
                Known before = found[0];
                String title = TrackRow.title(list.title(), before == null ? null : before.title);
                String image = TrackRow.image(list.imageTag(), before == null ? null : before.imageTag);
                String tag = list.changeTag().orElse(null);
                boolean same = before != null && !before.gone && before.title.equals(title) && before.editable == list.editable()
                        && java.util.Objects.equals(before.imageTag, image) && java.util.Objects.equals(before.changeTag, tag);
                if (before == null) {
                    insert.number(account).text(list.id()).number(pass).text(title).text(SearchText.sort(title)).text(image)
                            .flag(list.editable()).text(tag).run();
                } else if (!same || before.pass != pass) {
                    update.number(pass).text(title).text(SearchText.sort(title)).text(image).flag(list.editable()).text(tag)
                            .number(before.id).run();
                }
                if (before == null || !before.title.equals(title)) words(connection, account, list.id(), title);
                if (list.favourite().isPresent()) userData.favourite(ItemKind.PLAYLIST, list.id(), list.favourite().get());
                tally = tally.plus(
                        new Tally(before == null ? 1 : 0, before != null && !same ? 1 : 0, before == null || before.pass != pass ? 1 : 0));
            }
        }
        return tally;
    }

    /// Makes the playlist's title findable; replaces what the index held of it.
    static void words(Connection connection, long account, String playlist, String title) throws SQLException {
        long id = Batch.number(connection, "SELECT id FROM playlist WHERE account_id = ? AND item_id = ?", account, playlist);
        try (var drop = new Batch(connection, "DELETE FROM playlist_fts WHERE rowid = ?");
                var put = new Batch(connection, "INSERT INTO playlist_fts (rowid, title) VALUES (?, ?)");
                var middles = new MiddleWords(connection)) {
            String words = Spellings.indexed(title);
            drop.number(id).run();
            put.number(id).text(words).run();
            middles.add(SearchKind.PLAYLIST, words);
        }
    }

    /// Replaces all entries, in the caller's transaction, unless edits of this playlist still wait to be sent.
    ///
    /// @param tag the change tag that these entries belong to
    public static boolean entries(DSLContext sql, long account, String playlist, List<RemotePlaylistEntry> entries, @Nullable String tag,
            Instant now) {
        return Batch.run(sql, connection -> {
            long waiting = Batch.number(connection,
                    "SELECT count(*) FROM pending_action WHERE account_id = ? AND item_id = ? AND kind LIKE 'playlist-%'",
                    account, playlist);
            long exists = Batch.number(connection, "SELECT count(*) FROM playlist WHERE account_id = ? AND item_id = ?", account, playlist);
            if (waiting > 0 || exists == 0) return false;
            try (var clear = new Batch(connection, "DELETE FROM playlist_item WHERE account_id = ? AND playlist_item_id = ?");
                    var put = new Batch(connection,
                            "INSERT INTO playlist_item (account_id, playlist_item_id, position, track_item_id, entry_id) VALUES (?, ?, ?, ?, ?)");
                    var synced = new Batch(connection,
                            "UPDATE playlist SET items_tag = ?, items_synced_at = ? WHERE account_id = ? AND item_id = ?")) {
                clear.number(account).text(playlist).run();
                int position = 0;
                for (RemotePlaylistEntry entry : new ArrayList<>(entries)) {
                    if (entry.trackId().isBlank()) continue;
                    put.number(account).text(playlist).number(position++).text(entry.trackId()).text(entry.entryId()).run();
                }
                synced.text(tag).number(now.toEpochMilli()).number(account).text(playlist).run();
            }
            figures(connection, account, playlist);
            return true;
        });
    }

    /// Track count and duration as its entries make them.
    static void figures(Connection connection, long account, String playlist) throws SQLException {
        try (var update = new Batch(connection, """
                UPDATE playlist SET (track_count, duration_ms) = (
                    SELECT count(*), coalesce(sum(t.duration_ms), 0) FROM playlist_item i
                    JOIN track t ON t.account_id = i.account_id AND t.item_id = i.track_item_id
                    WHERE i.account_id = playlist.account_id AND i.playlist_item_id = playlist.item_id)
                WHERE account_id = ? AND item_id = ?""")) {
            update.number(account).text(playlist).run();
        }
    }
}
