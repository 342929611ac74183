package app.waxwing.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// One answer. The body is written when the headers are out; a [Cut] thrown meanwhile breaks the connection there.
///
/// @param length of the body when it is known, else −1
public record Response(int status, Map<String, String> headers, Framing framing, long length, Body body) {

    /// How the end of the body is marked.
    public enum Framing {
        /// By `Content-Length`.
        LENGTH,
        /// By `Transfer-Encoding: chunked`.
        CHUNKED,
        /// By closing the connection.
        CLOSE,
        /// There is none, or the protocol changes after the headers.
        NONE
    }

    /// Writes the body. The input is the connection's, for protocols that answer after an upgrade.
    @FunctionalInterface
    public interface Body {
        void write(InputStream in, OutputStream out) throws IOException;
    }

    /// Breaks the connection where it is thrown.
    public static final class Cut extends IOException {
        private static final long serialVersionUID = 1;
        private final boolean reset;

        /// @param reset with a TCP reset instead of an orderly close
        public Cut(boolean reset) {
            super("cut");
            this.reset = reset;
        }

        public boolean reset() {
            return reset;
        }
    }

    public static Response status(int status) {
        return new Response(status, Map.of(), status == 204 || status == 304 ? Framing.NONE : Framing.LENGTH, 0, (_, _) -> {});
    }

    public static Response bytes(int status, String contentType, byte[] body) {
        return new Response(status, Map.of("Content-Type", contentType), Framing.LENGTH, body.length, (_, out) -> out.write(body));
    }

    public static Response text(int status, String body) {
        return bytes(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public static Response html(int status, String body) {
        return bytes(status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public static Response json(int status, String body) {
        return bytes(status, "application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public static Response chunked(int status, String contentType, Body body) {
        return new Response(status, Map.of("Content-Type", contentType), Framing.CHUNKED, -1, body);
    }

    public Response with(String name, String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new Response(status, changed, framing, length, body);
    }

    public Response without(String name) {
        var changed = new LinkedHashMap<>(headers);
        changed.keySet().removeIf(name::equalsIgnoreCase);
        return new Response(status, changed, framing, length, body);
    }

    public Response with(Framing other) {
        return new Response(status, headers, other, length, body);
    }

    public Response with(Body other) {
        return new Response(status, headers, framing, length, other);
    }

    /// The same answer with another claimed length.
    public Response withLength(long other) {
        return new Response(status, headers, framing, other, body);
    }
}
