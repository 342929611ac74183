package app.waxwing.settings;

import java.math.BigDecimal;
import java.time.Duration;
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
        var store = new LinkedHashMap<String, Object>();
        store.put("bytes", view.store().bytes());
        store.put("walBytes", view.store().walBytes());
        store.put("statements", view.store().statements());
        store.put("mean", seconds(view.store().mean()));
        store.put("slow", view.store().slow());
        store.put("busy", view.store().busy());
        store.put("waiting", view.store().waiting());
        store.put("slowStatements", view.store().newest().stream().map(s -> {
            var one = new LinkedHashMap<String, Object>();
            one.put("at", s.at().toString());
            one.put("took", seconds(s.took()));
            one.put("statement", s.statement());
            return one;
        }).toList());
        all.put("database", store);
        return all;
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
        return one;
    }

    public static String json(Metrics.View view) {
        return SettingsFile.json(fields(view));
    }

    /// One line a cache under a line of names.
    public static String csv(Metrics.View view) {
        var text = new StringBuilder();
        List<Map<String, Object>> rows = view.caches().stream().map(MetricsText::cache).toList();
        if (rows.isEmpty()) rows = List.of(cache(new Metrics.Cache("", 0, 0, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0)));
        text.append(String.join(",", rows.getFirst().keySet())).append('\n');
        if (view.caches().isEmpty()) return text.toString();
        for (var row : rows) text.append(String.join(",", row.values().stream().map(String::valueOf).toList())).append('\n');
        return text.toString();
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
