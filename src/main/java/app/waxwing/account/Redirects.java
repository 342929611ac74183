package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.server.MediaRequest;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Sends a [MediaRequest] and follows redirects within its own origin only.
final class Redirects {
    private static final int MOST = 5;

    private Redirects() {}

    static Response get(OkHttpClient client, MediaRequest request) throws IOException {
        return get(client, request, b -> b, call -> {});
    }

    /// @param more adds headers, such as Range
    /// @param started is given each call before it is made, so that another thread can cancel it
    static Response get(OkHttpClient client, MediaRequest request, UnaryOperator<Request.Builder> more, Consumer<Call> started)
            throws IOException {
        URI url = request.url();
        for (int hops = 0;; hops++) {
            var builder = new Request.Builder().url(HttpUrl.get(url));
            request.headers().forEach(builder::header);
            Call call = client.newCall(more.apply(builder).build());
            started.accept(call);
            Response response = call.execute();
            if (!response.isRedirect()) return response;
            try (response) {
                HttpUrl target = response.request().url().resolve(response.header("Location", ""));
                if (target == null || hops >= MOST || !Origin.of(target.uri()).equals(Origin.of(request.url()))) {
                    throw new IOException("sent on to another server");
                }
                url = target.uri();
            }
        }
    }

    /// What no answer means; a failure put into the exception on purpose comes through.
    static Failure failure(IOException thrown, String host) {
        for (Throwable t = thrown; t != null; t = t.getCause()) if (t instanceof FailureException f) return f.failure();
        return new Failure.Offline(host);
    }
}
