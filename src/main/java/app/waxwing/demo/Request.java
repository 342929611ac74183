package app.waxwing.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One request as it came: names of headers and query parameters are lower case, since both are case-insensitive here.
///
/// @param path percent-decoded, without the query
/// @param target the request line's own words: raw path and query
public record Request(Instant at, String method, String path, String target, Map<String, List<String>> query, Map<String, String> headers,
        byte[] body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The parameter's last value.
    public Optional<String> param(String name) {
        List<String> all = query.get(name.toLowerCase(Locale.ROOT));
        return all == null || all.getLast().isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /// All values of a list parameter, given repeated or joined by the separator.
    List<String> params(String name, String separator) {
        return query.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .flatMap(v -> Arrays.stream(v.split(Pattern.quote(separator)))).map(String::strip).filter(v -> !v.isEmpty()).toList();
    }

    List<String> list(String name) {
        return params(name, ",");
    }

    /// A number; malformed ones are answered with 400 as the framework does.
    int integer(String name, int otherwise) {
        return param(name).map(v -> {
            try {
                return Integer.parseInt(v);
            } catch (NumberFormatException e) {
                throw HttpProblem.invalid(name, v);
            }
        }).orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return param(name).map(v -> {
            if (v.equalsIgnoreCase("true")) return true;
            if (v.equalsIgnoreCase("false")) return false;
            throw HttpProblem.invalid(name, v);
        }).orElse(otherwise);
    }

    /// The same request with one query parameter changed, for faults that shift pages.
    public Request withParam(String name, String value) {
        var changed = new LinkedHashMap<>(query);
        changed.put(name.toLowerCase(Locale.ROOT), List.of(value));
        return new Request(at, method, path, target, changed, headers, body);
    }

    /// The same request with one header changed.
    public Request withHeader(String name, String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(name.toLowerCase(Locale.ROOT), value);
        return new Request(at, method, path, target, query, changed, body);
    }

    public Request withoutHeader(String name) {
        var changed = new LinkedHashMap<>(headers);
        changed.remove(name.toLowerCase(Locale.ROOT));
        return new Request(at, method, path, target, query, changed, body);
    }

    /// The same request at another path.
    public Request withPath(String other) {
        return new Request(at, method, other, target, query, headers, body);
    }

    static Map<String, List<String>> parseQuery(String raw) {
        var out = new LinkedHashMap<String, List<String>>();
        for (String pair : raw.split("&")) {
            if (pair.isEmpty()) continue;
            int eq = pair.indexOf('=');
            String name = eq < 0 ? pair : pair.substring(0, eq);
            out.computeIfAbsent(decode(name).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(eq < 0 ? "" : decode(pair.substring(eq + 1)));
        }
        return out;
    }

    /// Form-URL-decoding: `+` is a space, `%XX` UTF-8 bytes. Text that is no valid encoding stays as it is.
    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
