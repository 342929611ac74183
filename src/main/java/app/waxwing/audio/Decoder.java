package app.waxwing.audio;

import java.time.Duration;

/// One open track that yields PCM. One thread reads and seeks (never a virtual one: decoders are native); [#close] may come from any thread.
public interface Decoder extends AutoCloseable {
    /// The number given at the open; whatever carries an older one than the player's is dropped.
    long generation();

    SourceInfo info();

    /// The decoder in words for `doctor` and Now playing, as «LibVLC 3.0.23» or «FFmpeg 8.0.1».
    String name();

    /// Fills `into` from index 0 with up to `frames` interleaved frames and returns how many, at least one; blocks until there is one; -1 at the end.
    /// Encoder delay and padding are already cut: a file yields exactly its true length.
    ///
    /// @throws app.waxwing.base.FailureException with [app.waxwing.base.Failure.Unplayable] when the rest cannot be decoded or is missing,
    ///         always after everything that could be decoded was yielded
    int read(float[] into, int frames);

    /// The next [#read] goes on at this time, exact to the frame where the decoder can (the embedded one can), and returns the frame it will start with.
    /// Beyond the end: at the end.
    long seek(Duration position);

    /// Wakes a reader that waits for bytes or for PCM (it gets -1), closes the byte source, frees everything. Returns at once; closing twice is harmless.
    @Override
    void close();
}
