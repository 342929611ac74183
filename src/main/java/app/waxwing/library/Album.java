package app.waxwing.library;

import app.waxwing.base.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// @param localTracks how many of its tracks are here (kept or cached)
public record Album(long row, ItemKey key, String title, String artist, Optional<String> artistId, OptionalInt year, int trackCount,
        Duration duration, boolean favourite, Optional<Instant> added, Optional<Cover> cover, Availability availability, int localTracks) {}
