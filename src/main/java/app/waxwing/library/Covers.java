package app.waxwing.library;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Cover art, fetched lazily into an evictable cache in two or three sizes.
public interface Covers {
    /// A JPEG or PNG file of at least the wanted edge (of the bucket above it), checked against the limits for strangers' data; empty when there is
    /// none or it cannot be had now. Completes on an `io-*` or `work-*` thread.
    ///
    /// @param edge wanted width in pixels; rounded up to a bucket (160, 320, 800)
    CompletableFuture<Optional<Path>> file(Cover cover, int edge);

    /// When somebody begins to look for a cover; for [#remembered].
    default long start() {
        return 0;
    }

    /// Whoever shows covers had this one in memory, so that it is not asked for here: for what is counted.
    default void remembered(long start) {}
}
