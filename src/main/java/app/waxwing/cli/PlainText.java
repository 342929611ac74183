package app.waxwing.cli;

import app.waxwing.base.FailureWords;
import app.waxwing.control.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Documents as text for people: lists as tables, one item as lines of «name: value». Nothing a script should read; `--json` is for those.
final class PlainText {
    private static final List<String> COLUMNS = List.of("id", "library", "folder", "itemId", "kind", "title", "name", "server", "artist",
            "album",
            "year",
            "trackCount",
            "albumCount",
            "duration", "availability", "status", "reason", "progress", "url", "user", "active", "shown", "reachable", "signedIn",
            "keptBytes", "cachedBytes", "ok", "detail", "heldFrom", "playedAt",
            "synced", "updated", "tracks", "albums", "artists", "playlists", "since", "unusable", "moved", "movedAt", "seconds",
            "error", "createdAt", "hits", "misses", "hitRate", "mean", "p95", "items", "bytes", "limit", "evictions", "errors", "network",
            "unasked", "files",
            "free", "default", "missing", "source");
    /// Figures of the music cache: nobody counts the digits of a gigabyte.
    private static final Set<String> SIZES = Set.of("limit", "used", "pinned", "freed", "bytesFromDisk", "bytesFromNetwork", "keptBytes",
            "cachedBytes", "bytes", "walBytes");
    private static final Set<String> RATES = Set.of("hitRate", "errorRate", "callsSaved");
    private static final Set<String> TIMES = Set.of("mean", "p95", "took");
    /// Heads of a table of nothing but figures; one that is not named here is its column's own name.
    private static final Map<String, String> HEADS = Map.of("name", "", "hitRate", "hit rate", "limit", "at most", "p95", "95 %", "bytes",
            "size", "unasked", "ahead");
    private static final Map<String, String> ONE = Map.of("tracks", "track", "albums", "album", "artists", "artist", "playlists",
            "playlist", "files", "file");
    private static final int WIDEST = 44;

    private PlainText() {}

    static String of(Doc doc) {
        Map<String, Object> fields = doc.fields();
        for (String list : List.of("items", "checks", "lines")) {
            if (fields.get(list) instanceof List<?> items) return list.equals("lines") ? words(items) : head(fields, list) + table(items);
        }
        if (fields.get("phase") instanceof String phase) return step(phase, fields);
        return lines(fields, "");
    }

    /// How far something is, on one line.
    private static String step(String phase, Map<String, Object> fields) {
        String part = fields.get("progress") instanceof Number n ? " " + Math.round(n.doubleValue() * 100) + " %" : "";
        return phase.substring(0, 1).toUpperCase(Locale.ROOT) + phase.substring(1) + part;
    }

    /// Words of a track, each line with its time where that is known.
    private static String words(List<?> lines) {
        return String.join("\n", lines.stream().map(l -> l instanceof Map<?, ?> m ? m : Map.of())
                .map(l -> (l.get("start") instanceof Number at ? cell("duration", at) + "  " : "")
                        + (l.get("text") instanceof String t ? t : ""))
                .map(String::stripTrailing).toList());
    }

    private static String head(Map<String, Object> fields, String list) {
        var text = new StringBuilder();
        fields.forEach((key, value) -> {
            if (!key.equals(list) && !key.equals("total") && !(value instanceof List) && !(value instanceof Map)) {
                text.append(key.equals("message") ? "" : key + ": ").append(value).append('\n');
            }
        });
        return text.toString();
    }

    private static String lines(Map<?, ?> fields, String indent) {
        var text = new StringBuilder();
        fields.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map)
                text.append(indent).append(key).append(":\n").append(lines(map, indent + "  ")).append('\n');
            else
                if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance))
                    text.append(indent).append(key).append(":\n").append(table(list).indent(indent.length() + 2));
            else
                    if (value instanceof List<?> list) text.append(indent).append(key).append(": ").append(join(list)).append('\n');
            else text.append(indent).append(key).append(": ").append(cell(String.valueOf(key), value)).append('\n');
        });
        return text.toString().stripTrailing();
    }

    private static String join(List<?> list) {
        return String.join(", ", list.stream().map(String::valueOf).toList());
    }

    private static String table(List<?> items) {
        if (items.isEmpty()) return "(none)";
        List<String> columns = COLUMNS.stream()
                .filter(c -> items.stream().anyMatch(i -> !field(i, c).isEmpty())).toList();
        if (columns.isEmpty()) {
            return String.join("\n", items.stream().map(i -> i instanceof Map<?, ?> m ? lines(m, "") : String.valueOf(i)).toList());
        }
        List<List<String>> rows = new ArrayList<>();
        if (columns.contains("p95")) rows.add(columns.stream().map(c -> HEADS.getOrDefault(c, c)).toList());
        for (Object item : items) {
            rows.add(columns.stream().map(c -> field(item, c)).toList());
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int c = 0; c < columns.size(); c++) {
                int column = c;
                int width = Math.min(WIDEST, rows.stream().mapToInt(r -> width(r.get(column))).max().orElse(0));
                String value = row.get(c);
                if (width(value) > WIDEST && c < columns.size() - 1) value = cut(value);
                line.append(value).append(" ".repeat(Math.max(0, width - width(value)) + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    /// Columns on a terminal: wide letters such as 冬 take two, marks over a letter none.
    private static int width(String text) {
        return text.codePoints().map(PlainText::width).sum();
    }

    private static int width(int letter) {
        int type = Character.getType(letter);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) return 0;
        return switch (Character.UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> 2;
            default ->
                letter >= 0x3000 && letter <= 0x303E || letter >= 0xFF01 && letter <= 0xFF60 || letter >= 0x1F300 && letter <= 0x1FAFF
                        ? 2
                        : 1;
        };
    }

    private static String cut(String text) {
        var start = new StringBuilder();
        int used = 0;
        for (int letter : text.codePoints().toArray()) {
            used += width(letter);
            if (used > WIDEST - 1) break;
            start.appendCodePoint(letter);
        }
        return start.append('…').toString();
    }

    private static Map<?, ?> flat(Object item) {
        if (!(item instanceof Map<?, ?> fields)) return Map.of();
        return fields.get("track") instanceof Map<?, ?> track ? merged(track, fields) : fields;
    }

    private static Map<?, ?> merged(Map<?, ?> a, Map<?, ?> b) {
        var all = new java.util.LinkedHashMap<Object, Object>(a);
        all.putAll(b);
        all.remove("track");
        return all;
    }

    private static String field(Object item, String column) {
        Object value = flat(item).get(column);
        return value == null ? "" : told(column, value);
    }

    /// A cell of a table, which has no heads unless it is one of figures: what a number alone does not say is said. Lists have no cell.
    private static String told(String column, Object value) {
        if (value instanceof List) return "";
        if (column.equals("source") && value instanceof Map<?, ?> source)
            return "not in " + source.get("kind") + " «" + source.get("title") + "»";
        if (value instanceof Map<?, ?> figures) {
            return figures.get("missing") instanceof Number missing && missing.longValue() > 0
                    ? missing + " of " + figures.get("known") + " " + named(column, number(figures.get("known"))) + " missing"
                    : "";
        }
        return switch (column) {
            case "signedIn" -> Boolean.TRUE.equals(value) ? "" : "asks you to sign in again";
            case "synced" -> Boolean.TRUE.equals(value) ? "on" : "off";
            case "updated" -> "updated " + value;
            case "since" -> "since " + value;
            case "unusable" -> Long.valueOf(0).equals(number(value)) ? "" : value + " unusable";
            case "moved" -> Long.valueOf(0).equals(number(value)) ? "" : value + " moved";
            case "movedAt" -> "at " + value;
            case "heldFrom" -> "held: send or drop it";
            case "free" -> FailureWords.bytes(number(value)) + " free";
            case "default" -> Boolean.TRUE.equals(value) ? "new downloads go here" : "";
            case "limit" -> Long.valueOf(0).equals(number(value)) ? "–" : cell(column, value);
            case "missing" -> Boolean.TRUE.equals(value) ? "not there" : "";
            case "tracks", "albums", "artists", "playlists", "files" -> value + " " + named(column, number(value));
            default -> cell(column, value);
        };
    }

    /// One track, two tracks.
    private static String named(String column, Long count) {
        return count == 1 ? ONE.getOrDefault(column, column) : column;
    }

    private static Long number(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : -1L;
    }

    private static String milliseconds(double ms) {
        return String.format(Locale.ROOT, ms < 10 ? "%.2f ms" : "%.0f ms", ms);
    }

    private static String cell(String column, Object value) {
        if (column.equals("duration") && value instanceof Number seconds) {
            long s = seconds.longValue(); // as the window shows it
            return s >= 3600 ? "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60) : "%d:%02d".formatted(s / 60, s % 60);
        }
        if (SIZES.contains(column) && value instanceof Number bytes) return FailureWords.bytes(bytes.longValue());
        if (column.equals("progress") && value instanceof Number part) return Math.round(part.doubleValue() * 100) + " %";
        if (RATES.contains(column) && value instanceof Number part) return String.format(Locale.ROOT, "%.1f %%", part.doubleValue() * 100);
        if (TIMES.contains(column) && value instanceof Number seconds) return milliseconds(seconds.doubleValue() * 1000);
        return String.valueOf(value);
    }
}
