package app.waxwing.server.jellyfin;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/// How one user reaches one server.
///
/// @param client follows no redirects and trusts what the user trusts for this server
/// @param url origin and base path, no trailing slash
/// @param server the server's name for sentences
/// @param token read at each call; may block (a keyring), so calls stay on `io-*` threads. Empty = signed out
/// @param rejected told once the server has confirmed that the token is dead
/// @param accepted told, on the caller's thread, after each call whose answer only somebody with a good token gets; must return at once
public record JellyfinConnection(OkHttpClient client, URI url, String server, ClientIdentity identity, Supplier<Optional<String>> token,
        Runnable rejected, Runnable accepted) {
    /// Where nobody asks what was accepted.
    public JellyfinConnection(OkHttpClient client, URI url, String server, ClientIdentity identity, Supplier<Optional<String>> token,
            Runnable rejected) {
        this(client, url, server, identity, token, rejected, () -> {});
    }

    @Override
    public String toString() {
        return "JellyfinConnection[" + url + "]";
    }
}
