package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import java.io.IOException;

/// Gives the bytes of a track. Runs on a `decode-*` thread, where it may touch the disk or wait for the network.
/// It may be asked again for a fresh, independent source: when another decoder takes over, or when a seek must not wait for a stalled read.
/// The engine closes every source it was given.
@FunctionalInterface
public interface SourceOpener {
    /// @throws app.waxwing.base.FailureException as well, whose failure then becomes the track's
    ByteSource open() throws IOException;
}
