package app.waxwing.server.wire;

import app.waxwing.base.InertText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One object of an answer. Names are found whatever their case; a null, a missing name and a value of the wrong kind all read as absent, so that a
/// strange answer costs one field and not the whole page.
public final class JsonObject {
    private final Map<String, Object> values;
    private final @Nullable String problem;

    JsonObject(Map<String, Object> values, @Nullable String problem) {
        this.values = values;
        this.problem = problem;
    }

    /// Why this object, or something inside it, is beyond our limits; in words.
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /// Text as people may see it: inert and at most [InertText#LIMIT] long. Empty text counts as present.
    public Optional<String> text(String name) {
        return raw(name).map(InertText::of);
    }

    /// Text as [#text], but absent when blank.
    public Optional<String> words(String name) {
        return text(name).filter(t -> !t.isBlank());
    }

    /// Text for machines, unchanged; numbers as they are written.
    public Optional<String> raw(String name) {
        return switch (value(name)) {
            case String s -> Optional.of(s);
            case Long n -> Optional.of(n.toString());
            case Double n -> Optional.of(n.toString());
            case null, default -> Optional.empty();
        };
    }

    /// A whole number, also where it is written as text (servers may) or as `3.0`.
    public OptionalLong number(String name) {
        return switch (value(name)) {
            case Long n -> OptionalLong.of(n);
            case Double n when n == Math.rint(n) && Math.abs(n) < 1e15 -> OptionalLong.of(n.longValue());
            case String s -> parsed(s);
            case null, default -> OptionalLong.empty();
        };
    }

    /// As [#number], absent where it does not fit.
    public OptionalInt integer(String name) {
        OptionalLong n = number(name);
        return n.isPresent() && n.getAsLong() == (int) n.getAsLong() ? OptionalInt.of((int) n.getAsLong()) : OptionalInt.empty();
    }

    public OptionalDouble decimal(String name) {
        return switch (value(name)) {
            case Long n -> OptionalDouble.of(n);
            case Double n when Double.isFinite(n) -> OptionalDouble.of(n);
            case null, default -> OptionalDouble.empty();
        };
    }

    public Optional<Boolean> flag(String name) {
        return value(name) instanceof Boolean b ? Optional.of(b) : Optional.empty();
    }

    public boolean isTrue(String name) {
        return value(name) instanceof Boolean b && b;
    }

    public Optional<Instant> instant(String name) {
        return raw(name).flatMap(JsonObject::time);
    }

    public Optional<JsonObject> object(String name) {
        return value(name) instanceof JsonObject o ? Optional.of(o) : Optional.empty();
    }

    /// The objects of a list; elements of another kind are left out.
    public List<JsonObject> objects(String name) {
        return elements(name, JsonObject.class);
    }

    /// The texts of a list, inert; elements of another kind and blank ones are left out.
    public List<String> texts(String name) {
        return elements(name, String.class).stream().map(InertText::of).filter(t -> !t.isBlank()).toList();
    }

    /// How many elements the list has, of whatever kind.
    public int size(String name) {
        return value(name) instanceof List<?> list ? list.size() : 0;
    }

    /// It is there, and a list without elements, of which none was left out for being beyond our limits.
    public boolean isEmptyList(String name) {
        return problem == null && value(name) instanceof List<?> list && list.isEmpty();
    }

    private <T> List<T> elements(String name, Class<T> kind) {
        if (!(value(name) instanceof List<?> list)) return List.of();
        var out = new ArrayList<T>(list.size());
        for (Object element : list) if (kind.isInstance(element)) out.add(kind.cast(element));
        return out;
    }

    private @Nullable Object value(String name) {
        return values.get(name.toLowerCase(Locale.ROOT));
    }

    private static OptionalLong parsed(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Optional<Instant> time(String text) {
        if (text.length() < 19 || text.length() > 40) return Optional.empty();
        try {
            boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            return Optional.of(OffsetDateTime.parse(zoned ? text : text + "Z").toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
