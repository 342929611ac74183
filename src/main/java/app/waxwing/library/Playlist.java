package app.waxwing.library;

import app.waxwing.base.ItemKey;
import java.time.Duration;
import java.util.Optional;

/// A playlist without its tracks.
///
/// @param localTracks how many of its tracks are here (kept or cached)
public record Playlist(long row, ItemKey key, String title, int trackCount, Duration duration, boolean editable, boolean favourite,
        Optional<Cover> cover, Availability availability, int localTracks) {}
