package app.waxwing.library;

/// Where covers come from when they are not on this computer: a session of `account`.
@FunctionalInterface
public interface CoverSource {
    /// The picture's bytes, unchecked. Blocks; `io-*` threads only.
    ///
    /// @param limit most bytes that are taken
    /// @throws app.waxwing.base.FailureException where it cannot be had; [app.waxwing.base.Failure.NotFound] means there is none
    byte[] fetch(long account, String itemId, String tag, int edge, int limit);
}
