package app.waxwing.library;

import app.waxwing.base.ByteSource;
import app.waxwing.base.FailureException;
import app.waxwing.library.MediaLocator.ReadAhead;
import app.waxwing.library.MediaLocator.RemoteAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that grows while it is heard, with a second way to bytes that will not be there for long: a seek, the last page of an Ogg file, the table
/// of contents at the end of an MP4 are read from the server, as long as the file has not come there. Without that the first sound of an Ogg file
/// would wait for all of it. Bytes read so are kept, and taken over by the transfer when it comes there (decision 0014). Where they cannot be kept,
/// they are read from a stream of their own and fetched once more. Each such read costs a request, so a moment is waited first.
final class AheadSource implements ByteSource {
    private static final Logger LOG = LoggerFactory.getLogger(AheadSource.class);
    /// As far ahead of what is written the transfer is waited for.
    static final long NEAR = 64 << 10;
    private static final int LOOKS = 25;
    private static final long BETWEEN_LOOKS = 20_000_000;
    private final ByteSource growing;
    private final ReadAhead kept;
    private final Supplier<RemoteAnswer> remote;
    private volatile boolean closed;
    private volatile Optional<ByteSource> unkept = Optional.empty();
    /// The last read was ahead.
    private boolean ahead;
    private boolean unusable;

    AheadSource(ByteSource growing, ReadAhead kept, Supplier<RemoteAnswer> remote) {
        this.growing = growing;
        this.kept = kept;
        this.remote = remote;
    }

    @Override
    public long length() {
        return growing.length();
    }

    @Override
    public String name() {
        return growing.name();
    }

    @Override
    public long available() {
        return growing.available();
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) return 0;
        while (true) {
            if (position >= growing.available() && kept.holds(position)) {
                ahead = true;
                int n = kept.read(position, into);
                if (n != 0) return n;
                continue;
            }
            if (isNear(position) || unusable || !ahead && comesSoon(position)) {
                letGo();
                return growing.read(position, into);
            }
            ahead = true;
            if (unkept.isPresent()) return readUnkept(position, into);
            switch (kept.open(position)) {
                case KEPT -> LOG.debug("{} is read ahead of its download at {}", growing.name(), position);
                case UNKEPT -> {
                    if (open()) return readUnkept(position, into);
                }
                case REFUSED -> unusable = true;
            }
        }
    }

    private int readUnkept(long position, ByteBuffer into) throws IOException {
        int start = into.position();
        try {
            return unkept.orElseThrow().read(position, into);
        } catch (IOException | FailureException e) {
            if (closed) throw new AsynchronousCloseException();
            LOG.info("{} is not read ahead of its download: {}", growing.name(), e.toString());
            unusable = true;
            letGo();
            into.position(start);
            return growing.read(position, into);
        }
    }

    private boolean isNear(long position) {
        long length = growing.length();
        return length < 0 || position >= length || position < growing.available() + NEAR;
    }

    private boolean comesSoon(long position) {
        for (int look = 0; look < LOOKS && !closed; look++) {
            if (isNear(position)) return true;
            LockSupport.parkNanos(this, BETWEEN_LOOKS);
        }
        return closed;
    }

    /// False when the server does not give it, or another version of it.
    private boolean open() throws IOException {
        switch (remote.get()) {
            case RemoteAnswer.Source(ByteSource source) -> {
                unkept = Optional.of(source);
                if (closed) {
                    source.close();
                    throw new AsynchronousCloseException();
                }
                unusable = source.length() != growing.length();
            }
            case RemoteAnswer.Refused refused -> unusable = true;
        }
        return !unusable;
    }

    private void letGo() {
        if (!ahead) return;
        ahead = false;
        kept.letGo();
        unkept.ifPresent(ByteSource::close);
        unkept = Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        growing.close();
        unkept.ifPresent(ByteSource::close);
    }
}
