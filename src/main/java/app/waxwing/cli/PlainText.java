package app.waxwing.cli;

import app.waxwing.base.FailureWords;
import app.waxwing.control.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Documents as text for people: lists as tables, one item as lines of «name: value». Nothing a script should read; `--json` is for those.
final class PlainText {
    private static final List<String> COLUMNS = List.of("id", "itemId", "kind", "title", "name", "artist", "album", "year", "trackCount",
            "albumCount",
            "duration", "availability", "status", "reason", "progress", "url", "user", "active", "shown", "reachable",
            "keptBytes", "cachedBytes", "ok", "detail", "playedAt",
            "seconds",
            "error", "createdAt", "hits", "misses", "hitRate", "mean", "p95", "items", "bytes", "evictions", "errors", "network");
    /// Figures of the music cache: nobody counts the digits of a gigabyte.
    private static final Set<String> SIZES = Set.of("limit", "used", "pinned", "freed", "bytesFromDisk", "bytesFromNetwork", "keptBytes",
            "cachedBytes");
    private static final int WIDEST = 44;

    private PlainText() {}

    static String of(Doc doc) {
        Map<String, Object> fields = doc.fields();
        for (String list : List.of("items", "checks", "lines")) {
            if (fields.get(list) instanceof List<?> items) return list.equals("lines") ? words(items) : head(fields, list) + table(items);
        }
        return lines(fields, "");
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
                text.append(key).append(": ").append(value).append('\n');
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
        List<String> columns = COLUMNS.stream().filter(c -> items.stream().anyMatch(i -> flat(i).containsKey(c))).toList();
        if (columns.isEmpty()) {
            return String.join("\n", items.stream().map(i -> i instanceof Map<?, ?> m ? lines(m, "") : String.valueOf(i)).toList());
        }
        List<List<String>> rows = new ArrayList<>();
        for (Object item : items) {
            Map<?, ?> fields = flat(item);
            rows.add(columns.stream().map(c -> fields.containsKey(c) ? cell(c, fields.get(c)) : "").toList());
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

    private static String cell(String column, Object value) {
        if (column.equals("duration") && value instanceof Number seconds) {
            long s = seconds.longValue(); // as the window shows it
            return s >= 3600 ? "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60) : "%d:%02d".formatted(s / 60, s % 60);
        }
        if (SIZES.contains(column) && value instanceof Number bytes) return FailureWords.bytes(bytes.longValue());
        if (column.equals("progress") && value instanceof Number part) return Math.round(part.doubleValue() * 100) + " %";
        return String.valueOf(value);
    }
}
