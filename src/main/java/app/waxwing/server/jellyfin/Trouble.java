package app.waxwing.server.jellyfin;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.io.IOException;

/// What went wrong on the way, where no answer came.
final class Trouble {
    private Trouble() {}

    /// A failure that the client put into the exception on purpose (an untrusted certificate, offline by choice) comes through; everything else
    /// means that no answer came.
    static Failure of(IOException thrown, String host, String server) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof FailureException f) return f.failure();
        }
        return new Failure.Offline(server.isBlank() ? host : server);
    }
}
