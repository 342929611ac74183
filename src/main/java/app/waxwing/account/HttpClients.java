package app.waxwing.account;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/// The one OkHttp client of the program and its variants: all share connections and threads, none follows a redirect by itself, and a variant
/// trusts at most one certificate more than the system does. Only `server..`, `account` and `download` may touch OkHttp.
public final class HttpClients implements AutoCloseable {
    private final OkHttpClient base;
    private final ConnectionPool once = new ConnectionPool(0, 1, TimeUnit.SECONDS);
    private final Map<String, OkHttpClient> trusting = new ConcurrentHashMap<>();

    /// @param version of the program, for `User-Agent`
    public HttpClients(String version) {
        String agent = "Waxwing/" + version;
        Interceptor named = chain -> {
            Request request = chain.request();
            return chain.proceed(request.header("User-Agent") == null ? request.newBuilder().header("User-Agent", agent).build() : request);
        };
        base = PinnedTrust.install(new OkHttpClient.Builder(), Optional.empty()).followRedirects(false).followSslRedirects(false)
                .connectTimeout(5, TimeUnit.SECONDS).readTimeout(60, TimeUnit.SECONDS).writeTimeout(30, TimeUnit.SECONDS)
                .addInterceptor(named).build();
    }

    /// A client that trusts what the system trusts and, if given, one certificate more.
    ///
    /// @param fingerprint SHA-256 of that certificate, hex in pairs with colons
    public OkHttpClient client(Optional<String> fingerprint) {
        return fingerprint.map(f -> trusting.computeIfAbsent(f, one -> PinnedTrust.install(base.newBuilder(), Optional.of(one)).build()))
                .orElse(base);
    }

    /// The same with short patience, for probes and pings.
    ///
    /// @param millis for the whole call
    OkHttpClient quick(Optional<String> fingerprint, long millis) {
        return client(fingerprint).newBuilder().connectTimeout(millis, TimeUnit.MILLISECONDS).callTimeout(millis, TimeUnit.MILLISECONDS)
                .build();
    }

    /// To ask who answers at an address now: over connections of its own that nobody uses again. From a shared pool the answer could come from a server
    /// that has left the address, and OkHttp would try a request that a server drops over each of them in turn, without end.
    ///
    /// @param millis for the whole call; a connection is waited for as long as others are
    OkHttpClient fresh(Optional<String> fingerprint, long millis) {
        return client(fingerprint).newBuilder().connectionPool(once).callTimeout(millis, TimeUnit.MILLISECONDS).build();
    }

    /// A client for one account's server: tells the watch about every call and connection, and never lets a sign-in leave for another origin.
    OkHttpClient session(Optional<String> fingerprint, URI url, CallWatch watch) {
        String origin = Origin.of(url);
        return client(fingerprint).newBuilder().addInterceptor(watch).addNetworkInterceptor(chain -> {
            Request request = chain.request();
            boolean own = Origin.of(request.url().uri()).equals(origin);
            if (request.header("Authorization") != null && !own) {
                throw new IOException("a sign-in was about to be sent to " + request.url().host());
            }
            Connection connection = chain.connection();
            if (own && connection != null) watch.connected(connection, chain.call());
            return chain.proceed(request);
        }).build();
    }

    @Override
    public void close() {
        base.dispatcher().executorService().shutdown();
        base.connectionPool().evictAll();
    }
}
