package app.waxwing.library;

import static app.waxwing.store.schema.Tables.SEARCH_HISTORY;
import static org.jooq.impl.DSL.max;

import app.waxwing.base.InertText;
import app.waxwing.base.Time;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.SearchOwners;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was looked for, newest first: every text once and the newest fifty, kept for all accounts that were active then and seen only while all of
/// them are ([SearchOwners]; requirements 4.5, 4.18). With no days to keep nothing is written and nothing shown.
final class SearchHistory {
    private static final Logger LOG = LoggerFactory.getLogger(SearchHistory.class);
    private static final int LONGEST = 200;
    /// The newest texts that are kept for the same accounts (requirement 4.5).
    static final int KEPT = 50;
    /// No two have one time.
    private static final String OLDER = "DELETE FROM search_history WHERE account_id = ? AND folded > ? AND folded < ? AND searched_at <= "
            + "(SELECT searched_at FROM search_history WHERE account_id = ? AND folded > ? AND folded < ? "
            + "ORDER BY searched_at DESC LIMIT 1 OFFSET " + KEPT + ")";
    private final Database database;
    private final Time time;
    private final IntSupplier days;

    SearchHistory(Database database, Time time, IntSupplier days) {
        this.database = database;
        this.time = time;
        this.days = days;
    }

    CompletableFuture<Boolean> add(String text) {
        String typed = InertText.of(text.strip().replaceAll("\\s+", " "));
        if (typed.isEmpty() || typed.length() > LONGEST || days.getAsInt() <= 0) return CompletableFuture.completedFuture(false);
        String folded = SearchText.plain(typed);
        long now = time.now().toEpochMilli();
        return database.write(Durability.SOON, Lane.USER, sql -> {
            List<Long> active = ActiveAccounts.ids(sql);
            if (active.isEmpty()) return false;
            long account = Collections.min(active);
            String whose = SearchOwners.of(active);
            Long newest = sql.select(max(SEARCH_HISTORY.SEARCHED_AT)).from(SEARCH_HISTORY).fetchOne(0, Long.class);
            // Two in one millisecond keep their order.
            long at = newest == null ? now : Math.max(now, newest + 1);
            sql.insertInto(SEARCH_HISTORY).set(SEARCH_HISTORY.ACCOUNT_ID, account).set(SEARCH_HISTORY.FOLDED, whose + folded)
                    .set(SEARCH_HISTORY.TYPED, typed).set(SEARCH_HISTORY.SEARCHED_AT, at).onDuplicateKeyUpdate()
                    .set(SEARCH_HISTORY.TYPED, typed).set(SEARCH_HISTORY.SEARCHED_AT, at).execute();
            String behind = SearchOwners.behind(whose);
            sql.execute(OLDER, account, whose, behind, account, whose, behind);
            return true;
        }).exceptionally(e -> {
            LOG.warn("a search was not noted", e);
            return false;
        });
    }

    CompletableFuture<List<String>> newest(int limit) {
        int keep = days.getAsInt();
        if (keep <= 0) return CompletableFuture.completedFuture(List.of());
        long since = time.now().minus(Duration.ofDays(keep)).toEpochMilli();
        return database.read(sql -> sql
                .select(SEARCH_HISTORY.TYPED, SEARCH_HISTORY.FOLDED).from(SEARCH_HISTORY)
                .where(SearchOwners.shown(), SEARCH_HISTORY.SEARCHED_AT.ge(since))
                .orderBy(SEARCH_HISTORY.SEARCHED_AT.desc()).limit(limit * 8).fetch().stream()
                .collect(Collectors.toMap(r -> SearchOwners.text(r.value2()), r -> r.value1(), (newer, older) -> newer,
                        LinkedHashMap::new))
                .values().stream().limit(limit).toList());
    }

    CompletableFuture<Integer> clear() {
        return database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(SEARCH_HISTORY)
                .where(SearchOwners.shown()).execute());
    }
}
