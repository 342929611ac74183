package app.waxwing.demo;

import app.waxwing.base.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Playback reports and what a user says about items: played, favourite, liked, position. (PlaystateController.cs, UserDataManager.cs)
final class PlayRoutes {
    private final Shelf shelf;
    private final People people;
    private final Dtos dtos;
    private final Time time;
    private final Push push;

    PlayRoutes(Shelf shelf, People people, Dtos dtos, Time time, Push push) {
        this.shelf = shelf;
        this.people = people;
        this.dtos = dtos;
        this.time = time;
        this.push = push;
    }

    void register(Router router) {
        router.on("POST", "/Sessions/Playing", this::started);
        router.on("POST", "/Sessions/Playing/Progress", this::progress);
        router.on("POST", "/Sessions/Playing/Stopped", this::stopped);
        router.on("POST", "/Sessions/Playing/Ping", _ -> Response.status(204));
        router.on("POST", "/Sessions/Capabilities/Full", this::capabilities);
        router.on("POST", "/Sessions/Capabilities", _ -> Response.status(204));
        router.on("GET", "/Sessions", call -> {
            var all = Json.MAPPER.createArrayNode();
            people.sessions().forEach(s -> all.add(UserDtos.session(s, shelf.start().serverId())));
            call.caller();
            return Json.answer(all);
        });
        router.on("POST", "/UserPlayedItems/{id}", this::played);
        router.on("DELETE", "/UserPlayedItems/{id}", call -> change(call, d -> d.played(0, false, Instant.EPOCH)));
        router.on("POST", "/UserFavoriteItems/{id}", call -> change(call, d -> d.favorite(true)));
        router.on("DELETE", "/UserFavoriteItems/{id}", call -> change(call, d -> d.favorite(false)));
        router.on("POST", "/UserItems/{id}/Rating", call -> change(call, d -> d.likes(call.request().flag("likes", false) ? 1 : -1)));
        router.on("DELETE", "/UserItems/{id}/Rating", call -> change(call, d -> d.likes(0)));
        router.on("GET", "/UserItems/{id}/UserData", call -> Json.answer(dtos.userData(item(call), call.user())));
        router.on("POST", "/UserItems/{id}/UserData", this::write);
    }

    private Item item(Call call) {
        return shelf.item(call.id()).orElseThrow(HttpProblem::notFound);
    }

    /// Start counts: the count grows and the track is marked played at once.
    private Response started(Call call) {
        var body = Json.body(call.request());
        var user = call.caller();
        reported(body).ifPresent(item -> {
            var d = user.data(item.id());
            user.data(item.id(), d.played(d.playCount() + 1, true, time.now()));
            push.userData(user, item);
        });
        session(call).playing(playing(body));
        return Response.status(204);
    }

    private Response progress(Call call) {
        var body = Json.body(call.request());
        if (body.path("PositionTicks").asLong(0) < 0) throw HttpProblem.thrown(400);
        session(call).playing(playing(body));
        return Response.status(204);
    }

    /// Without a position the server takes the item as played to its end and counts again.
    private Response stopped(Call call) {
        var body = Json.body(call.request());
        if (body.path("PositionTicks").asLong(0) < 0) throw HttpProblem.thrown(400);
        var user = call.caller();
        session(call).playing(Session.Playing.NOTHING);
        if (!body.path("Failed").asBoolean(false) && !body.path("PositionTicks").isNumber()) reported(body).ifPresent(item -> {
            var d = user.data(item.id());
            user.data(item.id(), d.played(d.playCount() + 1, true, d.lastPlayed()));
            push.userData(user, item);
        });
        return Response.status(204);
    }

    private Optional<Item> reported(ObjectNode body) {
        return shelf.item(body.path("ItemId").asString(""));
    }

    private static Session.Playing playing(ObjectNode body) {
        return new Session.Playing(Shelf.normal(body.path("ItemId").asString("")), body.path("PositionTicks").asLong(0),
                body.path("IsPaused").asBoolean(false), body.path("PlayMethod").asString("Transcode"),
                body.path("PlaySessionId").asString(""));
    }

    private Session session(Call call) {
        return people.session(call.identity(), call.caller());
    }

    private Response capabilities(Call call) {
        var body = Json.body(call.request());
        session(call).capabilities(texts(body.path("PlayableMediaTypes")), texts(body.path("SupportedCommands")),
                body.path("SupportsMediaControl").asBoolean(false));
        return Response.status(204);
    }

    private static List<String> texts(JsonNode array) {
        var out = new ArrayList<String>();
        for (var n : array) out.add(n.asString(""));
        return out;
    }

    /// With a date every call counts one more play, even an older one; without, the count is at least one.
    private Response played(Call call) {
        var at = call.request().param("datePlayed").map(text -> Json.instant("datePlayed", text));
        return change(call, d -> at.isPresent()
                ? d.played(d.playCount() + 1, true, at.get())
                : d.played(Math.max(d.playCount(), 1), true, d.lastPlayed().equals(Instant.EPOCH) ? time.now() : d.lastPlayed()));
    }

    /// Only what the body names is set; nothing can be cleared.
    private Response write(Call call) {
        var body = Json.body(call.request());
        return change(call,
                d -> new UserData(body.path("PlaybackPositionTicks").asLong(d.position()), body.path("PlayCount").asInt(d.playCount()),
                        body.path("IsFavorite").asBoolean(d.favorite()), likes(body, d), body.path("Played").asBoolean(d.played()),
                        body.path("LastPlayedDate").isString()
                                ? Json.instant("LastPlayedDate", body.path("LastPlayedDate").asString())
                                : d.lastPlayed()));
    }

    private static int likes(ObjectNode body, UserData d) {
        return body.path("Likes").isBoolean() ? body.path("Likes").asBoolean() ? 1 : -1 : d.likes();
    }

    private Response change(Call call, UnaryOperator<UserData> how) {
        var user = call.user();
        var item = item(call);
        synchronized (user) {
            user.data(item.id(), how.apply(user.data(item.id())));
        }
        push.userData(user, item);
        return Json.answer(dtos.userData(item, user));
    }

}
