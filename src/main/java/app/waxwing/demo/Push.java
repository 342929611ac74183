package app.waxwing.demo;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The WebSocket `/socket`: keep-alive, library changes when the library has rested, a user's own changes half a second after.
final class Push implements Shelf.Watcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Push.class);
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Duration USER_QUIET = Duration.ofMillis(500);

    private final Shelf shelf;
    private final Time time;
    private final DemoOptions options;
    private final Map<WebSocketWire, DemoUser> open = new ConcurrentHashMap<>();
    private final Set<String> added = new LinkedHashSet<>();
    private final Set<String> updated = new LinkedHashSet<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private final Map<DemoUser, Map<String, Item>> touched = new LinkedHashMap<>();
    private Subscription libraryTimer = () -> {};
    private Subscription userTimer = () -> {};

    Push(Shelf shelf, Time time, DemoOptions options) {
        this.shelf = shelf;
        this.time = time;
        this.options = options;
        shelf.watch(this);
    }

    /// Takes the connection over. A bad token is 403 here, not 401.
    Response upgrade(Call call) {
        var request = call.request();
        if (!request.header("Upgrade").orElse("").equalsIgnoreCase("websocket")) throw HttpProblem.thrown(400);
        if (!call.signedIn()) throw HttpProblem.thrown(403);
        String key = request.header("Sec-WebSocket-Key").orElseThrow(() -> HttpProblem.thrown(400));
        return Response.status(101).with("Upgrade", "websocket").with("Connection", "Upgrade").with("Sec-WebSocket-Accept", accept(key))
                .with(Response.Framing.NONE).with((in, out) -> serve(in, out, call.login().user()));
    }

    private void serve(InputStream in, OutputStream out, DemoUser user) throws IOException {
        var wire = new WebSocketWire(in, out);
        long seconds = options.keepAlive().toSeconds();
        out.flush();
        open.put(wire, user);
        var watch = new KeepAlive(wire);
        try {
            wire.send(message("ForceKeepAlive", number(seconds)));
            for (String text = wire.receive(); text != null; text = wire.receive())
                if (type(text).equals("KeepAlive")) {
                    watch.again();
                    wire.send(message("KeepAlive", null));
                }
        } finally {
            watch.stop();
            open.remove(wire);
        }
    }

    /// Reminds after three quarters of the time, drops after the whole; only KeepAlive messages count.
    private final class KeepAlive {
        private final WebSocketWire wire;
        private Subscription reminder = () -> {};
        private Subscription end = () -> {};

        KeepAlive(WebSocketWire wire) {
            this.wire = wire;
            again();
        }

        synchronized void again() {
            stop();
            reminder = time.after(options.keepAlive().multipliedBy(3).dividedBy(4),
                    () -> deliver(wire, message("ForceKeepAlive", number(options.keepAlive().toSeconds()))));
            end = time.after(options.keepAlive(), wire::close);
        }

        synchronized void stop() {
            reminder.close();
            end.close();
        }
    }

    @Override
    public void changed(Set<String> plus, Set<String> other, Set<String> minus) {
        synchronized (this) {
            added.addAll(plus);
            updated.addAll(other);
            removed.addAll(minus);
            libraryTimer.close();
            libraryTimer = time.after(options.libraryQuiet(), this::sendLibrary);
        }
    }

    /// Half a second after the last change one message a user, with the track's album beside it.
    void userData(DemoUser user, Item item) {
        synchronized (this) {
            var items = touched.computeIfAbsent(user, _ -> new LinkedHashMap<>());
            items.put(item.id(), item);
            if (item instanceof Item.Track t) shelf.item(t.albumId()).ifPresent(a -> items.put(a.id(), a));
            userTimer.close();
            userTimer = time.after(USER_QUIET, this::sendUserData);
        }
    }

    private void sendLibrary() {
        ObjectNode data = Json.MAPPER.createObjectNode();
        synchronized (this) {
            ids(data, "FoldersAddedTo", List.of());
            ids(data, "FoldersRemovedFrom", List.of());
            ids(data, "ItemsAdded", added);
            ids(data, "ItemsRemoved", removed);
            ids(data, "ItemsUpdated", updated);
            ids(data, "CollectionFolders", List.of());
            data.put("IsEmpty", added.isEmpty() && removed.isEmpty() && updated.isEmpty());
            added.clear();
            updated.clear();
            removed.clear();
        }
        String text = message("LibraryChanged", data);
        open.keySet().forEach(wire -> deliver(wire, text));
    }

    private static void ids(ObjectNode data, String name, Iterable<String> ids) {
        var array = data.putArray(name);
        ids.forEach(array::add);
    }

    private void sendUserData() {
        Map<DemoUser, Map<String, Item>> all;
        synchronized (this) {
            all = new LinkedHashMap<>(touched);
            touched.clear();
        }
        var dtos = new Dtos(shelf, options.version());
        all.forEach((user, items) -> {
            ObjectNode data = Json.MAPPER.createObjectNode().put("UserId", user.id());
            var list = data.putArray("UserDataList");
            items.values().forEach(i -> list.add(dtos.userData(i, user)));
            String text = message("UserDataChanged", data);
            new ArrayList<>(open.entrySet()).stream().filter(e -> e.getValue() == user).forEach(e -> deliver(e.getKey(), text));
        });
    }

    /// Sends any message to every socket of the user, for tests of remote control.
    void send(DemoUser user, String messageType, JsonNode data) {
        String text = message(messageType, data);
        open.forEach((wire, owner) -> {
            if (owner == user) deliver(wire, text);
        });
    }

    int sockets() {
        return open.size();
    }

    void closeSockets() {
        open.keySet().forEach(WebSocketWire::close);
    }

    @Override
    public void close() {
        synchronized (this) {
            libraryTimer.close();
            userTimer.close();
        }
        closeSockets();
    }

    private static void deliver(WebSocketWire wire, String text) {
        try {
            wire.send(text);
        } catch (IOException e) {
            LOG.debug("socket gone: {}", e.getMessage());
            wire.close();
        }
    }

    private static JsonNode number(long value) {
        return Json.MAPPER.getNodeFactory().numberNode(value);
    }

    private static String message(String type, @org.jspecify.annotations.Nullable JsonNode data) {
        var node = Json.MAPPER.createObjectNode().put("MessageType", type).put("MessageId", Shelf.normal(UUID.randomUUID().toString()));
        if (data != null) node.set("Data", data);
        return node.toString();
    }

    private static String type(String text) {
        try {
            return Json.MAPPER.readTree(text).path("MessageType").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
