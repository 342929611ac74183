package app.waxwing.server.jellyfin;

import app.waxwing.base.Failure;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Response;

/// What a Jellyfin server's refusals mean. 401 is the caller's to confirm before a sign-in is dropped.
final class JellyfinStatus {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private JellyfinStatus() {}

    static Failure failure(Response response, String server) {
        Optional<Duration> wait = retryAfter(response.header("Retry-After", ""));
        return switch (response.code()) {
            case 401 -> new Failure.Unauthorised(server);
            case 403 -> new Failure.NotPermitted("to do that");
            case 404 -> new Failure.NotFound("such item on " + server);
            case 429 -> new Failure.ServerBusy(server, wait);
            // While it starts a server says so in HTML and, since 10.11, names a time; an empty 503 is the administrator's address filter.
            case 503 -> wait.isPresent() || response.body().contentLength() != 0
                    ? new Failure.ServerBusy(server, wait)
                    : new Failure.NotPermitted("to connect from this network", true);
            // A proxy speaks for a server that is not there.
            case 502, 504 -> new Failure.Offline(server);
            case 400 -> new Failure.Trouble(server, "it did not understand the request (400)");
            default -> new Failure.Trouble(server, response.code() >= 500
                    ? "it had an error of its own (" + response.code() + ")"
                    : "it answered in a way we do not know (" + response.code() + ")");
        };
    }

    /// Seconds, as Jellyfin writes them («005»); a date is not understood and reads as none.
    static Optional<Duration> retryAfter(String value) {
        String digits = value.strip();
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) return Optional.empty();
        Duration asked = Duration.ofSeconds(Long.parseLong(digits));
        return Optional.of(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
    }
}
