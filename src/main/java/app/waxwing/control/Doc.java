package app.waxwing.control;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One JSON object in the contract's form: keys in the order given, absent values left out, times ISO-8601 UTC, durations in seconds.
public final class Doc {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public static Doc of() {
        return new Doc();
    }

    /// A list with its length: `{"items":[…],"total":N}`.
    public static Doc list(Collection<Doc> items, long total) {
        return new Doc().put("items", items).put("total", total);
    }

    /// Puts a value; an empty optional puts nothing.
    public Doc put(String key, Object value) {
        Optional<Object> plain = plain(value);
        plain.ifPresent(v -> fields.put(key, v));
        return this;
    }

    /// As nested maps and lists of strings, numbers and booleans. Read-only by agreement.
    public Map<String, Object> fields() {
        return fields;
    }

    /// Text of a field, or nothing where it is absent.
    public String text(String key) {
        Object value = fields.get(key);
        return value == null ? "" : value.toString();
    }

    private static Optional<Object> plain(Object value) {
        return switch (value) {
            case Optional<?> o -> o.flatMap(Doc::plain);
            case OptionalInt o -> o.isPresent() ? Optional.of(o.getAsInt()) : Optional.empty();
            case OptionalLong o -> o.isPresent() ? Optional.of(o.getAsLong()) : Optional.empty();
            case OptionalDouble o -> o.isPresent() ? Optional.of(o.getAsDouble()) : Optional.empty();
            case Duration d -> Optional.of(seconds(d));
            case Instant i -> Optional.of(i.truncatedTo(ChronoUnit.MILLIS).toString());
            case Doc d -> Optional.of(d.fields);
            case Map<?, ?> m -> Optional.of(m);
            case Collection<?> c -> {
                List<Object> items = new ArrayList<>(c.size());
                for (Object item : c) plain(item).ifPresent(items::add);
                yield Optional.of(items);
            }
            case String s -> Optional.of(s);
            case Number n -> Optional.of(n);
            case Boolean b -> Optional.of(b);
            default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
        };
    }

    private static Object seconds(Duration d) {
        BigDecimal s = BigDecimal.valueOf(d.toMillis()).divide(BigDecimal.valueOf(1000), 3, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return s.scale() <= 0 ? s.longValue() : s;
    }
}
