package app.waxwing.account;

import app.waxwing.base.Events;
import java.time.Instant;
import java.util.Optional;

/// Whether servers answer. A failed or 3-s-silent request starts a ping (3 s) at every address of the account; only if all fail is it offline.
/// Probes go on every 4 s for 10 minutes and after any network change, wake-up or user action, then up to every 60 s.
/// Reading answers at once on any thread.
public interface Reachability {
    enum Mode {
        /// By what the network says.
        AUTO,
        /// The user said so: nothing is asked of any server.
        FORCED_OFFLINE,
        /// The user insists on trying.
        FORCED_ONLINE
    }

    Mode mode();

    void mode(Mode mode);

    /// True when the account's server may be asked: not forced offline and not known to be away.
    boolean online(long account);

    /// True when every active account is away, or the user said so. True too without accounts.
    boolean offline();

    /// A request went through or failed; called by sessions and transfers.
    void answered(long account);

    void failed(long account);

    /// When the server was last heard in this run.
    default Optional<Instant> lastContact(long account) {
        return Optional.empty();
    }

    /// Something changed that makes it worth looking again now.
    void probeNow();

    /// After any change, on an `io-*` thread.
    Events<Reachability> changes();
}
