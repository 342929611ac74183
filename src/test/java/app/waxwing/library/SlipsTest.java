package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a search looks for slips of the finger: «harbor» may mean the Harbours.
class SlipsTest {
    /// As many of each kind as Ctrl+K asks for.
    private static final int QUICK = 4;
    @TempDir
    Path folder;
    private final FakeMediaServer server = new FakeMediaServer("one");
    private Optional<LibraryDesk> desk = Optional.empty();

    @AfterEach
    void close() {
        desk.ifPresent(LibraryDesk::close);
    }

    private void album(String title, String... tracks) {
        var by = new ArtistRef("by", "Somebody");
        server.artists.put("by", new RemoteArtist("by", Optional.of("Somebody"), Optional.of("Somebody"), Optional.empty(),
                Optional.empty()));
        server.albums.put(title, new RemoteAlbum(title, Optional.of(title), Optional.of(title), List.of(by), OptionalInt.of(1980),
                Optional.empty(), OptionalDouble.empty(), Optional.empty(), Optional.empty()));
        int number = 1;
        for (String track : tracks) server.tracks.put(track, FakeMediaServer.track(track, track, title, title, by, number++));
    }

    private SearchHits search(int limit) {
        LibraryDesk open = desk.orElseGet(() -> {
            var ref = new ArtistRef("ar", "The Harbours");
            server.artists.put("ar", new RemoteArtist("ar", Optional.of(ref.name()), Optional.of(ref.name()), Optional.empty(),
                    Optional.empty()));
            server.albums.put("al", new RemoteAlbum("al", Optional.of("Still"), Optional.of("Still"), List.of(ref), OptionalInt.of(1980),
                    Optional.empty(), OptionalDouble.empty(), Optional.empty(), Optional.empty()));
            server.tracks.put("still", FakeMediaServer.track("still", "Still", "al", "Still", ref, 1));
            var made = new LibraryDesk(folder);
            desk = Optional.of(made);
            made.sync(made.account(server, "ida").id(), false);
            return made;
        });
        SearchHits hits = open.library.search("harbor", limit, false).join();
        var memory = new SearchMemory(open.time);
        SearchHits one = open.database.readNow(sql -> Search.search(sql, memory, "harbor", limit, false));
        assertThat(one).as("by one reader").isEqualTo(hits);
        return hits;
    }

    @Test
    @DisplayName("issue 4 a small typo is forgiven where the exact pass gives fewer than 5 hits and no group is full: two tracks and two albums")
    void forgiven() {
        album("Harbor One", "First");
        album("Harbor Two", "Second");
        SearchHits hits = search(QUICK);
        assertThat(hits.albums()).extracting(Album::title).startsWith("Harbor One", "Harbor Two");
        assertThat(hits.tracks()).extracting(Track::title).contains("First", "Second");
        assertThat(hits.artists()).extracting(Artist::name).containsExactly("The Harbours");
    }

    @Test
    @DisplayName("issue 4 with 5 hits of the exact pass nothing else is looked for")
    void five() {
        album("Harbor One", "First");
        album("Harbor Two", "Second");
        server.playlist("p1", "Harbor evening", "First");
        SearchHits hits = search(QUICK);
        assertThat(hits.artists()).isEmpty();
        assertThat(hits.tracks()).hasSize(2);
        assertThat(hits.albums()).hasSize(2);
        assertThat(hits.playlists()).hasSize(1);
        assertThat(search(20)).isEqualTo(hits);
    }

    @Test
    @DisplayName("issue 4 where a group is full nothing else is looked for; where more are asked for the same four hits are few")
    void full() {
        album("Quays", "Harbor 1", "Harbor 2", "Harbor 3", "Harbor 4");
        SearchHits hits = search(QUICK);
        assertThat(hits.tracks()).hasSize(4);
        assertThat(hits.artists()).isEmpty();
        assertThat(search(QUICK + 1).artists()).extracting(Artist::name).containsExactly("The Harbours");
    }
}
