package app.waxwing.demo;

import java.util.Map;

/// A request on its way through a route: the path's variables and who calls ([People.Login#NONE] when nobody is signed in).
record Call(Request request, Map<String, String> path, Identity identity, People.Login login) {

    boolean signedIn() {
        return login != People.Login.NONE;
    }

    String id() {
        return Shelf.normal(path.getOrDefault("id", ""));
    }

    String variable(String name) {
        return path.getOrDefault(name, "");
    }

    /// The caller; without a living token 401 with no body, as `[Authorize]` answers.
    DemoUser caller() {
        if (!signedIn()) throw HttpProblem.empty(401);
        return login.user();
    }

    /// The user the call is about: `userId`, which only an administrator may set to another's, else the caller.
    DemoUser user() {
        var caller = caller();
        var wanted = request.param("userId").map(Shelf::normal);
        if (wanted.isPresent() && !wanted.get().equals(caller.id()) && !caller.administrator()) throw HttpProblem.thrown(403);
        return caller;
    }
}
