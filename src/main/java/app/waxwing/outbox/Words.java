package app.waxwing.outbox;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.ItemKey;
import app.waxwing.library.PendingActions;
import app.waxwing.server.ItemKind;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// A waiting action in words.
final class Words {
    private Words() {}

    static String of(DSLContext sql, PendingActions.Action action) {
        String name = name(sql, action.itemKind(), action.key());
        return switch (action.kind()) {
            case PendingActions.FAVOURITE ->
                action.detail().equals("on") ? "Make " + name + " a favourite" : "Take " + name + " from the favourites";
            case PendingActions.PLAY -> "Played " + name + " at " + action.detail();
            case PendingActions.CREATE -> "Make the playlist «" + action.detail() + "»";
            case PendingActions.ADD -> "Add " + tracks(sql, action) + " to «" + action.detail() + "»";
            case PendingActions.REMOVE -> "Remove " + tracks(sql, action) + " from «" + action.detail() + "»";
            case PendingActions.DELETE -> "Delete the playlist «" + action.detail() + "»";
            default -> action.kind();
        };
    }

    private static String tracks(DSLContext sql, PendingActions.Action action) {
        int count = PendingActions.entries(sql, action.id()).size();
        return count == 1 ? "one track" : count + " tracks";
    }

    private static String name(DSLContext sql, ItemKind kind, ItemKey key) {
        String title = switch (kind) {
            case TRACK -> sql.select(TRACK.TITLE).from(TRACK).where(TRACK.ACCOUNT_ID.eq(key.account()), TRACK.ITEM_ID.eq(key.id()))
                    .fetchOne(TRACK.TITLE);
            case ALBUM -> sql.select(ALBUM.TITLE).from(ALBUM).where(ALBUM.ACCOUNT_ID.eq(key.account()), ALBUM.ITEM_ID.eq(key.id()))
                    .fetchOne(ALBUM.TITLE);
            case ARTIST -> sql.select(ARTIST.NAME).from(ARTIST).where(ARTIST.ACCOUNT_ID.eq(key.account()), ARTIST.ITEM_ID.eq(key.id()))
                    .fetchOne(ARTIST.NAME);
            case PLAYLIST ->
                sql.select(PLAYLIST.TITLE).from(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(key.account()), PLAYLIST.ITEM_ID.eq(key.id()))
                        .fetchOne(PLAYLIST.TITLE);
            case GENRE -> key.id();
        };
        return quoted(title, key);
    }

    private static String quoted(@Nullable String title, ItemKey key) {
        return title == null || title.isBlank() ? key.id() : "«" + title + "»";
    }
}
