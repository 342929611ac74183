package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static app.waxwing.store.schema.Tables.GENRE;
import static app.waxwing.store.schema.Tables.TRACK_GENRE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import app.waxwing.base.ItemKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/// Questions about genres.
final class GenreTable {
    private static final String OWN = "genre-";
    private static final Field<Integer> TRACKS = field(select(count()).from(TRACK_GENRE).where(TRACK_GENRE.GENRE_ID.eq(GENRE.ID)))
            .as("tracks");

    /// There are hundreds at most, and SQLite knows no letters with marks.
    private static final Comparator<Genre> BY_NAME = Comparator.comparing(g -> SearchText.plain(g.name()));

    private GenreTable() {}

    static Condition is(ItemKey key) {
        Condition mine = GENRE.ACCOUNT_ID.eq(key.account());
        if (key.id().startsWith(OWN) && key.id().length() > OWN.length() && key.id().chars().skip(OWN.length()).allMatch(Character::isDigit)
                && key.id().length() < 20) {
            return mine.and(GENRE.ID.eq(Long.parseLong(key.id().substring(OWN.length()))));
        }
        return mine.and(GENRE.ITEM_ID.eq(key.id()));
    }

    static Listing<Genre> list(DSLContext sql, Query query) {
        List<Genre> all = fetch(sql, Tables.of(GENRE.ACCOUNT_ID, query)).stream().filter(g -> g.trackCount() > 0).toList();
        if (query.descending()) all = all.reversed();
        int from = Math.min(Behind.offset(query, all, Genre::key), all.size());
        int to = query.limit() == 0 ? all.size() : Math.min(all.size(), from + query.limit());
        return new Listing<>(all.subList(from, to), all.size());
    }

    static Optional<Genre> find(DSLContext sql, ItemKey key) {
        return fetch(sql, is(key).and(active(GENRE.ACCOUNT_ID))).stream().findFirst();
    }

    /// The words of all genres as the search index holds them, a space before and behind. Asked with every letter that is typed, so in plain JDBC.
    static List<String> folded(DSLContext sql) {
        return Batch.run(sql, connection -> {
            List<String> names = new ArrayList<>();
            try (var find = new Batch(connection, "SELECT name FROM genre")) {
                find.read(row -> names.add(" " + SearchText.words(row.getString(1)) + " "));
            }
            return names;
        });
    }

    private static List<Genre> fetch(DSLContext sql, Condition where) {
        var id = coalesce(GENRE.ITEM_ID, org.jooq.impl.DSL.inline(OWN).concat(GENRE.ID));
        return sql.select(GENRE.ID, GENRE.ACCOUNT_ID, id, GENRE.NAME, TRACKS).from(GENRE).where(where)
                .orderBy(GENRE.ID)
                .fetch(r -> new Genre(r.get(GENRE.ID), new ItemKey(r.get(GENRE.ACCOUNT_ID), r.get(id)), r.get(GENRE.NAME), r.get(TRACKS)))
                .stream().sorted(BY_NAME).toList();
    }
}
