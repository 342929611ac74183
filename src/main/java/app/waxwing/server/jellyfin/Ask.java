package app.waxwing.server.jellyfin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/// One request before it has an address: verb, path below the server's base, query, JSON body.
///
/// @param body JSON, or empty for none; may hold a password, so [#toString] leaves it and the query out
record Ask(String verb, String path, Map<String, String> query, String body) {
    static Ask get(String path) {
        return new Ask("GET", path, new LinkedHashMap<>(), "");
    }

    static Ask post(String path) {
        return new Ask("POST", path, new LinkedHashMap<>(), "");
    }

    static Ask delete(String path) {
        return new Ask("DELETE", path, new LinkedHashMap<>(), "");
    }

    Ask with(String name, Object value) {
        query.put(name, value.toString());
        return this;
    }

    Ask with(String name, Optional<?> value) {
        value.ifPresent(v -> query.put(name, v.toString()));
        return this;
    }

    Ask json(String text) {
        return new Ask(verb, path, query, text);
    }

    HttpUrl url(HttpUrl base) {
        HttpUrl.Builder url = base.newBuilder().addPathSegments(path);
        query.forEach(url::addQueryParameter);
        return url.build();
    }

    @Override
    public String toString() {
        return verb + " /" + path;
    }
}
