package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import java.util.Optional;

/// One family of decoders: LibVLC (`audio.vlc`) or FFmpeg's libraries (`audio.ffmpeg`). Methods block and make native calls: platform threads only, never FX.
public interface DecoderBackend extends AutoCloseable {
    /// `vlc` or `ffmpeg`.
    String id();

    /// With version where it could be loaded, as «LibVLC 3.0.23».
    String name();

    /// Why this backend cannot be used on this computer, and what to install; empty when it can. The first call loads the natives.
    Optional<Failure> missing();

    /// Opens the source, by its content, never by its name. Takes the source over: it is closed with the decoder, also when this throws.
    ///
    /// @param hint what a probe found, for a backend that must know the rate before the open
    /// @throws app.waxwing.base.FailureException with [Failure.Unplayable] and a clear reason
    Decoder open(long generation, ByteSource source, Optional<SourceInfo> hint);

    /// Frees what the backend holds once all its decoders are closed.
    @Override
    void close();
}
