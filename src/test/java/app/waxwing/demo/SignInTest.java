package app.waxwing.demo;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.JellyfinCalls;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may come in, and how a token is told (reference: sections 1 and 2).
class SignInTest {
    private DemoServer server;
    private JellyfinCalls calls;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        calls = new JellyfinCalls(server.url());
    }

    @AfterEach
    void stop() {
        calls.close();
        server.close();
    }

    @Test
    void aWrongPasswordIs401AndTooManyDisableTheAccount() {
        server.user().lockoutAfter(3);
        for (int i = 0; i < 3; i++) assertThat(tryPassword("wrong").statusCode()).isEqualTo(401);
        assertThat(tryPassword(DemoServer.PASSWORD).statusCode()).isEqualTo(403);
        server.user().disabled(false);
        assertThat(tryPassword(DemoServer.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void aSignInWithoutDeviceIs400() {
        var answer = calls.send("POST", "/Users/AuthenticateByName",
                "{\"Username\":\"demo\",\"Pw\":\"demo\"}".getBytes(StandardCharsets.UTF_8), "Content-Type",
                "application/json", "Authorization", "MediaBrowser Client=\"x\"");
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void signingInAgainOnTheSameDeviceEndsTheEarlierToken() {
        calls.login(DemoServer.USER, DemoServer.PASSWORD);
        try (var again = new JellyfinCalls(server.url()).login(DemoServer.USER, DemoServer.PASSWORD);
                var other = new JellyfinCalls(server.url(), "other").login(DemoServer.USER, DemoServer.PASSWORD)) {
            assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(401);
            assertThat(calls.get("/Users/Me").body()).isEmpty();
            assertThat(again.get("/Users/Me").statusCode()).isEqualTo(200);
            assertThat(other.post("/Sessions/Logout", "").statusCode()).isEqualTo(204);
            assertThat(other.get("/Users/Me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void headerValuesAreUrlDecoded() {
        var answer = calls.send("POST", "/QuickConnect/Initiate", new byte[0], "Authorization",
                "MediaBrowser Client=\"Wax%20wing\", Device=\"K%C3%BCche\", DeviceId=\"a+b%2Bc\", Version=\"1\"");
        var pairing = JellyfinCalls.json(answer);
        assertThat(pairing.path("DeviceName").asString()).isEqualTo("Küche");
        assertThat(pairing.path("AppName").asString()).isEqualTo("Wax wing");
        assertThat(pairing.path("DeviceId").asString()).isEqualTo("a b+c");
    }

    @Test
    void quickConnectSignsInOnceApproved() {
        var pairing = JellyfinCalls.json(calls.post("/QuickConnect/Initiate", ""));
        String secret = pairing.path("Secret").asString();
        assertThat(secret).hasSize(64);
        assertThat(calls.read("/QuickConnect/Connect?secret=" + secret).path("Authenticated").asBoolean()).isFalse();
        assertThat(calls.get("/QuickConnect/Connect?secret=00").statusCode()).isEqualTo(404);
        assertThat(server.approve("000000x")).isFalse();
        assertThat(server.approve(pairing.path("Code").asString())).isTrue();
        assertThat(calls.read("/QuickConnect/Connect?secret=" + secret).path("Authenticated").asBoolean()).isTrue();
        assertThat(calls.post("/Users/AuthenticateWithQuickConnect", "{\"Secret\":\"" + secret + "\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void quickConnectMayBeOff() throws IOException {
        try (var off = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.quickConnect(false));
                var there = new JellyfinCalls(off.url())) {
            assertThat(new String(there.get("/QuickConnect/Enabled").body(), StandardCharsets.UTF_8)).isEqualTo("false");
            assertThat(there.post("/QuickConnect/Initiate", "").statusCode()).isEqualTo(401);
        }
    }

    static Stream<ServerVersion> versions() {
        return Stream.of(ServerVersion.V10_9, ServerVersion.V10_10, ServerVersion.V10_11, ServerVersion.V12_0);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void oldFormsOfTheTokenEndWith12(ServerVersion version) throws IOException {
        try (var s = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.version(version));
                var c = new JellyfinCalls(s.url()).login(DemoServer.USER, DemoServer.PASSWORD)) {
            int old = version.atLeast(12) ? 401 : 200;
            assertThat(c.get("/Users/Me?api_key=" + c.token(), "Authorization", "").statusCode()).isEqualTo(old);
            assertThat(c.get("/Users/Me", "Authorization", "", "X-Emby-Token", c.token()).statusCode()).isEqualTo(old);
            assertThat(c.get("/Users/Me", "Authorization", "", "X-MediaBrowser-Token", c.token()).statusCode()).isEqualTo(old);
            assertThat(c.get("/Users/Me", "Authorization", "", "X-Emby-Authorization", c.authorization()).statusCode()).isEqualTo(old);
            assertThat(c.get("/Users/Me", "Authorization", c.authorization().replace("MediaBrowser", "Emby")).statusCode()).isEqualTo(old);
            assertThat(c.get("/Users/Me?ApiKey=" + c.token(), "Authorization", "").statusCode()).isEqualTo(200);
            assertThat(c.get("/QuickConnect/Initiate").statusCode()).isEqualTo(version.atLeast(12) ? 405 : 200);
            assertThat(c.read("/System/Info/Public").path("Version").asString()).isEqualTo(version.text());
        }
    }

    @Test
    void versionsAreComparedByNumbers() {
        assertThat(ServerVersion.V10_9.atLeast(10, 10)).isFalse();
        assertThat(ServerVersion.V12_0.atLeast(10, 11)).isTrue();
        assertThat(new ServerVersion("10.11.0").atLeast(10, 9, 11)).isTrue();
    }

    @Test
    void aBasePathRedirectsEverythingElse() throws IOException {
        try (var s = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.basePath("/jellyfin"));
                var root = new JellyfinCalls("http://127.0.0.1:" + s.port());
                var c = new JellyfinCalls(s.url()).login(DemoServer.USER, DemoServer.PASSWORD)) {
            var answer = root.get("/System/Info/Public");
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).contains("/jellyfin/web/");
            assertThat(c.get("/Users/Me").statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<byte[]> tryPassword(String password) {
        return calls.post("/Users/AuthenticateByName", "{\"Username\":\"demo\",\"Pw\":\"" + password + "\"}");
    }
}
