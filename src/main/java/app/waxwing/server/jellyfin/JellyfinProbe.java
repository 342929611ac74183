package app.waxwing.server.jellyfin;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.ServerKind;
import app.waxwing.server.ServerVersion;
import app.waxwing.server.wire.JsonObject;
import app.waxwing.server.wire.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Asks an address whether a Jellyfin server is there. Sends GETs without any header of ours: nothing secret and nothing that tells who asks.
public final class JellyfinProbe {
    private static final int REDIRECTS = 5;
    private static final String QUESTION = "System/Info/Public";
    private static final long ANSWER_LIMIT = 1 << 20;

    private final OkHttpClient client;

    public JellyfinProbe(OkHttpClient client) {
        this.client = client;
    }

    /// @param url final origin and base path, no trailing slash
    public record Found(URI url, ServerInfo info) {}

    /// Follows at most five redirects, also to other origins; the caller shows where it ended.
    ///
    /// @throws FailureException [Failure.Offline] when nothing answers, [Failure.Invalid] when something else or an older server is there,
    ///     [Failure.ServerBusy] while it starts
    public Found look(URI candidate) {
        HttpUrl base = JellyfinHttp.base(candidate);
        HttpUrl url = at(base, QUESTION);
        for (int hops = 0; hops <= REDIRECTS; hops++) {
            try (Response response = get(url)) {
                if (!response.isRedirect()) return answered(response, url);
                HttpUrl target = url.resolve(response.header("Location", ""));
                if (target == null) break;
                url = onward(target);
            } catch (IOException e) {
                throw new FailureException(Trouble.of(e, url.host(), url.host()), e);
            }
        }
        throw new Failure.Invalid(candidate.getHost() + " sends its callers in circles").asException();
    }

    /// A server with a base path sends every stranger to its web page: what stands before `/web` is the base (jellyfin `BaseUrlRedirectionMiddleware`).
    private static HttpUrl onward(HttpUrl target) {
        String path = target.encodedPath();
        if (path.toLowerCase(Locale.ROOT).endsWith("/" + QUESTION.toLowerCase(Locale.ROOT))) return target;
        int web = path.toLowerCase(Locale.ROOT).lastIndexOf("/web");
        HttpUrl bare = target.newBuilder().query(null).fragment(null).encodedPath(web >= 0 ? path.substring(0, web) + "/" : path).build();
        return at(bare, QUESTION);
    }

    private Found answered(Response response, HttpUrl url) throws IOException {
        String host = url.host();
        if (response.code() == 503) throw JellyfinStatus.failure(response, host).asException();
        if (response.code() == 502 || response.code() == 504) throw new Failure.Offline(host).asException();
        if (!response.isSuccessful()) throw noServer(host);
        JsonObject said;
        try {
            said = JsonReader.object(response.body().byteStream(), ANSWER_LIMIT, host);
        } catch (FailureException e) {
            throw noServer(host);
        }
        Optional<String> version = said.words("Version");
        if (version.isEmpty()) throw noServer(host);
        URI base = base(url);
        // While it starts or migrates, a server answers with a stub that says it was not set up: only another question tells.
        boolean stub = said.flag("StartupWizardCompleted").filter(done -> !done).isPresent();
        if (stub || said.words("Id").isEmpty()) confirm(base, host);
        String id = said.words("Id").orElseThrow(() -> noServer(host));
        if (!ServerVersion.of(version.get()).atLeast(10, 9)) {
            throw new Failure.Invalid("Waxwing needs Jellyfin 10.9 or newer; " + host + " runs "
                    + said.words("ProductName").orElse("a server") + " " + version.get()).asException();
        }
        return new Found(base, new ServerInfo(id, said.words("ServerName").orElse(host), version.get(), ServerKind.JELLYFIN));
    }

    private void confirm(URI base, String host) throws IOException {
        try (Response response = get(at(JellyfinHttp.base(base), "Users/Public"))) {
            if (response.code() == 503) throw JellyfinStatus.failure(response, host).asException();
        }
        throw new Failure.Invalid("The server at " + host + " is not set up yet: finish that in a browser first").asException();
    }

    private static FailureException noServer(String host) {
        return new Failure.Invalid("There is no Jellyfin server at " + host).asException();
    }

    private Response get(HttpUrl url) throws IOException {
        return client.newCall(new Request.Builder().url(url).header("Accept", "application/json").build()).execute();
    }

    private static HttpUrl at(HttpUrl base, String path) {
        return base.newBuilder().addPathSegments(path).build();
    }

    private static URI base(HttpUrl asked) {
        String all = asked.newBuilder().query(null).fragment(null).build().toString();
        String cut = all.substring(0, all.length() - QUESTION.length());
        return URI.create(cut.endsWith("/") ? cut.substring(0, cut.length() - 1) : cut);
    }
}
