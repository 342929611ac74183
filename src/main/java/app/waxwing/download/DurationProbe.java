package app.waxwing.download;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Tells how long a file really sounds: by decoding all of it, never by what its header claims. Wiring fills it with the embedded decoder.
@FunctionalInterface
public interface DurationProbe {
    /// Blocks; for platform threads, since decoders are native.
    ///
    /// @param stop asked often; when true what was decoded so far is the answer
    /// @return of everything that was decoded
    /// @throws app.waxwing.base.FailureException when it is no music, when the decoder finds that its end is missing, or when there is no decoder here
    Duration decoded(Path file, BooleanSupplier stop);
}
