package app.waxwing.download;

import app.waxwing.download.Entry.PartState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The bytes of one transfer while they arrive: how many are written, how many are durable, and of which version (`restarts` counts versions).
/// The transfer writes; the tick forces; readers of a growing file wait here. Thread-safe.
final class PartFile {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long id;
    private Disk.@Nullable Bytes bytes;
    /// Set under the lock.
    private volatile long written;
    private volatile long taken;
    private long lastForced;
    private PartState state;
    private boolean ended;
    private boolean whole;

    PartFile(long id, PartState state) {
        this.id = id;
        this.state = state;
    }

    long id() {
        return id;
    }

    /// Takes over the open file, whose first `present` bytes are right.
    void opened(Disk.Bytes file, long present) throws IOException {
        file.truncate(present);
        lock.lock();
        try {
            bytes = file;
            written = present;
            lastForced = present;
            if (present < state.bytes()) state = with(present, state.validators(), state.total(), state.restarts());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The answer's head is in: from now on the total is known.
    void version(Validators validators, OptionalLong total, java.util.Optional<String> mime) {
        lock.lock();
        try {
            state = new PartState(state.bytes(), total, validators, mime, state.restarts(), state.highWater(),
                    state.ignored());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Forgets all bytes: another version begins. The caller has the row reset before it writes the first byte of the new version.
    ///
    /// @return the number of the new version
    int restart() throws IOException {
        Disk.Bytes file;
        int restarts;
        lock.lock();
        try {
            state = new PartState(0, OptionalLong.empty(), Validators.NONE, java.util.Optional.empty(), state.restarts() + 1,
                    state.highWater(), state.ignored());
            written = 0;
            lastForced = 0;
            file = bytes;
            restarts = state.restarts();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (file == null) throw new IOException("the part file is closed");
        return restarts;
    }

    /// The server sent the whole file where its end was asked for.
    void ignored() {
        lock.lock();
        try {
            state = new PartState(state.bytes(), state.total(), state.validators(), state.mime(), state.restarts(), state.highWater(),
                    state.ignored() + 1);
        } finally {
            lock.unlock();
        }
    }

    void truncated() throws IOException {
        Disk.Bytes file = file();
        file.truncate(0);
    }

    void write(ByteBuffer from) throws IOException {
        Disk.Bytes file = file();
        long end = written + from.remaining();
        file.write(from, written);
        lock.lock();
        try {
            written = end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Gives back the place of what is not durable (B.20). No more is written to it. Nothing happens where it was not opened.
    void cut() throws IOException {
        Disk.Bytes file;
        long durable;
        lock.lock();
        try {
            file = bytes;
            if (file == null) return;
            // First the number: a tick that forces meanwhile must not call durable what goes.
            durable = state.bytes();
            written = durable;
            lastForced = durable;
        } finally {
            lock.unlock();
        }
        file.truncate(durable);
    }

    int read(ByteBuffer into, long position) throws IOException {
        return file().read(into, position);
    }

    /// Its first bytes, so many or all.
    byte[] head(int most) throws IOException {
        var head = ByteBuffer.allocate((int) Math.min(most, written));
        while (head.hasRemaining()) if (read(head, head.position()) <= 0) throw new IOException("the part file is shorter than it was");
        return head.array();
    }

    /// Makes everything written so far durable. Nothing of it counts if another version began meanwhile.
    void force() throws IOException {
        Disk.Bytes file;
        long upTo;
        int version;
        lock.lock();
        try {
            file = bytes;
            upTo = written;
            version = state.restarts();
            if (file == null || upTo == lastForced) return;
        } finally {
            lock.unlock();
        }
        try {
            file.force(false);
        } catch (java.nio.channels.ClosedChannelException e) {
            return; // the transfer ended a moment ago and forced for itself
        }
        lock.lock();
        try {
            if (version != state.restarts() || upTo > written) return;
            lastForced = Math.max(lastForced, upTo);
            state = with(Math.max(state.bytes(), upTo), state.validators(), state.total(), version);
        } finally {
            lock.unlock();
        }
    }

    /// Whole, forced, verified: only the name is missing. No more writes.
    void finished() throws IOException {
        Disk.Bytes file = file();
        file.force(true);
        lock.lock();
        try {
            lastForced = written;
            state = with(written, state.validators(), OptionalLong.of(written), state.restarts());
            whole = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The attempt is over; wakes every reader.
    void closed() throws IOException {
        Disk.Bytes file;
        lock.lock();
        try {
            file = bytes;
            bytes = null;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (file != null) file.close();
    }

    PartState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    long written() {
        return written;
    }

    /// So many bytes of what is written next come from what was read ahead. One thread.
    void taken(long bytes) {
        long now = taken + bytes;
        taken = now;
    }

    /// Bytes that did not come over the network while they were written.
    long taken() {
        return taken;
    }

    long sinceForced() {
        lock.lock();
        try {
            return written - lastForced;
        } finally {
            lock.unlock();
        }
    }

    /// What a reader of a growing file sees.
    ///
    /// @param ended no more bytes come from this attempt
    record View(long written, OptionalLong total, int version, boolean whole, boolean ended) {}

    View view() {
        lock.lock();
        try {
            return new View(written, state.total(), state.restarts(), whole, ended);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until `enough` says so of the view, at most so long.
    View await(java.util.function.Predicate<View> enough, long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !enough.test(new View(written, state.total(), state.restarts(), whole, ended))) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return view();
    }

    /// Wakes readers so that they look at their own conditions again.
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private PartState with(long durable, Validators validators, OptionalLong total, int restarts) {
        OptionalLong known = total.isPresent() && total.getAsLong() < durable ? OptionalLong.empty() : total;
        int ignored = durable > state.highWater() ? 0 : state.ignored();
        return new PartState(durable, known, validators, state.mime(), restarts, Math.max(state.highWater(), durable), ignored);
    }

    private Disk.Bytes file() throws IOException {
        lock.lock();
        try {
            if (bytes == null) throw new IOException("the part file is closed");
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
