package app.waxwing.download;

import app.waxwing.base.Threads;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/// SHA-256 of what transfers write. On a fast line hashing takes as long as everything else a transfer does, so it is done beside it, on threads
/// `hash-N`, where one of them is idle; else by the transfer itself.
final class Hashing implements AutoCloseable {
    /// Less is done sooner than handed over.
    private static final int WORTH = 128 * 1024;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private final Semaphore idle;
    private final ExecutorService threads;

    /// @param atOnce threads; with none every transfer hashes for itself
    Hashing(int atOnce) {
        idle = new Semaphore(atOnce);
        threads = Threads.platform("hash", Math.max(1, atOnce));
    }

    /// Half of the processors: the others fetch and write.
    static Hashing beside() {
        return new Hashing(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    Sum sum() {
        return new Sum();
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
            if (bytes.remaining() < WORTH || !idle.tryAcquire()) {
                digest.update(bytes);
                return;
            }
            try {
                last = CompletableFuture.runAsync(() -> {
                    try {
                        digest.update(bytes);
                    } finally {
                        idle.release();
                    }
                }, threads);
            } catch (RejectedExecutionException e) { // the program ends
                idle.release();
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
