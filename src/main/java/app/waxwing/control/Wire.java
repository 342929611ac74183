package app.waxwing.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The lines that travel over the control socket, and documents as JSON text.
public final class Wire {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Wire() {}

    /// A document on one line.
    public static String text(Doc doc) {
        return JSON.writeValueAsString(doc.fields());
    }

    /// The document a failed command leaves on stdout with `--json`.
    public static String error(String code, String message) {
        return text(Doc.of().put("error", Doc.of().put("code", code).put("message", message)));
    }

    /// What the first message of a client must say.
    record Hello(String secret, List<String> arguments, Optional<String> password, List<String> options) {}

    static String hello(Hello hello) {
        return text(
                Doc.of().put("secret", hello.secret()).put("arguments", hello.arguments()).put("password", hello.password()).put("options",
                        hello.options()));
    }

    static Optional<Hello> readHello(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return Optional.of(new Hello(node.path("secret").asString(""), strings(node.path("arguments")),
                    node.has("password") ? Optional.of(node.path("password").asString("")) : Optional.empty(),
                    strings(node.path("options"))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static String end(Commands.Outcome outcome) {
        return text(Doc.of().put("exit", outcome.exit().code()).put("code", outcome.code()).put("sentence", outcome.sentence()));
    }

    static String document(Doc doc) {
        return "{\"doc\":" + text(doc) + "}";
    }

    /// Either a document or the end.
    sealed interface Answer {
        record Document(Doc doc) implements Answer {}

        record End(Commands.Outcome outcome) implements Answer {}
    }

    static Answer readAnswer(String line) {
        JsonNode node = JSON.readTree(line);
        if (node.has("doc")) return new Answer.Document(doc(node.get("doc")));
        int code = node.path("exit").asInt(1);
        Exit exit = Exit.FAILED;
        for (Exit e : Exit.values()) if (e.code() == code) exit = e;
        return new Answer.End(new Commands.Outcome(exit, node.path("code").asString(""), node.path("sentence").asString("")));
    }

    /// A JSON object as a document.
    static Doc doc(JsonNode node) {
        Doc doc = Doc.of();
        node.properties().forEach(e -> doc.put(e.getKey(), value(e.getValue())));
        return doc;
    }

    /// Reads a small JSON file's object, such as `instance.json`; empty when it is none.
    static Optional<Doc> parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node.isObject() ? Optional.of(doc(node)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(e -> map.put(e.getKey(), value(e.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode item : node) list.add(value(item));
            return list;
        }
        if (node.isBoolean()) return node.asBoolean();
        if (node.isIntegralNumber()) return node.asLong();
        if (node.isNumber()) return node.decimalValue();
        return node.asString("");
    }

    private static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        for (JsonNode item : array) all.add(item.asString(""));
        return all;
    }
}
