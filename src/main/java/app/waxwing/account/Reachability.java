package app.waxwing.account;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Whether servers answer. A failed or 3-s-silent request starts a ping (3 s) at every address of the account; only if all fail is it offline.
/// Probes go on every 4 s for 10 minutes and after any network change, wake-up or user action, then up to every 60 s.
/// Each probe asks who answers, without signing in: where another server answers than the account was made with (B.43), the account is offline for
/// everything and nothing is sent there, until its own is back or somebody signs in to it at another address.
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

    /// True when the account's server may be asked: not forced offline, not known to be away, and no other one in its place.
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

    /// Accounts at whose address another server answers than their own; the user is asked what now.
    default Set<Long> strangers() {
        return Set.of();
    }

    /// The user says that the account's own server may be back: whoever answers is asked at once. Without this that happens by itself, within a
    /// minute.
    default void lookAgain(long account) {}

    /// What to say of an account whose server may not be asked.
    ///
    /// @param server its name
    default Failure.Offline why(long account, String server) {
        return new Failure.Offline(server, strangers().contains(account));
    }

    /// Something changed that makes it worth looking again now.
    void probeNow();

    /// The program is being used, by whatever key, click or command: a server that is looked for seldom is looked for at once and often again.
    /// Returns at once; as often as one likes.
    default void used() {}

    /// After any change, on an `io-*` thread.
    Events<Reachability> changes();
}
