package app.waxwing.testing;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Checks a JSON value against a schema of an OpenAPI 3.0 document, as far as Jellyfin's documents use the language: references, allOf,
/// oneOf, enums, formats, additionalProperties. Stricter than the document where Jellyfin is: no property is ever null, ids have no dashes.
final class SchemaCheck {
    private final JsonNode document;
    private final boolean fromServer;

    /// @param fromServer whether the server wrote the value: then the rules of its JSON writer hold too
    SchemaCheck(JsonNode document, boolean fromServer) {
        this.document = document;
        this.fromServer = fromServer;
    }

    void check(JsonNode value, JsonNode given, String place, List<String> problems) {
        var schema = resolved(given);
        if (value.isNull()) {
            if (fromServer || !given.path("nullable").asBoolean(false)) problems.add(place + " is null");
            return;
        }
        if (given.has("allOf")) given.get("allOf").forEach(part -> check(value, part, place, problems));
        if (schema.has("oneOf") && oneOf(schema.get("oneOf"), value, place) != 1)
            problems.add(place + " fits not exactly one of its forms");
        if (schema.has("enum") && !schema.has("allOf") && schema.get("enum").valueStream().noneMatch(value::equals))
            problems.add(place + " is none of the known words: " + value);
        switch (schema.path("type").asString("")) {
            case "object" -> object(value, schema, place, problems);
            case "array" -> {
                if (!value.isArray()) problems.add(place + " is no array");
                else for (int i = 0; i < value.size(); i++) check(value.get(i), schema.path("items"), place + "[" + i + "]", problems);
            }
            case "string" -> string(value, schema.path("format").asString(""), place, problems);
            case "integer" -> {
                boolean fits = value.isIntegralNumber() && (!schema.path("format").asString("").equals("int32") || value.canConvertToInt());
                if (!fits) problems.add(place + " is no " + schema.path("format").asString("integer") + ": " + value);
            }
            case "number" -> {
                if (!value.isNumber()) problems.add(place + " is no number: " + value);
            }
            case "boolean" -> {
                if (!value.isBoolean()) problems.add(place + " is no boolean: " + value);
            }
            default -> {
            }
        }
    }

    private long oneOf(JsonNode forms, JsonNode value, String place) {
        return forms.valueStream().filter(form -> {
            var trial = new java.util.ArrayList<String>();
            check(value, form, place, trial);
            return trial.isEmpty();
        }).count();
    }

    private void object(JsonNode value, JsonNode schema, String place, List<String> problems) {
        if (!value.isObject()) {
            problems.add(place + " is no object: " + value);
            return;
        }
        var known = schema.path("properties");
        for (var name : schema.path("required"))
            if (!value.has(name.asString())) problems.add(place + "." + name.asString() + " is missing");
        for (var e : value.properties()) {
            var rest = schema.path("additionalProperties");
            if (known.has(e.getKey())) check(e.getValue(), known.get(e.getKey()), place + "." + e.getKey(), problems);
            else if (rest.isObject()) check(e.getValue(), rest, place + "." + e.getKey(), problems);
            else if (rest.isBoolean() && !rest.asBoolean()) problems.add(place + "." + e.getKey() + " is unknown");
        }
    }

    private void string(JsonNode value, String format, String place, List<String> problems) {
        if (!value.isString()) {
            problems.add(place + " is no string: " + value);
            return;
        }
        String text = value.asString();
        boolean fits = switch (format) {
            case "uuid" ->
                fromServer ? text.matches("[0-9a-f]{32}") : text.replace("-", "").toLowerCase(Locale.ROOT).matches("[0-9a-f]{32}");
            case "date-time" -> date(text);
            default -> true;
        };
        if (!fits) problems.add(place + " is no " + format + ": " + text);
    }

    private static boolean date(String text) {
        try {
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private JsonNode resolved(JsonNode schema) {
        var at = schema;
        while (at.has("$ref")) at = document.at(at.get("$ref").asString().substring(1));
        return at;
    }
}
