package app.waxwing.demo;

import app.waxwing.base.Time;
import app.waxwing.demo.Item.Album;
import app.waxwing.demo.Item.Artist;
import app.waxwing.demo.Item.Genre;
import app.waxwing.demo.Item.Playlist;
import app.waxwing.demo.Item.Track;
import app.waxwing.demo.Item.View;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Playlists: making, reading, changing. (PlaylistsController.cs, PlaylistManager.cs)
final class PlaylistRoutes {
    private final Shelf shelf;
    private final Dtos dtos;
    private final Time time;
    private final ServerVersion version;

    PlaylistRoutes(Shelf shelf, Dtos dtos, Time time, ServerVersion version) {
        this.shelf = shelf;
        this.dtos = dtos;
        this.time = time;
        this.version = version;
    }

    void register(Router router) {
        router.on("POST", "/Playlists", this::create);
        if (version.atLeast(10, 10)) router.on("GET", "/Playlists/{id}", this::describe);
        router.on("POST", "/Playlists/{id}", this::update);
        router.on("GET", "/Playlists/{id}/Items", this::items);
        router.on("POST", "/Playlists/{id}/Items", this::add);
        router.on("DELETE", "/Playlists/{id}/Items", this::removeEntries);
        router.on("POST", "/Playlists/{id}/Items/{entry}/Move/{index}", this::move);
        router.on("DELETE", "/Items/{id}", this::delete);
    }

    private Playlist playlist(Call call) {
        if (shelf.item(call.id()).orElse(null) instanceof Playlist p && (p.open() || p.owner().equals(call.caller().id()))) return p;
        throw HttpProblem.said(404, "Playlist not found");
    }

    /// Those of the library belong to everybody who signs in here; others to who made them.
    private Playlist editable(Call call) {
        var p = playlist(call);
        if (!p.owner().isEmpty() && !p.owner().equals(call.caller().id())) throw HttpProblem.empty(403);
        return p;
    }

    private Response create(Call call) {
        var body = Json.body(call.request());
        String name = body.path("Name").asString("").strip();
        if (name.isEmpty()) throw HttpProblem.thrown(400);
        String id = Shelf.normal(UUID.randomUUID().toString());
        var start = new Playlist(id, name, name, time.now(), call.caller().id(), body.path("IsPublic").asBoolean(true), List.of(),
                Item.Picture.NONE);
        shelf.put(start.with(appended(List.of(), texts(body.path("Ids")), -1)), time.now());
        return Json.answer(Json.MAPPER.createObjectNode().put("Id", id));
    }

    private Response describe(Call call) {
        var p = playlist(call);
        var answer = Json.MAPPER.createObjectNode().put("OpenAccess", p.open());
        answer.putArray("Shares");
        p.items().forEach(answer.putArray("ItemIds")::add);
        return Json.answer(answer);
    }

    private Response update(Call call) {
        var p = editable(call);
        var body = Json.body(call.request());
        if (body.path("Name").isString()) p = p.named(body.path("Name").asString());
        if (body.path("Ids").isArray()) p = p.with(appended(List.of(), texts(body.path("Ids")), -1));
        shelf.put(p, time.now());
        return Response.status(204);
    }

    private Response items(Call call) {
        var p = playlist(call);
        var user = call.user();
        var wish = Dtos.Wish.of(call.request());
        var answer = Json.MAPPER.createObjectNode();
        var items = answer.putArray("Items");
        var present = p.items().stream().filter(i -> shelf.item(i).isPresent() && !shelf.invisible(i)).toList();
        int from = call.request().integer("startIndex", 0);
        present.stream().skip(from).limit(call.request().integer("limit", Integer.MAX_VALUE))
                .forEach(id -> shelf.item(id).ifPresent(i -> items.add(dtos.item(i, user, wish).put("PlaylistItemId", entryId(p, id)))));
        return Json.answer(answer.put("TotalRecordCount", present.size()).put("StartIndex", from));
    }

    /// From 10.10 on an entry's id is the item's; before, an id of its own.
    private String entryId(Playlist p, String item) {
        return version.atLeast(10, 10) ? item : Dtos.md5(p.id() + item);
    }

    private Response add(Call call) {
        var p = editable(call);
        var ids = call.request().list("ids");
        int position = version.atLeast(12) ? call.request().integer("position", -1) : -1;
        shelf.put(p.with(appended(p.items(), ids, position)), time.now());
        return Response.status(204);
    }

    /// Containers become their tracks; what is there already is skipped in silence before 12.0.
    private List<String> appended(List<String> before, List<String> ids, int position) {
        var all = new ArrayList<>(before);
        int at = position < 0 ? all.size() : Math.min(position, all.size());
        for (String id : ids) {
            var item = shelf.item(id);
            if (item.isEmpty()) continue;
            for (String track : tracks(item.get()).toList()) if (version.atLeast(12) || !all.contains(track)) all.add(at++, track);
        }
        return all;
    }

    private Stream<String> tracks(Item item) {
        return switch (item) {
            case Track t -> Stream.of(t.id());
            case Album a -> shelf.tracksOf(a.id()).stream().map(Track::id);
            case Artist a -> shelf.all(Track.class).stream().filter(t -> t.artists().contains(a.id())).map(Track::id);
            case Genre g -> shelf.all(Track.class).stream().filter(t -> t.genres().contains(g.name())).map(Track::id);
            case Playlist p -> p.items().stream();
            case View _ -> Stream.empty();
        };
    }

    /// Entry ids are compared as they are: an id with dashes removes nothing and is still answered with 204.
    private Response removeEntries(Call call) {
        var p = editable(call);
        var entries = call.request().list("entryIds");
        shelf.put(p.with(p.items().stream().filter(i -> !entries.contains(entryId(p, i))).toList()), time.now());
        return Response.status(204);
    }

    private Response move(Call call) {
        var p = editable(call);
        var items = new ArrayList<>(p.items());
        int at = -1;
        for (int i = 0; i < items.size() && at < 0; i++) if (entryId(p, items.get(i)).equals(call.variable("entry"))) at = i;
        if (at >= 0) {
            String moved = items.remove(at);
            items.add(Math.clamp(number(call.variable("index")), 0, items.size()), moved);
            shelf.put(p.with(items), time.now());
        }
        return Response.status(204);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw HttpProblem.invalid("newIndex", text);
        }
    }

    private Response delete(Call call) {
        var item = shelf.item(call.id()).orElseThrow(HttpProblem::notFound);
        if (!(item instanceof Playlist p && p.owner().equals(call.caller().id()))) throw HttpProblem.said(401, "Unauthorized access");
        shelf.remove(item.id());
        return Response.status(204);
    }

    private static List<String> texts(JsonNode array) {
        var out = new ArrayList<String>();
        for (var n : array) out.add(n.asString(""));
        return out;
    }
}
