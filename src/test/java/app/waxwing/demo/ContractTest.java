package app.waxwing.demo;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ContractCheck;
import app.waxwing.testing.JellyfinCalls;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Every answer of the demonstration server has the form that Jellyfin's own document gives.
class ContractTest {
    /// Routes that the document does not hold: hidden ones, the web client, the socket.
    private static final List<String> UNDOCUMENTED = List.of("GET /web", "GET /socket", "GET /QuickConnect/Initiate",
            "DELETE /Videos/ActiveEncodings",
            "HEAD /Items/{id}/Images/{type}", "HEAD /Items/{id}/Images/{type}/{index}");

    private final ContractCheck contract = ContractCheck.jellyfin();
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> untouched = new TreeSet<>();
    private DemoServer server;
    private JellyfinCalls calls;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        calls = new JellyfinCalls(server.url());
        untouched.addAll(server.router().names());
    }

    @AfterEach
    void stop() {
        calls.close();
        server.close();
    }

    @Test
    @DisplayName("2 Demonstration: answers validated against the published contract, every route")
    void everyRouteAnswersInTheFormOfTheContract() {
        get("/System/Info/Public", 200);
        get("/System/Ping", 200);
        post("/System/Ping", "", 200);
        get("/System/Endpoint", 200);
        get("/Branding/Configuration", 200);
        get("/GetUtcTime", 200);
        get("/Users/Public", 200);
        get("/Items", 401);
        signIn();
        browse();
        play();
        playlists();
        files();
        post("/Sessions/Logout", "", 204);
        assertThat(problems).isEmpty();
        untouched.removeAll(UNDOCUMENTED);
        assertThat(untouched).as("routes that no call of this test reached").isEmpty();
    }

    private void signIn() {
        get("/QuickConnect/Enabled", 200);
        var pairing = JellyfinCalls.json(post("/QuickConnect/Initiate", "", 200));
        String secret = pairing.path("Secret").asString();
        get("/QuickConnect/Connect?secret=" + secret, 200);
        post("/Users/AuthenticateByName", "{\"Username\":\"demo\",\"Pw\":\"demo\"}", 200);
        calls.login(DemoServer.USER, DemoServer.PASSWORD);
        post("/QuickConnect/Authorize?code=" + pairing.path("Code").asString(), "", 200);
        get("/QuickConnect/Connect?secret=" + secret, 200);
        post("/Users/AuthenticateWithQuickConnect", "{\"Secret\":\"" + secret + "\"}", 200);
        calls.login(DemoServer.USER, DemoServer.PASSWORD);
        get("/Users/Me", 200);
        get("/Users", 200);
        get("/Users/" + calls.userId(), 200);
        get("/System/Info", 200);
        get("/Sessions", 200);
        post("/Sessions/Capabilities", "", 204);
        post("/Sessions/Capabilities/Full",
                "{\"PlayableMediaTypes\":[\"Audio\"],\"SupportedCommands\":[\"SetVolume\"],\"SupportsMediaControl\":true,"
                        + "\"SupportsPersistentIdentifier\":true}",
                204);
    }

    private void browse() {
        String all = "&fields=MediaSources,Genres,DateCreated,Etag,Path,SortName,Overview,ChildCount,RecursiveItemCount,CanDownload,ParentId,"
                + "CumulativeRunTimeTicks,ItemCounts,CanDelete,MediaStreams";
        get("/UserViews", 200);
        get("/Items", 200);
        for (String type : List.of("Audio", "MusicAlbum", "MusicArtist", "Playlist"))
            get("/Items?recursive=true&includeItemTypes=" + type + all, 200);
        get("/Items?parentId=" + album().albumId(), 200);
        get("/Items/" + album().albumId(), 200);
        get("/Items/" + track().id(), 200);
        get("/Items/Latest?limit=3" + all, 200);
        get("/Items/Counts", 200);
        get("/Items/Suggestions?limit=2", 200);
        get("/UserItems/Resume", 200);
        get("/Artists?x=1" + all, 200);
        get("/Artists/AlbumArtists?x=1" + all, 200);
        get("/Genres", 200);
        get("/MusicGenres", 200);
        get("/Items/" + track().id() + "/Similar", 200);
        get("/Albums/" + track().albumId() + "/Similar", 200);
        get("/Artists/" + track().artists().getFirst() + "/Similar", 200);
        get("/Items/" + track().id() + "/InstantMix", 200);
        get("/Songs/" + track().id() + "/InstantMix", 200);
        get("/Albums/" + track().albumId() + "/InstantMix", 200);
        get("/Artists/" + track().artists().getFirst() + "/InstantMix", 200);
        get("/Playlists/" + playlist() + "/InstantMix", 200);
        get("/Search/Hints?searchTerm=o", 200);
        get("/MediaSegments/" + track().id(), 200);
    }

    private void play() {
        String id = track().id();
        get("/Items/" + id + "/PlaybackInfo", 200);
        post("/Items/" + id + "/PlaybackInfo", "{\"MaxStreamingBitrate\":64000}", 200);
        String report = "{\"ItemId\":\"" + id + "\",\"PositionTicks\":10000000,\"CanSeek\":true,\"IsPaused\":false,\"IsMuted\":false,"
                + "\"PlayMethod\":\"DirectPlay\",\"RepeatMode\":\"RepeatNone\"}";
        post("/Sessions/Playing", report, 204);
        post("/Sessions/Playing/Progress", report, 204);
        get("/Sessions", 200);
        post("/Sessions/Playing/Ping?playSessionId=x", "", 204);
        post("/Sessions/Playing/Stopped", "{\"ItemId\":\"" + id + "\",\"PositionTicks\":20000000,\"Failed\":false}", 204);
        post("/UserPlayedItems/" + id + "?datePlayed=2026-01-02T03:04:05Z", "", 200);
        delete("/UserPlayedItems/" + id, 200);
        post("/UserFavoriteItems/" + id, "", 200);
        delete("/UserFavoriteItems/" + id, 200);
        post("/UserItems/" + id + "/Rating?likes=true", "", 200);
        delete("/UserItems/" + id + "/Rating", 200);
        post("/UserItems/" + id + "/UserData", "{\"PlaybackPositionTicks\":5,\"IsFavorite\":true}", 200);
        get("/UserItems/" + id + "/UserData", 200);
    }

    private void playlists() {
        String list = JellyfinCalls
                .json(post("/Playlists", "{\"Name\":\"Mine\",\"Ids\":[\"" + track().id() + "\"],\"UserId\":\"" + calls.userId()
                        + "\",\"MediaType\":\"Audio\",\"IsPublic\":false}", 200))
                .path("Id").asString();
        get("/Playlists/" + list, 200);
        post("/Playlists/" + list + "/Items?ids=" + track().albumId(), "", 204);
        get("/Playlists/" + list + "/Items?fields=MediaSources", 200);
        post("/Playlists/" + list + "/Items/" + track().id() + "/Move/2", "", 204);
        delete("/Playlists/" + list + "/Items?entryIds=" + track().id(), 204);
        post("/Playlists/" + list, "{\"Name\":\"Yours\"}", 204);
        delete("/Items/" + list, 204);
        delete("/Items/" + track().id(), 401);
    }

    private void files() {
        String id = track().id();
        get("/Items/" + id + "/Download", 200);
        get("/Items/" + id + "/File", 200);
        get("/Audio/" + id + "/universal?container=flac", 200);
        get("/Audio/" + id + "/stream.mp3?playSessionId=1", 200);
        send("HEAD", "/Audio/" + id + "/stream.mp3?playSessionId=2", "", 200);
        get("/Audio/" + worded().id() + "/Lyrics", 200);
        get("/Items/" + track().albumId() + "/Images/Primary?fillWidth=200&format=Jpg", 200);
        get("/Items/" + track().albumId() + "/Images/Primary/0", 200);
    }

    private Item.Track track() {
        return server.shelf().all(Item.Track.class).getFirst();
    }

    private Item.Track album() {
        return track();
    }

    private Item.Track worded() {
        return server.shelf().all(Item.Track.class).stream().filter(t -> !t.lyrics().lines().isEmpty()).findFirst().orElseThrow();
    }

    private String playlist() {
        return server.shelf().all(Item.Playlist.class).getFirst().id();
    }

    private void get(String path, int status) {
        send("GET", path, "", status);
    }

    private void delete(String path, int status) {
        send("DELETE", path, "", status);
    }

    private HttpResponse<byte[]> post(String path, String body, int status) {
        return send("POST", path, body, status);
    }

    private HttpResponse<byte[]> send(String method, String path, String body, int status) {
        var answer = body.isEmpty()
                ? calls.send(method, path, new byte[0])
                : calls.send(method, path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
        String bare = path.replaceAll("\\?.*", "");
        server.router().nameOf(method, bare).ifPresent(untouched::remove);
        if (answer.statusCode() != status) problems.add(method + " " + path + " answered " + answer.statusCode());
        problems.addAll(
                contract.answer(method, bare, answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body()));
        return answer;
    }
}
