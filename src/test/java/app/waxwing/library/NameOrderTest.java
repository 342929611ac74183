package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.Query.Sort;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists in order of names with marks, strokes and spaces in front.
class NameOrderTest {
    /// As they are to stand.
    private static final List<String> NAMES = List.of("ärzte", " Birch", "Édith Piaf", "eels", "Fern", "İstanbul Şarkıları",
            "Ólafur Arnalds",
            "Trio Jade", "Zebra", "Ελληνικά");
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private final FakeMediaServer server = new FakeMediaServer("one");
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        List<String> shuffled = new ArrayList<>(NAMES);
        java.util.Collections.shuffle(shuffled, new java.util.Random(5));
        for (String name : shuffled) put(name, "of " + name, "Album of " + name);
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void put(String artist, String track, String title) {
        var ref = new ArtistRef("ar " + artist, artist);
        server.artists.put(ref.id(), new RemoteArtist(ref.id(), Optional.of(artist), Optional.of(""), Optional.empty(), Optional.empty()));
        server.albums.put(title,
                new RemoteAlbum(title, Optional.of(artist), Optional.of(""), List.of(ref), OptionalInt.of(1980), Optional.empty(),
                        OptionalDouble.empty(), Optional.empty(), Optional.empty()));
        server.tracks.put(track, FakeMediaServer.track(track, artist, title, artist, ref, 1));
    }

    private List<String> tracks(Query query, Function<Track, String> name) {
        return desk.library.tracks(query).join().items().stream().map(name).toList();
    }

    /// Page by page, two rows each.
    private List<String> paged(Query query, Function<Track, String> name) {
        List<String> all = new ArrayList<>();
        Query next = query.slice(0, 2);
        while (true) {
            List<Track> page = desk.library.tracks(next).join().items();
            if (page.isEmpty()) return all;
            page.forEach(t -> all.add(name.apply(t)));
            next = query.slice(0, 2).after(page.getLast().key());
        }
    }

    @Test
    @DisplayName("issue 4 lists in order of artist, of album and of title fold marks, strokes and spaces in front, both ways and page by page")
    void folded() {
        for (boolean down : new boolean[]{false, true}) {
            List<String> wanted = down ? NAMES.reversed() : NAMES;
            assertThat(tracks(Query.ALL.sort(Sort.ARTIST, down), Track::artist)).isEqualTo(wanted);
            assertThat(paged(Query.ALL.sort(Sort.ARTIST, down), Track::artist)).isEqualTo(wanted);
            assertThat(tracks(Query.ALL.sort(Sort.ALBUM, down), Track::album)).isEqualTo(wanted);
            assertThat(paged(Query.ALL.sort(Sort.ALBUM, down), Track::album)).isEqualTo(wanted);
            assertThat(tracks(Query.ALL.sort(Sort.TITLE, down), Track::title)).isEqualTo(wanted);
            assertThat(desk.library.albums(Query.ALL.sort(Sort.ARTIST, down)).join().items()).extracting(Album::artist).isEqualTo(wanted);
            assertThat(desk.library.artists(Query.ALL.sort(Sort.TITLE, down)).join().items()).extracting(Artist::name).isEqualTo(wanted);
        }
    }

    @Test
    @DisplayName("issue 4 what is typed in a list in order of artist or album finds names with marks, and the strip has them under their letter")
    void typed() {
        for (Query query : List.of(Query.ALL.sort(Sort.ARTIST, false), Query.ALL.sort(Sort.ALBUM, false))) {
            for (String typed : List.of("edith", "Édith", "ä", "ar", "istanbul", "ol", "birch", "eels", "ελλ"))
                assertThat(SearchText.sort(NAMES.get(desk.library.place(ItemKind.TRACK, query, typed).join().orElseThrow()))).as(typed)
                        .startsWith(SearchText.sort(typed));
            assertThat(desk.library.letters(ItemKind.TRACK, query).join().starts()).extracting(Letters.Start::letter)
                    .containsExactly("A", "B", "E", "F", "I", "O", "T", "Z", "Ω");
        }
        Query albums = Query.ALL.sort(Sort.ARTIST, false);
        assertThat(desk.library.place(ItemKind.ALBUM, albums, "edith").join()).contains(NAMES.indexOf("Édith Piaf"));
        assertThat(desk.library.letters(ItemKind.ALBUM, albums).join().starts()).extracting(Letters.Start::letter)
                .containsExactly("A", "B", "E", "F", "I", "O", "T", "Z", "Ω");
    }

    @Test
    @DisplayName("issue 4 an artist or album that is called otherwise since stands elsewhere after the sync")
    void renamed() {
        server.clock = server.clock.plusSeconds(3_600);
        var ref = new ArtistRef("ar Zebra", "Élan");
        server.put(FakeMediaServer.track("of Zebra", "Zebra", "Album of Zebra", "Âge", ref, 1));
        desk.sync(account, false);
        assertThat(tracks(Query.ALL.sort(Sort.ARTIST, false), Track::artist)).containsSubsequence("eels", "Élan", "Fern");
        assertThat(tracks(Query.ALL.sort(Sort.ALBUM, false), Track::album)).startsWith("Âge", "ärzte");
    }
}
