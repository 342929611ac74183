package app.waxwing.library;

import static app.waxwing.store.schema.Tables.KEEP_EXCEPTION;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;

import app.waxwing.base.ItemKey;
import org.jooq.DSLContext;

/// A playlist gets another id: the server's when it was made there, a new one of here when a deleted one comes back. That it is kept and followed,
/// and what of it shall not come again, goes along.
public final class PlaylistId {
    private PlaylistId() {}

    /// In the transaction that gives the playlist's row the new id, under which nothing is kept yet.
    public static void follow(DSLContext sql, ItemKey old, String id) {
        sql.update(KEEP_REASON).set(KEEP_REASON.SOURCE_ITEM_ID, id)
                .where(KEEP_REASON.ACCOUNT_ID.eq(old.account()), KEEP_REASON.SOURCE_ITEM_ID.eq(old.id())).execute();
        sql.update(KEPT_COLLECTION).set(KEPT_COLLECTION.SOURCE_ITEM_ID, id)
                .where(KEPT_COLLECTION.ACCOUNT_ID.eq(old.account()), KEPT_COLLECTION.SOURCE_ITEM_ID.eq(old.id())).execute();
        sql.update(KEEP_EXCEPTION).set(KEEP_EXCEPTION.SOURCE_ITEM_ID, id)
                .where(KEEP_EXCEPTION.ACCOUNT_ID.eq(old.account()), KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(old.id())).execute();
    }
}
