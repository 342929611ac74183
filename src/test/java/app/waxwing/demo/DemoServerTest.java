package app.waxwing.demo;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.JellyfinCalls;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The main way through the demonstration server.
class DemoServerTest {
    private DemoServer server;
    private JellyfinCalls calls;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        calls = new JellyfinCalls(server.url()).login(DemoServer.USER, DemoServer.PASSWORD);
    }

    @AfterEach
    void stop() {
        calls.close();
        server.close();
    }

    @Test
    void theLibraryIsListedInPages() {
        var music = calls.read("/UserViews").path("Items").get(0);
        assertThat(music.path("CollectionType").asString()).isEqualTo("music");
        var page = calls.read("/Items?recursive=true&includeItemTypes=Audio&sortBy=DateCreated,SortName&startIndex=10&limit=10&parentId="
                + music.path("Id").asString());
        assertThat(page.path("Items").size()).isEqualTo(10);
        assertThat(page.path("TotalRecordCount").asInt()).isEqualTo(25);
        assertThat(calls.read("/Artists/AlbumArtists").path("TotalRecordCount").asInt()).isEqualTo(4);
        assertThat(calls.read("/Items/Latest").get(0).path("Name").asString()).isEqualTo("Harbour Hymns");
    }

    @Test
    @DisplayName("2 Demonstration: at least 4 albums by 3 artists, 5 tracks each of 20-60 s, four formats, some timed lyrics, at most 15 MB")
    void theLibraryHoldsWhatWasPromised() {
        var library = DemoLibrary.bundled();
        assertThat(library.albums()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(library.artists()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(library.albums()).allSatisfy(a -> {
            assertThat(library.tracks().stream().filter(t -> t.albumId().equals(a.id()))).hasSizeGreaterThanOrEqualTo(5);
            assertThat(a.picture().present()).isTrue();
        });
        assertThat(library.tracks()).allSatisfy(t -> assertThat(t.ticks()).isBetween(200_000_000L, 600_000_000L));
        assertThat(library.tracks()).extracting(t -> t.audio().container()).contains("flac", "mp3", "ogg", "opus", "m4a");
        assertThat(library.tracks()).anySatisfy(t -> assertThat(t.lyrics().synced()).isTrue());
        assertThat(library.tracks().stream().mapToLong(t -> t.audio().content().size()).sum()).isLessThan(15_000_000);
    }

    @Test
    void aDownloadIsTheFileByteForByte() {
        for (var track : DemoLibrary.bundled().tracks()) {
            var answer = calls.get("/Items/" + track.id() + "/Download");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(DemoLibrary.bundled().bytes(track.id()));
            assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(-1)).isEqualTo(track.audio().content().size());
        }
    }

    @Test
    void whatWasAskedIsOnRecord() {
        server.forgetRequests();
        calls.read("/Items/Counts?userId=" + calls.userId());
        assertThat(server.requests()).singleElement().satisfies(r -> {
            assertThat(r.path()).isEqualTo("/Items/Counts");
            assertThat(r.param("USERID")).contains(calls.userId());
            assertThat(r.header("authorization")).contains(calls.authorization());
        });
    }
}
