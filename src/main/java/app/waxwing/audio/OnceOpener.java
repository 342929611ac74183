package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// An opener for a source that exists once.
final class OnceOpener {
    private OnceOpener() {}

    static SourceOpener of(ByteSource source) {
        var given = new AtomicBoolean();
        return () -> {
            if (given.getAndSet(true)) throw new IOException("the source can be opened only once");
            return source;
        };
    }
}
