package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import app.waxwing.store.schema.Tables;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;

/// Full-text search over the four kinds. What the user types is folded to letters and digits before it becomes a query, so quotes and operators
/// are plain text (requirement 4.14).
final class Search {
    private static final Field<Long> ROW = field("rowid", Long.class);
    private static final Field<Double> RANK = field("rank", Double.class);

    /// One kind: its index, the weights of the index's columns, and the table behind.
    private enum Kind {
        ARTIST("artist_fts", "bm25(10.0)", "name", Tables.ARTIST, Tables.ARTIST.ID, Tables.ARTIST.NAME, active(Tables.ARTIST.ACCOUNT_ID)
                .and(Tables.ARTIST.GONE_AT.isNull())),
        ALBUM("album_fts", "bm25(10.0, 4.0)", "title", Tables.ALBUM, Tables.ALBUM.ID, Tables.ALBUM.TITLE,
                app.waxwing.library.Tables.listedAlbum()),
        TRACK("track_fts", "bm25(10.0, 5.0, 3.0, 2.0, 0.5)", "title", Tables.TRACK, Tables.TRACK.ID, Tables.TRACK.TITLE,
                app.waxwing.library.Tables.listedTrack()),
        PLAYLIST("playlist_fts", "bm25(10.0)", "title", Tables.PLAYLIST, Tables.PLAYLIST.ID, Tables.PLAYLIST.TITLE,
                active(Tables.PLAYLIST.ACCOUNT_ID).and(Tables.PLAYLIST.DELETED_AT.isNull()).and(Tables.PLAYLIST.GONE_AT.isNull()));

        private final String index;
        private final String weights;
        private final String column;
        private final Table<?> rows;
        private final Field<Long> id;
        private final Field<String> title;
        private final Condition listed;

        Kind(String index, String weights, String column, Table<?> rows, Field<Long> id, Field<String> title, Condition listed) {
            this.index = index;
            this.weights = weights;
            this.column = column;
            this.rows = rows;
            this.id = id;
            this.title = title;
            this.listed = listed;
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
                PlaylistTable.byRow(sql, java.util.Arrays.stream(rows(sql, Kind.PLAYLIST, words, limit, playableOnly)).boxed().toList()));
    }

    /// The best rows: exact titles, then titles that begin so, then by bm25; where that is too few, those where every word may be a beginning.
    private static long[] rows(DSLContext sql, Kind kind, List<String> words, int limit, boolean playableOnly) {
        String strict = query(words, false);
        Map<Long, Hit> hits = new LinkedHashMap<>();
        int first = 2 * limit + 20;
        collect(hits, sql, kind, strict, first, playableOnly);
        if (hits.size() >= limit) {
            collect(hits, sql, kind, kind.column + " : ^ \"" + String.join(" ", words) + "\"", limit, playableOnly);
        } else if (words.size() > 1) {
            collect(hits, sql, kind, query(words, true), first, playableOnly);
        }
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

    private static void collect(Map<Long, Hit> into, DSLContext sql, Kind kind, String match, int limit, boolean playableOnly) {
        List<Hit> found = ranked(sql, kind, match, limit, limit, playableOnly);
        found.forEach(h -> into.putIfAbsent(h.row, h));
    }

    /// The index answers first, by itself; titles and what may be shown are looked up for its best rows only.
    private static List<Hit> ranked(DSLContext sql, Kind kind, String match, int wanted, int limit, boolean playableOnly) {
        Condition matches = condition("{0} match {1}", field(name(kind.index)), val(match))
                .and(condition("rank match {0}", inline(kind.weights)));
        if (playableOnly) matches = matches.and(ROW.in(playable(kind)));
        var best = table(select(ROW.as("row"), RANK.as("rank")).from(table(name(kind.index))).where(matches).orderBy(RANK).limit(limit))
                .as("best");
        Field<Long> row = field(name("best", "row"), Long.class);
        List<Hit> hits = sql.select(kind.id, kind.title).from(best).crossJoin(kind.rows).where(kind.id.eq(row), kind.listed)
                .orderBy(field(name("best", "rank"))).fetch(r -> new Hit(r.get(kind.id), r.get(kind.title)));
        if (hits.size() >= wanted / 2 || limit > 100_000) return hits;
        // Many rows that are not shown (another account's, gone): look deeper, but only when there is more.
        int all = sql.fetchCount(select(ROW).from(table(name(kind.index))).where(matches).limit(limit + 1));
        return all <= limit ? hits : ranked(sql, kind, match, wanted, limit * 20, playableOnly);
    }

    private static Select<Record1<Long>> playable(Kind kind) {
        var file = Tables.MEDIA_FILE;
        return switch (kind) {
            case TRACK -> app.waxwing.library.Tables.playableTracks();
            case ALBUM -> select(Tables.ALBUM.ID).from(file).crossJoin(Tables.TRACK).crossJoin(Tables.ALBUM)
                    .where(Tables.TRACK.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.TRACK.ITEM_ID.eq(file.ITEM_ID),
                            Tables.ALBUM.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.ALBUM.ITEM_ID.eq(Tables.TRACK.ALBUM_ITEM_ID));
            case ARTIST -> select(Tables.ARTIST.ID).from(file).crossJoin(Tables.TRACK_ARTIST).crossJoin(Tables.ARTIST)
                    .where(Tables.TRACK_ARTIST.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.TRACK_ARTIST.TRACK_ITEM_ID.eq(file.ITEM_ID),
                            Tables.ARTIST.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.ARTIST.ITEM_ID.eq(Tables.TRACK_ARTIST.ARTIST_ITEM_ID));
            case PLAYLIST -> select(Tables.PLAYLIST.ID).from(file).crossJoin(Tables.PLAYLIST_ITEM).crossJoin(Tables.PLAYLIST)
                    .where(Tables.PLAYLIST_ITEM.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.PLAYLIST_ITEM.TRACK_ITEM_ID.eq(file.ITEM_ID),
                            Tables.PLAYLIST.ACCOUNT_ID.eq(file.ACCOUNT_ID),
                            Tables.PLAYLIST.ITEM_ID.eq(Tables.PLAYLIST_ITEM.PLAYLIST_ITEM_ID));
        };
    }
}
