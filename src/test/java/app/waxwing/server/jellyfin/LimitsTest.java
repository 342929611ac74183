package app.waxwing.server.jellyfin;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.InertText;
import app.waxwing.demo.Interceptor;
import app.waxwing.demo.Response;
import app.waxwing.server.Page;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.wire.JsonObject;
import app.waxwing.server.wire.JsonReader;
import app.waxwing.testing.FaultyServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DESIGN.md section 6: what servers send is a stranger's data.
class LimitsTest {
    private static final String GOOD = "{\"Id\":\"22222222222222222222222222222222\",\"Type\":\"Audio\",\"Name\":\"good\"}";
    private FaultyServer faulty;
    private Desk desk;

    @BeforeEach
    void start() {
        faulty = FaultyServer.start();
        desk = new Desk(faulty.url());
    }

    @AfterEach
    void stop() {
        faulty.close();
    }

    private Page<RemoteTrack> page(String items) {
        faulty.on("/Items").does(JellyfinServerTest.json("{\"Items\":[" + items + "],\"TotalRecordCount\":2}"));
        return desk.server.tracks(Optional.empty(), Page.FIRST, 100);
    }

    @Test
    @DisplayName("a text field over 10,000 characters: the item is marked, the others and the sync go on")
    void longText() {
        Page<RemoteTrack> page = page(
                "{\"Id\":\"11111111111111111111111111111111\",\"Type\":\"Audio\",\"Name\":\"" + "x".repeat(10_001) + "\"}," + GOOD);
        assertThat(page.items()).hasSize(2);
        assertThat(page.items().get(0).title().orElseThrow()).hasSize(InertText.LIMIT);
        assertThat(page.items().get(0).problem()).hasValueSatisfying(p -> assertThat(p).contains("10000 characters"));
        assertThat(page.items().get(1).problem()).isEmpty();
    }

    @Test
    @DisplayName("more than 64 levels: the item is marked, the others and the sync go on")
    void deep() {
        Page<RemoteTrack> page = page("{\"Id\":\"11111111111111111111111111111111\",\"Type\":\"Audio\",\"Name\":\"deep\",\"X\":"
                + "[".repeat(5000) + "]".repeat(5000)
                + "}," + GOOD);
        assertThat(page.items()).hasSize(2);
        assertThat(page.items().get(0).problem()).hasValueSatisfying(p -> assertThat(p).contains("64 levels"));
        assertThat(page.items().get(1).problem()).isEmpty();
    }

    @Test
    @DisplayName("3.21 a name that is null or not there is not said; an empty one is, and its file's name stands for it")
    void names() {
        String track = "{\"Id\":\"%s1111111111111111111111111111111\",\"Type\":\"Audio\",%s\"Path\":\"/m/Rain/01 Song.flac\"}";
        Page<RemoteTrack> page = page(String.join(",", track.formatted("1", "\"Name\":null,\"SortName\":null,"), track.formatted("2", ""),
                track.formatted("3", "\"Name\":\"\",\"SortName\":\"\","), track.formatted("4", "\"Name\":\"Song\",")));
        assertThat(page.items()).extracting(RemoteTrack::title)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("01 Song"), Optional.of("Song"));
        assertThat(page.items()).extracting(RemoteTrack::sortTitle)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of(""), Optional.empty());
    }

    @Test
    @DisplayName("control and bidi characters are shown inert")
    void inert() {
        Page<RemoteTrack> page = page(
                "{\"Id\":\"11111111111111111111111111111111\",\"Type\":\"Audio\",\"Name\":\"a\\u202eb\\u0000c\\u001b[31m\"}");
        assertThat(page.items().getFirst().title()).contains("a\uFFFDb\uFFFDc\uFFFD[31m");
    }

    @Test
    @DisplayName("an answer over 64 MB decoded, though small when compressed: the page is halved until the monstrous item stands alone, and the sync goes on")
    void tooLarge() throws IOException {
        byte[] bomb = gzipped();
        assertThat(bomb.length).isLessThan(200_000);
        Interceptor fault = (request, next) -> {
            int start = request.param("startIndex").map(Integer::parseInt).orElse(0);
            int limit = request.param("limit").map(Integer::parseInt).orElse(100);
            if (start <= 3 && start + limit > 3) return Response.bytes(200, "application/json", bomb).with("Content-Encoding", "gzip");
            return next.answer(request);
        };
        faulty.on("/Items").does(fault);
        var all = new java.util.ArrayList<RemoteTrack>();
        int dropped = 0;
        for (Optional<String> cursor = Optional.of(Page.FIRST); cursor.isPresent();) {
            Page<RemoteTrack> page = desk.server.tracks(Optional.empty(), cursor.get(), 8);
            all.addAll(page.items());
            dropped += page.dropped();
            cursor = page.next();
        }
        assertThat(all).hasSize(24).doesNotHaveDuplicates();
        assertThat(dropped).isEqualTo(1);
    }

    private static byte[] gzipped() throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write("{\"Items\":[".getBytes(StandardCharsets.UTF_8));
            byte[] chunk = ("{\"a\":\"" + "x".repeat(9_000) + "\"},").repeat(120).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 70; i++) zip.write(chunk);
            zip.write("{}]}".getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    @DisplayName("lyrics over 1 MB: a sentence")
    void lyrics() {
        faulty.on("/Audio/.*/Lyrics")
                .does(JellyfinServerTest.json("{\"Lyrics\":[" + "{\"Text\":\"la\"},".repeat(90_000) + "{\"Text\":\"la\"}]}"));
        assertThat(failure(() -> desk.server.lyrics().orElseThrow().lyrics("22222222222222222222222222222222")))
                .isInstanceOf(Failure.TooLarge.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "{\"Items\":[}", "{} {}", "7", "\"x\"", "{\"Items\":[{\"Id\":\"2222"})
    @DisplayName("an answer that is no JSON is a sentence, not an exception of the parser")
    void broken(String body) {
        faulty.on("/Items").does(JellyfinServerTest.json(body));
        assertThat(failure(() -> desk.server.tracks(Optional.empty(), Page.FIRST, 5))).isInstanceOf(Failure.Corrupt.class);
    }

    @Test
    void valuesOfTheWrongKindReadAsAbsent() throws IOException {
        JsonObject o = JsonReader.object(
                new ByteArrayInputStream(
                        ("{\"A\":\"12\",\"b\":99999999999999999999,\"c\":1.5,\"d\":{},\"e\":\"x\",\"F\":3.0,\"g\":[1,{\"h\":2},null],"
                                + "\"t\":\"2026-01-02T03:04:05.1234567Z\",\"u\":\"yesterday\"}").getBytes(StandardCharsets.UTF_8)),
                1000, "test");
        assertThat(o.number("a")).hasValue(12);
        assertThat(o.number("B")).isEmpty();
        assertThat(o.number("c")).isEmpty();
        assertThat(o.number("f")).hasValue(3);
        assertThat(o.text("d")).isEmpty();
        assertThat(o.flag("e")).isEmpty();
        assertThat(o.objects("g")).hasSize(1);
        assertThat(o.size("g")).isEqualTo(2);
        assertThat(o.instant("t")).contains(java.time.Instant.parse("2026-01-02T03:04:05.123456700Z"));
        assertThat(o.instant("u")).isEmpty();
    }

    static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var caught = org.assertj.core.api.Assertions.catchThrowableOfType(FailureException.class, call);
        assertThat(caught).isNotNull();
        return caught.failure();
    }
}
