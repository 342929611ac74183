package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Tells [NetworkReachability] how each call of one account goes: answered, failed, or silent for three seconds. Where the user has chosen to be
/// offline, nothing is sent at all.
final class CallWatch implements Interceptor {
    static final Duration SILENCE = Duration.ofSeconds(3);
    private final long account;
    private final String server;
    private final NetworkReachability reachability;
    private final Time time;

    CallWatch(long account, String server, NetworkReachability reachability, Time time) {
        this.account = account;
        this.server = server;
        this.reachability = reachability;
        this.time = time;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        if (reachability.mode() == Reachability.Mode.FORCED_OFFLINE) {
            throw new IOException("offline by choice", new FailureException(new Failure.Offline(server)));
        }
        try (Subscription silence = time.after(SILENCE, () -> reachability.failed(account))) {
            Response response = chain.proceed(chain.request());
            // A proxy that speaks for an absent server is no answer of the server.
            if (response.code() == 502 || response.code() == 504) reachability.failed(account);
            else reachability.answered(account);
            return response;
        } catch (IOException e) {
            if (!chain.call().isCanceled()) reachability.failed(account);
            throw e;
        }
    }
}
