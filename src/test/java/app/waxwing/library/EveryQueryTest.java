package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryQueryTest {
    @TempDir
    Path folder;

    /// Every combination of sort, direction, filter and collection.
    static List<Query> all() {
        List<Query> queries = new ArrayList<>();
        var key = new ItemKey(1, "x1");
        List<Query> bases = new ArrayList<>(List.of(Query.ALL));
        for (Query.Within within : List.of(new Query.Within.InAlbum(key), new Query.Within.ByArtist(key), new Query.Within.InPlaylist(key),
                new Query.Within.InGenre(key), new Query.Within.InGenre(new ItemKey(1, "genre-7")))) {
            bases.add(Query.ALL.within(within));
        }
        for (Query base : bases) {
            for (Query filtered : List.of(base, base.playableOnly(true), base.favouritesOnly(true),
                    base.playableOnly(true).favouritesOnly(true))) {
                queries.add(filtered);
                for (Query.Sort sort : Query.Sort.values()) {
                    for (boolean down : new boolean[]{false, true}) {
                        queries.add(filtered.sort(sort, down));
                        queries.add(filtered.sort(sort, down).slice(3, 7));
                    }
                }
            }
        }
        return queries;
    }

    @Test
    @DisplayName("Every combination of sort, filter and collection is a question that SQLite understands, also on an empty library")
    void everyCombination() {
        try (var time = new SystemTime(); var database = EmptyDatabase.open(folder.resolve("waxwing.db"), time)) {
            var random = new Random(1);
            for (Query query : all()) {
                int rows = database.readNow(sql -> TrackTable.byRow(sql, TrackTable.rows(sql, query, random)).size()
                        + AlbumTable.byRow(sql, AlbumTable.rows(sql, query, random)).size()
                        + ArtistTable.byRow(sql, ArtistTable.rows(sql, query, random)).size()
                        + PlaylistTable.list(sql, query, random).items().size()
                        + GenreTable.list(sql, query, random).items().size()
                        + (int) (TrackTable.total(sql, query) + AlbumTable.total(sql, query)
                                + ArtistTable.total(sql, query)));
                assertThat(rows).as("%s", query).isZero();
                if (query.within().orElse(null) instanceof Query.Within.InPlaylist(ItemKey key))
                    assertThat(database.<Integer>readNow(sql -> PlaylistOrder.rows(sql, key, query).size()).intValue()).as("%s", query)
                            .isZero();
            }
            var memory = new SearchMemory(time);
            int found = database.readNow(sql -> Search.search(sql, memory, "pink flo", 10, false).tracks().size()
                    + Search.search(sql, memory, "a", 10, true).albums().size() + AlbumTable.appearsOnRows(sql, new ItemKey(1, "x")).length
                    + HomePage.read(sql, new HashMap<>(), 10, time.now()).added().size()
                    + HomePage.read(sql, new HashMap<>(), 10, true, time.now()).most().size());
            assertThat(found).isZero();
        }
    }
}
