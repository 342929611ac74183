package app.waxwing.library;

import app.waxwing.base.ItemKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose bytes are on this computer: the table that `download` writes and lists join for their marks.
public interface MediaFiles {
    /// One finished file.
    ///
    /// @param path relative to its root, with «/»
    /// @param pinned kept by the user; else evictable
    record MediaFile(long id, ItemKey key, String quality, Root root, String path, long size, Instant modified, Optional<String> mimeType,
            String sha256, boolean pinned) {}

    /// Which folder a path is relative to: the cache, or one of the media folders.
    ///
    /// @param folder number of the media folder; 0 = the cache
    record Root(long folder) {
        public static final Root CACHE = new Root(0);

        public Root {
            if (folder < 0) throw new IllegalArgumentException("folder " + folder);
        }

        public boolean isCache() {
            return folder == 0;
        }

        /// Written out as those of [ItemKey] are.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Root root && root.folder == folder;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(folder);
        }

        /// `media` or `cache`: names are unique within each kind.
        public String kind() {
            return isCache() ? "cache" : "media";
        }
    }

    /// Blocking read on a `read-*` thread: the best file of a track, checked against the disk (there, and of the recorded size; requirement 2.13).
    Optional<Found> find(ItemKey track);

    /// Touches the order of use; returns at once.
    void used(ItemKey track);

    /// @param file where it is now
    record Found(MediaFile row, Path file) {}
}
