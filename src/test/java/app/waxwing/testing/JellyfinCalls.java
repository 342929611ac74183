package app.waxwing.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Plain calls to a Jellyfin-style server with the JDK's own client: what tests use to look at the server without our client between.
public final class JellyfinCalls implements AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String url;
    private final String device;
    private String token = "";
    private String userId = "";

    public JellyfinCalls(String url) {
        this(url, "test-device");
    }

    public JellyfinCalls(String url, String device) {
        this.url = url;
        this.device = device;
    }

    public JellyfinCalls login(String name, String password) {
        var answer = post("/Users/AuthenticateByName", "{\"Username\":\"" + name + "\",\"Pw\":\"" + password + "\"}");
        if (answer.statusCode() != 200) throw new IllegalStateException("login: " + answer.statusCode());
        var json = json(answer);
        token = json.path("AccessToken").asString();
        userId = json.path("User").path("Id").asString();
        return this;
    }

    public String token() {
        return token;
    }

    public String userId() {
        return userId;
    }

    public HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    public JsonNode read(String path) {
        return json(get(path));
    }

    public HttpResponse<byte[]> post(String path, String body) {
        return body.isEmpty()
                ? send("POST", path, new byte[0])
                : send("POST", path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    /// The `Authorization` header with every value percent-encoded.
    public String authorization() {
        String base = "MediaBrowser Client=\"Waxwing%20test\", Device=\"Test%20bench\", DeviceId=\"" + device + "\", Version=\"1.0\"";
        return token.isEmpty() ? base : base + ", Token=\"" + token + "\"";
    }

    /// One request; an `Authorization` among the headers replaces the usual one, and an empty one leaves it out.
    public HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30)).method(method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        boolean given = false;
        for (int i = 0; i + 1 < headers.length; i += 2) {
            given |= headers[i].equalsIgnoreCase("Authorization");
            if (!headers[i + 1].isEmpty()) request.header(headers[i], headers[i + 1]);
        }
        if (!given) request.header("Authorization", authorization());
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.UncheckedIOException(new InterruptedIOException());
        }
    }

    public static JsonNode json(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode());
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
