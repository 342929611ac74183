package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.server.MediaRequest;
import okhttp3.OkHttpClient;

/// What the engine asks of an account's session. Called on transfer threads, where it may block; expected trouble comes as
/// [app.waxwing.base.FailureException]. Wiring fills it from [app.waxwing.account.Accounts].
public interface TransferSource {
    /// How to ask for the original bytes of a track. Called anew for every attempt, so that tickets are fresh.
    MediaRequest request(ItemKey track, Purpose purpose);

    /// The client that knows the account's certificate; the engine derives its own from it (no redirects, time-outs, no cache).
    OkHttpClient client(long account);

    /// Servers log a download, not a play.
    enum Purpose {
        KEEP, LISTEN
    }
}
