package app.waxwing.demo;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who calls, as the request says: the values of `Authorization: MediaBrowser …` and a token from wherever the version looks for one.
/// Missing values are empty. (Jellyfin.Server.Implementations/Security/AuthorizationContext.cs)
record Identity(String client, String device, String deviceId, String version, String token) {
    static final Identity NONE = new Identity("", "", "", "", "");
    private static final Pattern PAIR = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Identity of(Request request, ServerVersion server) {
        boolean legacy = !server.atLeast(12);
        var header = request.header("Authorization").filter(h -> scheme(h, "MediaBrowser") || legacy && scheme(h, "Emby"));
        if (header.isEmpty() && legacy) header = request.header("X-Emby-Authorization");
        Map<String, String> values = new HashMap<>();
        header.ifPresent(h -> {
            var m = PAIR.matcher(h.substring(h.indexOf(' ') + 1));
            while (m.find()) values.putIfAbsent(m.group(1).toLowerCase(Locale.ROOT), Request.decode(m.group(2)));
        });
        var token = Stream.of(Optional.ofNullable(values.get("token")), legacy ? request.header("X-Emby-Token") : Optional.<String>empty(),
                legacy ? request.header("X-MediaBrowser-Token") : Optional.<String>empty(), apiKey(request, "ApiKey"),
                legacy ? apiKey(request, "api_key") : Optional.<String>empty()).flatMap(Optional::stream).filter(t -> !t.isEmpty())
                .findFirst();
        return new Identity(values.getOrDefault("client", ""), values.getOrDefault("device", ""), values.getOrDefault("deviceid", ""),
                values.getOrDefault("version", ""), token.orElse(""));
    }

    /// Whether all that a sign-in needs is there.
    boolean complete() {
        return !client.isEmpty() && !device.isEmpty() && !deviceId.isEmpty() && !version.isEmpty();
    }

    private static Optional<String> apiKey(Request request, String name) {
        return request.param(name);
    }

    private static boolean scheme(String header, String name) {
        return header.regionMatches(true, 0, name + " ", 0, name.length() + 1);
    }
}
