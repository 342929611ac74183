package app.waxwing.library;

import java.util.Optional;

/// Where covers come from when they are not on this computer: a session of `account`.
@FunctionalInterface
public interface CoverSource {
    /// The picture's bytes, unchecked. Blocks; `io-*` threads only.
    ///
    /// @param limit most bytes that are taken
    /// @throws app.waxwing.base.FailureException where it cannot be had; [app.waxwing.base.Failure.NotFound] means there is none of this tag,
    ///     [app.waxwing.base.Failure.NotPermitted] that it is not given
    byte[] fetch(long account, String itemId, String tag, int edge, int limit);

    /// The tag of the item's picture as the server has it now; empty where there is none, or this source cannot say. As [#fetch].
    default Optional<String> tag(long account, String itemId) {
        return Optional.empty();
    }

    /// The same pictures, from a source that can say their tags.
    default CoverSource with(Tags tags) {
        CoverSource pictures = this;
        return new CoverSource() {
            @Override
            public byte[] fetch(long account, String itemId, String tag, int edge, int limit) {
                return pictures.fetch(account, itemId, tag, edge, limit);
            }

            @Override
            public Optional<String> tag(long account, String itemId) {
                return tags.now(account, itemId);
            }
        };
    }

    @FunctionalInterface
    interface Tags {
        Optional<String> now(long account, String itemId);
    }
}
