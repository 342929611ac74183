package app.waxwing.download;

import app.waxwing.base.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// SHA-256 of what transfers write. On a fast line hashing takes as long as everything else a transfer does, so it is done beside it, on threads
/// `hash-N`, while fewer transfers run than there are processors; else by the transfer itself.
final class Hashing implements AutoCloseable {
    /// Less is done sooner than handed over.
    private static final int WORTH = 128 * 1024;
    /// So little is read back at once.
    private static final long FEW = 1 << 20;
    private static final long SLICE = 8 << 20;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private final int processors;
    private final ExecutorService threads;
    private final AtomicInteger transfers = new AtomicInteger();

    Hashing(int processors) {
        this.processors = processors;
        threads = Threads.platform("hash", Math.max(1, processors / 2));
    }

    Sum sum() {
        return new Sum();
    }

    /// A transfer from its begin to its end.
    void during(Runnable transfer) {
        transfers.incrementAndGet();
        try {
            transfer.run();
        } finally {
            transfers.decrementAndGet();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /// The digest of one file while its bytes come in order. What the file holds already is read back beside the transfer, so that no server waits
    /// for it: until that is done, what comes is left to be read back too. One thread uses it.
    final class Sum implements AutoCloseable {
        private MessageDigest digest = Finishing.sha256();
        private CompletableFuture<Void> last = DONE;
        private Disk.@Nullable Bytes file;
        private @Nullable ReadBack reading;
        private long hashed;

        /// @param bytes the open file; how much of it counts is said by the first that is added
        void of(Disk.Bytes bytes) {
            file = bytes;
        }

        /// @param bytes stay as they are until the next call of any method
        /// @param at their place in the file, where all that stands before it is written
        void add(ByteBuffer bytes, long at) throws DiskException {
            if (reading != null && !last.isDone()) return;
            settle();
            if (at - hashed > FEW) {
                readBack(at);
                return;
            }
            catchUp(at);
            hashed += bytes.remaining();
            if (bytes.remaining() < WORTH || transfers.get() >= processors) {
                digest.update(bytes);
                return;
            }
            try {
                last = CompletableFuture.runAsync(() -> digest.update(bytes), threads);
            } catch (RejectedExecutionException e) { // the program ends
                digest.update(bytes);
            }
        }

        /// Another file begins in the same place.
        void restart() {
            close();
            digest = Finishing.sha256();
            hashed = 0;
        }

        /// Of all bytes; ends it.
        ///
        /// @param length of the file
        String hex(long length) throws DiskException {
            settle();
            catchUp(length);
            return HexFormat.of().formatHex(digest.digest());
        }

        /// What is still being read back is left; before the file is closed.
        @Override
        public void close() {
            if (reading == null) settleBuffer();
            else reading.dropped = true;
            reading = null;
            last = DONE;
        }

        private void readBack(long to) {
            reading = new ReadBack(opened(), hashed, to, digest);
            last = reading.done;
            hashed = to;
            reading.go();
        }

        private void catchUp(long to) throws DiskException {
            if (hashed == to) return;
            try {
                Finishing.digest(opened(), hashed, to, digest);
            } catch (IOException e) {
                throw new DiskException(e);
            }
            hashed = to;
        }

        private Disk.Bytes opened() {
            if (file == null) throw new IllegalStateException("no file is open");
            return file;
        }

        private void settle() throws DiskException {
            try {
                settleBuffer();
            } catch (CompletionException e) {
                if (e.getCause() instanceof IOException trouble) throw new DiskException(trouble);
                throw e;
            }
            reading = null;
        }

        private void settleBuffer() {
            last.join();
            last = DONE;
        }
    }

    /// A piece of a file that is taken into its digest, a slice at a time so that others come between.
    private final class ReadBack implements Runnable {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Disk.Bytes file;
        private final long to;
        private final MessageDigest digest;
        private volatile boolean dropped;
        private long at;

        ReadBack(Disk.Bytes file, long from, long to, MessageDigest digest) {
            this.file = file;
            at = from;
            this.to = to;
            this.digest = digest;
        }

        void go() {
            try {
                threads.execute(this);
            } catch (RejectedExecutionException e) { // the program ends
                run();
            }
        }

        @Override
        public void run() {
            if (dropped) return;
            long end = Math.min(to, at + SLICE);
            try {
                Finishing.digest(file, at, end, digest);
            } catch (IOException | RuntimeException | Error e) {
                done.completeExceptionally(e);
                return;
            }
            at = end;
            if (at == to) done.complete(null);
            else go();
        }
    }
}
