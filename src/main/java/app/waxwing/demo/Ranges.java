package app.waxwing.demo;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/// Answers a request for a file as ASP.NET's `PhysicalFile` with range processing and no entity tag does (FileResultHelper, RangeHelper).
final class Ranges {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d*)-(\\d*)", Pattern.CASE_INSENSITIVE);
    private static final long BUFFER = 64 * 1024;

    private Ranges() {}

    private record Part(long from, long length) {}

    static Response answer(Request request, Content file, String type) throws IOException {
        long size = file.size();
        var modified = file.modified().truncatedTo(ChronoUnit.SECONDS);
        if (date(request, "If-Unmodified-Since").filter(modified::isAfter).isPresent()) return Response.status(412);
        if (date(request, "If-Modified-Since").filter(d -> !modified.isAfter(d)).isPresent()) return headers(Response.status(304), file);
        var wanted = request.header("Range").filter(_ -> resumable(request, modified)).flatMap(h -> part(h, size));
        if (wanted.isEmpty()) return body(200, file, new Part(0, size), type);
        if (wanted.get().length() <= 0)
            return headers(Response.status(416), file).with("Content-Range", "bytes */" + size).with("Content-Type", type);
        var part = wanted.get();
        return body(206, file, part, type).with("Content-Range",
                "bytes " + part.from() + "-" + (part.from() + part.length() - 1) + "/" + size);
    }

    /// A date lets the range pass unless the file is newer; an entity tag is ignored, since the file has none, and so lets it pass too.
    private static boolean resumable(Request request, Instant modified) {
        return date(request, "If-Range").map(d -> !modified.isAfter(d)).orElse(true);
    }

    /// Empty for several ranges and for what cannot be read: the whole file is sent then. A length of 0 means not satisfiable.
    private static Optional<Part> part(String header, long size) {
        var m = ONE.matcher(header.strip());
        if (!m.matches() || m.group(1).isEmpty() && m.group(2).isEmpty() || m.group(1).length() > 18 || m.group(2).length() > 18)
            return Optional.empty();
        if (m.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(m.group(2)), size);
            return Optional.of(new Part(size - last, last));
        }
        long from = Long.parseLong(m.group(1));
        long to = m.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(m.group(2));
        if (to < from) return Optional.empty();
        return Optional.of(new Part(from, from >= size ? 0 : Math.min(to, size - 1) - from + 1));
    }

    private static Response body(int status, Content file, Part part, String type) {
        var answer = new Response(status, java.util.Map.of("Content-Type", type), Response.Framing.LENGTH, part.length(), (_, out) -> {
            try (InputStream in = file.open(part.from())) {
                byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(part.length(), 1))];
                for (long left = part.length(); left > 0;) {
                    int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (n < 0) throw new Response.Cut(false);
                    out.write(buffer, 0, n);
                    left -= n;
                }
            }
        });
        return headers(answer, file);
    }

    private static Response headers(Response answer, Content file) {
        return answer.with("Accept-Ranges", "bytes").with("Last-Modified", HttpListener.httpDate(file.modified()));
    }

    private static Optional<Instant> date(Request request, String name) {
        return request.header(name).flatMap(text -> {
            try {
                return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }
}
