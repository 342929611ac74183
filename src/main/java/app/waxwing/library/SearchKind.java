package app.waxwing.library;

import static org.jooq.impl.DSL.select;

import app.waxwing.library.SearchQuery.Field;
import app.waxwing.store.schema.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// One kind of hit: its index and table, and what finds its rows: the part of a statement behind the columns, made of constants; `?` stands for
/// what was typed.
enum SearchKind {
    ARTIST("artist", "name", "name", "sort_name", ArtistTable.listed(Query.ALL)),
    ALBUM("album", "title", "artist_name", "sort_title", app.waxwing.library.Tables.listedAlbum(Query.ALL)),
    TRACK("track", "title", "artist_name", "sort_title", app.waxwing.library.Tables.listedTrack(Query.ALL)),
    PLAYLIST("playlist", "title", "", "sort_title", PlaylistTable.listed(Query.ALL));

    /// Stands for the condition on years: a look at each row that matches, or the index where years alone are asked for.
    private static final String YEARS = "{years}";
    /// The same for years of which few rows are: their numbers are gathered from the index once. To look at each match would take longest just there,
    /// where next to none of thousands is of the year.
    private static final String FEW_YEARS = "{few years}";
    /// A twentieth of the table, though no more than these: beyond, the first hundred that pass come sooner than all that could.
    private static final int FEW = 4_000;
    private final String table;
    private final String sort;
    private final String each;
    private final String together;
    private final String behind;
    private final String playable;
    private final String favourites;

    SearchKind(String table, String title, String artist, String sort, Condition listed) {
        this.table = table;
        this.sort = sort;
        var render = DSL.using(SQLDialect.SQLITE, new Settings().withRenderSchema(false));
        String names = table + ".id, " + table + "." + title + ", " + (artist.isEmpty() ? "''" : table + "." + artist);
        // Rows that may not be shown come as nulls, so that it is known how many the index gave.
        each = "select " + names + " from (";
        together = FoundRows.together(table + ".id", table + "." + title, artist.isEmpty() ? "substr(title, 1, 0)" : table + "." + artist)
                + " from (";
        behind = ") as best left join " + table + " on " + table + ".id = best.r and " + render.renderInlined(listed);
        playable = render.renderInlined(playable(table));
        favourites = "select " + table + ".id from user_data cross join " + table + " where user_data.kind = '" + table
                + "' and user_data.is_favourite_shown = 1 and " + table + ".account_id = user_data.account_id and " + table
                + ".item_id = user_data.item_id";
    }

    /// Whether the query says anything of this kind.
    boolean knows(SearchQuery query) {
        return switch (this) {
            case TRACK, ALBUM -> true;
            case ARTIST -> query.years().isEmpty() && !query.has(Field.ALBUM) && !query.has(Field.GENRE);
            case PLAYLIST -> query.years().isEmpty() && query.terms().stream().allMatch(t -> t.field() == Field.ANY);
        };
    }

    /// The kind in `search_word.kinds`.
    int bit() {
        return switch (this) {
            case ARTIST -> 1;
            case ALBUM -> 2;
            case TRACK -> 4;
            case PLAYLIST -> 8;
        };
    }

    /// The kind whose index answers the query: albums of a genre are found by their tracks.
    SearchKind index(SearchQuery query) {
        return query.has(Field.GENRE) ? TRACK : this;
    }

    Map<Long, SearchMemory.Heard> heard(SearchMemory.Played played) {
        return switch (this) {
            case ARTIST -> played.artists();
            case ALBUM -> played.albums();
            case TRACK -> played.tracks();
            case PLAYLIST -> Map.of();
        };
    }

    /// Conditions on `{0}`, the row's number; their values are added to the list.
    ///
    /// @param accounts of the servers asked for, as a JSON array; empty where none was named
    /// @param few whether few rows are of the years asked for ([#few])
    String filters(SearchQuery query, String accounts, boolean few, List<Object> values) {
        var out = new StringBuilder();
        if (!accounts.isEmpty()) {
            out.append(" and (select own.account_id from ").append(table)
                    .append(" as own where own.id = {0}) in (select value from json_each(?))");
            values.add(accounts);
        }
        if (query.local()) out.append(" and {0} in (").append(playable).append(')');
        if (query.favourite()) out.append(" and {0} in (").append(favourites).append(')');
        query.years().ifPresent(years -> {
            out.append(few ? FEW_YEARS : YEARS);
            values.add(years.from());
            values.add(years.to());
        });
        return out.toString();
    }

    /// Whether few rows are of these years: counted in the index, no further than that.
    boolean few(DSLContext sql, SearchQuery.Years years) {
        return Batch.run(sql, connection -> {
            long most = Math.min(FEW, Batch.number(connection, "select coalesce(max(id), 0) from " + table) / 20 + 1);
            return Batch.number(connection,
                    "select count(*) from (select 1 from " + table + " where year between ? and ? limit ?) as dated",
                    years.from(), years.to(), most) < most;
        });
    }

    /// What finds rows, as a whole statement: number, title and artist of each, null where it may not be shown.
    String each(String finds) {
        return each + finds;
    }

    /// The same for [FoundRows].
    String together(String finds) {
        return together + finds;
    }

    /// Rows that the index has for a match; values: match, filters', limit. The plus keeps the index from being asked once for every filtered row.
    String matching(String filters, boolean byGenre) {
        if (this == ALBUM && byGenre) {
            return "select distinct album.id as r from (select rowid as r from track_fts where track_fts match ?) as found "
                    + "cross join track cross join album where track.id = found.r and album.account_id = track.account_id "
                    + "and album.item_id = track.album_item_id" + on("+album.id", filters) + " limit ?" + behind;
        }
        return "select rowid as r from " + table + "_fts where " + table + "_fts match ?" + on("+" + table + "_fts.rowid", filters)
                + " limit ?" + behind;
    }

    /// Tracks whose lyrics hold the words; values: match, filters', limit.
    String sung(String filters) {
        return "select rowid as r from lyrics_fts where lyrics_fts match ?" + on("+lyrics_fts.rowid", filters) + " limit ?"
                + behind;
    }

    /// All rows that pass the filters; values: filters', limit.
    String every(String filters) {
        return "select id as r from " + table + " where true"
                + on(table + ".id", filters.replace(YEARS, " and year between ? and ?").replace(FEW_YEARS, " and year between ? and ?"))
                + " limit ?" + behind;
    }

    /// Rows whose title begins so, in order; values: from, to, filters', limit.
    String beginning(String filters) {
        return "select id as r from " + table + " where " + sort + " >= ? and " + sort + " < ?"
                + (this == PLAYLIST ? " and deleted_at is null" : "")
                + on(table + ".id", filters) + " order by " + sort + " limit ?" + behind;
    }

    /// Rows of these numbers (a JSON array); values: numbers, filters', limit.
    String these(String filters) {
        return "select value as r from json_each(?) as these where true" + on("these.value", filters) + " limit ?" + behind;
    }

    /// @param row with its table's name: without it a subquery would take its own row for it
    private String on(String row, String filters) {
        return filters
                .replace(FEW_YEARS, " and {0} in (select dated.id from " + table + " as dated where dated.year between ? and ?)")
                .replace(YEARS, " and exists (select 1 from " + table + " as dated where dated.id = {0} and dated.year between ? and ?)")
                .replace("{0}", row);
    }

    /// The expression for FTS5. Words are letters and digits only, each in quotes.
    ///
    /// @param meant other words that a term may stand for
    /// @param whole what a term that may go on stands for in the library, where that is known: FTS5 gathers all rows of a beginning before it gives
    ///            the first one, which for a genre that half of the library has, and for any word in a library of a million tracks, takes longer
    ///            than all else
    String match(SearchQuery query, Map<SearchQuery.Term, List<String>> meant, Map<SearchQuery.Term, List<String>> whole) {
        boolean tracks = index(query) == TRACK;
        List<String> parts = new ArrayList<>();
        for (SearchQuery.Term term : query.terms()) {
            List<String> words = new ArrayList<>();
            if (whole.containsKey(term)) whole.get(term).forEach(w -> words.add("\"" + w + "\""));
            else term.ways().forEach(w -> words.add("\"" + w + "\"" + (term.beginning() ? "*" : "")));
            meant.getOrDefault(term, List.of()).stream().filter(w -> !w.equals(term.words())).forEach(w -> words.add("\"" + w + "\""));
            parts.add(columns(term.field(), tracks) + "(" + String.join(" OR ", words) + ")");
        }
        return String.join(" AND ", parts);
    }

    /// The expression for what is by an artist whose name has each of the words, whole.
    String by(SearchQuery query) {
        return match(query.byArtist(), Map.of(), Map.of());
    }

    private String columns(Field field, boolean tracks) {
        return switch (field) {
            case ANY -> "";
            case ARTIST -> tracks ? "{artist album_artist} : " : this == ARTIST ? "name : " : "artist : ";
            case ALBUM -> tracks ? "album : " : "title : ";
            case GENRE -> "genre : ";
        };
    }

    private static Select<Record1<Long>> playable(String kind) {
        var file = Tables.MEDIA_FILE;
        return switch (kind) {
            case "track" -> app.waxwing.library.Tables.playableTracks();
            case "album" -> select(Tables.ALBUM.ID).from(file).crossJoin(Tables.TRACK).crossJoin(Tables.ALBUM)
                    .where(Tables.TRACK.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.TRACK.ITEM_ID.eq(file.ITEM_ID),
                            Tables.ALBUM.ACCOUNT_ID.eq(file.ACCOUNT_ID), Tables.ALBUM.ITEM_ID.eq(Tables.TRACK.ALBUM_ITEM_ID),
                            app.waxwing.library.Tables.there());
            case "artist" -> select(Tables.ARTIST.ID).from(file).crossJoin(Tables.TRACK_ARTIST).crossJoin(Tables.ARTIST)
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
