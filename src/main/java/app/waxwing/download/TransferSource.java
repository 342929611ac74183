package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.server.MediaRequest;
import java.util.Optional;
import okhttp3.OkHttpClient;

/// What the engine asks of an account's session. Called on transfer threads, where it may block; expected trouble comes as
/// [app.waxwing.base.FailureException]. Wiring fills it from [app.waxwing.account.Accounts].
public interface TransferSource {
    /// How to ask for the original bytes of a track. Called anew for every attempt, so that tickets are fresh.
    MediaRequest request(ItemKey track, Purpose purpose);

    /// The client that knows the account's certificate; the engine derives its own from it (no redirects, time-outs, no cache).
    OkHttpClient client(long account);

    /// Asks the account's server who it is, without signing in. Blocks.
    ///
    /// @return empty when it is the one that the account was made with
    default Optional<Stranger> stranger(long account) {
        return Optional.empty();
    }

    /// Why the server at the account's address is not to be believed.
    ///
    /// @param otherServer a server answers, but another one; else none that we know answers
    record Stranger(Failure why, boolean otherServer) {}

    /// A transfer was refused for its sign-in: the session looks for itself, so that the user is asked to sign in again. Blocks.
    default void refused(long account) {}

    /// Whether this computer has any network but its own loopback.
    default boolean connected() {
        return true;
    }

    /// Whether the account's server runs on this computer, so that its bytes cost nothing. At once, from memory.
    default boolean onThisComputer(long account) {
        return false;
    }

    /// Servers log a download, not a play.
    enum Purpose {
        KEEP, LISTEN
    }
}
