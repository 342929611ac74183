package app.waxwing.download;

import app.waxwing.base.Threads;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// SHA-256 of what transfers write. On a fast line hashing takes as long as everything else a transfer does, so it is done beside it, on threads
/// `hash-N`, while fewer transfers run than there are processors; else by the transfer itself.
final class Hashing implements AutoCloseable {
    /// Less is done sooner than handed over.
    private static final int WORTH = 128 * 1024;
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

    /// The digest of one file while its bytes come in order. One thread uses it.
    final class Sum {
        private MessageDigest digest = Finishing.sha256();
        private CompletableFuture<Void> last = DONE;

        /// @param bytes stay as they are until the next call of any method
        void add(ByteBuffer bytes) {
            settle();
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

        /// What is in a file already.
        MessageDigest digest() {
            settle();
            return digest;
        }

        /// Another file begins.
        void restart() {
            settle();
            digest = Finishing.sha256();
        }

        /// Of all bytes; ends it.
        String hex() {
            settle();
            return HexFormat.of().formatHex(digest.digest());
        }

        private void settle() {
            last.join();
            last = DONE;
        }
    }
}
