package app.waxwing.download;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What tells one version of a file on a server from another (RFC 9110, 8.8). Two byte ranges may be joined only when a *strong* validator was
/// sent with If-Range **and** the answer's own validators equal what was stored: ASP.NET, and so Jellyfin, lets a dated If-Range pass for
/// files that are older than the date (B.5).
///
/// @param etag as the server wrote it, weak ones included
/// @param lastModified as the server wrote it, only where it is strong: at least a minute before the answer's own Date (RFC 9110, 8.8.2.2)
record Validators(Optional<String> etag, Optional<String> lastModified) {
    static final Validators NONE = new Validators(Optional.empty(), Optional.empty());
    private static final Duration SETTLED = Duration.ofSeconds(60);

    static Validators of(Optional<String> etag, Optional<String> lastModified, Optional<String> date) {
        return new Validators(etag.map(String::strip).filter(e -> !e.isEmpty()),
                lastModified.map(String::strip).filter(m -> isStrong(m, date)));
    }

    /// What to send with If-Range; empty means: never resume (B.6).
    Optional<String> ifRange() {
        Optional<String> strong = etag.filter(e -> !e.startsWith("W/") && e.startsWith("\"") && e.endsWith("\"") && e.length() > 1);
        return strong.or(() -> lastModified);
    }

    /// Whether an answer with these headers is of the version these validators came from. What was stored must be there again, unchanged.
    boolean sameVersion(Optional<String> otherEtag, Optional<String> otherLastModified) {
        if (etag.isPresent() && !etag.equals(otherEtag.map(String::strip))) return false;
        return lastModified.isEmpty() || lastModified.equals(otherLastModified.map(String::strip));
    }

    static Optional<Instant> httpDate(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isStrong(String lastModified, Optional<String> date) {
        Optional<Instant> modified = httpDate(lastModified);
        Optional<Instant> answered = date.flatMap(Validators::httpDate);
        return modified.isPresent() && answered.isPresent() && !modified.get().plus(SETTLED).isAfter(answered.get());
    }
}
