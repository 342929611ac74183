package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteArtist;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which artists a sync asks for when something changed.
class NamedArtistsTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private final FakeMediaServer server = new FakeMediaServer("one").fill(1_250);
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
        server.clock = server.clock.plusSeconds(3_600);
        server.calls.clear();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void artist(String id, String name, String picture) {
        server.artists.put(id, new RemoteArtist(id, Optional.of(name), Optional.of(name), Optional.of(picture), Optional.empty()));
    }

    private void comes(String track, ArtistRef by) {
        server.put(FakeMediaServer.track(track, "New " + track, "al0", "x", by, 11));
    }

    private Optional<Artist> here(String id) {
        return desk.library.artist(new ItemKey(account, id)).join();
    }

    @Test
    @DisplayName("Issue 4 after something new only the artists are asked for that it names, in one request, new ones and those with a new picture")
    void onlyTheNamed() {
        artist("ar-new", "Newcomer", "pic");
        artist("ar1", "Artist 1", "new-pic");
        artist("ar-other", "Nobody's", "pic");
        comes("new1", new ArtistRef("ar-new", "Newcomer"));
        comes("new2", new ArtistRef("ar1", "Artist 1"));
        assertThat(desk.sync(account, false).added()).isEqualTo(3);
        assertThat(here("ar-new").orElseThrow().cover()).isPresent();
        assertThat(here("ar1").orElseThrow().cover()).hasValueSatisfying(c -> assertThat(c.tag()).isEqualTo("new-pic"));
        assertThat(here("ar-other")).as("comes with the next pass").isEmpty();
        assertThat(server.calls("artists ")).isZero();
        assertThat(server.calls).contains("artistsById 2");
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("artists ")).as("nothing new").isZero();
        assertThat(server.calls("artists")).as("while the server lists the change still, its artists may get a picture").isEqualTo(1);
        server.clock = server.clock.plusSeconds(3_600);
        desk.sync(account, false);
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("artists")).as("nothing new").isZero();
        desk.sync(account, true);
        assertThat(server.calls("artists ")).as("a pass lists all").isEqualTo(1);
        assertThat(here("ar-other")).isPresent();
    }

    @Test
    @DisplayName("Issue 4 the picture and the name that the server has of a new artist only after the first sync come with the next one")
    void laterPicture() {
        server.artists.put("ar-new",
                new RemoteArtist("ar-new", Optional.of("Newc"), Optional.of("Newc"), Optional.empty(), Optional.empty()));
        comes("new1", new ArtistRef("ar-new", "Newc"));
        desk.sync(account, false);
        assertThat(here("ar-new").orElseThrow().cover()).isEmpty();
        artist("ar-new", "Newcomer", "pic");
        desk.sync(account, false);
        assertThat(here("ar-new").orElseThrow().cover()).isPresent();
        assertThat(here("ar-new").orElseThrow().name()).isEqualTo("Newcomer");
        assertThat(server.calls("artists ")).as("not all of them").isZero();
    }

    @Test
    @DisplayName("Issue 4 a server that does not give an artist by its id is asked for all of them, as ever")
    void notById() {
        server.givesArtists = false;
        artist("ar-new", "Newcomer", "pic");
        comes("new1", new ArtistRef("ar-new", "Newcomer"));
        desk.sync(account, false);
        assertThat(here("ar-new")).isPresent();
        assertThat(server.calls("artists ")).isEqualTo(1);
        server.calls.clear();
        comes("new2", new ArtistRef("ar1", "Artist 1"));
        desk.sync(account, false);
        assertThat(server.calls("artists ")).as("an artist that is known is none that is missing").isZero();
    }

    @Test
    @DisplayName("Issue 4 artists that a sync did not come to, since it broke off before them, come with the next one")
    void brokenOff() {
        artist("ar-new", "Newcomer", "pic");
        comes("new1", new ArtistRef("ar-new", "Newcomer"));
        server.failsAt = n -> server.calls.getLast().startsWith("artists");
        assertThatThrownBy(() -> desk.sync(account, false)).isInstanceOf(FailureException.class);
        server.failsAt = n -> false;
        assertThat(here("ar-new")).isEmpty();
        desk.sync(account, false);
        assertThat(here("ar-new")).isPresent();
    }

    @Test
    @DisplayName("Issue 4 all artists are listed where that takes fewer requests than asking for each by its id")
    void whatIsCheaper() {
        assertThat(NamedArtists.few(1, 0, 1)).isTrue();
        assertThat(NamedArtists.few(200, 40, 1)).isTrue();
        assertThat(NamedArtists.few(201, 500, 1)).as("two requests, and one list").isFalse();
        assertThat(NamedArtists.few(201, 500, 2)).as("two libraries").isTrue();
        assertThat(NamedArtists.few(201, 501, 1)).isTrue();
        assertThat(NamedArtists.few(20_000, 40_000, 1)).isFalse();
    }
}
