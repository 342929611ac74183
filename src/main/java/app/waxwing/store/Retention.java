package app.waxwing.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go what was kept long enough (requirements 4.18, 4.19): plays and searches after the time the user chose, rows removed by the user 30 days later, what is gone from its server after
/// 30 days where nothing hangs on it, what was
/// done two years later, words of search that no item has any more ([LeftWords]). In small pieces behind everything users wait for; then search
/// indexes that lie in many parts are put together ([SearchMerge]), and the file is made smaller where a fifth of it is empty.
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration REMOVED = Duration.ofDays(30);
    private static final Duration DONE = Duration.ofDays(730);
    /// What came of an item counts for a day and an hour.
    private static final Duration COUNTED = Duration.ofDays(2);
    private static final int PIECE = 500;
    private static final List<String> REMOVED_ROWS = List.of(
            "DELETE FROM play_history WHERE id IN (SELECT id FROM play_history WHERE deleted_at < ? LIMIT " + PIECE + ")",
            // One whose deletion its server has not heard of yet stays, so that it does not come back with the next sync.
            "DELETE FROM playlist WHERE id IN (SELECT id FROM playlist WHERE deleted_at < ? AND NOT EXISTS (SELECT 1 FROM pending_action "
                    + "WHERE pending_action.account_id = playlist.account_id AND pending_action.item_id = playlist.item_id) LIMIT "
                    + PIECE + ")",
            "DELETE FROM download WHERE id IN (SELECT id FROM download WHERE deleted_at IS NOT NULL AND deleted_at < ? AND part_path IS NULL AND file_path IS NULL LIMIT "
                    + PIECE + ")");
    private static final String PLAYS = "DELETE FROM play_history WHERE id IN (SELECT id FROM play_history WHERE deleted_at IS NULL "
            + "AND played_at < ? LIMIT " + PIECE + ")";
    private static final String SEARCHES = "DELETE FROM search_history WHERE (account_id, folded) IN (SELECT account_id, folded "
            + "FROM search_history WHERE searched_at < ? LIMIT " + PIECE + ")";
    private static final String TRAFFIC = "DELETE FROM download_traffic WHERE (account_id, item_id, hour) IN (SELECT account_id, item_id, hour "
            + "FROM download_traffic WHERE hour < ? / 3600000 LIMIT " + PIECE + ")";
    private static final String AUDIT = "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? LIMIT " + PIECE + ")";
    private final Database database;

    public Retention(Database database) {
        this.database = database;
    }

    /// The future says how many rows went.
    ///
    /// @param historyDays how long plays stay; 0 = for ever
    /// @param searchDays how long what was looked for stays; 0 = not at all
    public CompletableFuture<Integer> run(Instant now, int historyDays, int searchDays) {
        CompletableFuture<Integer> all = CompletableFuture.completedFuture(0);
        if (historyDays > 0) all = all.thenCompose(n -> pieces(PLAYS, now.minus(Duration.ofDays(historyDays)), n));
        all = all.thenCompose(n -> pieces(SEARCHES, now.minus(Duration.ofDays(searchDays)), n));
        all = all.thenCompose(n -> pieces(TRAFFIC, now.minus(COUNTED), n));
        for (String statement : REMOVED_ROWS) all = all.thenCompose(n -> pieces(statement, now.minus(REMOVED), n));
        all = all.thenCompose(n -> new GoneItems(database).purge(now.minus(REMOVED)).thenApply(gone -> n + gone));
        all = all.thenCompose(n -> new LeftWords(database).purge().thenCompose(words -> new SearchMerge(database).run()).thenApply(m -> n));
        return all.thenCompose(n -> pieces(AUDIT, now.minus(DONE), n)).thenCompose(n -> database.shrink().thenApply(shrunk -> {
            if (n > 0 || shrunk) LOG.info("{} rows whose time was over are gone{}", n, shrunk ? ", and the file is smaller" : "");
            return n;
        }));
    }

    /// What was looked for goes, of every account, whenever it was. The future says how many rows went.
    public CompletableFuture<Integer> forgetSearches() {
        return database.write(Durability.KEPT, Lane.USER,
                sql -> sql.execute("DELETE FROM search_history WHERE searched_at <= ?", Long.MAX_VALUE));
    }

    private CompletableFuture<Integer> pieces(String statement, Instant before, int sum) {
        return database.write(Durability.SOON, Lane.BULK, sql -> sql.execute(statement, before.toEpochMilli()))
                .thenCompose(n -> n < PIECE ? CompletableFuture.completedFuture(sum + n) : pieces(statement, before, sum + n));
    }
}
