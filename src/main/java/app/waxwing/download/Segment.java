package app.waxwing.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Bytes of one version of a file that were read ahead of its download: from one place on without a gap, in a scratch file of their own. Nothing
/// of it is durable and no row knows it; lost, it costs only its bytes. Its [Segments] guard everything but the file's contents.
final class Segment implements Stretches.Stretch {
    private final long start;
    private final Version of;
    private final Path file;
    private final Disk.Bytes bytes;
    private long end;
    /// Who makes it grow.
    @Nullable
    SegmentFetch fetch;
    /// The transfer takes it over now.
    boolean taking;
    private boolean gone;

    /// Which version of a file bytes are of. Two with equal ones may stand in one file: the validator is strong, and both answers named it (B.5).
    ///
    /// @param restarts how often the download began again
    record Version(int restarts, Validators validators, long total) {
        /// Empty where nothing proves that two answers are of the same version (B.6).
        static Optional<Version> of(Entry.PartState state) {
            OptionalLong total = state.total();
            boolean proven = total.isPresent() && state.validators().ifRange().isPresent();
            return proven ? Optional.of(new Version(state.restarts(), state.validators(), total.getAsLong())) : Optional.empty();
        }
    }

    Segment(long start, Version of, Path file, Disk.Bytes bytes) {
        this.start = start;
        this.of = of;
        this.file = file;
        this.bytes = bytes;
        end = start;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        return end;
    }

    Version of() {
        return of;
    }

    boolean gone() {
        return gone;
    }

    /// Nobody makes it grow or takes it.
    boolean idle() {
        return fetch == null && !taking;
    }

    void grown(long to) {
        end = to;
    }

    void write(ByteBuffer from, long position) throws IOException {
        bytes.write(from, position - start);
    }

    /// Bytes that are there, as many as fit.
    int read(long position, ByteBuffer into) throws IOException {
        int limit = into.limit();
        into.limit(into.position() + (int) Math.min(into.remaining(), end - position));
        try {
            int n = bytes.read(into, position - start);
            if (n <= 0) throw new IOException("it is shorter than what was written to it");
            return n;
        } finally {
            into.limit(limit);
        }
    }

    /// No more of it is used: its file is closed, then removed.
    void drop(Disk disk) throws IOException {
        gone = true;
        SegmentFetch running = fetch;
        fetch = null;
        if (running != null) running.stop();
        bytes.close();
        disk.delete(file);
    }
}
