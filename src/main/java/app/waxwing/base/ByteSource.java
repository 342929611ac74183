package app.waxwing.base;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Seekable bytes for a decoder: a file, a file that still grows, a remote stream. One reader at a time;
/// [#close] may be called from any thread and wakes a reader that waits, which then gets an [java.nio.channels.AsynchronousCloseException].
public interface ByteSource extends AutoCloseable {
    /// Total length in bytes, or -1 while it is not known.
    long length();

    /// Reads at the position, at least one byte, blocking until there is one; -1 at the end.
    int read(long position, ByteBuffer into) throws IOException;

    /// Name with extension where one is known, for a decoder's guess at the container; may be empty.
    String name();

    /// Bytes that can be read without waiting, from the start of the source; [#length] for a file that is whole.
    long available();

    @Override
    void close();
}
