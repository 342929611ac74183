package app.waxwing.library;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Answers where a track's bytes are: the local file always before the stream, with no question to the server.
/// `download` supplies growing files and `account`'s sessions supply remote ones, through the interfaces here.
public interface MediaLocator {
    /// The future completes on a `read-*` or `io-*` thread; it never fails, [Located.Nowhere] carries the reason.
    CompletableFuture<Located> locate(ItemKey track);

    /// Fetches a track that is to be heard now into the cache while it is read.
    @FunctionalInterface
    interface GrowingFiles {
        /// Empty where caching is not possible (no space, not allowed): then it is streamed.
        Optional<ByteSource> open(ItemKey track);
    }

    /// Opens a track on its server.
    @FunctionalInterface
    interface RemoteFiles {
        RemoteAnswer open(ItemKey track);
    }

    /// Either a source or why there is none.
    sealed interface RemoteAnswer {
        record Source(ByteSource source) implements RemoteAnswer {}

        record Refused(Failure why) implements RemoteAnswer {}
    }
}
