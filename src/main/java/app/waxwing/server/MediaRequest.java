package app.waxwing.server;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// How to ask for bytes. The headers carry the sign-in and belong to this address's origin alone (scheme, host and port): whoever follows a
/// redirect elsewhere must leave them out. No token is ever part of the address.
///
/// @param url absolute
/// @param headers to send to that origin only
/// @param expires when a ticket in the request ends; ask for a new request then
/// @param resumable false where the server cannot continue in the middle (a transcode)
/// @param expectedSize bytes, where the server's item data names them; -1 unknown
public record MediaRequest(URI url, Map<String, String> headers, Optional<Instant> expires, boolean resumable, long expectedSize) {
    public MediaRequest {
        headers = Map.copyOf(headers);
    }

    /// Without the headers: requests may be logged, tokens may not.
    @Override
    public String toString() {
        return "MediaRequest[" + url + "]";
    }
}
