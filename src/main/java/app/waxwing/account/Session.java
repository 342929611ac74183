package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Secrets;
import app.waxwing.server.MediaServer;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.jellyfin.ClientIdentity;
import app.waxwing.server.jellyfin.JellyfinConnection;
import app.waxwing.server.jellyfin.JellyfinServer;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One account's sign-in while the program runs: its token (read from the keyring when first needed), its HTTP client, its server.
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private final Account account;
    private final String secretName;
    private final Secrets secrets;
    private final OkHttpClient client;
    private final MediaServer server;
    private final Runnable changed;
    private @Nullable String token;
    private volatile boolean refused;

    /// @param changed told when the server has confirmed that the token is dead or the keyring has none, and when it takes it again
    /// @param accepted told after each call that the server answered as one of this account's
    Session(AccountRow row, Secrets secrets, OkHttpClient client, ClientIdentity identity, Runnable changed, Runnable accepted) {
        this.account = row.account();
        this.secretName = row.secretName();
        this.secrets = secrets;
        this.changed = changed;
        this.client = client;
        var connection = new JellyfinConnection(client, account.url(), account.serverName(), identity, this::token, () -> {
            boolean was = refused;
            refused = true;
            if (!was) changed.run();
        }, () -> {
            boolean was = refused;
            refused = false;
            if (was) changed.run();
            accepted.run();
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

    /// Blocks where the sign-in was refused.
    void lookAgain() {
        if (!refused) return;
        try {
            server.whoAmI();
            LOG.info("{} takes the sign-in again", account.serverName());
        } catch (FailureException e) {
            LOG.debug("{} does not take the sign-in: {}", account.serverName(), e.getMessage());
        }
    }

    private synchronized Optional<String> token() {
        if (token == null) {
            token = secrets.find(secretName).orElseThrow(() -> {
                refused = true;
                changed.run();
                return new Failure.Unauthorised(account.serverName()).asException();
            });
        }
        return Optional.of(token);
    }
}
