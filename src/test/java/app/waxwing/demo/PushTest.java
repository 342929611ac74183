package app.waxwing.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.testing.JellyfinCalls;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The WebSocket and the discovery datagram (reference: sections 8 and 2).
class PushTest {
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

    @Test
    void changesOfTheLibraryComeOnceWhenItRests() throws Exception {
        try (var server = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.libraryQuiet(Duration.ofMillis(300)));
                var calls = new JellyfinCalls(server.url()).login(DemoServer.USER, DemoServer.PASSWORD);
                var http = HttpClient.newHttpClient()) {
            var socket = connect(http, server, calls.authorization());
            assertThat(next("ForceKeepAlive").path("Data").asInt()).isEqualTo(60);
            socket.sendText("{\"MessageType\":\"KeepAlive\"}", true);
            next("KeepAlive");

            var track = server.shelf().start().tracks().getFirst();
            server.shelf().put(track.named("Other"), Instant.EPOCH);
            server.shelf().remove(server.shelf().start().tracks().get(1).id());
            var data = next("LibraryChanged").path("Data");
            assertThat(data.path("ItemsUpdated").get(0).asString()).isEqualTo(track.id());
            assertThat(data.path("ItemsRemoved").size()).isEqualTo(1);

            calls.post("/UserFavoriteItems/" + track.id(), "");
            var changed = next("UserDataChanged").path("Data");
            assertThat(changed.path("UserId").asString()).isEqualTo(calls.userId());
            assertThat(changed.path("UserDataList").size()).as("the track and its album").isEqualTo(2);

            server.push(server.user(), "Playstate", "{\"Command\":\"Pause\"}");
            assertThat(next("Playstate").path("Data").path("Command").asString()).isEqualTo("Pause");
            socket.abort();
        }
    }

    @Test
    @DisplayName("A playlist deleted by one of its devices is told to the others as removed when the library rests, as one that was made or changed is")
    void deletedPlaylistsAreTold() throws Exception {
        try (var server = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.libraryQuiet(Duration.ofMillis(300)));
                var calls = new JellyfinCalls(server.url()).login(DemoServer.USER, DemoServer.PASSWORD);
                var other = new JellyfinCalls(server.url(), "another device").login(DemoServer.USER, DemoServer.PASSWORD);
                var http = HttpClient.newHttpClient()) {
            var socket = connect(http, server, calls.authorization());
            next("ForceKeepAlive");
            String id = JellyfinCalls.json(other.post("/Playlists", "{\"Name\":\"For the train\",\"Ids\":[]}")).path("Id").asString();
            assertThat(ids(next("LibraryChanged"), "ItemsAdded")).containsExactly(id);
            assertThat(other.send("DELETE", "/Items/" + id, new byte[0]).statusCode()).isEqualTo(204);
            var told = next("LibraryChanged");
            assertThat(ids(told, "ItemsRemoved")).containsExactly(id);
            assertThat(ids(told, "ItemsUpdated")).isEmpty();
            socket.abort();
        }
    }

    private static List<String> ids(JsonNode message, String list) {
        return message.path("Data").path(list).valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void aSilentSocketIsRemindedAndDropped() throws Exception {
        try (var server = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.keepAlive(Duration.ofMillis(800)));
                var calls = new JellyfinCalls(server.url()).login(DemoServer.USER, DemoServer.PASSWORD);
                var http = HttpClient.newHttpClient()) {
            connect(http, server, calls.authorization());
            next("ForceKeepAlive");
            next("ForceKeepAlive");
            next("closed");
        }
    }

    @Test
    void aBadTokenIs403() throws IOException {
        try (var server = DemoServer.start(DemoLibrary.bundled(), 0); var http = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> connect(http, server, "MediaBrowser Token=\"wrong\"")).isInstanceOf(ExecutionException.class)
                    .rootCause().hasMessageContaining("403");
        }
    }

    @Test
    void theServerIsFoundByDatagram() throws IOException {
        try (var server = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL.discovery(true)); var socket = new DatagramSocket()) {
            byte[] question = "who is JellyfinServer?".getBytes(StandardCharsets.UTF_8);
            socket.setSoTimeout(60_000);
            socket.send(new DatagramPacket(question, question.length, InetAddress.getLoopbackAddress(), Discovery.PORT));
            var answer = new DatagramPacket(new byte[2000], 2000);
            socket.receive(answer);
            var json = JsonMapper.shared().readTree(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8));
            assertThat(json.path("Address").asString()).isEqualTo(server.url());
        }
    }

    private WebSocket connect(HttpClient http, DemoServer server, String authorization) throws InterruptedException, ExecutionException {
        return http.newWebSocketBuilder().header("Authorization", authorization)
                .buildAsync(URI.create(server.url().replace("http", "ws") + "/socket"),
                        new WebSocket.Listener() {
                            private final StringBuilder text = new StringBuilder();

                            @Override
                            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                                text.append(data);
                                if (last) {
                                    messages.add(JsonMapper.shared().readTree(text.toString()));
                                    text.setLength(0);
                                }
                                socket.request(1);
                                return null;
                            }

                            @Override
                            public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                                messages.add(JsonMapper.shared().createObjectNode().put("MessageType", "closed"));
                                return null;
                            }
                        })
                .get();
    }

    private JsonNode next(String type) throws InterruptedException {
        var message = messages.poll(60, TimeUnit.SECONDS);
        assertThat(message).as("a message " + type).isNotNull();
        assertThat(message.path("MessageType").asString()).isEqualTo(type);
        return message;
    }
}
