package app.waxwing.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Finds the handler of a request. Paths are case-insensitive; the first route that fits wins, so fixed words come before variables.
final class Router {
    private static final Pattern OLD = Pattern.compile("/Users/([0-9a-f-]{32,36})/(Views|Items|PlayedItems|FavoriteItems)(/.*)?",
            Pattern.CASE_INSENSITIVE);

    @FunctionalInterface
    interface Handler {
        Response answer(Call call) throws IOException;
    }

    private record Route(String method, List<String> words, boolean open, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();
    private final People people;
    private final ServerVersion version;

    Router(People people, ServerVersion version) {
        this.people = people;
        this.version = version;
    }

    /// A route that needs a token.
    Router on(String method, String path, Handler handler) {
        routes.add(new Route(method, words(path), false, handler));
        return this;
    }

    /// A route that anybody may call.
    Router open(String method, String path, Handler handler) {
        routes.add(new Route(method, words(path), true, handler));
        return this;
    }

    Response answer(Request original) throws IOException {
        var request = modern(original);
        List<String> words = words(request.path());
        var allowed = new TreeSet<String>();
        try {
            for (var route : routes) {
                var variables = fit(route.words(), words);
                if (variables.isEmpty()) continue;
                allowed.add(route.method());
                if (!route.method().equals(request.method())) continue;
                var identity = Identity.of(request, version);
                Optional<People.Login> login = identity.token().isEmpty() ? Optional.empty() : people.holder(identity.token());
                if (login.isEmpty() && !route.open()) return Response.status(401);
                login.ifPresent(l -> people.session(l.identity(), l.user()));
                return route.handler().answer(new Call(request, variables.get(), identity, login.orElse(People.Login.NONE)));
            }
        } catch (HttpProblem problem) {
            return problem.response();
        }
        return allowed.isEmpty() ? Response.status(404) : Response.status(405).with("Allow", String.join(", ", allowed));
    }

    /// All routes as «METHOD /path/{variable}».
    List<String> names() {
        return routes.stream().map(Router::name).distinct().toList();
    }

    /// The route that answers such a request.
    Optional<String> nameOf(String method, String path) {
        var words = words(path);
        return routes.stream().filter(r -> r.method().equals(method) && fit(r.words(), words).isPresent()).findFirst().map(Router::name);
    }

    private static String name(Route route) {
        return route.method() + " /" + String.join("/", route.words());
    }

    /// The routes with a user in the path, which are hidden since 10.9 but work: the same as the newer ones.
    private static Request modern(Request request) {
        var m = OLD.matcher(request.path());
        if (!m.matches()) return request;
        String rest = m.group(3) == null ? "" : m.group(3);
        String path = switch (m.group(2).toLowerCase(Locale.ROOT)) {
            case "views" -> "/UserViews";
            case "playeditems" -> "/UserPlayedItems" + rest;
            case "favoriteitems" -> "/UserFavoriteItems" + rest;
            default -> rest.equalsIgnoreCase("/Resume")
                    ? "/UserItems/Resume"
                    : rest.toLowerCase(Locale.ROOT).matches("/[^/]+/(userdata|rating)") ? "/UserItems" + rest : "/Items" + rest;
        };
        return request.withPath(path).withParam("userId", m.group(1));
    }

    private static List<String> words(String path) {
        var out = new ArrayList<String>();
        for (String word : path.split("/")) if (!word.isEmpty()) out.add(word);
        return out;
    }

    private static Optional<Map<String, String>> fit(List<String> route, List<String> words) {
        if (route.size() != words.size()) return Optional.empty();
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String wanted = route.get(i);
            if (wanted.startsWith("{")) variables.put(wanted.substring(1, wanted.length() - 1), words.get(i));
            else if (!wanted.equalsIgnoreCase(words.get(i))) return Optional.empty();
        }
        return Optional.of(variables);
    }
}
