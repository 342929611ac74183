package app.waxwing.library;

import static app.waxwing.store.schema.Tables.KEEP_EXCEPTION;
import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import org.jooq.DSLContext;

/// A playlist gets another id: the server's when it was made there, a new one of here when a deleted one comes back. That it is kept and followed,
/// and what of it shall not come again, goes along.
public final class PlaylistId {
    private PlaylistId() {}

    /// In the transaction that gives the playlist's row the new id, under which nothing is kept yet.
    public static void follow(DSLContext sql, ItemKey old, String id) {
        // Of itself SQLite goes through all that the account keeps.
        sql.execute("UPDATE keep_reason INDEXED BY keep_reason_by_source SET source_item_id = ?"
                + " WHERE account_id = ? AND source_item_id = ? AND kind = 'playlist'", id, old.account(), old.id());
        sql.update(KEPT_COLLECTION).set(KEPT_COLLECTION.SOURCE_ITEM_ID, id)
                .where(KEPT_COLLECTION.ACCOUNT_ID.eq(old.account()), KEPT_COLLECTION.SOURCE_ITEM_ID.eq(old.id())).execute();
        sql.update(KEEP_EXCEPTION).set(KEEP_EXCEPTION.SOURCE_ITEM_ID, id)
                .where(KEEP_EXCEPTION.ACCOUNT_ID.eq(old.account()), KEEP_EXCEPTION.KIND.eq(ItemKind.PLAYLIST.word()),
                        KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(old.id()))
                .execute();
    }
}
