package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.server.MediaRequest;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/// Fetches a small file whole, never more of it than the limit.
final class ImageFetch {
    private ImageFetch() {}

    static byte[] fetch(OkHttpClient client, MediaRequest request, int limit) {
        try (Response response = Redirects.get(client, request)) {
            if (response.code() == 404) throw new Failure.NotFound("picture").asException();
            if (response.code() == 403 || response.code() == 401) throw new Failure.NotPermitted("to see this picture").asException();
            if (!response.isSuccessful()) throw new Failure.Trouble("The picture", "the server answered " + response.code()).asException();
            if (response.body().contentLength() > limit) throw tooLarge(limit);
            try (InputStream in = response.body().byteStream()) {
                byte[] bytes = in.readNBytes(limit + 1);
                if (bytes.length > limit) throw tooLarge(limit);
                return bytes;
            }
        } catch (IOException e) {
            throw new FailureException(Redirects.failure(e, request.url().getHost()), e);
        }
    }

    private static FailureException tooLarge(int limit) {
        return new Failure.TooLarge("The picture", FailureWords.bytes(limit)).asException();
    }
}
