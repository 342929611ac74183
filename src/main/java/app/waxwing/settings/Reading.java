package app.waxwing.settings;

import app.waxwing.base.Quality;
import app.waxwing.download.Limits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One pass over the file: every option asks for its key, gets its value or the default, and leaves a trace of both and of what was wrong.
final class Reading {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(b|kb|mb|gb|tb|kib|mib|gib|tib)?");
    private final Optional<ObjectNode> file;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> complaints = new LinkedHashMap<>();

    Reading(Optional<ObjectNode> file) {
        this.file = file;
    }

    /// Every key in order with its value: boolean, number or text.
    Map<String, Object> values() {
        return values;
    }

    /// For each key whose value in the file makes no sense: one sentence. The default serves instead.
    Map<String, String> complaints() {
        return complaints;
    }

    boolean bool(String key, boolean otherwise) {
        return value(key, otherwise, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> Optional.of(true);
            case "false", "off", "no" -> Optional.of(false);
            case String _ -> Optional.empty();
        });
    }

    int number(String key, int least, int most, int otherwise) {
        return value(key, otherwise, "a whole number from " + least + " to " + most,
                text -> text.matches("-?\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most
                        ? Optional.of(Integer.parseInt(text))
                        : Optional.empty());
    }

    long bytes(String key, long otherwise) {
        return value(key, otherwise, "a size such as 500MB or 10GiB", Reading::size);
    }

    /// @param least in words too
    long bytes(String key, long least, String leastWords, long otherwise) {
        return value(key, otherwise, "a size such as 500MB or 1GiB, at least " + leastWords, text -> size(text).filter(s -> s >= least));
    }

    /// Bytes a second.
    long bandwidth(String key) {
        return value(key, 0L, "bytes a second such as 500KB or 2MB, at least " + Limits.LEAST_BANDWIDTH / 1000 + "KB, or 0 for no limit",
                text -> size(text).filter(Limits::isBandwidth));
    }

    <E extends Enum<E>> E choice(String key, Class<E> kind, E otherwise) {
        E[] all = kind.getEnumConstants();
        String words = Arrays.stream(all).map(Reading::word).collect(Collectors.joining(", "));
        String chosen = value(key, word(otherwise), all.length == 1 ? "only " + words : "one of " + words,
                text -> Arrays.stream(all).map(Reading::word).filter(text.toLowerCase(Locale.ROOT)::equals).findFirst());
        return Arrays.stream(all).filter(e -> word(e).equals(chosen)).findFirst().orElse(otherwise);
    }

    /// By the words that commands take too. Files of before have them with underscores.
    Quality quality(String key) {
        String chosen = value(key, Quality.ORIGINAL.word(), "one of " + Quality.words(),
                text -> Quality.of(text.toLowerCase(Locale.ROOT).replace('_', '-')).map(Quality::word));
        return Quality.of(chosen).orElse(Quality.ORIGINAL);
    }

    String text(String key, String otherwise, String form, Predicate<String> fits) {
        return value(key, otherwise, form, text -> Optional.of(text).filter(fits));
    }

    Optional<Locale> language(String key) {
        String tag = value(key, "", "a language such as en or de-CH, or nothing for the system's", text -> {
            try {
                return Optional
                        .of(text.isBlank() ? "" : new Locale.Builder().setLanguageTag(text.replace('_', '-')).build().toLanguageTag());
            } catch (IllformedLocaleException e) {
                return Optional.empty();
            }
        });
        return tag.isEmpty() ? Optional.empty() : Optional.of(Locale.forLanguageTag(tag));
    }

    /// Whether it is there is not asked here: a drive may be unplugged.
    Optional<Path> folder(String key) {
        String path = value(key, "", "the whole path of a folder, or nothing for the usual place", text -> {
            try {
                return text.isBlank() ? Optional.of("") : Optional.of(text).filter(t -> Path.of(t).isAbsolute());
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
    }

    private <T> T value(String key, T otherwise, String form, Function<String, Optional<T>> parse) {
        Optional<JsonNode> node = find(key);
        Optional<T> parsed = node.filter(JsonNode::isValueNode).map(n -> n.isNull() ? "" : n.asString().strip()).flatMap(parse);
        if (node.isPresent() && parsed.isEmpty()) {
            complaints.put(key, key + " takes " + form + ", not «" + shortened(node.get()) + "»");
        }
        T value = parsed.orElse(otherwise);
        values.put(key, value);
        return value;
    }

    private Optional<JsonNode> find(String key) {
        Optional<JsonNode> at = file.map(f -> f);
        for (String part : key.split("\\.")) at = at.flatMap(n -> Optional.ofNullable(n.get(part)));
        return at;
    }

    private static String shortened(JsonNode node) {
        String text = node.isValueNode() && !node.isNull() ? node.asString() : node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Long> size(String text) {
        var match = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches()) return Optional.empty();
        String unit = match.group(2) == null ? "b" : match.group(2);
        long base = unit.length() == 3 ? 1024 : 1000;
        int power = "bkmgt".indexOf(unit.charAt(0));
        long bytes = Long.parseLong(match.group(1));
        try {
            for (int i = 0; i < power; i++) bytes = Math.multiplyExact(bytes, base);
            return Optional.of(bytes);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
