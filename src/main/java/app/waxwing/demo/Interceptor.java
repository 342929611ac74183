package app.waxwing.demo;

import java.io.IOException;

/// Stands between the connection and the server's own answer: may change the request, the answer, or break the connection with a
/// [Response.Cut]. The production server passes everything on; the test server puts its faults here.
@FunctionalInterface
public interface Interceptor {
    Interceptor NONE = (request, next) -> next.answer(request);

    Response answer(Request request, Next next) throws IOException;

    /// The server's own answer.
    @FunctionalInterface
    interface Next {
        Response answer(Request request) throws IOException;
    }
}
