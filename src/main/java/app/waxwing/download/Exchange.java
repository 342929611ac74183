package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.server.MediaRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One request with our own redirect loop: at most five, never from https to http, and the sign-in only to the origin it belongs to (B.10).
/// OkHttp would carry every header but `Authorization` to any host.
final class Exchange {
    private static final int MOST_REDIRECTS = 5;
    private static final String LOOK = "; look whether its address is right, and whether a proxy before it sends requests on";
    /// A server that has not begun to answer by then will not (B.15).
    private static final Duration HEAD = Duration.ofSeconds(15);
    private final OkHttpClient client;
    private final Duration whole;
    private final Time time;
    private boolean elsewhere;
    private volatile boolean stopped;
    private volatile @Nullable Call call;

    Exchange(OkHttpClient base, DownloadOptions options, Time time) {
        this.time = time;
        whole = options.connectTimeout().plus(head(options)).plus(options.floorWindow());
        client = base.newBuilder().followRedirects(false).followSslRedirects(false).cache(null)
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE).retryOnConnectionFailure(true).connectTimeout(options.connectTimeout())
                .readTimeout(head(options)).writeTimeout(options.readTimeout())
                .callTimeout(Duration.ZERO)
                // No HTTP/2: one slow disk would hold up every other stream of the connection (B.19).
                .protocols(java.util.List.of(Protocol.HTTP_1_1)).socketFactory(WideSockets.INSTANCE)
                .addNetworkInterceptor(chain -> headThenBody(chain, options.readTimeout())).build();
    }

    private static Duration head(DownloadOptions options) {
        return options.readTimeout().compareTo(HEAD) < 0 ? options.readTimeout() : HEAD;
    }

    /// The answer's head. Each silence on the way to it has its limit; one that comes letter by letter has one for the whole (B.15).
    private Response answer(Call next) throws IOException {
        var late = new AtomicBoolean();
        Subscription limit = time.after(whole, () -> {
            late.set(true);
            next.cancel();
        });
        try {
            return next.execute();
        } catch (IOException e) {
            if (!late.get()) throw e;
            var slow = new SocketTimeoutException("the answer's head did not come in time");
            slow.initCause(e);
            throw slow;
        } finally {
            limit.close();
        }
    }

    /// From the answer's head on the socket's own limit of silence is that of bodies (B.15). OkHttp's timer beside it would cost a lock for each 8 KiB.
    private static Response headThenBody(Interceptor.Chain chain, Duration silence) throws IOException {
        Response response = chain.proceed(chain.request());
        Connection connection = chain.connection();
        if (connection != null) connection.socket().setSoTimeout((int) silence.toMillis());
        response.body().source().timeout().clearTimeout();
        return response;
    }

    /// Asks for the bytes from `offset` on; with an offset above 0 only on condition that the version is the one of `ifRange`.
    ///
    /// @param until with an offset above 0: no more than up to this byte
    /// @throws FailureException when a redirect leads where we do not go
    Response send(MediaRequest request, long offset, Optional<String> ifRange, OptionalLong until) throws IOException {
        String range = "bytes=" + offset + "-" + (until.isPresent() ? until.getAsLong() - 1 : "");
        HttpUrl origin = url(request.url().toString());
        HttpUrl target = origin;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Request.Builder builder = new Request.Builder().url(target);
            if (sameOrigin(origin, target)) request.headers().forEach(builder::header);
            builder.header("Accept-Encoding", "identity");
            if (offset > 0 && ifRange.isPresent()) builder.header("Range", range).header("If-Range", ifRange.get());
            Call next = client.newCall(builder.build());
            call = next;
            if (stopped) throw new IOException("stopped");
            Response response = answer(next);
            Optional<HttpUrl> onward = redirect(response, target);
            if (onward.isEmpty()) {
                elsewhere = !sameOrigin(origin, target);
                return response;
            }
            response.close();
            target = onward.get();
        }
        throw new Failure.Trouble("The server", "it redirects in a circle" + LOOK).asException();
    }

    /// The last answer came from another origin than the one asked.
    boolean elsewhere() {
        return elsewhere;
    }

    /// The rest of the last answer is of no use: nothing of it is waited for, and another request may follow.
    void leave() {
        Call running = call;
        if (running != null) running.cancel();
    }

    /// Any thread; wakes whoever waits in [#send] or in the body.
    void stop() {
        stopped = true;
        Call running = call;
        if (running != null) running.cancel();
    }

    private static Optional<HttpUrl> redirect(Response response, HttpUrl from) {
        boolean redirects = switch (response.code()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        if (!redirects) return Optional.empty();
        String location = response.header("Location");
        HttpUrl to = location == null ? null : from.resolve(location);
        response.close();
        if (to == null) throw new Failure.Trouble("The server", "it redirects to nowhere" + LOOK).asException();
        if (from.isHttps() && !to.isHttps()) {
            throw new Failure.Trouble("The server", "it redirects to an address without encryption, where Waxwing does not go" + LOOK)
                    .asException();
        }
        return Optional.of(to);
    }

    private static boolean sameOrigin(HttpUrl a, HttpUrl b) {
        return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
    }

    private static HttpUrl url(String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) throw new Failure.Invalid("The server's address is not one for the web").asException();
        return url;
    }
}
