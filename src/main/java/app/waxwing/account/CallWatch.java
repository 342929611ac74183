package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Watches each call of one account. Before: where the user has chosen to be offline nothing is sent at all, and nothing to another server than the
/// account's ([Recognition]). After: tells [NetworkReachability] how it went: answered, failed, or silent for three seconds.
final class CallWatch implements Interceptor {
    static final Duration SILENCE = Duration.ofSeconds(3);
    /// «Not here» is said by the right server too, often.
    private static final Duration BELIEVED = Duration.ofSeconds(30);
    private final Account account;
    private final NetworkReachability reachability;
    private final Recognition recognition;
    private final Time time;

    CallWatch(Account account, NetworkReachability reachability, Recognition recognition, Time time) {
        this.account = account;
        this.reachability = reachability;
        this.recognition = recognition;
        this.time = time;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        long id = account.id();
        if (reachability.mode() == Reachability.Mode.FORCED_OFFLINE) {
            throw new IOException("offline by choice", new FailureException(new Failure.Offline(account.serverName())));
        }
        // A WebSocket always has a connection of its own, of which no network interceptor hears.
        if (chain.request().header("Upgrade") != null) recognition.admitAnew(id, account.url(), chain.call());
        else recognition.admit(id, account.url(), chain.call());
        try (Subscription silence = time.after(SILENCE, () -> reachability.silent(id))) {
            Response response = chain.proceed(chain.request());
            if (odd(response, account.url())) recognition.doubt(id);
            else if (response.code() == 404) recognition.doubtAfter(id, BELIEVED);
            // A proxy that speaks for an absent server is no answer of the server.
            if (response.code() == 502 || response.code() == 504) reachability.failed(id);
            else reachability.answered(id);
            return response;
        } catch (IOException e) {
            if (!chain.call().isCanceled()) reachability.failed(id);
            throw e;
        }
    }

    /// Before a request goes over a connection to the account's server.
    void connected(Connection connection, Call call) throws IOException {
        recognition.connected(account.id(), connection, call);
    }

    /// What a server that knows us says seldom: a sign-in that does not count, a page for people, the way to somebody else.
    private static boolean odd(Response response, URI url) {
        if (response.isRedirect()) {
            HttpUrl target = response.request().url().resolve(response.header("Location", ""));
            return target == null || !Origin.of(target.uri()).equals(Origin.of(url));
        }
        return switch (response.code()) {
            case 401, 403, 511 -> true;
            default -> response.header("Content-Type", "").startsWith("text/html");
        };
    }
}
