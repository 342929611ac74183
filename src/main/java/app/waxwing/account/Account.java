package app.waxwing.account;

import app.waxwing.server.ServerKind;
import java.net.URI;

/// One user on one server. Immutable snapshot of its row; the token is not in it.
///
/// @param id local number
/// @param url final origin and base path without a trailing slash
/// @param active of the users of its server the one whose rows count
/// @param shown the library shows the music of its server
public record Account(long id, String serverId, String userId, ServerKind kind, String serverName, String serverVersion, String userName,
        URI url, boolean active, boolean shown, boolean downloadAllowed, boolean transcodeAllowed) {
    /// The server runs here: its bytes cross no network.
    public boolean onThisComputer() {
        return Origin.loopback(url);
    }
}
