package app.waxwing.account;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import java.util.Optional;
import okhttp3.OkHttpClient;

/// What transfers and players need of a session: an HTTP client that trusts what the account's user trusts, bytes of a remote track, covers.
public interface Sessions {
    /// The client for one account's bytes. Follows no redirects (whoever does must leave the sign-in out for another origin), reports failed and
    /// silent calls to [Reachability], refuses while the user is offline by choice, and never lets the sign-in leave for another origin.
    ///
    /// @throws app.waxwing.base.FailureException when the account is unknown
    OkHttpClient transfers(long account);

    /// Opens a track on its server for listening; returns when the server has agreed to send. Blocks: `io-*` threads only.
    ///
    /// @throws app.waxwing.base.FailureException when it cannot be had
    ByteSource open(long account, String trackId);

    /// Asks whoever answers at the account's address who it is, without signing in. Blocks.
    ///
    /// @return why the account's own server is not to be believed to answer; empty when it does
    Optional<Failure> stranger(long account);

    /// An account of which a server has just accepted the sign-in, told after each call that says so, on the thread of that call: whoever listens
    /// must return at once. Bytes of tracks and covers say nothing of it.
    Events<Long> accepted();

    /// Where the server has refused the account's sign-in it is shown once more, for a server that was only starting or being restored takes it
    /// again; then [#accepted] tells. Otherwise nothing happens. Blocks.
    void lookAgain(long account);

    /// The bytes of a cover, at most `limit`; not yet checked to be a picture. Blocks: `io-*` threads only.
    ///
    /// @throws app.waxwing.base.FailureException [app.waxwing.base.Failure.NotFound] where there is none,
    ///     [app.waxwing.base.Failure.TooLarge] beyond the limit
    byte[] image(long account, String itemId, String tag, int edge, int limit);
}
