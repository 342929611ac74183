package app.waxwing.demo;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.JellyfinCalls;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Originals are answered as ASP.NET's PhysicalFile does; transcodes as ffmpeg's output comes (reference: section 5).
class OriginalFileTest {
    private DemoServer server;
    private JellyfinCalls calls;
    private Item.Track track;
    private byte[] bytes;
    private String url;
    private String modified;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        calls = new JellyfinCalls(server.url()).login(DemoServer.USER, DemoServer.PASSWORD);
        track = server.shelf().start().tracks().getFirst();
        bytes = server.shelf().start().bytes(track.id());
        url = "/Items/" + track.id() + "/Download";
        modified = header(calls.get(url), "Last-Modified");
    }

    @AfterEach
    void stop() {
        calls.close();
        server.close();
    }

    @Test
    void theWholeFileHasADateAndNoEntityTag() {
        var answer = calls.get(url);
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "Content-Type")).isEqualTo("audio/flac");
        assertThat(modified).isEqualTo("Fri, 04 Sep 2026 18:20:00 GMT");
        assertThat(answer.headers().map()).doesNotContainKey("etag");
        assertThat(header(answer, "Content-Disposition")).contains("filename*=UTF-8''01%20Platform%20Four.flac");
        assertThat(calls.get("/Items/" + track.id() + "/File").headers().map()).doesNotContainKey("content-disposition");
    }

    @Test
    void oneRangeIsServedSeveralOrStrangeOnesAreIgnored() {
        assertPart("bytes=100-199", 100, 200);
        assertPart("bytes=" + (bytes.length - 10) + "-", bytes.length - 10, bytes.length);
        assertPart("bytes=-7", bytes.length - 7, bytes.length);
        assertPart("bytes=5-99999999999", 5, bytes.length);
        for (String ignored : new String[]{"bytes=0-1,5-6", "bytes=9-3", "bytes=-", "items=0-1", "bytes=a-b"}) {
            var whole = calls.get(url, "Range", ignored);
            assertThat(whole.statusCode()).as(ignored).isEqualTo(200);
            assertThat(whole.body()).hasSize(bytes.length);
        }
    }

    @Test
    void beyondTheEndIs416WithTheSize() {
        var answer = calls.get(url, "Range", "bytes=" + bytes.length + "-");
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + bytes.length);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void ifRangeHoldsByDateOnlyAndAnEntityTagIsIgnored() {
        assertThat(calls.get(url, "Range", "bytes=9-", "If-Range", modified).statusCode()).isEqualTo(206);
        assertThat(calls.get(url, "Range", "bytes=9-", "If-Range", "\"anything\"").statusCode()).isEqualTo(206);
        server.shelf().replaceFile(track.id(), Content.of(new byte[5000], Instant.parse("2026-10-01T00:00:00Z")), Instant.now());
        assertThat(calls.get(url, "Range", "bytes=9-", "If-Range", modified).statusCode()).as("newer file").isEqualTo(200);
        server.shelf().replaceFile(track.id(), Content.of(new byte[6000], Instant.parse("2026-01-01T00:00:00Z")), Instant.now());
        var older = calls.get(url, "Range", "bytes=9-", "If-Range", modified);
        assertThat(older.statusCode()).as("a file replaced by an older one still gets 206").isEqualTo(206);
        assertThat(header(older, "Content-Range")).endsWith("/6000");
        assertThat(header(older, "Last-Modified")).isNotEqualTo(modified);
    }

    @Test
    void conditionalRequestsFollowTheDate() {
        assertThat(calls.get(url, "If-Modified-Since", modified).statusCode()).isEqualTo(304);
        assertThat(calls.get(url, "If-Unmodified-Since", "Tue, 01 Sep 2026 00:00:00 GMT").statusCode()).isEqualTo(412);
        assertThat(calls.get(url, "If-None-Match", "\"x\"", "If-Match", "\"y\"").statusCode()).isEqualTo(200);
    }

    @Test
    void theDownloadRightIsAskedOfDownloadOnly() {
        server.user().downloads(false);
        assertThat(calls.get(url).statusCode()).isEqualTo(403);
        assertThat(calls.get("/Items/" + track.id() + "/File").statusCode()).isEqualTo(200);
    }

    @Test
    void headIsNotAllowedFoldersAreNoFilesAndHiddenItemsAreUnknown() {
        assertThat(calls.send("HEAD", url, new byte[0]).statusCode()).isEqualTo(405);
        assertThat(calls.get("/Items/" + track.albumId() + "/Download").statusCode()).isEqualTo(400);
        server.shelf().hide(track.id());
        assertThat(calls.get(url).statusCode()).isEqualTo(404);
    }

    @Test
    void streamsNeedNoTokenAndUniversalDecidesByContainerAndRate() {
        String stream = "/Audio/" + track.id() + "/stream?static=true";
        assertThat(calls.get(stream, "Authorization", "").body()).isEqualTo(bytes);
        String universal = "/Audio/" + track.id() + "/universal?transcodingContainer=mp3&audioCodec=mp3";
        assertThat(calls.get(universal, "Authorization", "").statusCode()).isEqualTo(401);
        assertThat(calls.get(universal + "&container=opus,flac").body()).isEqualTo(bytes);
        for (String transcoded : new String[]{universal, universal + "&container=flac&maxStreamingBitrate=64000"}) {
            var answer = calls.get(transcoded, "Range", "bytes=5-9");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Accept-Ranges")).isEqualTo("none");
            assertThat(answer.headers().map()).doesNotContainKeys("content-length", "last-modified");
            assertThat(answer.body()).hasSizeBetween(50_000, 400_000);
        }
    }

    private void assertPart(String range, int from, int to) {
        var answer = calls.get(url, "Range", range);
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/" + bytes.length);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
