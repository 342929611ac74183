package app.waxwing.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;

/// Puts the search indexes together: a sync leaves each in up to twenty parts, and every word that is looked for is looked up in each of them. In
/// small steps behind whatever users do; what breaks off in between goes on the next time.
public final class SearchMerge {
    private static final List<String> INDEXES = List.of("artist_fts", "album_fts", "track_fts", "playlist_fts", "lyrics_fts", "word_fts");
    /// Fewer parts are left as they are: putting them together writes the whole index anew.
    private static final int MOST_PARTS = 6;
    /// Pages of about 4 KB, a few milliseconds.
    private static final int STEP = 200;
    private final Database database;

    public SearchMerge(Database database) {
        this.database = database;
    }

    /// The future says how many indexes were put together.
    public CompletableFuture<Integer> run() {
        CompletableFuture<Integer> all = CompletableFuture.completedFuture(0);
        for (String index : INDEXES) all = all.thenCompose(n -> merge(index).thenApply(merged -> merged ? n + 1 : n));
        return all;
    }

    /// Each written anew into one part, also where it is one: deleted words stand in the parts that they are in until then, since the indexes are
    /// `contentless_delete` and only note beside a part which rows of it are gone.
    CompletableFuture<Void> whole() {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (String index : INDEXES) all = all.thenCompose(_ -> together(index));
        return all;
    }

    private CompletableFuture<Boolean> merge(String index) {
        return database.read(sql -> parts(sql, index)).thenCompose(parts -> parts <= MOST_PARTS
                ? CompletableFuture.completedFuture(false)
                : together(index).thenApply(_ -> true));
    }

    private CompletableFuture<Void> together(String index) {
        // Below zero: not only parts of the same size, all of them.
        return steps(index, -STEP);
    }

    private CompletableFuture<Void> steps(String index, int pages) {
        return database.write(Durability.SOON, Lane.BULK, sql -> step(sql, index, pages))
                .thenCompose(more -> more ? steps(index, STEP) : CompletableFuture.completedFuture(null));
    }

    static int parts(DSLContext sql, String index) {
        return sql.fetchSingle("SELECT count(DISTINCT segid) FROM " + index + "_idx").get(0, Integer.class);
    }

    /// @return whether there was something to do; SQLite's way to tell is that two rows or more changed
    private static boolean step(DSLContext sql, String index, int pages) {
        long before = changes(sql);
        sql.execute("INSERT INTO " + index + " (" + index + ", rank) VALUES ('merge', ?)", pages);
        return changes(sql) - before >= 2;
    }

    private static long changes(DSLContext sql) {
        return sql.fetchSingle("SELECT total_changes()").get(0, Long.class);
    }
}
