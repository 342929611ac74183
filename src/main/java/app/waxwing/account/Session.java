package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.Secrets;
import app.waxwing.server.MediaServer;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.jellyfin.ClientIdentity;
import app.waxwing.server.jellyfin.JellyfinConnection;
import app.waxwing.server.jellyfin.JellyfinServer;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// One account's sign-in while the program runs: its token (read from the keyring when first needed), its HTTP client, its server.
final class Session {
    private final Account account;
    private final String secretName;
    private final Secrets secrets;
    private final OkHttpClient client;
    private final MediaServer server;
    private @Nullable String token;
    private volatile boolean refused;

    /// @param refused told when the server has confirmed that the token is dead
    Session(AccountRow row, Secrets secrets, OkHttpClient client, ClientIdentity identity, Runnable refused) {
        this.account = row.account();
        this.secretName = row.secretName();
        this.secrets = secrets;
        this.client = client;
        var connection = new JellyfinConnection(client, account.url(), account.serverName(), identity, this::token, () -> {
            this.refused = true;
            refused.run();
        });
        this.server = new JellyfinServer(connection, new ServerInfo(account.serverId(), account.serverName(), account.serverVersion(),
                account.kind()), account.userId(),
                new MediaServer.Permissions(account.downloadAllowed(), account.transcodeAllowed(), false));
    }

    MediaServer server() {
        if (refused) throw new Failure.Unauthorised(account.serverName()).asException();
        return server;
    }

    OkHttpClient client() {
        return client;
    }

    boolean refused() {
        return refused;
    }

    private synchronized Optional<String> token() {
        if (token == null) {
            token = secrets.find(secretName).orElseThrow(() -> {
                refused = true;
                return new Failure.Unauthorised(account.serverName()).asException();
            });
        }
        return Optional.of(token);
    }
}
