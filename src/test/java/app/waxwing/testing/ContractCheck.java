package app.waxwing.testing;

import app.waxwing.demo.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares requests and answers with a server's published OpenAPI document (`src/test/resources/contracts`). Every method returns what is
/// wrong in words, nothing when all is right.
///
/// The document leaves out routes that the server keeps for old clients; those are reported as unknown.
public final class ContractCheck {
    private final JsonNode document;

    private ContractCheck(JsonNode document) {
        this.document = document;
    }

    /// The contract of Jellyfin 10.11.11.
    public static ContractCheck jellyfin() {
        return load("jellyfin-openapi.json.gz");
    }

    static ContractCheck load(String name) {
        var resource = Objects.requireNonNull(ContractCheck.class.getResourceAsStream("/contracts/" + name), name);
        try (var in = new GZIPInputStream(resource)) {
            return new ContractCheck(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Operation(JsonNode path, JsonNode call, Map<String, String> variables) {}

    /// Whether the document knows the route.
    public boolean knows(String method, String path) {
        return operation(method, path).isPresent();
    }

    /// An answer with a JSON body, or without a body.
    public List<String> answer(String method, String path, int status, String contentType, byte[] body) {
        String place = method + " " + path + " -> " + status;
        var found = operation(method, path);
        if (found.isEmpty()) return List.of(place + " is unknown to the contract");
        var response = found.get().call().path("responses").path(Integer.toString(status));
        var problems = new ArrayList<String>();
        if (response.isMissingNode()) problems.add(place + " is no status of this route");
        var content = response.path("content");
        // The document gives every failure as ProblemDetails; the controllers often answer with a sentence instead.
        boolean sentence = status >= 400 && contentType.startsWith("application/json") && JsonMapper.shared().readTree(body).isString();
        if (!sentence && contentType.startsWith("application/json") && content.has("application/json"))
            new SchemaCheck(document, true).check(JsonMapper.shared().readTree(body), content.path("application/json").path("schema"),
                    place, problems);
        else
            if (status == 200 && !content.isEmpty() && content.propertyStream().noneMatch(e -> covers(e.getKey(), contentType)))
                problems.add(place + " has an unexpected type: " + contentType);
        return problems;
    }

    private static boolean covers(String pattern, String type) {
        return pattern.endsWith("/*") ? type.startsWith(pattern.substring(0, pattern.length() - 1)) : type.startsWith(pattern);
    }

    /// A request as our client sent it: route, names and forms of its parameters, body.
    public List<String> request(Request request) {
        String place = request.method() + " " + request.path();
        var found = operation(request.method(), request.path());
        if (found.isEmpty()) return List.of(place + " is unknown to the contract");
        var problems = new ArrayList<String>();
        var check = new SchemaCheck(document, false);
        var parameters = new ArrayList<JsonNode>();
        found.get().path().path("parameters").forEach(parameters::add);
        found.get().call().path("parameters").forEach(parameters::add);
        request.query().forEach((name, values) -> {
            var known = parameters.stream()
                    .filter(p -> p.path("in").asString("").equals("query") && p.path("name").asString().equalsIgnoreCase(name))
                    .findFirst();
            if (known.isEmpty()) {
                if (!name.equals("apikey")) problems.add(place + " has the unknown parameter " + name);
            } else values.forEach(v -> parameter(check, known.get().path("schema"), v, place + "?" + name, problems));
        });
        for (var p : parameters) {
            String name = p.path("name").asString();
            if (p.path("in").asString("").equals("path"))
                parameter(check, p.path("schema"), found.get().variables().getOrDefault(name.toLowerCase(Locale.ROOT), ""),
                        place + " {" + name + "}", problems);
            else
                if (p.path("required").asBoolean(false) && !request.query().containsKey(name.toLowerCase(Locale.ROOT)))
                    problems.add(place + " lacks the parameter " + name);
        }
        var body = found.get().call().path("requestBody");
        if (request.body().length > 0) {
            if (body.isMissingNode()) problems.add(place + " takes no body");
            else
                check.check(JsonMapper.shared().readTree(request.body()), body.path("content").path("application/json").path("schema"),
                        place, problems);
        } else if (body.path("required").asBoolean(false)) problems.add(place + " needs a body");
        return problems;
    }

    /// Values of the query are text: numbers and lists are read from it before they are checked.
    private void parameter(SchemaCheck check, JsonNode schema, String text, String place, List<String> problems) {
        var factory = JsonMapper.shared().getNodeFactory();
        switch (schema.path("type").asString("")) {
            case "array" -> {
                for (String part : text.split("[,|]")) parameter(check, schema.path("items"), part, place, problems);
            }
            case "integer" -> {
                if (!text.matches("-?\\d+")) problems.add(place + " is no number: " + text);
            }
            case "boolean" -> {
                if (!text.matches("(?i)true|false")) problems.add(place + " is no boolean: " + text);
            }
            default -> check.check(factory.stringNode(text), schema, place, problems);
        }
    }

    private Optional<Operation> operation(String method, String path) {
        String[] words = path.split("/");
        Optional<Operation> best = Optional.empty();
        int fewest = Integer.MAX_VALUE;
        for (var e : document.path("paths").properties()) {
            var call = e.getValue().path(method.toLowerCase(Locale.ROOT));
            if (call.isMissingNode()) continue;
            var variables = fit(e.getKey().split("/"), words);
            if (variables.isPresent() && variables.get().size() < fewest) {
                fewest = variables.get().size();
                best = Optional.of(new Operation(e.getValue(), call, variables.get()));
            }
        }
        return best;
    }

    private static Optional<Map<String, String>> fit(String[] pattern, String[] words) {
        if (pattern.length != words.length) return Optional.empty();
        var variables = new java.util.HashMap<String, String>();
        for (int i = 0; i < words.length; i++) {
            var m = java.util.regex.Pattern.compile("(.*)\\{(\\w+)}(.*)").matcher(pattern[i]);
            if (!m.matches()) {
                if (!pattern[i].equalsIgnoreCase(words[i])) return Optional.empty();
            } else {
                if (!words[i].startsWith(m.group(1)) || words[i].length() <= m.group(1).length()) return Optional.empty();
                variables.put(m.group(2).toLowerCase(Locale.ROOT), words[i].substring(m.group(1).length()));
            }
        }
        return Optional.of(variables);
    }
}
