package app.waxwing.download;

import app.waxwing.download.Segment.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was read ahead of one download, in a few [Segment]s: whoever listens reads from them, and the transfer takes them over when it has come there
/// instead of asking the server for these bytes again (B.42). Only segments of the version at hand are ever given out. Thread-safe.
final class Segments {
    /// Beyond it the shortest goes.
    static final int MOST = 8;
    /// Fewer bytes are not worth another request of the transfer.
    static final long WORTH = 64 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
    private final long id;
    private final SegmentFolder folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Stretches<Segment> all = new Stretches<>();
    /// Where the first begins; for a look without the lock.
    private volatile long first = Long.MAX_VALUE;
    /// The disk refused one, or it is over: what is read ahead of this download is not kept any more.
    private volatile boolean refused;
    /// Guarded by the folder.
    int users;

    Segments(long id, SegmentFolder folder) {
        this.id = id;
        this.folder = folder;
    }

    long id() {
        return id;
    }

    boolean refused() {
        return refused;
    }

    // ---- for the transfer

    /// Whether a segment may begin before this byte. Costs nothing.
    boolean mayMeet(long position) {
        return position >= first;
    }

    /// Where an answer that has come so far is of no more use, since a segment of the same version goes on; empty = it is read on. Segments that are
    /// not worth stopping for go.
    ///
    /// @param written in the part file
    /// @param come of the answer, at least what is written
    OptionalLong meets(long written, long come, Optional<Version> of) {
        lock.lock();
        try {
            for (Segment s : all.all()) {
                if (s.start() > come) break;
                if (of.equals(Optional.of(s.of())) && isWorth(s, come)) return OptionalLong.of(s.start() >= written ? s.start() : come);
                drop(s);
            }
            return OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Where a request from this byte on may end.
    OptionalLong next(long offset, Optional<Version> of) {
        lock.lock();
        try {
            return all.next(offset, s -> of.equals(Optional.of(s.of())) && (s.fetch != null || isWorth(s, s.start())));
        } finally {
            lock.unlock();
        }
    }

    /// Reads on where the part file ends; the segment does not grow any more.
    ///
    /// @return 0 = no segment of this version has the byte
    int take(long position, Optional<Version> of, ByteBuffer into) {
        lock.lock();
        try {
            Optional<Segment> found = all.at(position);
            if (found.isEmpty()) return 0;
            Segment segment = found.get();
            if (!of.equals(Optional.of(segment.of()))) {
                drop(segment);
                return 0;
            }
            stopFetch(segment);
            segment.taking = true;
            return readOrDrop(segment, position, into);
        } finally {
            lock.unlock();
        }
    }

    /// The part file has come so far: what lies before it goes, and whoever waits for a take-over looks again.
    void taken(long written) {
        lock.lock();
        try {
            for (Segment s : all.all()) {
                s.taking = false;
                if (s.end() <= written && s.length() > 0) drop(s);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Another version begins, or the download is over.
    void clear() {
        lock.lock();
        try {
            all.all().forEach(this::drop);
        } finally {
            lock.unlock();
        }
    }

    /// Nobody uses them any more: what is begun late is not kept.
    void end() {
        lock.lock();
        try {
            refused = true;
            all.all().forEach(this::drop);
        } finally {
            lock.unlock();
        }
    }

    // ---- for readers

    /// Whether [#read] gives this byte, if only after a wait.
    boolean holds(long position, Version of) {
        lock.lock();
        try {
            return all.at(position).or(() -> coming(position)).filter(s -> s.of().equals(of)).isPresent();
        } finally {
            lock.unlock();
        }
    }

    /// Waits while the byte is coming.
    ///
    /// @return 0 = it is not here any more, and where it is now has to be looked for again
    int read(long position, Version of, ByteBuffer into, BooleanSupplier closed) throws IOException {
        lock.lock();
        try {
            while (true) {
                if (closed.getAsBoolean()) throw new AsynchronousCloseException();
                Optional<Segment> here = all.at(position).filter(s -> s.of().equals(of));
                if (here.isPresent()) return readOrDrop(here.get(), position, into);
                if (coming(position).isEmpty()) return 0;
                changed.await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AsynchronousCloseException();
        } finally {
            lock.unlock();
        }
    }

    /// A segment for bytes from here on: a new one, or the one that ends here.
    ///
    /// @return false when there can be none; then nothing of it is kept
    boolean begin(long position, Version of, SegmentFetch fetch) {
        lock.lock();
        try {
            if (refused) return false;
            for (Segment s : all.all()) if (!s.of().equals(of)) drop(s);
            Optional<Segment> segment = all.endingAt(position);
            if (segment.isEmpty() && all.at(position).isEmpty()) segment = make(position, of);
            if (segment.filter(Segment::idle).isEmpty()) return false;
            segment.get().fetch = fetch;
            fetch.fills(segment.get());
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- for fetches

    /// @return false when no more is wanted: the transfer has come, the next segment begins, nobody listens there, or the disk refuses
    boolean append(Segment segment, SegmentFetch by, ByteBuffer buffer) {
        long at;
        int count;
        lock.lock();
        try {
            if (segment.fetch != by) return false;
            at = segment.end();
            count = (int) Math.min(buffer.remaining(), all.limit(segment, segment.of().total()) - at);
        } finally {
            lock.unlock();
        }
        try {
            segment.write(buffer.limit(buffer.position() + count), at);
        } catch (IOException e) {
            refuse(segment, by, e);
            return false;
        }
        lock.lock();
        try {
            if (segment.fetch != by) return false;
            // Another may have begun meanwhile.
            long limit = all.limit(segment, segment.of().total());
            segment.grown(Math.min(at + count, limit));
            changed.signalAll();
            return segment.end() < limit;
        } finally {
            lock.unlock();
        }
    }

    /// The fetch reads no more; nothing where it was stopped before.
    void ended(Segment segment, SegmentFetch by) {
        lock.lock();
        try {
            if (segment.fetch != by) return;
            stopFetch(segment);
            if (segment.length() == 0) drop(segment);
        } finally {
            lock.unlock();
        }
    }

    // ---- under the lock

    private void refuse(Segment segment, SegmentFetch by, IOException e) {
        lock.lock();
        try {
            if (segment.fetch != by) return; // it was dropped meanwhile, and its file closed
            LOG.info("download {}: what is read ahead of it is not kept: {}", id, e.toString());
            refused = true;
            drop(segment);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isWorth(Segment s, long from) {
        return s.end() > from && (s.end() - from >= WORTH || s.end() == s.of().total());
    }

    private Optional<Segment> coming(long position) {
        return all.endingAt(position).filter(s -> !s.idle());
    }

    private Optional<Segment> make(long position, Version of) {
        if (all.size() >= MOST) all.shortest(Segment::idle).ifPresent(this::drop);
        if (all.size() >= MOST) return Optional.empty();
        try {
            Segment segment = folder.make(id, position, of);
            all.add(segment);
            first = all.first().map(Segment::start).orElse(Long.MAX_VALUE);
            return Optional.of(segment);
        } catch (IOException e) {
            LOG.info("download {}: what is read ahead of it is not kept: {}", id, e.toString());
            refused = true;
            return Optional.empty();
        }
    }

    private int readOrDrop(Segment segment, long position, ByteBuffer into) {
        try {
            return segment.read(position, into);
        } catch (IOException e) {
            LOG.info("download {}: what was read ahead of it cannot be read: {}", id, e.toString());
            drop(segment);
            return 0;
        }
    }

    private void stopFetch(Segment segment) {
        SegmentFetch running = segment.fetch;
        segment.fetch = null;
        if (running != null) running.stop();
        changed.signalAll();
    }

    private void drop(Segment segment) {
        all.remove(segment);
        first = all.first().map(Segment::start).orElse(Long.MAX_VALUE);
        folder.drop(segment);
        changed.signalAll();
    }
}
