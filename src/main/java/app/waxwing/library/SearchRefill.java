package app.waxwing.library;

import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.SearchMerge;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the search index of a database that lacks it: one that came out of a backup, as backups go without it, or one that was brought up to a
/// schema with another kind of index. In small pieces behind whatever users do; what is killed
/// in between begins again at the next start, and a piece that is there already is only written anew.
public final class SearchRefill {
    private static final Logger LOG = LoggerFactory.getLogger(SearchRefill.class);
    private static final int PIECE = 300;
    private final Database database;

    public SearchRefill(Database database) {
        this.database = database;
    }

    /// One of the five indexes.
    ///
    /// @param kind whose index it is; none of the lyrics'
    /// @param texts columns that are folded, in the order of the index's own
    private record Index(Optional<SearchKind> kind, String drop, String put, String read, int texts) {
        Index(SearchKind kind, String table, String columns, String rows, String texts) {
            this(Optional.of(kind), "DELETE FROM " + table + " WHERE rowid = ?",
                    "INSERT INTO " + table + " (rowid, " + columns + ") VALUES (" + Batch.marks(columns.split(",").length + 1) + ")",
                    "SELECT id, " + texts + " FROM " + rows + " WHERE id > ? ORDER BY id LIMIT " + PIECE, columns.split(",").length);
        }

        String folded(@Nullable String text) {
            return kind.isPresent()
                    ? Spellings.indexed(String.valueOf(text))
                    : SearchText.words(LyricsStore.LyricsText.withoutTimes(String.valueOf(text)));
        }

        /// Lyrics belong to the tracks' numbers. Their times are no words.
        static Index lyrics() {
            return new Index(Optional.empty(), "DELETE FROM lyrics_fts WHERE rowid = ?",
                    "INSERT INTO lyrics_fts (rowid, words) VALUES (?, ?)",
                    "SELECT track.id, lyrics.body FROM track CROSS JOIN lyrics "
                            + "WHERE track.id > ? AND lyrics.account_id = track.account_id AND lyrics.track_item_id = track.item_id "
                            + "AND lyrics.body IS NOT NULL ORDER BY track.id LIMIT " + PIECE,
                    1);
        }
    }

    private static final List<Index> ALL = List.of(new Index(SearchKind.ARTIST, "artist_fts", "name", "artist", "name"),
            new Index(SearchKind.ALBUM, "album_fts", "title, artist", "album", "title, artist_name"),
            new Index(SearchKind.PLAYLIST, "playlist_fts", "title", "playlist", "title"),
            new Index(SearchKind.TRACK, "track_fts", "title, artist, album, album_artist, genre", "track",
                    "title, artist_name, album_title, iif(album_artist = artist_name, '', album_artist), genre"),
            Index.lyrics());

    /// Begins where it is needed; the future says how many items became findable.
    public CompletableFuture<Integer> begin() {
        if (!database.searchIndexMissing()) return CompletableFuture.completedFuture(0);
        LOG.info("the search index is written anew");
        return from(0, 0, 0);
    }

    private CompletableFuture<Integer> from(int index, long after, int done) {
        if (index == ALL.size()) {
            return database.searchIndexThere().thenCompose(n -> {
                LOG.info("the search index is there again: {} items", done);
                return new SearchMerge(database).run();
            }).thenApply(n -> done);
        }
        return database.write(Durability.SOON, Lane.BULK, sql -> Batch.run(sql, connection -> piece(connection, ALL.get(index), after)))
                .thenCompose(p -> p.rows == PIECE ? from(index, p.last, done + p.rows) : from(index + 1, 0, done + p.rows));
    }

    private record Piece(int rows, long last) {}

    private static Piece piece(Connection connection, Index index, long after) throws SQLException {
        int rows = 0;
        long last = after;
        try (var read = connection.prepareStatement(index.read);
                var drop = new Batch(connection, index.drop);
                var put = new Batch(connection, index.put);
                var middles = new MiddleWords(connection)) {
            read.setLong(1, after);
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    last = row.getLong(1);
                    drop.number(last).run();
                    put.number(last);
                    for (int i = 0; i < index.texts; i++) {
                        String words = index.folded(row.getString(2 + i));
                        put.text(words);
                        index.kind.ifPresent(kind -> middles.add(kind, words));
                    }
                    put.run();
                    rows++;
                }
            }
        }
        return new Piece(rows, last);
    }
}
