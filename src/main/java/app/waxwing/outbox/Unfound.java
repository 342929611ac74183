package app.waxwing.outbox;

import app.waxwing.base.ItemKey;
import app.waxwing.library.PendingActions.Action;
import app.waxwing.library.SyncEngine;
import app.waxwing.store.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Tracks, albums and playlists that a server does not find though the library here has them. What moved on the server has another id there, and the
/// sync that meets it gives that id to what waits for the old one; and one answer, which may be of a page in between, is no proof. Until a sync that
/// began after the server's answer has come to its end, nothing of such an item is sent or given up. Kept in memory: after a restart the server is
/// asked once more. Any thread.
final class Unfound {
    /// How far the syncs had come when the server answered, or when one that ran already was over.
    private final Map<ItemKey, SyncEngine.Standing> items = new ConcurrentHashMap<>();
    private final Database database;

    Unfound(Database database) {
        this.database = database;
    }

    boolean any() {
        return !items.isEmpty();
    }

    /// Forgets what no action of the account waits for any more.
    void only(long account, List<Action> waiting) {
        if (items.isEmpty()) return;
        Set<ItemKey> keys = waiting.stream().map(Action::key).collect(Collectors.toSet());
        items.keySet().removeIf(item -> item.account() == account && !keys.contains(item));
    }

    /// Whether a sync has to come to its end before the item's actions are tried.
    boolean waits(ItemKey item) {
        SyncEngine.Standing before = items.get(item);
        if (before == null) return false;
        SyncEngine.Standing now = database.readNow(sql -> SyncEngine.standing(sql, item.account()));
        if (now.endedAfter(before)) return false;
        if (before.underWay() && !now.underWay()) items.put(item, now);
        return true;
    }

    void found(ItemKey item) {
        items.remove(item);
    }

    /// The server answered that it has no such item.
    ///
    /// @return whether a sync may still find it, and has to come first
    boolean asksSync(Action action) {
        ItemKey item = action.key();
        return database.readNow(sql -> {
            if (!SyncEngine.syncMayTell(sql, action.itemKind(), item)) return false;
            SyncEngine.Standing now = SyncEngine.standing(sql, item.account());
            SyncEngine.Standing before = items.putIfAbsent(item, now);
            return before == null || !now.endedAfter(before);
        });
    }
}
