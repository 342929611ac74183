package app.waxwing.account;

import app.waxwing.base.ByteSource;
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

    /// The id of the server that answers at the account's address now; asked without signing in. Blocks.
    ///
    /// @throws app.waxwing.base.FailureException when none answers that is one
    String serverNow(long account);

    /// The bytes of a cover, at most `limit`; not yet checked to be a picture. Blocks: `io-*` threads only.
    ///
    /// @throws app.waxwing.base.FailureException [app.waxwing.base.Failure.NotFound] where there is none,
    ///     [app.waxwing.base.Failure.TooLarge] beyond the limit
    byte[] image(long account, String itemId, String tag, int edge, int limit);
}
