package app.waxwing.library;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Query.Sort;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The entries of a playlist as lists hold them, over a library in SQLite.
class PlaylistRowsTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private Query list;
    private ItemKey key;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        var server = new FakeMediaServer("one").fill(60);
        server.playlist("p1", "Mixed", "t3", "t1", "elsewhere", "t7", "t1", "t4", "t3");
        long account = desk.account(server, "ida").id();
        desk.sync(account, false);
        key = new ItemKey(account, "p1");
        list = Query.ALL.within(new Query.Within.InPlaylist(key));
        desk.database.write(Durability.SOON, Lane.USER, sql -> {
            name(sql, "t1", "Quiet Hours");
            name(sql, "t3", "The Quarry");
            name(sql, "t4", "Élan");
            return name(sql, "t7", "Zebra");
        }).join();
    }

    private static int name(org.jooq.DSLContext sql, String id, String title) {
        return sql.update(TRACK).set(TRACK.TITLE, title).set(TRACK.SORT_TITLE, SearchText.plain(title)).where(TRACK.ITEM_ID.eq(id))
                .execute();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private List<String> ids(PlaylistRows rows) {
        return desk.library.tracksByRow(rows.rows()).join().stream().map(t -> t.key().id()).toList();
    }

    private static int[] all(PlaylistRows rows) {
        return java.util.stream.IntStream.range(0, rows.size()).toArray();
    }

    private static List<Integer> positions(PlaylistRows rows, Integer... indices) {
        return rows.positions(rows.rows(), List.of(indices));
    }

    @Test
    @DisplayName("Issue 4 a playlist's entries in its own order and in any of its tracks: one that is in it twice is there twice")
    void orders() {
        var own = desk.library.playlistRows(list).join();
        assertThat(ids(own)).containsExactly("t3", "t1", "t7", "t1", "t4", "t3");
        assertThat(own.length()).isEqualTo(desk.library.tracksOf(key).join().stream().map(t -> t.duration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus));
        assertThat(ids(desk.library.playlistRows(list.sort(Sort.TITLE, false)).join())).containsExactly("t4", "t1", "t1", "t3", "t3", "t7");
        assertThat(ids(desk.library.playlistRows(list.sort(Sort.TITLE, true)).join())).containsExactly("t7", "t3", "t3", "t1", "t1", "t4");
        for (Sort sort : Sort.values()) {
            for (boolean down : new boolean[]{false, true}) {
                var sorted = desk.library.playlistRows(list.sort(sort, down)).join();
                assertThat(ids(sorted)).as("%s", sort).containsExactlyInAnyOrderElementsOf(ids(own));
                assertThat(sorted.positions(sorted.rows(), Arrays.stream(all(sorted)).boxed().toList())).as("%s", sort)
                        .containsExactly(0, 1, 3, 4, 5, 6);
            }
        }
        assertThat(ids(desk.library.playlistRows(list.slice(2, 3)).join())).containsExactly("t7", "t1", "t4");
        assertThat(ids(desk.library.playlistRows(list.sort(Sort.TITLE, false).slice(0, 2)).join())).containsExactly("t4", "t1");
    }

    @Test
    @DisplayName("Issue 4 what an item holds is told by keys alone, each as often as it holds it, whatever the item is")
    void keys() {
        var library = desk.library;
        var genre = library.genres(Query.ALL).join().items().getFirst().key();
        for (ItemKey item : List.of(key, genre, new ItemKey(key.account(), "al1"), new ItemKey(key.account(), "ar1"),
                new ItemKey(key.account(), "t5"), new ItemKey(key.account(), "nothing"))) {
            assertThat(library.keysOf(item).join()).as("%s", item)
                    .isEqualTo(library.tracksOf(item).join().stream().map(Track::key).toList());
        }
        assertThat(library.keysOf(key).join()).hasSize(6);
        assertThat(library.keysOf(genre).join()).isNotEmpty();
    }

    @Test
    @DisplayName("Entries of tracks that the library does not know keep their place: what is taken out behind them is what was chosen")
    void positions() {
        var own = desk.library.playlistRows(list).join();
        assertThat(positions(own, 1, 2)).containsExactly(1, 3);
        var sorted = desk.library.playlistRows(list.sort(Sort.TITLE, false)).join();
        assertThat(positions(sorted, 2)).as("the second of two").containsExactly(4);
        assertThat(positions(sorted, 5, 0)).containsExactly(3, 5);
        var edits = new UserEdits(desk.database, desk.changes, new PendingActions(desk.database), desk.time);
        edits.removeFromPlaylist(key, positions(own, 2)).join();
        assertThat(ids(desk.library.playlistRows(list).join())).containsExactly("t3", "t1", "t1", "t4", "t3");
        // The list that is shown is the old one still: what is gone is left out, the others are where they are now.
        assertThat(desk.library.playlistRows(list).join().positions(own.rows(), List.of(2, 3, 5))).containsExactly(3, 5);
    }

    @Test
    @DisplayName("Issue 4 jumps by letter: in a playlist letters count its entries, and typing finds the first that begins so in its own order")
    void letters() {
        Query byTitle = list.sort(Sort.TITLE, false);
        assertThat(desk.library.letters(ItemKind.TRACK, byTitle).join().starts())
                .containsExactly(new Letters.Start("E", 0), new Letters.Start("Q", 1), new Letters.Start("T", 3),
                        new Letters.Start("Z", 5));
        assertThat(desk.library.place(ItemKind.TRACK, byTitle, "z").join()).contains(5);
        assertThat(desk.library.letters(ItemKind.TRACK, list).join()).isEqualTo(Letters.NONE);
        assertThat(desk.library.place(ItemKind.TRACK, list, "é").join()).contains(4);
        assertThat(desk.library.place(ItemKind.TRACK, list, "qui").join()).contains(1);
        assertThat(desk.library.place(ItemKind.TRACK, list, "the z").join()).contains(2);
        assertThat(desk.library.place(ItemKind.TRACK, list, "x").join()).isEmpty();
    }
}
