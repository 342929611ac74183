package app.waxwing.library;

import static app.waxwing.store.schema.Tables.PENDING_ACTION_ITEM;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;

import app.waxwing.base.ItemKey;
import app.waxwing.server.RemotePlaylistEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/// The entries of one playlist as a list, inside a transaction.
final class PlaylistEntries {
    private PlaylistEntries() {}

    static List<RemotePlaylistEntry> read(DSLContext sql, ItemKey playlist) {
        return sql.select(PLAYLIST_ITEM.TRACK_ITEM_ID, PLAYLIST_ITEM.ENTRY_ID).from(PLAYLIST_ITEM)
                .where(PLAYLIST_ITEM.ACCOUNT_ID.eq(playlist.account()), PLAYLIST_ITEM.PLAYLIST_ITEM_ID.eq(playlist.id()))
                .orderBy(PLAYLIST_ITEM.POSITION)
                .fetch(r -> new RemotePlaylistEntry(r.value1(), Optional.ofNullable(r.value2())));
    }

    static void write(DSLContext sql, ItemKey playlist, List<RemotePlaylistEntry> entries) {
        Batch.run(sql, connection -> {
            try (var clear = new Batch(connection, "DELETE FROM playlist_item WHERE account_id = ? AND playlist_item_id = ?");
                    var put = new Batch(connection,
                            "INSERT INTO playlist_item (account_id, playlist_item_id, position, track_item_id, entry_id) VALUES (?, ?, ?, ?, ?)")) {
                clear.number(playlist.account()).text(playlist.id()).run();
                int position = 0;
                for (RemotePlaylistEntry entry : entries) {
                    put.number(playlist.account()).text(playlist.id()).number(position++).text(entry.trackId()).text(entry.entryId()).run();
                }
            }
            PlaylistWriter.figures(connection, playlist.account(), playlist.id());
            return 0;
        });
    }

    /// Undoes an addition that the server never got: the last entries of these tracks that have no id of the server's.
    static void takeBack(DSLContext sql, ItemKey playlist, List<RemotePlaylistEntry> added) {
        List<RemotePlaylistEntry> all = new ArrayList<>(read(sql, playlist));
        for (RemotePlaylistEntry entry : added.reversed()) {
            for (int i = all.size() - 1; i >= 0; i--) {
                if (all.get(i).entryId().isEmpty() && all.get(i).trackId().equals(entry.trackId())) {
                    all.remove(i);
                    break;
                }
            }
        }
        write(sql, playlist, all);
    }

    /// Undoes a removal: the entries go back to where they were.
    static void putBack(DSLContext sql, ItemKey playlist, long action) {
        List<RemotePlaylistEntry> all = new ArrayList<>(read(sql, playlist));
        sql.selectFrom(PENDING_ACTION_ITEM).where(PENDING_ACTION_ITEM.ACTION_ID.eq(action)).orderBy(PENDING_ACTION_ITEM.POSITION)
                .forEach(r -> {
                    Long at = r.getWasAt();
                    int position = at == null ? all.size() : (int) Math.min(at, all.size());
                    all.add(position, new RemotePlaylistEntry(r.getTrackItemId(), Optional.ofNullable(r.getEntryId())));
                });
        write(sql, playlist, all);
    }
}
