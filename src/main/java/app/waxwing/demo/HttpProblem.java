package app.waxwing.demo;

import java.util.Map;

/// An error answer in one of the forms that Jellyfin uses, thrown by handlers.
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Response response;

    private HttpProblem(Response response) {
        super("HTTP " + response.status(), null, false, false);
        this.response = response;
    }

    Response response() {
        return response;
    }

    /// The framework's own answer: no body.
    static HttpProblem empty(int status) {
        return new HttpProblem(Response.status(status));
    }

    /// What the exception middleware writes.
    static HttpProblem thrown(int status) {
        return new HttpProblem(Response.text(status, "Error processing request."));
    }

    /// An explicit result with a sentence, written as a JSON string.
    static HttpProblem said(int status, String sentence) {
        return new HttpProblem(Response.json(status, Json.MAPPER.writeValueAsString(sentence)));
    }

    static HttpProblem text(int status, String sentence) {
        return new HttpProblem(Response.text(status, sentence));
    }

    /// A missing item.
    static HttpProblem notFound() {
        return problem(404, "Not Found", Map.of());
    }

    /// A parameter that cannot be bound.
    static HttpProblem invalid(String name, String value) {
        return problem(400, "One or more validation errors occurred.", Map.of(name, "The value '" + value + "' is not valid."));
    }

    private static HttpProblem problem(int status, String title, Map<String, String> errors) {
        var node = Json.MAPPER.createObjectNode();
        node.put("type", "https://tools.ietf.org/html/rfc9110#section-15.5").put("title", title).put("status", status);
        if (!errors.isEmpty()) {
            var all = node.putObject("errors");
            errors.forEach((k, v) -> all.putArray(k).add(v));
        }
        return new HttpProblem(Response.bytes(status, "application/problem+json; charset=utf-8", Json.bytes(node)));
    }
}
