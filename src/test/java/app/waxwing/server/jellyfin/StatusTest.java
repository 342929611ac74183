package app.waxwing.server.jellyfin;

import static app.waxwing.server.jellyfin.LimitsTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.Quality;
import app.waxwing.server.MediaRequest;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoUser;
import app.waxwing.demo.Interceptor;
import app.waxwing.demo.ServerVersion;
import app.waxwing.server.ItemKind;
import app.waxwing.server.Page;
import app.waxwing.server.PlayReport;
import app.waxwing.testing.Fault;
import app.waxwing.testing.FaultyServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What statuses mean, and what may never happen to the token.
class StatusTest {
    private static final String ID = "22222222222222222222222222222222";
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

    private Failure first(Interceptor fault) {
        faulty.heal();
        faulty.on("/Items").does(fault);
        return failure(() -> desk.server.tracks(Optional.empty(), Page.FIRST, 5));
    }

    @Test
    @DisplayName("0.15 each refusal is the right one of the user's troubles")
    void statuses() {
        assertThat(first(Fault.status(403, ""))).matches(f -> f instanceof Failure.NotPermitted no && !no.everything());
        assertThat(first(Fault.status(404, ""))).isInstanceOf(Failure.NotFound.class);
        assertThat(first(Fault.starting(5)))
                .isEqualTo(new Failure.ServerBusy(desk.server.info().name(), Optional.of(Duration.ofSeconds(5))));
        assertThat(first(Fault.blocked())).as("no word about the item")
                .matches(f -> f instanceof Failure.NotPermitted no && no.everything());
        assertThat(first(Fault.status(429, "slow down"))).isInstanceOf(Failure.ServerBusy.class);
        assertThat(first(Fault.status(502, "bad gateway"))).isInstanceOf(Failure.Offline.class);
        assertThat(first(Fault.status(500, "Error processing request."))).isInstanceOf(Failure.Trouble.class);
        assertThat(first(Fault.status(418, "teapot"))).isInstanceOf(Failure.Trouble.class);
        assertThat(first(Fault.portal())).isInstanceOf(Failure.Corrupt.class);
        assertThat(first(Fault.noAnswer())).isInstanceOf(Failure.Offline.class);
        assertThat(first(Fault.cutAfter(50))).isInstanceOf(Failure.Offline.class);
        assertThat(desk.rejections).hasValue(0);
    }

    @Test
    @DisplayName("0.15 401 at an invisible library is «not permitted»: the sign-in is confirmed and kept")
    void invisibleLibrary() {
        DemoUser user = faulty.server().user();
        String view = desk.server.folders().getFirst().id();
        user.close(view);
        assertThat(failure(() -> desk.server.tracks(Optional.of(view), Page.FIRST, 5))).isInstanceOf(Failure.NotPermitted.class);
        assertThat(desk.rejections).hasValue(0);
        assertThat(desk.server.whoAmI()).isNotNull();
    }

    @Test
    void aDeadTokenIsToldOnceAndOnlyAfterUsersMeHasSaidSo() {
        faulty.server().revokeTokens();
        assertThat(failure(() -> desk.server.tracks(Optional.empty(), Page.FIRST, 5))).isInstanceOf(Failure.Unauthorised.class);
        assertThat(desk.rejections).hasValue(1);
        assertThat(faulty.asked("/Users/Me")).isEqualTo(1);
    }

    @Test
    void aServerThatDiesWhileTheTokenIsConfirmedSaysNothingAboutTheToken() {
        faulty.on("/Users/Me").does(Fault.noAnswer());
        faulty.on("/Items").does(Fault.status(401, ""));
        assertThat(failure(() -> desk.server.tracks(Optional.empty(), Page.FIRST, 5))).isInstanceOf(Failure.Offline.class);
        assertThat(desk.rejections).hasValue(0);
    }

    @Test
    @DisplayName("DESIGN 6: no call follows a redirect to another origin, a POST follows none, and no other origin ever sees the token")
    void redirects() {
        try (var other = FaultyServer.start()) {
            String elsewhere = other.url().replace("127.0.0.1", "localhost");
            for (int status : new int[]{301, 302, 303, 307, 308}) {
                assertThat(first(Fault.redirect(status, elsewhere + "/Items"))).isInstanceOfSatisfying(Failure.Invalid.class,
                        f -> assertThat(f.why()).contains("localhost"));
                faulty.on("/UserFavoriteItems/.*").does(Fault.redirect(status, faulty.url() + "/UserFavoriteItems/" + ID));
                assertThat(failure(() -> desk.server.setFavourite(ItemKind.TRACK, ID, true))).isInstanceOf(Failure.Invalid.class);
            }
            assertThat(other.server().requestCount()).isZero();
            faulty.heal();
            faulty.on("/Items").times(1).does(Fault.redirect(302, "/Items?recursive=true&includeItemTypes=Audio&limit=3"));
            assertThat(desk.server.tracks(Optional.empty(), Page.FIRST, 3).items()).hasSize(3);
            faulty.on("/Items").does(Fault.redirect(302, "/Items"));
            assertThat(failure(() -> desk.server.tracks(Optional.empty(), Page.FIRST, 3))).isInstanceOf(Failure.Invalid.class);
        }
    }

    @Test
    @DisplayName("0.17 the token is in no address, no request line, no text of ours and no sentence")
    void tokenStaysInTheHeader() {
        String token = desk.signedIn.token();
        var server = desk.server;
        var requests = List.of(server.download(ID), server.stream(ID), server.image(ID, "t", 320),
                server.transcoded(ID, Quality.OPUS_128).orElseThrow());
        assertThat(requests).allSatisfy(r -> {
            assertThat(r.url().toString()).doesNotContain(token).doesNotContainIgnoringCase("api_key").doesNotContainIgnoringCase("apikey");
            assertThat(r.toString()).doesNotContain(token);
        });
        assertThat(server.image(ID, "t", 320).headers().toString()).doesNotContain(token);
        assertThat(desk.signedIn.toString()).doesNotContain(token);
        server.tracks(Optional.empty(), Page.FIRST, 3);
        server.started(new PlayReport(server.tracks(Optional.empty(), Page.FIRST, 1).items().getFirst().id(), "s", Duration.ZERO, false, 50,
                PlayReport.Method.DIRECT));
        assertThat(faulty.server().requests()).allSatisfy(r -> assertThat(r.target()).doesNotContain(token));
        faulty.on("/Items").does(Fault.noAnswer());
        var thrown = org.assertj.core.api.Assertions.catchThrowable(() -> server.tracks(Optional.empty(), Page.FIRST, 3));
        for (Throwable t = thrown; t != null; t = t.getCause()) assertThat(t.toString()).doesNotContain(token);
    }

    @Test
    @DisplayName("every value of the header is percent-encoded: a server that form-decodes them reads what we meant")
    void header() {
        var identity = new ClientIdentity("Waxwing", "a \"b\", c+d=ü", "x+y/z==", "1.0");
        assertThat(identity.authorization(Optional.of("t+k"))).isEqualTo(
                "MediaBrowser Client=\"Waxwing\", Device=\"a%20%22b%22%2C%20c%2Bd%3D%C3%BC\", DeviceId=\"x%2By%2Fz%3D%3D\", Version=\"1.0\", Token=\"t%2Bk\"");
    }

    @Test
    void transcodesHaveASessionOfTheirOwnEachTime() {
        var one = desk.server.transcoded(ID, Quality.MP3_320).orElseThrow();
        var two = desk.server.transcoded(ID, Quality.MP3_320).orElseThrow();
        assertThat(one.url()).isNotEqualTo(two.url());
        assertThat(one.url().toString()).contains("/stream.mp3").contains("audioBitRate=320000");
        assertThat(one.resumable()).isFalse();
        assertThat(desk.server.transcoded(ID, Quality.ORIGINAL)).isEmpty();
    }

    @Test
    @DisplayName("Quality: a transcode that is given up is told to the server by device and play session; one that cannot be told is no trouble")
    void transcodesAreCalledOff() {
        MediaRequest transcode = desk.server.transcoded(ID, Quality.OPUS_128).orElseThrow();
        desk.server.giveUp(transcode);
        var told = faulty.server().requests().getLast();
        assertThat(told.method()).isEqualTo("DELETE");
        assertThat(told.path()).isEqualTo("/Videos/ActiveEncodings");
        for (String name : List.of("deviceId", "playSessionId")) {
            assertThat(told.param(name)).isPresent();
            assertThat(transcode.url().getQuery()).contains(name + "=" + told.param(name).orElseThrow());
        }
        faulty.on("/Videos/ActiveEncodings").does(Fault.noAnswer());
        desk.server.giveUp(transcode);
        desk.server.giveUp(desk.server.download(ID));
    }

    @Test
    void stoppedAlwaysSaysWhere() {
        String id = desk.server.tracks(Optional.empty(), Page.FIRST, 1).items().getFirst().id();
        desk.server.stopped(new PlayReport(id, "s", Duration.ZERO, false, 50, PlayReport.Method.DIRECT));
        var body = faulty.server().requests().getLast();
        assertThat(new String(body.body(), java.nio.charset.StandardCharsets.UTF_8)).contains("\"PositionTicks\":0");
    }

    @Test
    void pagesGoOnThroughHolesAndEndByTheCount() {
        faulty.on("/Items").does((request, next) -> {
            assertThat(request.param("enableTotalRecordCount"))
                    .contains(request.param("startIndex").equals(Optional.of("0")) ? "true" : "false");
            if (request.param("startIndex").equals(Optional.of("5"))) {
                return JellyfinServerTest.json("{\"Items\":[],\"TotalRecordCount\":0}").answer(request, next);
            }
            return next.answer(request);
        });
        assertThat(JellyfinServerTest.all(c -> desk.server.tracks(Optional.empty(), c, 5))).hasSize(20);
    }

    @Test
    void aCountThatCannotBeTrueEndsTooAndManyIdsGoInParts() {
        faulty.on("/Items").does(JellyfinServerTest.json("{\"Items\":[],\"TotalRecordCount\":9000000000000}"));
        assertThat(JellyfinServerTest.all(c -> desk.server.tracks(Optional.empty(), c, 5))).isEmpty();
        assertThat(faulty.asked("/Items")).isLessThan(60);
        faulty.heal();
        faulty.server().forgetRequests();
        var ids = java.util.stream.IntStream.range(1, 451).mapToObj("%032x"::formatted).toList();
        assertThat(desk.server.tracks(ids)).isEmpty();
        assertThat(faulty.asked("/Items")).isEqualTo(3);
        assertThat(faulty.server().requests()).allSatisfy(r -> assertThat(r.target().length()).isLessThan(8000));
    }

    @Test
    @DisplayName("12.0 lets a track stand twice in a list: removing one copy leaves the other")
    void oneOfTwoCopies() {
        try (var twelve = FaultyServer.start(DemoOptions.USUAL.version(ServerVersion.V12_0))) {
            var server = new Desk(twelve.url()).server;
            var t = server.tracks(Optional.empty(), Page.FIRST, 3).items();
            var editing = server.playlistEditing().orElseThrow();
            String list = editing.create("twice", List.of(t.get(0).id(), t.get(1).id()));
            editing.add(list, List.of(t.get(0).id(), t.get(2).id()));
            var entries = JellyfinServerTest.all(c -> server.playlistEntries(list, c, 50));
            assertThat(entries).hasSize(4);
            editing.remove(list, List.of(entries.getFirst()));
            assertThat(JellyfinServerTest.all(c -> server.playlistEntries(list, c, 50))).extracting(e -> e.trackId())
                    .containsExactly(t.get(1).id(), t.get(0).id(), t.get(2).id());
        }
    }

    @Test
    void startUpIsWaitedForAndAStubIsNoUnfinishedSetUp() {
        var probe = new JellyfinProbe(new OkHttpClient.Builder().followRedirects(false).build());
        URI url = URI.create(faulty.url());
        faulty.on("/System/Info/Public")
                .does(JellyfinServerTest.json("{\"version\":\"10.11.0\",\"serverName\":\"x\",\"startupWizardCompleted\":false}"));
        faulty.on("/Users/Public").does(Fault.starting(5));
        assertThat(failure(() -> probe.look(url))).isInstanceOf(Failure.ServerBusy.class);
        faulty.heal();
        faulty.on("/System/Info/Public").does(Fault.starting(5));
        assertThat(failure(() -> probe.look(url))).isInstanceOf(Failure.ServerBusy.class);
        faulty.heal();
        faulty.on("/System/Info/Public").does(JellyfinServerTest.json("{\"Version\":\"10.8.13\",\"Id\":\"x\",\"ServerName\":\"old\"}"));
        assertThat(failure(() -> probe.look(url))).isInstanceOfSatisfying(Failure.Invalid.class,
                f -> assertThat(f.why()).contains("10.9 or newer"));
        faulty.heal();
        faulty.on("/System/Info/Public").does(Fault.portal());
        assertThat(failure(() -> probe.look(url))).isInstanceOf(Failure.Invalid.class);
        faulty.heal();
        assertThat(probe.look(url).info().version()).isEqualTo("10.11.11");
    }
}
