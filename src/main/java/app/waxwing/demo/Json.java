package app.waxwing.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reading and writing JSON as Jellyfin does: dates with seven fraction digits, absent instead of null.
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private Json() {}

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    static Response answer(JsonNode node) {
        return Response.bytes(200, "application/json; charset=utf-8", bytes(node));
    }

    /// The body as an object; anything else is the client's mistake.
    static ObjectNode body(Request request) {
        try {
            if (MAPPER.readTree(request.body()) instanceof ObjectNode object) return object;
        } catch (JacksonException e) {
            throw HttpProblem.invalid("body", e.getOriginalMessage());
        }
        throw HttpProblem.invalid("body", "");
    }

    static String date(Instant at) {
        return DATE.format(at);
    }

    static Instant instant(String name, String text) {
        try {
            return text.matches("\\d{14}")
                    ? COMPACT.parse(text, Instant::from)
                    : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeParseException e) {
            throw HttpProblem.invalid(name, text);
        }
    }
}
