package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers, of which the library shows both or one.
class ShownServersTest {
    private static final int MANY = 60;
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private long one;
    private long attic;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        var first = new FakeMediaServer("one").fill(MANY);
        first.playlist("p1", "Evening", "t1");
        one = desk.account(first, "ida").id();
        desk.sync(one, false);
        var second = new FakeMediaServer("attic").fill(30);
        second.playlist("p1", "Attic evening", "t1", "t2");
        second.playlist("p2", "Attic morning", "t3");
        attic = desk.account(second, "ida").id();
        desk.sync(attic, false);
        for (long account : List.of(one, attic)) {
            desk.file(new ItemKey(account, "t1"), true, "f" + account, 1);
            desk.database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, account)
                    .set(USER_DATA.ITEM_ID, "t2").set(USER_DATA.KIND, "track").set(USER_DATA.PLAY_COUNT, 3L)
                    .set(USER_DATA.LAST_PLAYED_AT, 1_000_000L).set(USER_DATA.IS_FAVOURITE, true)
                    .onDuplicateKeyUpdate().set(USER_DATA.PLAY_COUNT, 3L).set(USER_DATA.LAST_PLAYED_AT, 1_000_000L)
                    .set(USER_DATA.IS_FAVOURITE, true).execute()).join();
            for (String kind : List.of("album al1", "artist ar0")) {
                desk.database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, account)
                        .set(USER_DATA.KIND, kind.split(" ")[0]).set(USER_DATA.ITEM_ID, kind.split(" ")[1])
                        .set(USER_DATA.IS_FAVOURITE, true).onDuplicateKeyUpdate().set(USER_DATA.IS_FAVOURITE, true).execute()).join();
            }
        }
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void show(long account, boolean shown) {
        desk.database.write(Durability.SOON, Lane.USER,
                sql -> sql.update(ACCOUNT).set(ACCOUNT.IS_SHOWN, shown).where(ACCOUNT.ID.eq(account)).execute()).join();
    }

    /// Everything that the library shows, by what is asked, as keys.
    private Map<String, List<String>> shown() {
        var all = new TreeMap<String, List<String>>();
        StoredLibrary library = desk.library;
        for (Query.Sort sort : Query.Sort.values()) {
            Query query = Query.ALL.sort(sort, false);
            if (sort == Query.Sort.RANDOM) continue;
            all.put("tracks " + sort, keys(library.tracks(query).join().items(), Track::key));
            all.put("albums " + sort, keys(library.albums(query).join().items(), Album::key));
            all.put("artists " + sort, keys(library.artists(query).join().items(), Artist::key));
        }
        for (Query query : List.of(Query.ALL.playableOnly(true), Query.ALL.favouritesOnly(true), Query.ALL.slice(0, 1_000))) {
            String what = query.playableOnly() ? " playable" : query.favouritesOnly() ? " favourite" : " page";
            all.put("tracks" + what, keys(library.tracks(query).join().items(), Track::key));
            all.put("tracks" + what + " count", List.of("" + library.tracks(query.slice(0, 1)).join().total()));
            all.put("albums" + what, keys(library.albums(query).join().items(), Album::key));
            all.put("albums" + what + " count", List.of("" + library.albums(query.slice(0, 1)).join().total()));
            all.put("artists" + what + " count", List.of("" + library.artists(query.slice(0, 1)).join().total()));
        }
        all.put("playlists", keys(library.playlists(Query.ALL).join().items(), Playlist::key));
        all.put("genres", keys(library.genres(Query.ALL).join().items(), Genre::key));
        for (ItemKind kind : ItemKind.values()) {
            all.put("letters " + kind, List.of(library.letters(kind, Query.ALL).join().toString()));
            library.place(kind, Query.ALL, "\uFFFF").join().ifPresent(n -> all.put("end " + kind, List.of("" + n)));
        }
        all.put("totals", List.of(library.totals().join().toString()));
        Library.Home home = library.home(50).join();
        all.put("home added", keys(home.added(), Album::key));
        all.put("home recent", keys(home.recent(), Album::key));
        all.put("home most", keys(home.most(), Track::key));
        all.put("recent", keys(library.albumsByRow(library.recentRows(false).join()).join(), Album::key));
        String title = library.track(new ItemKey(one, "t2")).join().orElseThrow().title();
        for (String text : List.of(title, "evening", "genre:rock", "is:favourite")) {
            SearchHits hits = library.search(text, 500, false).join();
            all.put("search " + text, java.util.stream.Stream.of(keys(hits.tracks(), Track::key), keys(hits.albums(), Album::key),
                    keys(hits.artists(), Artist::key), keys(hits.playlists(), Playlist::key)).flatMap(List::stream).sorted().toList());
        }
        return all;
    }

    private static <T> List<String> keys(List<T> items, Function<T, ItemKey> key) {
        return items.stream().map(key).map(k -> k.account() + ":" + k.id()).sorted().toList();
    }

    @Test
    @DisplayName("Issue 4 several servers show as one library with a filter: a hidden one is in no list, no search, no letter, no total, not at home; shown again it is all there")
    void aHiddenServer() {
        Map<String, List<String>> both = shown();
        assertThat(both).allSatisfy((what, keys) -> assertThat(keys).as(what).isNotEmpty());
        show(attic, false);
        Map<String, List<String>> only = shown();
        assertThat(only.keySet()).isEqualTo(both.keySet());
        only.forEach((what, keys) -> {
            List<String> before = both.getOrDefault(what, List.of());
            if (List.of("letters ARTIST", "letters PLAYLIST", "letters GENRE").contains(what)) return; // the same letters on both
            if (what.startsWith("letters") || what.startsWith("totals") || what.endsWith("count") || what.startsWith("end")) {
                assertThat(keys).as(what).isNotEqualTo(before);
            } else {
                assertThat(before).as(what).anyMatch(k -> k.startsWith(attic + ":"));
                assertThat(keys).as(what).isEqualTo(before.stream().filter(k -> k.startsWith(one + ":")).toList());
            }
        });
        assertThat(only.get("tracks page count")).containsExactly("" + MANY);
        show(attic, true);
        assertThat(shown()).isEqualTo(both);
        // And a library of which everything is hidden is empty, not broken.
        show(attic, false);
        show(one, false);
        assertThat(desk.library.totals().join()).isEqualTo(new Library.Totals(0, 0, 0, 0, 0));
        assertThat(desk.library.home(5).join().added()).isEmpty();
    }

    @Test
    @DisplayName("What is not shown is still there: its album opens, its file is found, its playlist has its tracks, a list of every server has it")
    void whatIsHiddenWorks() {
        show(attic, false);
        var track = new ItemKey(attic, "t1");
        assertThat(desk.library.track(track).join()).isPresent();
        assertThat(desk.library.tracks(List.of(track)).join()).hasSize(1);
        assertThat(desk.library.find("attic:t1").join()).isPresent();
        var album = new ItemKey(attic, "al0");
        assertThat(desk.library.album(album).join()).isPresent();
        assertThat(desk.library.tracks(Query.ALL.within(new Query.Within.InAlbum(album))).join().items()).hasSize(10);
        assertThat(desk.library.tracksOf(album).join()).hasSize(10);
        assertThat(desk.library.tracksOf(new ItemKey(attic, "ar0")).join()).hasSize(30);
        assertThat(desk.library.albums(Query.ALL.within(new Query.Within.ByArtist(new ItemKey(attic, "ar0")))).join().total()).isEqualTo(3);
        assertThat(desk.library.tracksOf(new ItemKey(attic, "p1")).join()).hasSize(2);
        Query here = Query.ALL.playableOnly(true);
        assertThat(desk.library.trackRows(here).join()).hasSize(1);
        assertThat(desk.library.trackRows(here.ofEveryServer()).join()).as("on this computer").hasSize(2);
        assertThat(desk.library.playlists(Query.ALL.ofEveryServer()).join().items()).hasSize(3);
        assertThat(desk.library.tracks(Query.ALL.ofEveryServer().slice(0, 1)).join().total()).isEqualTo(MANY + 30);
        assertThat(desk.sync(attic, true).tracks()).as("it is kept up to date").isEqualTo(30);
    }

    @Test
    @DisplayName("Issue 4 server: asks for the music of one server by a word of its name")
    void searchByServer() {
        assertThat(keys(desk.library.search("server:attic", 500, false).join().tracks(), Track::key)).hasSize(30)
                .allMatch(k -> k.startsWith(attic + ":"));
        assertThat(keys(desk.library.search("evening server:att", 500, false).join().playlists(), Playlist::key))
                .containsExactly(attic + ":p1");
        assertThat(desk.library.search("server:attic server:one", 500, false).join().tracks()).hasSize(MANY + 30);
        assertThat(desk.library.search("server:nowhere", 500, false).join().tracks()).isEmpty();
        assertThat(desk.library.search("server:\"fake attic\" genre:rock", 500, false).join().albums()).hasSize(3);
        show(attic, false);
        assertThat(desk.library.search("server:attic", 500, false).join().tracks()).isEmpty();
    }
}
