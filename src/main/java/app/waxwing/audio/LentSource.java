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

    /// Ends the loan, once a read that is under way has come back. False when it did not within half a second (bytes are missing) or the source had
    /// to be closed: it cannot serve another decoder then.
    synchronized boolean giveBack() {
        if (spent) return false;
        closed = true;
        long patience = 500;
        while (reading && patience > 0) {
            try {
                wait(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            patience -= 50;
        }
        if (!reading) return !spent;
        spent = true;
        source.close();
        return false;
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
                notifyAll();
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
