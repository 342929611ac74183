package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;

/// A view of a source for a decoder on trial: closing it leaves the source to the next decoder, unless a reader waits in it (which only
/// closing the source itself can wake) or the view is [#keep] kept.
final class LentSource implements ByteSource {
    private final ByteSource source;
    private boolean closed;
    private boolean kept;
    private boolean reading;
    private boolean spent;

    LentSource(ByteSource source) {
        this.source = source;
    }

    /// The decoder has proved itself: from now on closing the view closes the source.
    synchronized void keep() {
        kept = true;
        if (closed) source.close();
    }

    /// True when closing the view had to close the source, which then cannot serve another decoder.
    synchronized boolean spent() {
        return spent;
    }

    @Override
    public long length() {
        return source.length();
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        synchronized (this) {
            if (closed) throw new AsynchronousCloseException();
            reading = true;
        }
        try {
            return source.read(position, into);
        } finally {
            synchronized (this) {
                reading = false;
            }
        }
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long available() {
        return source.available();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (kept || reading) {
            spent = true;
            source.close();
        }
    }
}
