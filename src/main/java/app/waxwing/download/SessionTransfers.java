package app.waxwing.download;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.account.Sessions;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.server.MediaRequest;
import app.waxwing.server.MediaServer;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Transfers through the accounts' sessions.
public record SessionTransfers(Accounts accounts, Sessions sessions) implements TransferSource {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTransfers.class);

    @Override
    public MediaRequest request(ItemKey track, Purpose purpose) {
        MediaServer server = accounts.server(track.account());
        return switch (purpose) {
            case KEEP -> server.download(track.id());
            case LISTEN -> server.stream(track.id());
        };
    }

    @Override
    public Optional<Stranger> stranger(long account) {
        Optional<Account> known = accounts.find(account);
        if (known.isEmpty()) return Optional.empty();
        String name = known.get().serverName();
        try {
            if (sessions.serverNow(account).equals(known.get().serverId())) return Optional.empty();
            return Optional.of(new Stranger(new Failure.Trouble(name,
                    "another server answers at its address now; sign in there anew, or wait until it is back"), true));
        } catch (FailureException e) {
            return Optional.of(new Stranger(e.failure(), false));
        }
    }

    @Override
    public void refused(long account) {
        try {
            accounts.server(account).whoAmI();
        } catch (FailureException e) {
            LOG.debug("account {} is refused: {}", account, e.getMessage()); // the session knows now, and says so where the user looks
        }
    }

    @Override
    public boolean connected() {
        try {
            return NetworkInterface.networkInterfaces().anyMatch(SessionTransfers::leadsOut);
        } catch (SocketException e) {
            LOG.debug("the interfaces cannot be read", e);
            return true;
        }
    }

    private static boolean leadsOut(NetworkInterface link) {
        try {
            return link.isUp() && !link.isLoopback() && link.inetAddresses().findAny().isPresent();
        } catch (SocketException e) {
            return false; // it went away while we looked
        }
    }

    @Override
    public boolean onThisComputer(long account) {
        return accounts.find(account).map(Account::onThisComputer).orElse(false);
    }

    @Override
    public OkHttpClient client(long account) {
        return sessions.transfers(account);
    }
}
