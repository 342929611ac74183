package app.waxwing.library;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.server.RemotePlaylist;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.RemoteUserData;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an ordinary sync makes of tags that were corrected, folders that were renamed, covers that were taken away, and of lists that miss some of it.
class ChangesTest {
    @TempDir
    Path folder;
    private final FakeMediaServer server = new FakeMediaServer("one").fill(300);
    private LibraryDesk desk;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server.playlist("p1", "Evening", "t3", "t1");
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
        later();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    /// The server's clock goes on, and what was called is forgotten.
    private void later() {
        server.clock = server.clock.plusSeconds(3_600);
        server.calls.clear();
    }

    private List<String> artists() {
        return desk.library.artists(Query.ALL).join().items().stream().map(a -> a.key().id()).toList();
    }

    private List<String> albums() {
        return desk.library.albums(Query.ALL).join().items().stream().map(a -> a.key().id()).toList();
    }

    private Track track(String id) {
        return desk.library.track(new ItemKey(account, id)).join().orElseThrow();
    }

    private RemoteTrack told(String id) {
        return requireNonNull(server.tracks.get(id));
    }

    private static RemoteTrack by(RemoteTrack t, Optional<String> title, List<ArtistRef> artists, List<String> genres,
            Optional<String> image) {
        return new RemoteTrack(t.id(), title, title, t.albumId(), t.albumTitle(), artists, artists, t.disc(), t.number(), t.year(), genres,
                t.duration(), t.container(), t.size(), t.bitrate(), t.path(), t.musicBrainzId(), image, t.gainDb(), t.albumGainDb(),
                t.hasLyrics(), t.changeTag(), t.added(), t.userData(), t.problem());
    }

    private void retitle(String id, String title) {
        RemoteTrack t = told(id);
        server.put(by(t, Optional.of(title), t.artists(), t.genres(), t.imageTag()));
    }

    private void album(String id, List<ArtistRef> artists, Optional<String> image) {
        RemoteAlbum a = requireNonNull(server.albums.get(id));
        server.albums.put(id,
                new RemoteAlbum(id, a.title(), a.sortTitle(), artists, a.year(), image, a.gainDb(), a.added(), a.favourite()));
        server.changed.put(id, server.clock);
    }

    /// The tags of an artist's music are corrected in place: ids stay.
    private void retag(String from, String to, String name) {
        var now = List.of(new ArtistRef(to, name));
        for (RemoteTrack t : List.copyOf(server.tracks.values())) {
            if (t.artists().getFirst().id().equals(from)) server.put(by(t, t.title(), now, t.genres(), t.imageTag()));
        }
        for (RemoteAlbum a : List.copyOf(server.albums.values())) {
            if (a.artists().getFirst().id().equals(from)) album(a.id(), now, a.imageTag());
        }
        server.artists.remove(from);
        server.artists.put(to, new RemoteArtist(to, Optional.of(name), Optional.of(name), Optional.empty(), Optional.of(false)));
    }

    @Test
    @DisplayName("Issue 4 an artist whose tag was corrected is neither listed nor found any more after the next sync, and is back when it was wrong")
    void correctedTag() {
        String old = requireNonNull(server.artists.get("ar1")).name().orElseThrow();
        retag("ar1", "ar-new", "Zyzzyva Quartet");
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).as("no pass was needed").isEqualTo(1);
        assertThat(artists()).doesNotContain("ar1").contains("ar-new").hasSize(10);
        assertThat(desk.library.totals().join().artists()).isEqualTo(10);
        assertThat(desk.library.search(old, 50, false).join().artists()).extracting(a -> a.key().id()).doesNotContain("ar1");
        later();
        retag("ar-new", "ar1", old);
        desk.sync(account, false);
        assertThat(artists()).contains("ar1").doesNotContain("ar-new").hasSize(10);
        assertThat(desk.library.search(old, 50, false).join().artists()).extracting(a -> a.key().id()).contains("ar1");
    }

    @Test
    @DisplayName("Issue 4 a favourite artist without music stays until the server says that it removed it")
    void favouriteWithoutMusic() {
        server.userData.put("ar1", new RemoteUserData("ar1", true, 0, Optional.empty(), Duration.ZERO));
        retag("ar1", "ar-new", "Zyzzyva Quartet");
        server.artists.put("ar1", new RemoteArtist("ar1", Optional.of("B"), Optional.of("B"), Optional.empty(), Optional.of(true)));
        desk.sync(account, false);
        assertThat(artists()).contains("ar1", "ar-new");
        server.artists.remove("ar1");
        desk.sync.news(account, Set.of("ar1", "ar2")).join();
        assertThat(artists()).as("what music is by is not believed to be removed").doesNotContain("ar1").contains("ar2");
    }

    @Test
    @DisplayName("Issue 4 an album whose folder was renamed while Waxwing was closed is not listed twice: the old one goes with the pass that finds it")
    void renamedFolder() {
        for (int i = 10; i < 20; i++) {
            RemoteTrack t = requireNonNull(server.tracks.remove("t" + i));
            server.put(
                    FakeMediaServer.track("n" + i, t.title().orElseThrow(), "al-new", t.albumTitle().orElseThrow(), t.artists().getFirst(),
                            i % 10 + 1));
        }
        RemoteAlbum a = requireNonNull(server.albums.remove("al1"));
        server.albums.put("al-new", new RemoteAlbum("al-new", a.title(), a.sortTitle(), a.artists(), a.year(), a.imageTag(), a.gainDb(),
                a.added(), a.favourite()));
        server.changed.put("al-new", server.clock);
        assertThat(desk.sync(account, false).moved()).isEqualTo(10);
        assertThat(albums()).hasSize(30).contains("al-new").doesNotContain("al1");
        assertThat(desk.library.totals().join().albums()).isEqualTo(30);
        assertThat(desk.library.search(a.title().orElseThrow(), 50, false).join().albums()).extracting(found -> found.key().id())
                .contains("al-new").doesNotContain("al1");
    }

    @Test
    @DisplayName("Issue 4 an album without a track is not listed; it is as soon as a track of it comes, though the album itself did not change")
    void tracksComeLater() {
        var by = new ArtistRef("ar0", "A");
        server.albums.put("al-new", new RemoteAlbum("al-new", Optional.of("Brand"), Optional.of("Brand"), List.of(by), OptionalInt.empty(),
                Optional.empty(), OptionalDouble.empty(), Optional.empty(), Optional.of(false)));
        server.changed.put("al-new", server.clock);
        desk.sync(account, false);
        assertThat(albums()).hasSize(30).doesNotContain("al-new");
        later();
        server.put(FakeMediaServer.track("new", "New", "al-new", "Brand", by, 1));
        desk.sync(account, false);
        assertThat(albums()).hasSize(31).contains("al-new");
    }

    @Test
    @DisplayName("Issue 4 a change that a page of changes missed comes with the same sync: the list is read once more")
    void missedOnce() {
        retitle("t5", "Corrected");
        retitle("t6", "This too");
        server.leftOut.put("t5", 1);
        desk.sync(account, false);
        assertThat(track("t5").title()).isEqualTo("Corrected");
        assertThat(server.calls("tracksChanged")).isEqualTo(2);
        assertThat(server.calls("tracks ")).as("no pass").isEqualTo(1);
    }

    @Test
    @DisplayName("Issue 4 where changes are missed twice everything is read, and the change is here")
    void missedTwice() {
        retitle("t5", "Corrected");
        server.leftOut.put("t5", 2);
        desk.sync(account, false);
        assertThat(track("t5").title()).isEqualTo("Corrected");
        later();
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).as("and the next sync is an ordinary one").isEqualTo(1);
        assertThat(server.calls("tracksChanged")).isEqualTo(1);
    }

    @Test
    @DisplayName("Issue 4 changes that the server counts and never delivers, as in its whole lists, are no reason to read again")
    void neverDelivered() {
        server.invisible = 2;
        desk.sync(account, true);
        later();
        retitle("t5", "Corrected");
        desk.sync(account, false);
        assertThat(track("t5").title()).isEqualTo("Corrected");
        assertThat(server.calls("tracksChanged")).isEqualTo(1);
        assertThat(server.calls("tracks ")).isEqualTo(1);
    }

    @Test
    @DisplayName("3.21 a cover, genres and artists of which the server says that there are none any more are gone here; silence keeps them")
    void explicitlyNone() {
        RemoteTrack t = told("t5");
        server.put(by(t, t.title(), t.artists(), t.genres(), Optional.of("own")));
        server.artists.computeIfPresent("ar0", (id, a) -> new RemoteArtist(id, a.name(), a.sortName(), Optional.of("face"), a.favourite()));
        server.playlists.computeIfPresent("p1", (id, p) -> new RemotePlaylist(id, p.title(), Optional.of("list"), true, p.changeTag(),
                p.favourite()));
        desk.sync(account, true);
        tell(List.of(), List.of(), Optional.empty());
        assertThat(desk.sync(account, true).updated()).as("silence").isZero();
        assertThat(kept()).containsExactly("own", "tag0", "face", "list", "Rock, Jazz", track("t6").artist(), "1", "2", "1");
        tell(ArtistRef.NOBODY, RemoteTrack.NO_GENRES, Optional.of(""));
        desk.sync(account, true);
        assertThat(kept()).containsExactly("", "", "", "", "", "", "0", "0", "0");
        assertThat(track("t5").genres()).isEmpty();
        assertThat(track("t5").artist()).isEmpty();
        assertThat(desk.library.search("genre:rock " + track("t5").title(), 50, false).join().tracks()).extracting(x -> x.key().id())
                .doesNotContain("t5");
        assertThat(desk.sync(account, true).updated()).as("said again").isZero();
    }

    @Test
    @DisplayName("issue 4 a name with commas in it stays one, and of several names each is one")
    void namesWithCommas() {
        List<String> names = List.of("Earth, Wind & Fire", "Ella", "Hall,Oates");
        List<String> genres = List.of("Folk, World, & Country", "Jazz", "Rock,Pop");
        for (int of = 1; of < 8; of++) {
            List<String> by = some(names, of);
            server.put(by(told("t" + of), told("t" + of).title(), by.stream().map(name -> new ArtistRef(name, name)).toList(),
                    some(genres, of), Optional.empty()));
        }
        desk.sync(account, true);
        for (int of = 1; of < 8; of++) {
            assertThat(track("t" + of).artists()).isEqualTo(some(names, of));
            assertThat(track("t" + of).genres()).isEqualTo(some(genres, of));
        }
    }

    /// Those whose bit is set.
    private static List<String> some(List<String> all, int bits) {
        return IntStream.range(0, all.size()).filter(i -> (bits >> i & 1) == 1).mapToObj(all::get).toList();
    }

    private void tell(List<ArtistRef> artists, List<String> genres, Optional<String> image) {
        RemoteTrack t = told("t5");
        server.put(by(t, t.title(), artists, genres, image));
        album("al0", artists, image);
        server.artists.computeIfPresent("ar0", (id, a) -> new RemoteArtist(id, a.name(), a.sortName(), image, a.favourite()));
        server.playlists.computeIfPresent("p1", (id, p) -> new RemotePlaylist(id, p.title(), image, true, p.changeTag(), p.favourite()));
    }

    /// Covers of a track, an album, an artist and a playlist; the track's genres and artist; its rows of artists and genres, and the album's of artists.
    private List<String> kept() {
        return List.of(desk.database.readNow(sql -> sql
                .fetchSingle(
                        """
                                SELECT coalesce(t.image_tag, ''), coalesce(a.image_tag, ''), coalesce(r.image_tag, ''), coalesce(p.image_tag, ''), t.genre,
                                    t.artist_name, (SELECT count(*) FROM track_artist WHERE track_item_id = 't5'),
                                    (SELECT count(*) FROM track_genre WHERE track_item_id = 't5'), (SELECT count(*) FROM album_artist WHERE album_item_id = 'al0')
                                FROM track t, album a, artist r, playlist p
                                WHERE t.item_id = 't5' AND a.item_id = 'al0' AND r.item_id = 'ar0' AND p.item_id = 'p1'""")
                .into(String[].class)));
    }
}
