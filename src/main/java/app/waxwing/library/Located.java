package app.waxwing.library;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import java.nio.file.Path;

/// Where the bytes of a track come from.
public sealed interface Located {
    /// A whole file on this computer, its size checked. Nothing was asked of the server.
    ///
    /// @param kept true when the user keeps it, false when it is cached
    record LocalFile(Path path, boolean kept) implements Located {}

    /// A file that is being fetched now; reads wait for bytes that are not written yet.
    record Growing(ByteSource source) implements Located {}

    /// Read over the network.
    record Remote(ByteSource source) implements Located {}

    record Nowhere(Failure why) implements Located {}
}
