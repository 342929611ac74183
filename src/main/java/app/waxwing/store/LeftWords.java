package app.waxwing.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// Lets go of the words, of those that search looks for middles in, that no search index has any more: their tracks were renamed or purged. Until
/// then such a word only costs a look. In small pieces.
final class LeftWords {
    private static final int PIECE = 500;
    private static final String DELETE = "DELETE FROM search_word WHERE id > ? AND id <= ?"
            + List.of("track", "album", "artist", "playlist").stream()
                    .map(kind -> " AND NOT EXISTS (SELECT 1 FROM " + kind + "_fts_words WHERE term = search_word.word)")
                    .collect(Collectors.joining());
    private final Database database;

    LeftWords(Database database) {
        this.database = database;
    }

    /// The future says how many words went.
    CompletableFuture<Integer> purge() {
        return database.read(sql -> sql.fetchSingle("SELECT coalesce(max(id), 0) FROM search_word").get(0, Long.class))
                .thenCompose(last -> pieces(0, last, 0));
    }

    private CompletableFuture<Integer> pieces(long after, long last, int sum) {
        if (after >= last) return CompletableFuture.completedFuture(sum);
        return database.write(Durability.SOON, Lane.BULK, sql -> sql.execute(DELETE, after, after + PIECE))
                .thenCompose(n -> pieces(after + PIECE, last, sum + n));
    }
}
