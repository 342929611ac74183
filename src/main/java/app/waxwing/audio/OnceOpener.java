package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// An opener for a source that exists once.
final class OnceOpener implements SourceOpener {
    private final ByteSource source;
    private final AtomicBoolean given = new AtomicBoolean();

    OnceOpener(ByteSource source) {
        this.source = source;
    }

    @Override
    public ByteSource open() throws IOException {
        if (given.getAndSet(true)) throw new IOException("the source can be opened only once");
        return source;
    }
}
