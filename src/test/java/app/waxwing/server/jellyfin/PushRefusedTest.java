package app.waxwing.server.jellyfin;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.server.MediaServer;
import app.waxwing.server.RemoteUserData;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.ServerKind;
import app.waxwing.server.ServerPush;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A server, or what stands before it, that opens no line.
class PushRefusedTest {
    private static final int SIZE = 18 << 20;
    private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final Map<String, List<Integer>> peers = new ConcurrentHashMap<>();

    private final class Ears implements ServerPush.Listener {
        @Override
        public void opened() {}

        @Override
        public void within(Duration silence) {}

        @Override
        public void heard() {}

        @Override
        public void libraryChanged(ServerPush.LibraryNews news) {}

        @Override
        public void userData(List<RemoteUserData> items) {}

        @Override
        public void ended(String why) {
            ended.add(why);
        }
    }

    private void answer(HttpExchange exchange, int code, int length) throws IOException {
        try (exchange) {
            peers.merge(exchange.getRequestURI().getPath(), List.of(exchange.getRemoteAddress().getPort()),
                    (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
            exchange.sendResponseHeaders(code, length);
            byte[] some = new byte[1 << 16];
            for (int left = length; left > 0; left -= some.length) exchange.getResponseBody().write(some, 0, Math.min(some.length, left));
        }
    }

    @Test
    @DisplayName("Issue 3: whoever answers 404 to /socket breaks no download: a body longer than a message may be comes whole over the shared client, "
            + "and no line goes over a connection that a download left")
    void downloadsAfterARefusal() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.createContext("/socket", e -> answer(e, 404, 20));
            server.createContext("/music", e -> answer(e, 200, SIZE));
            server.start();
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var shared = new OkHttpClient.Builder().followRedirects(false).build();
            var identity = new ClientIdentity("Waxwing", "desk", "device", "0.1.0");
            var push = new JellyfinServer(new JellyfinConnection(shared, url, "Test", identity, () -> Optional.of("token"), () -> {}),
                    new ServerInfo("id", "Test", "10.10.0", ServerKind.JELLYFIN), "0123456789abcdef0123456789abcdef",
                    new MediaServer.Permissions(true, true, false)).push().orElseThrow();
            OkHttpClient downloads = shared.newBuilder().protocols(List.of(Protocol.HTTP_1_1)).build();
            for (int i = 0; i < 3; i++) {
                push.open(new Ears());
                assertThat(ended.poll(60, TimeUnit.SECONDS)).contains("404");
                try (Response music = downloads.newCall(new Request.Builder().url(url + "/music").build()).execute()) {
                    assertThat(music.body().bytes()).hasSize(SIZE);
                }
            }
            assertThat(peers.get("/socket")).as("a connection each").doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(peers.get("/music"));
            shared.connectionPool().evictAll();
        } finally {
            server.stop(0);
        }
    }
}
