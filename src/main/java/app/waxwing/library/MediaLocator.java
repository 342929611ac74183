package app.waxwing.library;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Answers where a track's bytes are: the local file always before the stream, with no question to the server.
/// `download` supplies growing files and `account`'s sessions supply remote ones, through the interfaces here.
public interface MediaLocator {
    /// The future completes on a `read-*` or `io-*` thread; it never fails, [Located.Nowhere] carries the reason.
    CompletableFuture<Located> locate(ItemKey track);

    /// Fetches a track that is to be heard now into the cache while it is read.
    @FunctionalInterface
    interface GrowingFiles {
        /// Empty where caching is not possible (no space, not allowed): then it is streamed.
        Optional<GrowingFile> open(ItemKey track);
    }

    /// A file that is fetched while it is heard.
    ///
    /// @param file up to what is written; a read beyond it waits
    /// @param ahead its bytes beyond that; ends with the file
    record GrowingFile(ByteSource file, ReadAhead ahead) {
        /// All of it, to seek in.
        ///
        /// @param remote where it comes from that can be read ahead but not kept
        public ByteSource source(Supplier<RemoteAnswer> remote) {
            return new AheadSource(file, ahead, remote);
        }
    }

    /// Bytes of a growing file that its fetch has not come to. They are asked of the server and kept until the fetch is there, which takes them
    /// over: no byte is fetched twice. One reader; closing the file wakes it.
    interface ReadAhead {
        /// Keeps nothing.
        ReadAhead NONE = new ReadAhead() {
            @Override
            public boolean holds(long position) {
                return false;
            }

            @Override
            public Opened open(long position) {
                return Opened.UNKEPT;
            }

            @Override
            public int read(long position, ByteBuffer into) {
                return 0;
            }

            @Override
            public void letGo() {}
        };

        /// Whether this byte is kept, or on its way to it. No question to the server.
        boolean holds(long position);

        /// Asks the server for what is from here on. Blocks until it has answered.
        Opened open(long position) throws IOException;

        /// Reads what is kept, blocking while it is on its way.
        ///
        /// @return 0 = it is not kept any more: look where the byte is now
        int read(long position, ByteBuffer into) throws IOException;

        /// Nobody reads there for now: no more comes, what is kept stays.
        void letGo();

        /// What became of [#open].
        enum Opened {
            /// Or it is in the file by now: look again.
            KEPT,
            /// It can be read ahead, but nothing proves that the bytes are of the same version, or they find no place.
            UNKEPT,
            /// The server does not give it, or has another version: the fetch is waited for.
            REFUSED
        }
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
