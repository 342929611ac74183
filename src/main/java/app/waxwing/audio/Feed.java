package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One track on its own thread `decode-N`: opens it, seeks, converts to the sink's format and keeps about three seconds ready in a ring.
/// The mixer takes from the ring and posts wishes (format, seek, close); the thread carries out the newest one.
final class Feed {
    private static final int BLOCK = 2048;
    private static final long PATIENCE_NANOS = 200_000_000L;

    /// A wish: begin at `position`, in `format`. Compared by identity.
    private record Wish(Duration position, PcmFormat format) {}

    private final AudioTrack track;
    private final Decoders decoders;
    private final boolean realTime;
    private final Runnable wake;
    private final Thread thread;

    private volatile @Nullable ByteSource source;
    private volatile @Nullable Decoder decoder;
    private volatile @Nullable Failure failure;
    private volatile @Nullable Wish wish;
    /// The wish that the ring's frames from `from` on answer; published last.
    private volatile @Nullable Granted granted;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile boolean waitingForRoom;
    private volatile boolean inDecoder;
    /// The wish that the thread is carrying out, heard but perhaps not answered yet.
    private volatile @Nullable Wish heard;

    private record Granted(Wish wish, Ring ring, long from, long position, Duration at, boolean neutral) {}

    // The mixer's own notes about this feed.
    final Level gain;
    boolean announcedOpen;
    boolean announcedSound;
    boolean announcedFailure;
    @Nullable
    Feed joinedAfter;
    Duration start;
    long pulled;
    private @Nullable Granted taking;

    Feed(AudioTrack track, Decoders decoders, boolean realTime, Runnable wake) {
        this.track = track;
        this.decoders = decoders;
        this.realTime = realTime;
        this.wake = wake;
        gain = new Level(track.gain());
        start = track.start();
        thread = Threads.start("decode-" + track.generation(), this::run);
    }

    long generation() {
        return track.generation();
    }

    AudioTrack track() {
        return track;
    }

    /// Any thread. Whether the decoder is open.
    boolean open() {
        return decoder != null;
    }

    SourceInfo info() {
        Decoder open = decoder;
        if (open == null) throw new IllegalStateException("not open yet");
        return open.info();
    }

    String decoderName() {
        Decoder open = decoder;
        return open == null ? "" : open.name();
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /// Whether it waits for bytes of an earlier wish that are not there yet, so that the newest may go unheard for long; and another source can be had.
    boolean stuck() {
        ByteSource bytes = source;
        return inDecoder && heard != wish && bytes != null && !(track.opener() instanceof OnceOpener)
                && (bytes.length() < 0 || bytes.available() < bytes.length());
    }

    // ---- the mixer's side

    /// Go on at this place of the track in this format. Frames of before are dropped.
    void begin(Duration position, PcmFormat format) {
        wish = new Wish(position, format);
        pulled = 0;
        LockSupport.unpark(thread);
    }

    boolean configured() {
        return wish != null;
    }

    /// All there is to say of it has been said.
    void announceNothing() {
        announcedSound = true;
        announcedFailure = true;
    }

    void setGain(long generation, double value) {
        if (generation() != generation) return;
        gain.set(value);
        if (pulled == 0) gain.jump();
    }

    /// Takes the place of a feed that does not hear.
    void inherit(Feed deaf, Duration position) {
        announcedOpen = deaf.announcedOpen;
        announcedSound = deaf.announcedSound;
        joinedAfter = deaf.joinedAfter;
        start = position;
    }

    /// A wish is not yet carried out.
    boolean pending() {
        Granted now = granted;
        return wish == null || now == null || now.wish != wish;
    }

    /// Where frame 0 of the present wish lies in the track, in frames of the sink; and as time.
    long position() {
        Granted now = granted;
        return now == null ? 0 : now.position;
    }

    Duration landed() {
        Granted now = granted;
        return now == null ? Duration.ZERO : now.at;
    }

    boolean neutral() {
        Granted now = granted;
        return now != null && now.neutral;
    }

    int pull(float[] into, int offset, int frames) {
        Granted now = granted;
        if (now == null || now.wish != wish) return 0;
        if (taking != now) {
            taking = now;
            now.ring.skipTo(now.from);
        }
        int n = now.ring.take(into, offset, frames);
        pulled += n;
        if (waitingForRoom) LockSupport.unpark(thread);
        return n;
    }

    /// Everything of the present wish has been taken.
    boolean exhausted() {
        return !pending() && ended && ready() == 0;
    }

    boolean hasSound() {
        return !pending() && ready() > 0;
    }

    private long ready() {
        Granted now = granted;
        return now == null ? 0 : now.ring.putSoFar() - Math.max(now.ring.takenSoFar(), now.from);
    }

    /// Any thread: closes the source, which wakes the thread wherever it waits, and ends it.
    void close() {
        closed = true;
        Decoder open = decoder;
        if (open != null) open.close();
        ByteSource bytes = source;
        if (bytes != null) bytes.close();
        LockSupport.unpark(thread);
    }

    // ---- the thread

    private void run() {
        Decoder open;
        try {
            open = decoders.open(track.generation(), track.name(), this::openSource, realTime && track.start().isZero());
        } catch (FailureException e) {
            failure = e.failure();
            wake.run();
            return;
        }
        decoder = open;
        if (closed) {
            open.close();
            return;
        }
        wake.run();
        try {
            while (!closed) serve(open);
        } finally {
            open.close();
        }
    }

    private ByteSource openSource() throws IOException {
        ByteSource bytes = track.opener().open();
        source = bytes;
        if (closed) bytes.close();
        return bytes;
    }

    /// Carries out one wish, until another one comes or the feed is closed.
    private void serve(Decoder open) {
        Wish mine = wish;
        Granted last = granted;
        if (mine == null || last != null && last.wish == mine) {
            LockSupport.parkNanos(this, PATIENCE_NANOS);
            return;
        }
        heard = mine;
        ended = false;
        failure = null;
        long frame = 0;
        try {
            if (last != null || !mine.position.isZero()) frame = inDecoder(() -> open.seek(mine.position));
        } catch (FailureException e) {
            failure = Decoders.named(e.failure(), track.name());
            ended = true;
        }
        PcmFormat from = open.info().format();
        var conversion = new Conversion(from, mine.format, BLOCK);
        Ring ring = last != null && last.wish.format.equals(mine.format)
                ? last.ring
                : new Ring(Math.max(3 * mine.format.rate(), 4 * BLOCK), mine.format.channels());
        granted = new Granted(mine, ring, ring.putSoFar(), conversion.toTarget(frame), from.time(frame), conversion.neutral());
        wake.run();
        if (!ended) fill(open, mine, conversion, ring);
    }

    private void fill(Decoder open, Wish mine, Conversion conversion, Ring ring) {
        float[] block = new float[BLOCK * open.info().format().channels()];
        try {
            while (!closed && wish == mine) {
                int n = (int) inDecoder(() -> open.read(block, BLOCK));
                int ready = n < 0 ? conversion.finish() : conversion.process(block, n);
                if (!store(ring, conversion.result(), ready, mine)) return;
                if (n < 0) break;
            }
        } catch (FailureException e) {
            if (!store(ring, conversion.result(), conversion.finish(), mine)) return;
            failure = Decoders.named(e.failure(), track.name());
        }
        if (wish == mine) ended = true;
        wake.run();
    }

    private boolean store(Ring ring, float[] from, int frames, Wish mine) {
        int done = 0;
        while (done < frames) {
            if (closed || wish != mine) return false;
            int n = ring.put(from, done, frames - done);
            done += n;
            if (n > 0) {
                wake.run();
                continue;
            }
            waitingForRoom = true;
            if (ring.room() == 0) LockSupport.parkNanos(this, PATIENCE_NANOS);
            waitingForRoom = false;
        }
        return true;
    }

    private long inDecoder(java.util.function.LongSupplier call) {
        inDecoder = true;
        try {
            return call.getAsLong();
        } finally {
            inDecoder = false;
        }
    }
}
