package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// LibVLC from the start of a track, the embedded decoder from the first seek on.
final class HandoverDecoder implements Decoder {
    private final LentSource view;
    private final ByteSource source;
    private final Function<Optional<ByteSource>, Decoder> successor;
    private final SourceInfo info;
    private volatile Decoder now;
    private volatile boolean closed;
    private boolean handedOver;

    /// @param successor opens the embedded decoder, on the given source or on a fresh one
    HandoverDecoder(Decoder first, LentSource view, ByteSource source, Function<Optional<ByteSource>, Decoder> successor) {
        now = first;
        info = first.info();
        this.view = view;
        this.source = source;
        this.successor = successor;
    }

    @Override
    public long generation() {
        return now.generation();
    }

    @Override
    public SourceInfo info() {
        return info;
    }

    @Override
    public String name() {
        return now.name();
    }

    @Override
    public int read(float[] into, int frames) {
        return now.read(into, frames);
    }

    @Override
    public long seek(Duration position) {
        if (!handedOver && !closed) {
            boolean usable = view.giveBack();
            now.close();
            Decoder next = successor.apply(usable ? Optional.of(source) : Optional.empty());
            now = next;
            handedOver = true;
            if (closed) next.close();
        }
        return now.seek(position);
    }

    @Override
    public void close() {
        closed = true;
        now.close();
        source.close();
    }
}
