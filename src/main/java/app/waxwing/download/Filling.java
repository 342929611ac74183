package app.waxwing.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/// What comes of one transfer, on its way into the part file and its digest: bytes of an answer, or those that were read ahead. On its thread.
final class Filling {
    static final int BUFFER = 256 * 1024;
    private static final long FORCE_EACH = 256L << 20;
    private final Entry entry;
    private final PartFile part;
    private final Hashing.Sum sum;
    private final Transfer.Tools tools;
    private final Segments segments;
    private final IntSupplier rank;
    private final BooleanSupplier stopped;
    /// One is hashed while the other is filled.
    private ByteBuffer @Nullable [] both;
    private int turn;
    private boolean met;
    /// Nobody knows how much will come.
    private boolean endless;
    private Optional<TransferEnd> noRoom = Optional.empty();

    /// How an answer was read.
    enum Read {
        /// To its end.
        ALL,
        /// More came than was promised.
        TOO_MUCH,
        /// Up to a segment, which goes on; the answer is of no more use.
        MET,
        /// As far as there is room for a file of unknown length.
        NO_ROOM
    }

    Filling(Entry entry, PartFile part, Hashing.Sum sum, Transfer.Tools tools, Segments segments, IntSupplier rank,
            BooleanSupplier stopped) {
        this.entry = entry;
        this.part = part;
        this.sum = sum;
        this.tools = tools;
        this.segments = segments;
        this.rank = rank;
        this.stopped = stopped;
    }

    /// Copies the body to the part file, up to `end` or to what was read ahead. What came before a cut is kept.
    Read receive(BufferedSource source, OptionalLong end) throws IOException {
        met = false;
        endless = end.isEmpty();
        ByteBuffer buffer = empty();
        long lastWrite = tools.time().nanos();
        var floor = new StallFloor(tools.options(), lastWrite, part.written(), tools.limiter()::passed);
        try {
            while (true) {
                int n = source.read(buffer);
                if (n < 0) break;
                long come = part.written() + buffer.position();
                if (end.isPresent() && come > end.getAsLong()) {
                    buffer.clear();
                    return Read.TOO_MUCH;
                }
                if (segments.mayMeet(come)) {
                    OptionalLong at = segments.meets(part.written(), come, version());
                    met = at.isPresent();
                    if (met) {
                        int over = (int) (come - at.getAsLong());
                        tools.runaway().fetched(entry.key(), over);
                        buffer.position(buffer.position() - over);
                        write(buffer, true);
                        return Read.MET;
                    }
                }
                // The limit is no fault of the server's: what is waited off does not count as silence.
                floor.waited(tools.limiter().pass(rank.getAsInt(), n, () -> stopped.getAsBoolean() || rank.getAsInt() == 0));
                long now = tools.time().nanos();
                boolean due = !buffer.hasRemaining() || now - lastWrite > 100_000_000L
                        || (rank.getAsInt() == 0 && source.getBuffer().exhausted());
                if (due) {
                    write(buffer, true);
                    if (noRoom.isPresent()) return Read.NO_ROOM;
                    buffer = empty();
                    lastWrite = now;
                }
                floor.check(now, part.written() + buffer.position());
            }
        } catch (IOException e) {
            if (!(e instanceof DiskException)) write(buffer, true);
            throw e;
        }
        write(buffer, true);
        if (end.isPresent() && part.written() != end.getAsLong()) throw new IOException("the body ended early");
        return Read.ALL;
    }

    /// The last answer was read only up to a segment.
    boolean met() {
        return met;
    }

    /// Why it found no room.
    Optional<TransferEnd> noRoom() {
        return noRoom;
    }

    /// Takes what was read ahead of the part file, as far as it goes on where that ends.
    void take() throws DiskException {
        try {
            while (!stopped.getAsBoolean()) {
                ByteBuffer buffer = empty();
                int n = segments.take(part.written(), version(), buffer);
                if (n == 0) return;
                part.taken(n);
                write(buffer, false);
            }
        } finally {
            segments.taken(part.written());
        }
    }

    /// Where a request that begins at the end of the part file may end.
    OptionalLong next() {
        return segments.next(part.written(), version());
    }

    private Optional<Segment.Version> version() {
        return Segment.Version.of(part.state());
    }

    private ByteBuffer empty() {
        ByteBuffer[] two = both;
        if (two == null) {
            two = new ByteBuffer[]{ByteBuffer.allocateDirect(BUFFER), ByteBuffer.allocateDirect(BUFFER)};
            both = two;
        }
        return two[turn].clear();
    }

    /// @param counts it came over the network now
    private void write(ByteBuffer buffer, boolean counts) throws DiskException {
        buffer.flip();
        if (counts) tools.runaway().fetched(entry.key(), buffer.remaining());
        long before = part.written();
        sum.add(buffer.duplicate(), before);
        turn = 1 - turn;
        try {
            if (buffer.hasRemaining()) part.write(buffer);
            if (part.sinceForced() >= FORCE_EACH) part.force();
        } catch (IOException e) {
            throw new DiskException(e);
        }
        if (before >> 20 == part.written() >> 20) return;
        tools.mebibyte().accept(entry.id());
        if (counts && endless) noRoom = tools.room().grown(entry, rank.getAsInt(), part.written());
    }
}
