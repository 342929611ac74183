package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.QueryPlans;
import app.waxwing.testing.QueryPlans.Excuse;
import app.waxwing.testing.QueryPlans.Walk;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryPlanTest {
    @TempDir
    Path folder;

    /// Of no collection: those are looked up by their id.
    private static final String NO_COLLECTION = "(?!.*(item_id|genre\\.id) = \\?)";
    private static final List<Excuse> EXCUSES = List.of(
            Excuse.whole("a list holds the numbers of all its rows", "INDEX (track|album|artist)_by_",
                    "^select (track|album|artist)\\.id from (track|album|artist) where \\(\\+" + NO_COLLECTION
                            + "(?!.*\\.id in \\()(?!.* limit )"),
            Excuse.first("a slice of a list, by `--limit`", "INDEX (track|album|artist)_by_",
                    "^select (track|album|artist)\\.id from (track|album|artist) where \\(\\+" + NO_COLLECTION + "(?!.*\\.id in \\()"),
            Excuse.first("the greatest value of what a list is in order of, downwards", "INDEX (track|album)_by_",
                    "^select \\(*(track|album)\\.\\w+.* from (track|album) where \\(\\+" + NO_COLLECTION + "(?!.*\\.id in \\()"),
            Excuse.whole("how many of all rows are equal in what a list is in order of", "INDEX (track|album|artist)_by_",
                    "^select cast\\(count\\(\\*\\) as int8\\) from (track|album) where \\(\\+" + NO_COLLECTION + "(?!.*\\.id in \\()"),
            Excuse.whole("what is here, by the size of its file", "^SCAN media_file USING (COVERING )?INDEX media_file_by_size",
                    "^" + NO_COLLECTION),
            Excuse.every("«Playable now» of the whole library: all files, which are fewer than all tracks",
                    "^SCAN media_file USING COVERING INDEX media_file_by_folder", "^" + NO_COLLECTION),
            Excuse.every("how much of each genre plays now: all files in order of their tracks",
                    "media_file USING COVERING INDEX sqlite_autoindex_media_file_1 \\(account_id=\\?\\)$",
                    "^select track_genre\\.genre_id, count\\(\\*\\) from \\(select distinct media_file"),
            Excuse.every("where each file is, of all that are here or of those that are kept",
                    "media_file USING (COVERING )?INDEX media_file_by_",
                    "^" + NO_COLLECTION + "(?=.*media_folder\\.is_missing)"),
            Excuse.first("whether many are kept", "media_file USING COVERING INDEX media_file_by_use",
                    "^select exists \\(select media_file\\.is_pinned .* limit 1 offset 2000"),
            Excuse.every("all words, held in memory for slips of the finger", "SCAN search_word", "^select group_concat\\(word"));

    /// Remembers the text of every statement, whoever prepares it: jOOQ, a look-up, a search.
    private static DSLContext watched(Connection connection, List<String> seen) {
        var watching = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) seen.add((String) arguments[0]);
                    return method.invoke(connection, arguments);
                });
        return DSL.using(watching, SQLDialect.SQLITE, new Settings().withRenderSchema(false));
    }

    @Test
    @DisplayName("4.11 every question uses an index: no big table is scanned but through an index in its order")
    void noScans() throws Exception {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(2_000);
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            for (int i = 0; i < 40; i++) desk.file(new ItemKey(account, "t" + i * 7), i % 2 == 0, "f" + i, 1);
            Set<String> statements = new LinkedHashSet<>();
            List<Walk> walks = new ArrayList<>();
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("waxwing.db"))) {
                List<String> seen = new ArrayList<>();
                var sql = watched(connection, seen);
                var random = new Random(1);
                for (Query query : EveryQueryTest.all()) {
                    TrackTable.byRow(sql, TrackTable.rows(sql, query, random));
                    AlbumTable.byRow(sql, AlbumTable.rows(sql, query, random));
                    ArtistTable.byRow(sql, ArtistTable.rows(sql, query, random));
                    PlaylistTable.list(sql, query, random);
                    GenreTable.list(sql, query, random);
                    if (query.within().orElse(null) instanceof Query.Within.InPlaylist(ItemKey key)) PlaylistOrder.rows(sql, key, query);
                    if (query.limit() > 0) continue;
                    for (ItemKind kind : ItemKind.values()) {
                        LetterIndex.letters(sql, kind, query);
                        LetterIndex.place(sql, kind, query, "the ri");
                    }
                }
                try (var time = new SystemTime()) {
                    var memory = new SearchMemory(time);
                    for (String text : List.of("wild riv", "a", "wlid rivres", "1987", "artist:wild album:riv", "genre:rock",
                            "genre:rock year:1980-1990",
                            "year:>1990", "is:favourite", "is:local", "the is:favourite is:local year:1990")) {
                        Search.search(sql, memory, text, 20, false);
                        Search.search(sql, memory, text, 20, true);
                    }
                }
                HomePage.read(sql, new HashMap<>(), 20, Instant.EPOCH);
                HomePage.read(sql, new HashMap<>(), 20, true, Instant.EPOCH);
                HomePage.recent(sql, 20, true);
                TrackTable.keys(sql, new long[]{1, 2});
                TrackTable.byKey(sql, List.of(new ItemKey(account, "t1"), new ItemKey(account, "t2")));
                AlbumTable.appearsOnRows(sql, new ItemKey(account, "ar1"));
                PendingActions.of(sql, new ItemKey(account, "t1"));
                statements.addAll(seen);
                var plans = new QueryPlans(connection);
                for (String statement : statements) walks.addAll(plans.walks(statement));
            }
            assertThat(statements).hasSizeGreaterThan(100).as("what does not go through jOOQ").anyMatch(q -> q.contains("match ?"));
            QueryPlans.assertExcused(walks, EXCUSES);
        }
    }

    @Test
    @DisplayName("4.11 whole lists come in order straight from an index, without sorting")
    void listsAreNotSorted() throws Exception {
        try (var desk = new LibraryDesk(folder)) {
            long account = desk.account(new FakeMediaServer("one").fill(2_000), "ida").id();
            desk.sync(account, false);
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("waxwing.db"))) {
                List<String> seen = new ArrayList<>();
                var sql = watched(connection, seen);
                for (Query.Sort sort : List.of(Query.Sort.TITLE, Query.Sort.ARTIST, Query.Sort.ALBUM, Query.Sort.YEAR, Query.Sort.ADDED,
                        Query.Sort.DURATION)) {
                    for (boolean down : new boolean[]{false, true}) {
                        TrackTable.rows(sql, Query.ALL.sort(sort, down), new Random(1));
                        AlbumTable.rows(sql, Query.ALL.sort(sort, down), new Random(1));
                        ArtistTable.rows(sql, Query.ALL.sort(sort, down), new Random(1));
                    }
                }
                for (String statement : seen) {
                    try (var rows = connection.createStatement().executeQuery("EXPLAIN QUERY PLAN " + statement)) {
                        while (rows.next()) assertThat(rows.getString(4)).as(statement).isNotEqualTo("USE TEMP B-TREE FOR ORDER BY");
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("Letters and typed beginnings of whole lists are counted in the index that the list comes from")
    void lettersComeFromTheIndex() throws Exception {
        try (var desk = new LibraryDesk(folder)) {
            long account = desk.account(new FakeMediaServer("one").fill(2_000), "ida").id();
            desk.sync(account, false);
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("waxwing.db"))) {
                List<String> seen = new ArrayList<>();
                var sql = watched(connection, seen);
                Map<String, String> wanted = new LinkedHashMap<>();
                for (ItemKind kind : List.of(ItemKind.TRACK, ItemKind.ALBUM, ItemKind.ARTIST)) {
                    for (Query.Sort sort : List.of(Query.Sort.TITLE, Query.Sort.ARTIST)) {
                        String index = kind == ItemKind.ARTIST
                                ? "artist_by_name"
                                : kind.word() + (sort == Query.Sort.TITLE ? "_by_title" : "_by_artist_name");
                        LetterIndex.letters(sql, kind, Query.ALL.sort(sort, false));
                        LetterIndex.place(sql, kind, Query.ALL.sort(sort, true), "ri");
                        for (String statement : seen) wanted.put(statement, index);
                        seen.clear();
                    }
                }
                for (var entry : wanted.entrySet()) {
                    try (var rows = connection.createStatement().executeQuery("EXPLAIN QUERY PLAN " + entry.getKey())) {
                        var plan = new StringBuilder();
                        while (rows.next()) plan.append(rows.getString(4)).append('\n');
                        assertThat(plan.toString()).as(entry.getKey())
                                .containsPattern("SEARCH \\w+ USING (COVERING )?INDEX " + entry.getValue());
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("«Playable now» of a collection is those of it that are here, and none that only other collections have")
    void playableOfCollections() throws Exception {
        try (var desk = new LibraryDesk(folder)) {
            long account = desk.account(new FakeMediaServer("one").fill(300), "ida").id();
            desk.sync(account, false);
            for (int i = 0; i < 40; i++) desk.file(new ItemKey(account, "t" + i * 7), i % 2 == 0, "f" + i, 1);
            var genre = desk.library.genres(Query.ALL).join().items().getFirst().key();
            for (Query.Within within : List.of(new Query.Within.InAlbum(new ItemKey(account, "al0")),
                    new Query.Within.ByArtist(new ItemKey(account, "ar1")), new Query.Within.InGenre(genre))) {
                Query all = Query.ALL.within(within);
                Query here = all.playableOnly(true);
                assertThat(desk.library.tracks(here).join().items()).as("%s", within).isNotEmpty()
                        .isEqualTo(desk.library.tracks(all).join().items().stream()
                                .filter(t -> t.availability() == Availability.LOCAL || t.availability() == Availability.CACHED).toList());
                assertThat(desk.library.albums(here).join().items()).as("%s", within).isNotEmpty()
                        .isEqualTo(desk.library.albums(all).join().items().stream().filter(a -> a.localTracks() > 0).toList());
                assertThat(desk.library.artists(here).join().items()).as("%s", within)
                        .isEqualTo(desk.library.artists(all).join().items().stream()
                                .filter(a -> a.availability() != Availability.REMOTE).toList());
            }
        }
    }
}
