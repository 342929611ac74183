package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.table;

import app.waxwing.store.schema.Tables;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// Full-text search over the four kinds. What the user types is folded to letters and digits before it becomes a query, so quotes and operators
/// are plain text (requirement 4.14). The statements are rendered once: as one types, building them anew would cost more than running them.
final class Search {
    /// More matches than this are not worth ranking: the first letters of a word, «the».
    private static final int BROAD = 300;
    private static final DSLContext RENDER = DSL.using(SQLDialect.SQLITE, new Settings().withRenderSchema(false));
    private static final Field<Long> ROW = field("rowid", Long.class);
    private static final Field<Double> RANK = field("rank", Double.class);

    /// One kind: its index, the weights of the index's columns, and the table behind.
    private enum Kind {
        ARTIST("artist_fts", "bm25(10.0)", "name", Tables.ARTIST, Tables.ARTIST.ID, Tables.ARTIST.NAME,
                active(Tables.ARTIST.ACCOUNT_ID).and(Tables.ARTIST.GONE_AT.isNull())),
        ALBUM("album_fts", "bm25(10.0, 4.0)", "title", Tables.ALBUM, Tables.ALBUM.ID, Tables.ALBUM.TITLE,
                app.waxwing.library.Tables.listedAlbum()),
        TRACK("track_fts", "bm25(10.0, 5.0, 3.0, 2.0, 0.5)", "title", Tables.TRACK, Tables.TRACK.ID, Tables.TRACK.TITLE,
                app.waxwing.library.Tables.listedTrack()),
        PLAYLIST("playlist_fts", "bm25(10.0)", "title", Tables.PLAYLIST, Tables.PLAYLIST.ID, Tables.PLAYLIST.TITLE,
                active(Tables.PLAYLIST.ACCOUNT_ID).and(Tables.PLAYLIST.DELETED_AT.isNull()).and(Tables.PLAYLIST.GONE_AT.isNull()));

        private final String column;
        private final Statements all;
        private final Statements playable;

        Kind(String index, String weights, String column, Table<?> rows, Field<Long> id, Field<String> title, Condition listed) {
            this.column = column;
            all = new Statements(index, weights, rows, id, title, listed, DSL.noCondition());
            playable = new Statements(index, weights, rows, id, title, listed, ROW.in(playable(name())));
        }
    }

    /// @param count how many match, up to a limit
    /// @param ranked the best by bm25, up to a limit
    /// @param any some that match, up to a limit
    private record Statements(String count, String ranked, String any) {
        Statements(String index, String weights, Table<?> rows, Field<Long> id, Field<String> title, Condition listed, Condition further) {
            this(counting(index, further), finding(index, weights, rows, id, title, listed, further, true),
                    finding(index, weights, rows, id, title, listed, further, false));
        }

        private static Condition matches(String index, Condition further) {
            return condition("{0} match {1}", field(name(index)), param("text", String.class)).and(further);
        }

        private static String counting(String index, Condition further) {
            return text(selectCount().from(select(ROW).from(table(name(index))).where(matches(index, further)).limit(param("limit", 0))));
        }

        /// The index answers first, by itself; titles and what may be shown are looked up for its best rows only.
        private static String finding(String index, String weights, Table<?> rows, Field<Long> id, Field<String> title, Condition listed,
                Condition further,
                boolean ranked) {
            Condition matches = matches(index, further);
            var best = (ranked
                    ? table(select(ROW.as("row"), RANK.as("rank")).from(table(name(index)))
                            .where(matches.and(condition("rank match {0}", inline(weights)))).orderBy(RANK).limit(param("limit", 0)))
                    : table(select(ROW.as("row"), inline(0.0).as("rank")).from(table(name(index))).where(matches).limit(param("limit", 0))))
                    .as("best");
            Field<Long> row = field(name("best", "row"), Long.class);
            var found = select(id, title).from(best).crossJoin(rows).where(id.eq(row), listed);
            return text(ranked ? found.orderBy(field(name("best", "rank"))) : found);
        }

        private static String text(Query query) {
            return RENDER.render(query);
        }
    }

    private record Hit(long row, String title) {}

    private Search() {}

    static SearchHits search(DSLContext sql, String text, int limit, boolean playableOnly) {
        List<String> words = SearchText.typed(text);
        if (words.isEmpty() || limit <= 0) return new SearchHits(List.of(), List.of(), List.of(), List.of());
        return new SearchHits(ArtistTable.byRow(sql, rows(sql, Kind.ARTIST, words, limit, playableOnly)),
                AlbumTable.byRow(sql, rows(sql, Kind.ALBUM, words, limit, playableOnly)),
                TrackTable.byRow(sql, rows(sql, Kind.TRACK, words, limit, playableOnly)),
                PlaylistTable.byRow(sql, Arrays.stream(rows(sql, Kind.PLAYLIST, words, limit, playableOnly)).boxed().toList()));
    }

    /// The best rows: exact titles, then titles that begin so, then by bm25; where that is too few, those where every word may be a beginning.
    private static long[] rows(DSLContext sql, Kind kind, List<String> words, int limit, boolean playableOnly) {
        Statements statements = playableOnly ? kind.playable : kind.all;
        String phrase = "\"" + String.join(" ", words) + "\"";
        Map<Long, Hit> hits = new LinkedHashMap<>();
        int some = 2 * limit + 20;
        String strict = query(words, false);
        int matches = count(sql, statements, strict);
        if (matches > BROAD) {
            find(hits, sql, statements.ranked, kind.column + " : ^ " + phrase, some);
            find(hits, sql, statements.any, kind.column + " : ^ " + phrase + "*", some);
            find(hits, sql, statements.any, strict, some);
            if (hits.size() < limit) find(hits, sql, statements.any, strict, Integer.MAX_VALUE);
        } else if (matches > 0) {
            find(hits, sql, statements.ranked, strict, some);
            if (matches > some) find(hits, sql, statements.ranked, kind.column + " : ^ " + phrase, some);
            // Many rows that are not shown (another account's, gone): all of them, then.
            if (matches > some && hits.size() < limit) find(hits, sql, statements.ranked, strict, matches);
        }
        if (hits.size() < limit && words.size() > 1) find(hits, sql, statements.ranked, query(words, true), some);
        String wanted = String.join(" ", words);
        return hits.values().stream().sorted(Comparator.comparingInt((Hit h) -> closeness(h.title, wanted))).limit(limit)
                .mapToLong(Hit::row).toArray();
    }

    private static int closeness(String title, String wanted) {
        String words = SearchText.words(title);
        if (words.equals(wanted) || words.equals("the " + wanted)) return 0;
        return words.startsWith(wanted) ? 1 : 2;
    }

    /// `"pink" "flo"*`: every word, the last one as a beginning; with `loose` each of at least two letters is.
    private static String query(List<String> words, boolean loose) {
        var out = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            if (i > 0) out.append(' ');
            out.append('"').append(words.get(i)).append('"');
            if (i == words.size() - 1 || loose && words.get(i).length() > 1) out.append('*');
        }
        return out.toString();
    }

    private static int count(DSLContext sql, Statements statements, String match) {
        return sql.resultQuery(statements.count, match, BROAD + 1).fetchSingle(0, Integer.class);
    }

    private static void find(Map<Long, Hit> into, DSLContext sql, String statement, String match, int limit) {
        for (var row : sql.resultQuery(statement, match, limit).fetch()) {
            long id = row.get(0, Long.class);
            into.putIfAbsent(id, new Hit(id, row.get(1, String.class)));
        }
    }

    private static Select<Record1<Long>> playable(String kind) {
        var file = Tables.MEDIA_FILE;
        return switch (kind) {
            case "TRACK" -> app.waxwing.library.Tables.playableTracks();
            case "ALBUM" -> select(Tables.ALBUM.ID).from(file).crossJoin(Tables.TRACK).crossJoin(Tables.ALBUM)
                    .where(Tables.TRACK.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.TRACK.ITEM_ID.eq(file.ITEM_ID),
                            Tables.ALBUM.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.ALBUM.ITEM_ID.eq(Tables.TRACK.ALBUM_ITEM_ID),
                            app.waxwing.library.Tables.there());
            case "ARTIST" -> select(Tables.ARTIST.ID).from(file).crossJoin(Tables.TRACK_ARTIST).crossJoin(Tables.ARTIST)
                    .where(Tables.TRACK_ARTIST.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.TRACK_ARTIST.TRACK_ITEM_ID.eq(file.ITEM_ID),
                            Tables.ARTIST.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.ARTIST.ITEM_ID.eq(Tables.TRACK_ARTIST.ARTIST_ITEM_ID),
                            app.waxwing.library.Tables.there());
            default -> select(Tables.PLAYLIST.ID).from(file).crossJoin(Tables.PLAYLIST_ITEM).crossJoin(Tables.PLAYLIST)
                    .where(Tables.PLAYLIST_ITEM.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.PLAYLIST_ITEM.TRACK_ITEM_ID.eq(file.ITEM_ID),
                            Tables.PLAYLIST.ACCOUNT_ID.eq(file.ACCOUNT_ID),
                            Tables.PLAYLIST.ITEM_ID.eq(Tables.PLAYLIST_ITEM.PLAYLIST_ITEM_ID), app.waxwing.library.Tables.there());
        };
    }
}
