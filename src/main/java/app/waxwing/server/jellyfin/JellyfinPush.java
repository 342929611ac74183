package app.waxwing.server.jellyfin;

import app.waxwing.base.FailureException;
import app.waxwing.server.RemoteUserData;
import app.waxwing.server.ServerPush;
import app.waxwing.server.wire.JsonObject;
import app.waxwing.server.wire.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jellyfin's WebSocket `/socket`. The token goes in the header and to the server's own origin alone: no redirect is followed. Only the message
/// `KeepAlive` counts as a sign of life there, not a ping. Messages are asked for uncompressed, so that their length bounds what they take here.
/// OkHttp's pool gives a connection to any client that speaks the same, whatever made its socket: a bounded one must not come to a download.
final class JellyfinPush implements ServerPush {
    private static final Logger LOG = LoggerFactory.getLogger(JellyfinPush.class);
    private static final int NORMAL = 1000;
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final String KEEP_ALIVE = JellyfinHttp.json(Map.of("MessageType", "KeepAlive"));
    private final JellyfinHttp http;
    private final OkHttpClient client;
    /// Keeps nothing: whoever refuses to open a line leaves a connection behind, and no line goes over one that somebody else left.
    private final ConnectionPool alone = new ConnectionPool(0, 1, TimeUnit.SECONDS);
    private final String user;

    /// @param client follows no redirects
    JellyfinPush(JellyfinHttp http, OkHttpClient client, String user) {
        this.http = http;
        this.client = client;
        this.user = user;
    }

    @Override
    public Line open(Listener listener) {
        var sockets = new BoundedSockets(LIMIT + (64 << 10));
        OkHttpClient bounded = client.newBuilder().connectionPool(alone).socketFactory(sockets).addInterceptor(chain -> {
            Response answer = chain.proceed(chain.request().newBuilder().removeHeader(EXTENSIONS).build());
            return answer.newBuilder().removeHeader(EXTENSIONS).build();
        }).build();
        var request = new Request.Builder().url(http.url(Ask.get("socket")).toString()).header("Authorization",
                http.headers().get("Authorization"));
        WebSocket socket = bounded.newWebSocket(request.build(), new Ears(listener, sockets));
        return new Line() {
            @Override
            public void alive() {
                socket.send(KEEP_ALIVE);
            }

            @Override
            public void close() {
                if (!socket.close(NORMAL, null)) socket.cancel();
            }
        };
    }

    private final class Ears extends WebSocketListener {
        private final Listener listener;
        private final BoundedSockets sockets;
        private final AtomicBoolean ended = new AtomicBoolean();

        Ears(Listener listener, BoundedSockets sockets) {
            this.listener = listener;
            this.sockets = sockets;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            sockets.again();
            listener.opened();
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            sockets.again();
            listener.heard();
            try {
                hear(JsonReader.object(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LIMIT, http.server()));
            } catch (FailureException | IOException e) {
                LOG.info("a message of {} cannot be read: {}", http.server(), e.getMessage());
            }
        }

        private void hear(JsonObject message) {
            switch (message.text("MessageType").orElse("")) {
                case "ForceKeepAlive" ->
                    message.integer("Data").ifPresent(s -> listener.within(Duration.ofSeconds(Math.clamp(s, 1, 3_600))));
                case "LibraryChanged" -> message.object("Data").ifPresent(d -> listener.libraryChanged(
                        new LibraryNews(ids(d, "ItemsAdded"), ids(d, "ItemsUpdated"), ids(d, "ItemsRemoved"))));
                case "UserDataChanged" -> message.object("Data").filter(d -> ItemReader.id(d, "UserId").filter(user::equals).isPresent())
                        .ifPresent(d -> listener.userData(userData(d)));
                default -> {
                    // What other clients are told, and what newer servers say.
                }
            }
        }

        private List<RemoteUserData> userData(JsonObject data) {
            return data.objects("UserDataList").stream().flatMap(d -> ItemReader.userDataAlone(d).stream()).toList();
        }

        private Set<String> ids(JsonObject data, String name) {
            var ids = new LinkedHashSet<String>();
            data.texts(name).forEach(id -> ItemReader.normal(id).ifPresent(ids::add));
            return ids;
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(NORMAL, null);
            end("the server closed it (" + code + ")");
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            end("closed (" + code + ")");
        }

        @Override
        public void onFailure(WebSocket socket, Throwable trouble, @Nullable Response response) {
            end(response != null ? "answered " + response.code() : trouble.toString());
        }

        private void end(String why) {
            if (ended.compareAndSet(false, true)) listener.ended(why);
        }
    }
}
