package app.waxwing.audio.vlc;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.co.caprica.vlcj.media.callback.AbstractCallbackMedia;

/// A [ByteSource] as LibVLC's media. LibVLC's input thread reads, one call at a time.
final class SourceMedia extends AbstractCallbackMedia {
    private final ByteSource source;
    private long position;
    private volatile boolean closed;
    private volatile @Nullable Failure trouble;

    SourceMedia(ByteSource source) {
        super(true);
        this.source = source;
    }

    /// Any thread: a waiting read is woken, later ones answer «end».
    void cut() {
        closed = true;
        source.close();
    }

    Optional<Failure> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    protected long onGetSize() {
        return source.length();
    }

    @Override
    protected boolean onOpen() {
        position = 0;
        return true;
    }

    @Override
    protected int onRead(Pointer into, int size) throws IOException {
        if (closed) return -1;
        ByteBuffer bytes = into.getByteBuffer(0, size);
        try {
            int n = source.read(position, bytes);
            if (n > 0) position += n;
            return n;
        } catch (IOException | FailureException e) {
            if (!closed) trouble = FailureException.of(e);
            return -1;
        }
    }

    @Override
    protected boolean onSeek(long offset) {
        position = offset;
        return true;
    }

    @Override
    protected void onClose() {}
}
