package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteFolder;
import app.waxwing.server.RemoteTrack;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.schema.Tables;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A genre counts what its page lists.
class GenreListTest {
    @TempDir
    Path folder;
    private final FakeMediaServer server = new FakeMediaServer("one");
    private LibraryDesk desk;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server.folders = new ArrayList<>(server.folders);
        server.folders.add(new RemoteFolder("old", "Old masters", "music"));
        for (int i = 0; i < 6; i++) put("t" + i, "al-p", i, i < 4 ? List.of("Pop") : List.of("Pop", "Ambient"));
        for (int i = 0; i < 5; i++) {
            put("c" + i, "al-c", i, i < 3 ? List.of("Classical") : List.of("Classical", "Ambient"));
            server.folderOf.put("c" + i, "old");
        }
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void put(String id, String album, int number, List<String> genres) {
        RemoteTrack t = FakeMediaServer.track(id, "Title " + id, album, album, new ArtistRef("ar-" + album, album), number);
        server.tracks.put(id, new RemoteTrack(t.id(), t.title(), t.sortTitle(), t.albumId(), t.albumTitle(), t.artists(), t.albumArtists(),
                t.disc(), t.number(), t.year(), genres, t.duration(), t.container(), t.size(), t.bitrate(), t.path(), t.musicBrainzId(),
                t.imageTag(), t.gainDb(), t.albumGainDb(), t.hasLyrics(), t.changeTag(), t.added(), t.userData(), t.problem()));
    }

    private Map<String, Integer> genres(Query query) {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (Genre genre : desk.library.genres(query).join().items()) {
            all.put(genre.name(), genre.trackCount());
            Query page = query.within(new Query.Within.InGenre(genre.key()));
            assertThat(desk.library.tracks(page).join().total()).as("the page of %s", genre.name()).isEqualTo(genre.trackCount());
        }
        return all;
    }

    /// Tracks that their server no longer has.
    private void gone(String... ids) {
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.update(Tables.TRACK).set(Tables.TRACK.GONE_AT, 5L)
                .where(Tables.TRACK.ITEM_ID.in(ids)).execute()).join();
    }

    @Test
    @DisplayName("issue 4 per-library choice: a genre counts no track of a library that was left out, and goes where it has no other")
    void leftOut() {
        assertThat(genres(Query.ALL)).containsExactly(entry("Ambient", 4), entry("Classical", 5), entry("Pop", 6));
        desk.file(new ItemKey(account, "c1"), true, "c1.flac", 5);
        desk.sync.choose(account, "old", false).join();
        assertThat(genres(Query.ALL)).containsExactly(entry("Ambient", 2), entry("Pop", 6));
        assertThat(desk.library.letters(ItemKind.GENRE, Query.ALL).join()).isEqualTo(Letters.of(
                List.of(new Letters.Count('a', 1), new Letters.Count('p', 1))));
        desk.sync.choose(account, "old", true).join();
        assertThat(genres(Query.ALL)).containsExactly(entry("Ambient", 4), entry("Classical", 5), entry("Pop", 6));
    }

    @Test
    @DisplayName("issue 4 a track that is gone from its server counts while its file is here, and not without")
    void gone() {
        desk.file(new ItemKey(account, "c1"), true, "c1.flac", 5);
        gone("c0", "c1", "c2", "c3", "c4", "t0");
        assertThat(genres(Query.ALL)).containsExactly(entry("Ambient", 2), entry("Classical", 1), entry("Pop", 5));
        ItemKey classical = desk.library.genres(Query.ALL).join().items().get(1).key();
        assertThat(desk.library.find(classical.id()).join().orElseThrow()).isInstanceOfSatisfying(LibraryItem.OfGenre.class,
                found -> assertThat(found.genre().trackCount()).isEqualTo(1));
    }

    @Test
    @DisplayName("«Playable now»: genres of what plays, with how much of them does; the same within an album")
    void playable() {
        for (String id : List.of("t0", "t5", "c4")) desk.file(new ItemKey(account, id), id.equals("t0"), id + ".flac", 5);
        Query here = Query.ALL.playableOnly(true);
        assertThat(genres(here)).containsExactly(entry("Ambient", 2), entry("Classical", 1), entry("Pop", 2));
        desk.database.write(Durability.SOON, Lane.USER,
                sql -> sql.execute("INSERT INTO media_file (account_id, item_id, quality, root, path,"
                        + " path_key, size, modified_at, sha256, is_pinned, completed_at) SELECT account_id, item_id, 'mp3-320', 'cache', 'another',"
                        + " 'another', 4, 0, '00', 0, 0 FROM media_file WHERE item_id = 'c4'"))
                .join();
        assertThat(genres(here)).as("one that is here twice").containsExactly(entry("Ambient", 2), entry("Classical", 1), entry("Pop", 2));
        desk.missing(true);
        assertThat(genres(here)).containsExactly(entry("Ambient", 2), entry("Classical", 1), entry("Pop", 1));
        desk.sync.choose(account, "old", false).join();
        assertThat(genres(here)).containsExactly(entry("Ambient", 1), entry("Pop", 1));
        Query album = Query.ALL.within(new Query.Within.InAlbum(new ItemKey(account, "al-p")));
        assertThat(desk.library.genres(album).join().items()).extracting(Genre::name, Genre::trackCount).containsExactly(
                org.assertj.core.groups.Tuple.tuple("Ambient", 2), org.assertj.core.groups.Tuple.tuple("Pop", 6));
    }

    @Test
    @DisplayName("issue 4 genres by any column, name and tracks, both ways, and in random order; favourites are those that were marked")
    void sorted() {
        assertThat(genres(Query.ALL.sort(Query.Sort.TRACKS, true)).keySet()).containsExactly("Pop", "Classical", "Ambient");
        assertThat(genres(Query.ALL.sort(Query.Sort.TRACKS, false)).keySet()).containsExactly("Ambient", "Classical", "Pop");
        assertThat(genres(Query.ALL.sort(Query.Sort.TITLE, true)).keySet()).containsExactly("Pop", "Classical", "Ambient");
        assertThat(genres(Query.ALL.sort(Query.Sort.RANDOM, false)).keySet()).containsExactlyInAnyOrder("Pop", "Classical", "Ambient");
        assertThat(desk.library.letters(ItemKind.GENRE, Query.ALL.sort(Query.Sort.TRACKS, true)).join()).isEqualTo(Letters.NONE);
        ItemKey pop = desk.library.genres(Query.ALL).join().items().getLast().key();
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(Tables.USER_DATA).set(Tables.USER_DATA.ACCOUNT_ID, account)
                .set(Tables.USER_DATA.ITEM_ID, pop.id()).set(Tables.USER_DATA.KIND, "genre").set(Tables.USER_DATA.IS_FAVOURITE, true)
                .execute()).join();
        assertThat(desk.library.genres(Query.ALL.favouritesOnly(true)).join().items()).extracting(Genre::name, Genre::trackCount)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Pop", 6));
    }
}
