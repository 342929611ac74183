package app.waxwing.demo;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.JellyfinCalls;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Filters, pages and counts as the server's own oddities have them (reference: section 3), playlists (7), user data (6).
class BrowsingTest {
    private static final String TRACKS = "/Items?recursive=true&includeItemTypes=Audio";
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
    void withTheCountOffTheTotalIsThePagesOwnSize() {
        assertThat(calls.read(TRACKS + "&limit=7&enableTotalRecordCount=false").path("TotalRecordCount").asInt()).isEqualTo(7);
        assertThat(calls.read("/Artists?limit=2&enableTotalRecordCount=false").path("TotalRecordCount").asInt()).isZero();
        assertThat(calls.read(TRACKS + "&limit=7").path("TotalRecordCount").asInt()).isEqualTo(25);
    }

    @Test
    void itemsTheUserMayNotSeeMakePagesShortAndAreUnknownById() {
        String hidden = server.shelf().start().tracks().get(3).id();
        server.shelf().hide(hidden);
        var seen = new HashSet<String>();
        int shortPages = 0;
        for (int at = 0; at < 25; at += 5) {
            var page = calls.read(TRACKS + "&sortBy=DateCreated,SortName&limit=5&startIndex=" + at);
            assertThat(page.path("TotalRecordCount").asInt()).isEqualTo(25);
            if (page.path("Items").size() < 5) shortPages++;
            seen.addAll(ids(page));
        }
        assertThat(shortPages).isEqualTo(1);
        assertThat(seen).hasSize(24).doesNotContain(hidden);
        assertThat(calls.get("/Items/" + hidden).statusCode()).isEqualTo(404);
    }

    @Test
    void aClosedLibraryIs401WithASentence() {
        String view = server.shelf().start().views().getFirst().id();
        server.user().close(view);
        var answer = calls.get(TRACKS + "&parentId=" + view);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).asString().contains("is not permitted to access Library");
        assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(200);
    }

    @Test
    void nothingOptionalComesUnasked() {
        var bare = calls.read(TRACKS + "&limit=1").path("Items").get(0);
        assertThat(bare.has("MediaSources") || bare.has("Genres") || bare.has("DateCreated") || bare.has("Etag")).isFalse();
        var full = calls.read(TRACKS + "&limit=1&fields=MediaSources,Genres,DateCreated,Etag").path("Items").get(0);
        assertThat(full.path("MediaSources").get(0).path("Size").asLong()).isPositive();
        assertThat(full.path("DateCreated").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
        assertThat(bare.path("Id").asString()).matches("[0-9a-f]{32}");
    }

    @Test
    void filtersAndSortsSelectWhatTheyName() {
        var artist = server.shelf().start().artists().getFirst();
        String guest = server.shelf().start().artists().get(2).id();
        assertThat(calls.read("/Items?recursive=true&includeItemTypes=MusicAlbum&albumArtistIds=" + artist.id()).path("Items").size())
                .isEqualTo(2);
        assertThat(calls.read(TRACKS + "&contributingArtistIds=" + guest).path("Items").size()).isEqualTo(1);
        assertThat(calls.read(TRACKS + "&genres=Jazz%7CElectronic").path("Items").size()).isEqualTo(10);
        assertThat(calls.read(TRACKS + "&years=2019").path("Items").size()).isEqualTo(5);
        assertThat(names(calls.read(TRACKS + "&searchTerm=oresund"))).containsExactly("Öresund");
        assertThat(names(calls.read("/Items?recursive=true&includeItemTypes=MusicAlbum&sortBy=ProductionYear&sortOrder=Descending")))
                .startsWith("Low Orbit");
        assertThat(calls.read(TRACKS + "&indexNumber=1").path("Items").size()).isEqualTo(5);
        assertThat(calls.get(TRACKS + "&sortBy=Name&sortOrder=Ascending,Descending").statusCode()).isEqualTo(500);
        assertThat(calls.read("/Items?recursive=true&includeItemTypes=Audoi").path("TotalRecordCount").asInt()).as("a typo means no filter")
                .isGreaterThan(25);
        assertThat(calls.get(TRACKS + "&limit=many").statusCode()).isEqualTo(400);
        var album = server.shelf().start().albums().getFirst();
        assertThat(names(
                calls.read("/Items?parentId=" + album.id() + "&includeItemTypes=Audio&sortBy=ParentIndexNumber,IndexNumber,SortName")))
                .containsExactly("Platform Four", "Sleeper Car", "Customs", "Öresund", "First Light, Malmö");
    }

    @Test
    void whatChangedSinceIsAskedWithTheWorkingParameter() throws IOException {
        var track = server.shelf().start().tracks().getFirst();
        Instant later = Instant.parse("2026-12-01T00:00:00Z");
        assertThat(calls.read(TRACKS + "&minDateLastSavedForUser=2026-11-30T00:00:00Z").path("Items").size()).isZero();
        server.shelf().put(track.named("Platform Five"), later);
        assertThat(names(calls.read(TRACKS + "&minDateLastSavedForUser=2026-11-30T00:00:00Z"))).containsExactly("Platform Five");
        try (var old = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.version(ServerVersion.V10_10));
                var c = new JellyfinCalls(old.url()).login(DemoServer.USER, DemoServer.PASSWORD)) {
            assertThat(c.get(TRACKS + "&minDateLastSaved=2026-11-30T00:00:00Z").statusCode()).isEqualTo(500);
            assertThat(c.get(TRACKS + "&minDateLastSavedForUser=2026-11-30T00:00:00Z").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void playsCountAtStartAndADatedPlayCountsAgain() {
        String id = server.shelf().start().tracks().getFirst().id();
        String report = "{\"ItemId\":\"" + id + "\",\"PositionTicks\":%s,\"PlayMethod\":\"DirectPlay\"}";
        calls.post("/Sessions/Playing", report.formatted("0"));
        calls.post("/Sessions/Playing/Stopped", report.formatted("90000000"));
        assertThat(server.user().playCount(id)).isEqualTo(1);
        calls.post("/Sessions/Playing/Stopped", "{\"ItemId\":\"" + id + "\"}");
        assertThat(server.user().playCount(id)).as("stopped without a position counts again").isEqualTo(2);
        calls.post("/UserPlayedItems/" + id + "?datePlayed=2020-01-01T00:00:00Z", "");
        assertThat(server.user().playCount(id)).isEqualTo(3);
        assertThat(server.user().lastPlayed(id)).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(calls.post("/Sessions/Playing/Stopped", report.formatted("-1")).statusCode()).isEqualTo(400);
        assertThat(ids(calls.read(TRACKS + "&filters=IsPlayed&sortBy=DatePlayed&sortOrder=Descending"))).containsExactly(id);
    }

    @Test
    void playlistAddsSkipDuplicatesBefore12AndDashedEntryIdsRemoveNothing() throws IOException {
        for (var version : List.of(ServerVersion.V10_11, ServerVersion.V12_0)) {
            try (var s = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.version(version));
                    var c = new JellyfinCalls(s.url()).login(DemoServer.USER, DemoServer.PASSWORD)) {
                var list = s.shelf().start().playlists().getFirst();
                String first = list.items().getFirst();
                assertThat(c.post("/Playlists/" + list.id() + "/Items?ids=" + first, "").statusCode()).isEqualTo(204);
                int size = list.items().size() + (version.atLeast(12) ? 1 : 0);
                assertThat(c.read("/Playlists/" + list.id() + "/Items").path("Items").size()).isEqualTo(size);
                String dashed = first.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
                assertThat(c.send("DELETE", "/Playlists/" + list.id() + "/Items?entryIds=" + dashed, new byte[0]).statusCode())
                        .isEqualTo(204);
                assertThat(c.read("/Playlists/" + list.id() + "/Items").path("Items").size()).isEqualTo(size);
                c.send("DELETE", "/Playlists/" + list.id() + "/Items?entryIds=" + first, new byte[0]);
                assertThat(c.read("/Playlists/" + list.id() + "/Items").path("Items").size()).as("all copies go")
                        .isEqualTo(list.items().size() - 1);
                c.post("/Playlists/" + list.id() + "/Items/" + list.items().get(2) + "/Move/0", "");
                assertThat(c.read("/Playlists/" + list.id()).path("ItemIds").get(0).asString()).isEqualTo(list.items().get(2));
            }
        }
    }

    @Test
    void theOldRoutesWithAUserInThePathStillWork() {
        String u = "/Users/" + calls.userId();
        assertThat(calls.read(u + "/Views").path("Items").size()).isEqualTo(2);
        assertThat(calls.read(u + "/Items/Latest").size()).isEqualTo(5);
        String id = server.shelf().start().tracks().getFirst().id();
        calls.post(u + "/FavoriteItems/" + id, "");
        assertThat(ids(calls.read(u + "/Items?recursive=true&filters=IsFavorite"))).containsExactly(id);
        assertThat(calls.get("/Users/" + id + "/Views").statusCode()).as("another user's id").isEqualTo(403);
    }

    @Test
    void aLargeLibraryIsGeneratedAndPaged() throws IOException {
        var library = DemoLibrary.synthetic(20_000, 7);
        assertThat(library.tracks()).hasSize(20_000);
        var again = DemoLibrary.synthetic(20_000, 7);
        assertThat(again.tracks()).extracting(Item.Track::name).isEqualTo(library.tracks().stream().map(Item.Track::name).toList());
        try (var s = DemoServer.start(library, 0); var c = new JellyfinCalls(s.url()).login(DemoServer.USER, DemoServer.PASSWORD)) {
            var seen = new HashSet<String>();
            for (int at = 0; at < 20_000; at += 500)
                seen.addAll(ids(c.read(TRACKS + "&sortBy=DateCreated,SortName&limit=500&startIndex=" + at)));
            assertThat(seen).hasSize(20_000);
        }
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("Items").spliterator(), false).map(i -> i.path("Id").asString()).toList();
    }

    private static List<String> names(JsonNode page) {
        return StreamSupport.stream(page.path("Items").spliterator(), false).map(i -> i.path("Name").asString()).toList();
    }
}
