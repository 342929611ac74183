package app.waxwing.demo;

import app.waxwing.base.SystemTime;
import app.waxwing.base.Time;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Jellyfin server in this process, on loopback only, with one library and the account [#USER]. Nothing it learns outlives it.
/// Any thread may call.
public final class DemoServer implements AutoCloseable {
    public static final String USER = "demo";
    public static final String PASSWORD = "demo";
    /// The log keeps the last so many requests.
    static final int LOG_LIMIT = 20_000;
    private static final Logger LOG = LoggerFactory.getLogger(DemoServer.class);

    private final DemoOptions options;
    private final Shelf shelf;
    private final People people;
    private final Router router;
    private final Time time;
    private final int port;
    private volatile HttpListener listener;
    private final Push push;
    private final SystemTime own;
    private final Deque<Request> seen = new ArrayDeque<>();
    private long count;
    private Discovery discovery = Discovery.OFF;

    private DemoServer(DemoLibrary library, DemoOptions options, SystemTime own, Time time) throws IOException {
        this.options = options;
        this.own = own;
        this.time = time;
        shelf = new Shelf(library);
        people = new People(time);
        people.add(new DemoUser(USER, PASSWORD));
        push = new Push(shelf, time, options);
        router = new Router(people, options.version());
        var dtos = new Dtos(shelf, options.version());
        listener = new HttpListener(options.port(), time, this::answer);
        port = listener.port();
        var system = new SystemRoutes(shelf, people, options, this::url);
        system.register(router);
        new SignInRoutes(shelf, people, options).register(router);
        new PlayRoutes(shelf, people, dtos, time, push).register(router);
        new PlaylistRoutes(shelf, dtos, time, options.version()).register(router);
        new FileRoutes(shelf, options.version()).register(router);
        new PlaybackInfoRoutes(shelf, dtos).register(router);
        new BrowseRoutes(shelf, dtos, options.version()).register(router);
        router.open("GET", "/socket", push::upgrade);
        if (options.discovery()) discovery = Discovery.start(system::discoveryAnswer);
        LOG.debug("demonstration server at {}", url());
    }

    /// Starts the usual server: newest stable version, no base path, no faults.
    ///
    /// @param port 0 for any free one
    public static DemoServer start(DemoLibrary library, int port) throws IOException {
        return start(library, DemoOptions.USUAL.port(port));
    }

    public static DemoServer start(DemoLibrary library, DemoOptions options) throws IOException {
        var time = new SystemTime();
        try {
            return new DemoServer(library, options, time, time);
        } catch (IOException e) {
            time.close();
            throw e;
        }
    }

    /// Where it answers, with the base path and without a slash at the end.
    public String url() {
        return "http://127.0.0.1:" + port() + options.basePath();
    }

    public int port() {
        return port;
    }

    /// The library as it is now; tests change it here.
    public Shelf shelf() {
        return shelf;
    }

    /// The account [#USER].
    public DemoUser user() {
        return people.byName(USER).orElseThrow();
    }

    /// Adds an account.
    public DemoUser addUser(String name, String password) {
        return people.add(new DemoUser(name, password));
    }

    /// Ends every sign-in: all tokens are unknown from now on.
    public void revokeTokens() {
        people.revokeAll();
    }

    /// Approves a Quick Connect code as [#USER], as if typed into another client.
    ///
    /// @return false when no such code waits
    public boolean approve(String code) {
        return people.approve(code, user());
    }

    /// Cuts every open connection; new ones are taken as before.
    public void dropConnections() {
        listener.dropConnections();
    }

    /// Lets the port go dead: connections are refused, all else is kept.
    public void down() {
        push.closeSockets();
        listener.close();
    }

    /// Answers again at the same port after [#down].
    public void up() throws IOException {
        listener = new HttpListener(port, time, this::answer);
    }

    /// Sends a message to the user's open sockets, such as a remote control command.
    ///
    /// @param json the message's `Data`
    public void push(DemoUser to, String messageType, String json) {
        push.send(to, messageType, Json.MAPPER.readTree(json));
    }

    /// How many WebSockets are open.
    public int sockets() {
        return push.sockets();
    }

    /// The last requests, oldest first.
    public List<Request> requests() {
        synchronized (seen) {
            return new ArrayList<>(seen);
        }
    }

    /// How many requests came in all.
    public long requestCount() {
        synchronized (seen) {
            return count;
        }
    }

    /// Empties the log of requests.
    public void forgetRequests() {
        synchronized (seen) {
            seen.clear();
            count = 0;
        }
    }

    @Override
    public void close() {
        discovery.close();
        push.close();
        listener.close();
        own.close();
    }

    Router router() {
        return router;
    }

    private Response answer(Request request) throws IOException {
        synchronized (seen) {
            count++;
            seen.addLast(request);
            if (seen.size() > LOG_LIMIT) seen.removeFirst();
        }
        return options.interceptor().answer(request, this::route);
    }

    private Response route(Request request) throws IOException {
        String base = options.basePath();
        if (base.isEmpty()) return router.answer(request);
        if (!request.path().regionMatches(true, 0, base + "/", 0, base.length() + 1))
            return Response.status(302).with("Location", base + "/web/");
        return router.answer(request.withPath(request.path().substring(base.length())));
    }
}
