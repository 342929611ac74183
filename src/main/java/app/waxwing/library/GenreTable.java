package app.waxwing.library;

import static app.waxwing.library.Tables.active;
import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.GENRE;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.MEDIA_FOLDER;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_GENRE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.selectDistinct;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;

/// Questions about genres.
final class GenreTable {
    private static final String OWN = "genre-";
    private static final Field<String> ID = coalesce(GENRE.ITEM_ID, inline(OWN).concat(GENRE.ID));
    /// Tracks of any kind, listed or not: triggers keep it on the row.
    private static final Field<Integer> ALL = GENRE.TRACK_COUNT.coerce(Integer.class).as("tracks");
    private static final Condition OF_TRACK = TRACK_GENRE.ACCOUNT_ID.eq(TRACK.ACCOUNT_ID)
            .and(TRACK_GENRE.TRACK_ITEM_ID.eq(TRACK.ITEM_ID));

    /// There are thousands at most, and SQLite knows no letters with marks.
    private static final Comparator<Genre> BY_NAME = Comparator.comparing(g -> SearchText.plain(g.name()));

    /// What has as many by name.
    private static final Comparator<Genre> BY_TRACKS = Comparator.comparingInt(Genre::trackCount);

    private GenreTable() {}

    static Condition is(ItemKey key) {
        Condition mine = GENRE.ACCOUNT_ID.eq(key.account());
        if (key.id().startsWith(OWN) && key.id().length() > OWN.length() && key.id().chars().skip(OWN.length()).allMatch(Character::isDigit)
                && key.id().length() < 20) {
            return mine.and(GENRE.ID.eq(Long.parseLong(key.id().substring(OWN.length()))));
        }
        return mine.and(GENRE.ITEM_ID.eq(key.id()));
    }

    /// Genres with tracks that the query lists, and how many of those each has.
    static Listing<Genre> list(DSLContext sql, Query query, RandomGenerator random) {
        List<Genre> all = new ArrayList<>(counted(sql, query));
        switch (query.sort().orElse(Query.Sort.TITLE)) {
            case RANDOM -> Collections.shuffle(all, Random.from(random));
            case TRACKS -> all.sort(query.descending() ? BY_TRACKS.reversed() : BY_TRACKS);
            case TITLE, ARTIST, ALBUM, YEAR, ADDED, DURATION, GENRE, SIZE, FILE_SIZE, PLAY_COUNT, LAST_PLAYED, FAVOURITE, HERE -> {
                if (query.descending()) Collections.reverse(all);
            }
        }
        int from = Math.min(Behind.offset(query, all, Genre::key), all.size());
        int to = query.limit() == 0 ? all.size() : Math.min(all.size(), from + query.limit());
        return new Listing<>(all.subList(from, to), all.size());
    }

    /// The whole list, if it is in order of a name.
    static Optional<List<Genre>> named(DSLContext sql, Query query) {
        return switch (query.sort().orElse(Query.Sort.TITLE)) {
            case TITLE, ARTIST, ALBUM, YEAR, ADDED, DURATION, GENRE, SIZE, FILE_SIZE, PLAY_COUNT, LAST_PLAYED, FAVOURITE, HERE -> {
                List<Genre> all = counted(sql, query);
                yield Optional.of(query.descending() ? all.reversed() : all);
            }
            case RANDOM, TRACKS -> Optional.empty();
        };
    }

    static Optional<Genre> find(DSLContext sql, ItemKey key) {
        return fetch(sql, is(key).and(active(GENRE.ACCOUNT_ID)), inline(0)).stream().findFirst()
                .map(g -> tracks(g, (int) TrackTable.total(sql, Query.ALL.within(new Query.Within.InGenre(key)))));
    }

    /// By name.
    private static List<Genre> counted(DSLContext sql, Query query) {
        Condition where = Tables.of(GENRE.ACCOUNT_ID, query);
        if (query.favouritesOnly()) where = where.and(Tables.favourite(ItemKind.GENRE, GENRE.ACCOUNT_ID, ID));
        Query tracks = query.favouritesOnly(false);
        if (tracks.playableOnly() && tracks.within().isEmpty()) {
            Map<Long, Integer> here = here(sql);
            return some(fetch(sql, where, inline(0)), g -> here.getOrDefault(g.row(), 0));
        }
        if (!tracks.everything()) {
            Map<Long, Integer> listed = byGenre(sql.select(TRACK_GENRE.GENRE_ID, count()).from(TRACK).crossJoin(TRACK_GENRE)
                    .where(TrackTable.where(tracks), OF_TRACK).groupBy(TRACK_GENRE.GENRE_ID));
            return some(fetch(sql, where, inline(0)), g -> listed.getOrDefault(g.row(), 0));
        }
        // All there are, less the few that are gone or lie in a library that was left out.
        Map<Long, Integer> unlisted = byGenre(sql.select(TRACK_GENRE.GENRE_ID, count()).from(ACCOUNT).crossJoin(TRACK)
                .crossJoin(TRACK_GENRE)
                .where(ACCOUNT.IS_ACTIVE.isTrue(), TRACK.ACCOUNT_ID.eq(ACCOUNT.ID), TRACK.GONE_AT.isNotNull(), not(Tables.goneAndHere()),
                        OF_TRACK)
                .groupBy(TRACK_GENRE.GENRE_ID));
        return some(fetch(sql, where, ALL), g -> g.trackCount() - unlisted.getOrDefault(g.row(), 0));
    }

    /// How much of each plays without the network. The files come in order of their tracks, as the genres of tracks do: to look up each file's track
    /// first took three times as long. Less the few that lie in a library that was left out.
    private static Map<Long, Integer> here(DSLContext sql) {
        boolean away = sql.fetchExists(MEDIA_FOLDER, MEDIA_FOLDER.IS_MISSING.isTrue());
        var files = selectDistinct(MEDIA_FILE.ACCOUNT_ID, MEDIA_FILE.ITEM_ID).from(ACCOUNT).crossJoin(MEDIA_FILE)
                .where(ACCOUNT.IS_ACTIVE.isTrue(), MEDIA_FILE.ACCOUNT_ID.eq(ACCOUNT.ID), away ? Tables.there() : noCondition())
                .asTable("here");
        Map<Long, Integer> here = byGenre(sql.select(TRACK_GENRE.GENRE_ID, count()).from(files).crossJoin(TRACK_GENRE)
                .where(TRACK_GENRE.ACCOUNT_ID.eq(files.field(MEDIA_FILE.ACCOUNT_ID)),
                        TRACK_GENRE.TRACK_ITEM_ID.eq(files.field(MEDIA_FILE.ITEM_ID)))
                .groupBy(TRACK_GENRE.GENRE_ID));
        byGenre(sql.select(TRACK_GENRE.GENRE_ID, count()).from(ACCOUNT).crossJoin(TRACK).crossJoin(TRACK_GENRE)
                .where(ACCOUNT.IS_ACTIVE.isTrue(), TRACK.ACCOUNT_ID.eq(ACCOUNT.ID), TRACK.GONE_AT.isNotNull(),
                        TRACK.GONE_AT.eq(FolderChoice.HIDDEN), Tables.plays(TRACK.ACCOUNT_ID, TRACK.ITEM_ID), OF_TRACK)
                .groupBy(TRACK_GENRE.GENRE_ID)).forEach((genre, hidden) -> here.merge(genre, -hidden, Integer::sum));
        return here;
    }

    private static List<Genre> some(List<Genre> all, ToIntFunction<Genre> count) {
        return all.stream().map(g -> tracks(g, count.applyAsInt(g))).filter(g -> g.trackCount() > 0).toList();
    }

    private static Map<Long, Integer> byGenre(Select<Record2<Long, Integer>> counts) {
        Map<Long, Integer> all = new HashMap<>();
        counts.fetch().forEach(r -> all.put(r.value1(), r.value2()));
        return all;
    }

    private static Genre tracks(Genre genre, int count) {
        return new Genre(genre.row(), genre.key(), genre.name(), count);
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

    /// By name.
    private static List<Genre> fetch(DSLContext sql, Condition where, Field<Integer> tracks) {
        return sql.select(GENRE.ID, GENRE.ACCOUNT_ID, ID, GENRE.NAME, tracks).from(GENRE).where(where)
                .orderBy(GENRE.ID)
                .fetch(r -> new Genre(r.get(GENRE.ID), new ItemKey(r.get(GENRE.ACCOUNT_ID), r.get(ID)), r.get(GENRE.NAME), r.get(tracks)))
                .stream().sorted(BY_NAME).toList();
    }
}
