package app.waxwing.demo;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/// Signing in with a password or by Quick Connect, and out.
final class SignInRoutes {
    private final Shelf shelf;
    private final People people;
    private final DemoOptions options;

    SignInRoutes(Shelf shelf, People people, DemoOptions options) {
        this.shelf = shelf;
        this.people = people;
        this.options = options;
    }

    void register(Router router) {
        router.open("POST", "/Users/AuthenticateByName", this::byName);
        router.open("POST", "/Users/AuthenticateWithQuickConnect", this::byQuickConnect);
        router.on("GET", "/Users/Me", call -> Json.answer(UserDtos.user(call.caller(), serverId())));
        router.on("GET", "/Users", call -> {
            var all = Json.MAPPER.createArrayNode();
            people.all().forEach(u -> all.add(UserDtos.user(u, serverId())));
            return Json.answer(all);
        });
        router.on("GET", "/Users/{id}",
                call -> Json.answer(UserDtos.user(people.byId(call.id()).orElseThrow(HttpProblem::notFound), serverId())));
        router.on("POST", "/Sessions/Logout", call -> {
            people.revoke(call.identity().token());
            return Response.status(204);
        });
        router.open("GET", "/QuickConnect/Enabled", _ -> Json.answer(BooleanNode.valueOf(options.quickConnect())));
        router.open("POST", "/QuickConnect/Initiate", this::initiate);
        if (!options.version().atLeast(12)) router.open("GET", "/QuickConnect/Initiate", this::initiate);
        router.open("GET", "/QuickConnect/Connect", call -> Json.answer(pairing(pairing(call.request().param("secret").orElse("")))));
        router.on("POST", "/QuickConnect/Authorize", call -> Json.answer(BooleanNode.valueOf(approved(call))));
    }

    private Response byName(Call call) {
        ObjectNode body = Json.body(call.request());
        if (!call.identity().complete()) throw HttpProblem.thrown(400);
        String name = field(body, "Username");
        if (name.isBlank()) throw HttpProblem.thrown(400);
        Optional<DemoUser> user = people.byName(name);
        if (user.isEmpty()) throw HttpProblem.thrown(401);
        if (user.get().disabled()) throw HttpProblem.thrown(403);
        if (!user.get().checks(field(body, "Pw"))) throw HttpProblem.thrown(401);
        return signedIn(user.get(), call.identity());
    }

    private Response byQuickConnect(Call call) {
        var pairing = pairing(field(Json.body(call.request()), "Secret"));
        if (!pairing.approved()) throw HttpProblem.thrown(401);
        return signedIn(pairing.user(), pairing.identity());
    }

    private Response signedIn(DemoUser user, Identity identity) {
        String token = people.login(user, identity);
        var answer = Json.MAPPER.createObjectNode();
        answer.set("User", UserDtos.user(user, serverId()));
        answer.set("SessionInfo", UserDtos.session(people.session(identity, user), serverId()));
        return Json.answer(answer.put("AccessToken", token).put("ServerId", serverId()));
    }

    private Response initiate(Call call) {
        if (!options.quickConnect()) throw HttpProblem.said(401, "Quick connect is disabled");
        if (!call.identity().complete()) throw HttpProblem.thrown(400);
        return Json.answer(pairing(people.pair(call.identity())));
    }

    private boolean approved(Call call) {
        String code = call.request().param("code").orElseThrow(() -> HttpProblem.invalid("code", ""));
        if (!people.approve(code, call.user())) throw HttpProblem.thrown(404);
        return true;
    }

    private People.Pairing pairing(String secret) {
        return people.pairing(secret).orElseThrow(() -> HttpProblem.said(404, "Unknown secret"));
    }

    private static ObjectNode pairing(People.Pairing p) {
        return Json.MAPPER.createObjectNode().put("Authenticated", p.approved()).put("Secret", p.secret()).put("Code", p.code())
                .put("DeviceId", p.identity().deviceId()).put("DeviceName", p.identity().device()).put("AppName", p.identity().client())
                .put("AppVersion", p.identity().version()).put("DateAdded", Json.date(p.at()));
    }

    /// Property names are matched without case, as the server's reader does.
    static String field(ObjectNode body, String name) {
        for (var e : body.properties())
            if (e.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) return e.getValue().asString("");
        return "";
    }

    private String serverId() {
        return shelf.start().serverId();
    }
}
