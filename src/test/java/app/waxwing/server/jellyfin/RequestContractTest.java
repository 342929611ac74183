package app.waxwing.server.jellyfin;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Request;
import app.waxwing.server.ItemKind;
import app.waxwing.server.MediaRequest;
import app.waxwing.server.Page;
import app.waxwing.server.PlayReport;
import app.waxwing.testing.FaultyServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import okhttp3.Headers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestContractTest {
    @Test
    @DisplayName("2 Jellyfin: every request we make is in the published contract: route, query names, enum values, names in the body")
    void requestsAreInTheContract() throws IOException {
        JsonNode contract;
        try (InputStream in = new GZIPInputStream(RequestContractTest.class.getResourceAsStream("/contracts/jellyfin-openapi.json.gz"))) {
            contract = JsonMapper.shared().readTree(in);
        }
        try (var faulty = FaultyServer.start()) {
            everything(faulty);
            var problems = new ArrayList<String>();
            var routes = new TreeSet<String>();
            for (Request request : faulty.server().requests()) check(contract, request, problems, routes);
            assertThat(problems).isEmpty();
            assertThat(routes).hasSizeGreaterThan(30);
        }
    }

    private static void everything(FaultyServer faulty) throws IOException {
        var desk = new Desk(faulty.url());
        var server = desk.server;
        var signIn = new JellyfinSignIn(desk.client, java.net.URI.create(faulty.url()), "x", new ClientIdentity("a", "b", "c", "d"));
        if (signIn.quickConnectOffered()) {
            var code = signIn.begin();
            signIn.approved(code);
            faulty.server().approve(code.code());
            signIn.redeem(code);
        }
        new JellyfinProbe(desk.client).look(java.net.URI.create(faulty.url()));
        server.whoAmI();
        Optional<String> music = Optional.of(server.folders().getFirst().id());
        var tracks = server.tracks(music, Page.FIRST, 5).items();
        String id = tracks.getFirst().id();
        server.albums(music, Page.FIRST, 5);
        server.artists(music, Page.FIRST, 5);
        server.tracksChangedSince(Optional.empty(), Instant.EPOCH, Page.FIRST, 5);
        server.albumsChangedSince(Optional.empty(), Instant.EPOCH, Page.FIRST, 5);
        for (ItemKind kind : ItemKind.values()) server.favourites(kind, Page.FIRST, 5);
        server.recentlyPlayed(Page.FIRST, 5);
        server.tracks(List.of(id));
        server.artists(List.of(id));
        server.setFavourite(ItemKind.TRACK, id, true);
        server.setFavourite(ItemKind.TRACK, id, false);
        server.userData(id);
        server.imageTag(id);
        server.played(id, Instant.EPOCH);
        var report = new PlayReport(id, "s", Duration.ofSeconds(1), false, 10, PlayReport.Method.DIRECT);
        server.started(report);
        server.progress(report);
        server.stopped(report);
        var editing = server.playlistEditing().orElseThrow();
        String list = editing.create("l", List.of(id));
        editing.add(list, List.of(tracks.get(1).id()));
        server.playlists(Page.FIRST, 5);
        editing.remove(list, server.playlistEntries(list, Page.FIRST, 1).items());
        editing.replace(list, "m", List.of(id));
        editing.delete(list);
        server.lyrics().orElseThrow().lyrics(id);
        server.similarity().orElseThrow().similar(id, 3);
        server.similarity().orElseThrow().mix(id, 3);
        for (MediaRequest request : List.of(server.image(id, "t", 320), server.download(id), server.stream(id),
                server.transcoded(id, app.waxwing.base.Quality.OPUS_128).orElseThrow())) {
            desk.client.newCall(new okhttp3.Request.Builder().url(request.url().toURL()).headers(Headers.of(request.headers())).build())
                    .execute().close();
        }
        server.signOut();
        assertThat(faulty.server().user().name()).isEqualTo(DemoServer.USER);
    }

    private static void check(JsonNode contract, Request request, List<String> problems, Set<String> routes) {
        String template = null;
        int literals = -1;
        for (String candidate : contract.path("paths").propertyNames()) {
            String pattern = candidate.replaceAll("\\{[^}]+}", "[^/.]+");
            int own = candidate.replaceAll("\\{[^}]+}", "").length();
            boolean has = contract.path("paths").path(candidate).has(request.method().toLowerCase(Locale.ROOT));
            if (has && own > literals && request.path().matches("(?i)" + pattern.replace("stream.[", "stream\\.["))) {
                template = candidate;
                literals = own;
            }
        }
        String name = request.method() + " " + request.path();
        if (template == null) {
            problems.add(name + " is no route");
            return;
        }
        routes.add(request.method() + " " + template);
        JsonNode operation = contract.path("paths").path(template).path(request.method().toLowerCase(Locale.ROOT));
        for (var given : request.query().entrySet()) {
            JsonNode known = null;
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.path("in").asString().equals("query") && parameter.path("name").asString().equalsIgnoreCase(given.getKey()))
                    known = parameter;
            }
            if (known == null) problems.add(name + " has no parameter " + given.getKey());
            else values(contract, known.path("schema"), given.getValue().getLast(), name + " " + given.getKey(), problems);
        }
        if (request.body().length == 0) return;
        JsonNode schema = resolved(contract, operation.path("requestBody").path("content").path("application/json").path("schema"));
        JsonNode body = JsonMapper.shared().readTree(request.body());
        for (String property : body.propertyNames()) {
            if (!schema.path("properties").has(property)) problems.add(name + " has no " + property + " in its body");
            else
                if (body.path(property).isString())
                    values(contract, schema.path("properties").path(property), body.path(property).asString(),
                            name + " " + property, problems);
        }
    }

    private static void values(JsonNode contract, JsonNode schema, String given, String name, List<String> problems) {
        JsonNode resolved = resolved(contract, schema);
        boolean list = resolved.path("type").asString("").equals("array");
        JsonNode allowed = (list ? resolved(contract, resolved.path("items")) : resolved).path("enum");
        if (allowed.isMissingNode()) return;
        var words = new ArrayList<String>();
        allowed.forEach(w -> words.add(w.asString()));
        for (String word : list ? given.split(",") : new String[]{given}) if (!words.contains(word)) problems.add(name + ": " + word);
    }

    private static JsonNode resolved(JsonNode contract, JsonNode schema) {
        JsonNode at = schema;
        if (at.has("allOf")) at = at.path("allOf").path(0);
        if (!at.has("$ref")) return at;
        return contract.path("components").path("schemas").path(at.path("$ref").asString().replaceAll(".*/", ""));
    }
}
