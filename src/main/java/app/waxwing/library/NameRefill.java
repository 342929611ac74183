package app.waxwing.library;

import static app.waxwing.store.schema.Tables.COUNTER;

import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folds the names that lists are in order of where an upgrade could not (V24): it set all to small letters of ASCII, so what is left are names with
/// other characters. In small pieces behind whatever users do; what is killed in between begins again at the next start.
public final class NameRefill {
    private static final Logger LOG = LoggerFactory.getLogger(NameRefill.class);
    /// Set by the upgrade.
    private static final String MARK = "names-unfolded";
    private static final int PIECE = 500;
    private final Database database;

    public NameRefill(Database database) {
        this.database = database;
    }

    /// A row as it was read: its second name is empty for an album.
    private record Row(long id, String first, String second, String sortFirst, String sortSecond) {
        boolean right() {
            return SearchText.sort(first).equals(sortFirst) && SearchText.sort(second).equals(sortSecond);
        }
    }

    /// A kind of row.
    ///
    /// @param put what was changed since by somebody else is folded already, and stays
    private record Kind(String read, String put, boolean two) {}

    private static final List<Kind> ALL = List.of(
            new Kind("SELECT id, artist_name, album_title, sort_artist, sort_album FROM track WHERE id > ? "
                    + "AND (artist_name GLOB '*[^ -~]*' OR album_title GLOB '*[^ -~]*') ORDER BY id LIMIT " + PIECE,
                    "UPDATE track SET sort_artist = ?, sort_album = ? WHERE id = ? AND artist_name = ? AND album_title = ?", true),
            new Kind("SELECT id, artist_name, '', sort_artist, '' FROM album WHERE id > ? AND artist_name GLOB '*[^ -~]*' "
                    + "ORDER BY id LIMIT " + PIECE,
                    "UPDATE album SET sort_artist = ? WHERE id = ? AND artist_name = ?", false));

    /// Begins where it is needed; the future says how many rows may stand elsewhere now.
    public CompletableFuture<Integer> begin() {
        return database.read(sql -> sql.fetchExists(COUNTER, COUNTER.NAME.eq(MARK)))
                .thenCompose(due -> due ? from(0, 0, 0) : CompletableFuture.completedFuture(0));
    }

    private CompletableFuture<Integer> from(int kind, long after, int done) {
        if (kind == ALL.size()) {
            return database.write(Durability.SOON, Lane.BULK, sql -> sql.deleteFrom(COUNTER).where(COUNTER.NAME.eq(MARK)).execute())
                    .thenApply(n -> {
                        LOG.info("names are folded: {} rows", done);
                        return done;
                    });
        }
        return database.read(sql -> Batch.run(sql, connection -> {
            List<Row> rows = new ArrayList<>();
            try (var read = new Batch(connection, ALL.get(kind).read)) {
                read.number(after)
                        .read(r -> rows.add(new Row(r.getLong(1), r.getString(2), r.getString(3), r.getString(4), r.getString(5))));
            }
            return rows;
        })).thenCompose(rows -> {
            if (rows.isEmpty()) return from(kind + 1, 0, done);
            List<Row> wrong = rows.stream().filter(r -> !r.right()).toList();
            long last = rows.getLast().id;
            return (wrong.isEmpty() ? CompletableFuture.completedFuture(0) : put(ALL.get(kind), wrong))
                    .thenCompose(n -> from(kind, last, done + n));
        });
    }

    private CompletableFuture<Integer> put(Kind kind, List<Row> rows) {
        return database.write(Durability.SOON, Lane.BULK, sql -> Batch.run(sql, connection -> {
            int done = 0;
            try (var put = new Batch(connection, kind.put)) {
                for (Row row : rows) {
                    put.text(SearchText.sort(row.first));
                    if (kind.two) put.text(SearchText.sort(row.second));
                    put.number(row.id).text(row.first);
                    if (kind.two) put.text(row.second);
                    done += put.run();
                }
            }
            return done;
        }));
    }
}
