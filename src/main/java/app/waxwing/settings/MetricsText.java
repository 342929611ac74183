package app.waxwing.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// [Metrics] as scripts and spreadsheets read them: rates from 0 to 1, times in seconds, sizes in bytes.
public final class MetricsText {
    private MetricsText() {}

    /// Nested maps and lists of text and numbers.
    public static Map<String, Object> fields(Metrics.View view) {
        var all = new LinkedHashMap<String, Object>();
        all.put("hits", view.hits());
        all.put("misses", view.misses());
        all.put("hitRate", rate(view.hitRate()));
        all.put("mean", seconds(view.mean()));
        all.put("items", view.items());
        all.put("bytes", view.bytes());
        all.put("errors", view.errors());
        all.put("errorRate", rate(view.errorRate()));
        all.put("callsSaved", rate(view.callsSaved()));
        all.put("caches", view.caches().stream().map(MetricsText::cache).toList());
        var levels = new LinkedHashMap<String, Object>();
        levels.put("memory", level(view.levels().memory()));
        levels.put("store", level(view.levels().store()));
        levels.put("server", level(view.levels().server()));
        all.put("levels", levels);
        var store = new LinkedHashMap<String, Object>();
        store.put("bytes", view.store().bytes());
        store.put("walBytes", view.store().walBytes());
        store.put("statements", view.store().statements());
        store.put("mean", seconds(view.store().mean()));
        store.put("slow", view.store().slow());
        store.put("busy", view.store().busy());
        store.put("waiting", view.store().waiting());
        store.put("slowStatements", view.store().newest().stream().map(MetricsText::slow).toList());
        all.put("database", store);
        return all;
    }

    private static Map<String, Object> slow(Metrics.Slow statement) {
        var one = new LinkedHashMap<String, Object>();
        one.put("at", statement.at().toString());
        one.put("took", seconds(statement.took()));
        one.put("statement", statement.statement());
        return one;
    }

    private static Map<String, Object> level(Metrics.Level level) {
        var one = new LinkedHashMap<String, Object>();
        one.put("answers", level.answers());
        one.put("mean", seconds(level.mean()));
        return one;
    }

    private static Map<String, Object> cache(Metrics.Cache c) {
        var one = new LinkedHashMap<String, Object>();
        one.put("name", c.name());
        one.put("hits", c.hits());
        one.put("misses", c.misses());
        one.put("hitRate", rate(c.hitRate()));
        one.put("mean", seconds(c.mean()));
        one.put("p95", seconds(c.p95()));
        one.put("items", c.items());
        one.put("bytes", c.bytes());
        one.put("evictions", c.evictions());
        one.put("errors", c.errors());
        one.put("network", c.network());
        one.put("unasked", c.unasked());
        one.put("limit", c.limit());
        return one;
    }

    public static String json(Metrics.View view) {
        return SettingsFile.json(fields(view));
    }

    /// One line a cache under a line of names; after an empty line, one line for each other figure: of all caches together, of the levels, of the
    /// database; after another, one line for each slow statement.
    public static String csv(Metrics.View view) {
        var text = new StringBuilder();
        var none = new Metrics.Levels(Metrics.Level.NONE, Metrics.Level.NONE, Metrics.Level.NONE);
        var nothing = new Metrics.Cache("", 0, 0, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, none);
        line(text, cache(nothing).keySet());
        for (Metrics.Cache cache : view.caches()) line(text, cache(cache).values());
        line(text.append('\n'), List.of("figure", "value"));
        figures(text, "", fields(view));
        line(text.append('\n'), slow(new Metrics.Slow(Instant.EPOCH, Duration.ZERO, "")).keySet());
        for (Metrics.Slow statement : view.store().newest()) line(text, slow(statement).values());
        return text.toString();
    }

    private static void line(StringBuilder text, Collection<?> cells) {
        text.append(String.join(",", cells.stream().map(MetricsText::cell).toList())).append('\n');
    }

    /// As in RFC 4180.
    private static String cell(Object value) {
        String text = String.valueOf(value);
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static void figures(StringBuilder text, String before, Map<?, ?> fields) {
        fields.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) figures(text, before + name + ".", inner);
            else if (!(value instanceof List)) line(text, List.of(before + name, value));
        });
    }

    private static BigDecimal rate(double rate) {
        return plain(BigDecimal.valueOf(Math.round(rate * 10_000), 4));
    }

    private static BigDecimal seconds(Duration d) {
        return plain(BigDecimal.valueOf(Math.round(d.toNanos() / 1000.0), 6));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal shorter = number.stripTrailingZeros();
        return shorter.scale() < 0 ? shorter.setScale(0) : shorter;
    }
}
