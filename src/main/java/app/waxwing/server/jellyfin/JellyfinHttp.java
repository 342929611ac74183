package app.waxwing.server.jellyfin;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.server.wire.JsonObject;
import app.waxwing.server.wire.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Sends requests to one server and turns what comes back into JSON or a [FailureException]. A GET follows redirects within the server's own
/// origin, anything else follows none; the token goes to that origin alone, in the header alone. Requests that change something are sent once: OkHttp
/// must not repeat them by itself (one-shot bodies), because servers count failed passwords and plays.
final class JellyfinHttp {
    private static final Logger LOG = LoggerFactory.getLogger(JellyfinHttp.class);
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final JsonMapper WRITER = JsonMapper.builder().build();
    private static final int REDIRECTS = 5;

    private final JellyfinConnection connection;
    private final OkHttpClient once;
    private final HttpUrl base;
    private final ReentrantLock recheck = new ReentrantLock();
    private volatile long rechecks;
    private volatile boolean alive = true;
    private volatile @Nullable Instant serverTime;

    JellyfinHttp(JellyfinConnection connection) {
        this.connection = connection;
        this.once = connection.client().newBuilder().retryOnConnectionFailure(false).build();
        this.base = base(connection.url());
    }

    static HttpUrl base(URI url) {
        HttpUrl parsed = HttpUrl.parse(url.toString());
        if (parsed == null) throw new Failure.Invalid("«" + url + "» is not an address of a server").asException();
        return parsed;
    }

    Optional<Instant> serverTime() {
        return Optional.ofNullable(serverTime);
    }

    URI url(Ask ask) {
        return ask.url(base).uri();
    }

    Map<String, String> headers() {
        return Map.of("Authorization", authorization(), "Accept-Encoding", "identity");
    }

    JsonObject object(Ask ask) {
        return object(ask, JsonReader.LIMIT);
    }

    JsonObject object(Ask ask, long limit) {
        return send(ask, response -> JsonReader.object(json(response), limit, server()));
    }

    /// @param answer without its items
    /// @param items what the reader made of them
    record Listed<T>(JsonObject answer, List<T> items) {}

    /// A list of which only what `reader` makes of each item is kept.
    <T> Listed<T> list(Ask ask, Function<JsonObject, Optional<T>> reader) {
        return send(ask, response -> {
            List<T> items = new ArrayList<>();
            JsonObject answer = JsonReader.object(json(response), JsonReader.LIMIT, server(), o -> reader.apply(o).ifPresent(items::add));
            return new Listed<>(answer, items);
        });
    }

    private InputStream json(Response response) {
        String type = response.header("Content-Type", "");
        if (type.startsWith("text/html")) throw new Failure.Corrupt("The answer of " + server()).asException();
        return response.body().byteStream();
    }

    boolean flag(Ask ask) {
        return send(ask, response -> JsonReader.flag(response.body().byteStream(), server()));
    }

    /// For answers that hold nothing of use.
    void done(Ask ask) {
        send(ask, response -> true);
    }

    static String json(Map<String, ?> values) {
        return WRITER.writeValueAsString(values);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(Response response) throws IOException;
    }

    private <T> T send(Ask ask, Reading<T> reading) {
        long before = rechecks;
        try (Response response = execute(ask, authorization())) {
            if (response.isSuccessful()) {
                if (signedIn()) connection.accepted().run();
                return reading.read(response);
            }
            LOG.debug("{} answered {}", ask, response.code());
            if (response.code() == 401 && signedIn()) {
                if (!ask.path().equals("Users/Me")) throw refused(ask, before);
                connection.rejected().run(); // that was the question itself
            }
            throw JellyfinStatus.failure(response, server()).asException();
        } catch (IOException e) {
            LOG.debug("{} failed: {}", ask, e.toString());
            throw new FailureException(Trouble.of(e, base.host(), server()), e);
        }
    }

    /// A 401 may also mean «not permitted» (an invisible library), so only `/Users/Me` tells whether the token is dead. Requests that fail together
    /// share one such question.
    private FailureException refused(Ask ask, long before) {
        recheck.lock();
        try {
            if (rechecks == before) {
                alive = tokenLives();
                rechecks++;
                if (!alive) connection.rejected().run();
            }
        } finally {
            recheck.unlock();
        }
        LOG.info("{} was refused; the sign-in {}", ask, alive ? "is still good" : "is not accepted any more");
        return alive ? new Failure.NotPermitted("to see or do that").asException() : new Failure.Unauthorised(server()).asException();
    }

    private boolean tokenLives() {
        try (Response response = execute(Ask.get("Users/Me"), authorization())) {
            if (response.isSuccessful()) return true;
            if (response.code() == 401) return false;
            throw JellyfinStatus.failure(response, server()).asException();
        } catch (IOException e) {
            throw new FailureException(Trouble.of(e, base.host(), server()), e);
        }
    }

    private Response execute(Ask ask, String authorization) throws IOException {
        HttpUrl url = ask.url(base);
        for (int hops = 0;; hops++) {
            var request = new Request.Builder().url(url).header("Authorization", authorization).header("Accept", "application/json");
            boolean reads = ask.verb().equals("GET");
            if (!reads) request.method(ask.verb(), ask.verb().equals("POST") || !ask.body().isEmpty() ? new Once(ask.body()) : null);
            Response response = (reads ? connection.client() : once).newCall(request.build()).execute();
            Instant date = date(response);
            if (date != null) serverTime = date;
            if (!response.isRedirect()) return response;
            try (response) {
                HttpUrl target = url.resolve(response.header("Location", ""));
                if (!reads || hops >= REDIRECTS || target == null || !sameOrigin(target, base)) throw moved(target);
                url = target;
            }
        }
    }

    private FailureException moved(@Nullable HttpUrl target) {
        String where = target == null ? "nowhere" : target.scheme() + "://" + target.host() + ":" + target.port();
        return new Failure.Invalid(server() + " sends its callers on to " + where
                + "; if that is right, sign in again with the new address").asException();
    }

    static boolean sameOrigin(HttpUrl a, HttpUrl b) {
        return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
    }

    private static @Nullable Instant date(Response response) {
        Date date = response.headers().getDate("Date");
        return date == null ? null : date.toInstant();
    }

    private boolean signedIn() {
        return connection.token().get().isPresent();
    }

    private String authorization() {
        return connection.identity().authorization(connection.token().get());
    }

    String server() {
        return connection.server();
    }

    /// A body that OkHttp may send one time only.
    private static final class Once extends RequestBody {
        private final byte[] bytes;

        Once(String json) {
            bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable MediaType contentType() {
            return bytes.length == 0 ? null : JSON;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
