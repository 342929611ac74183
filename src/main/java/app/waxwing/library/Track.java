package app.waxwing.library;

import app.waxwing.base.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One track as the library here knows it.
///
/// @param row number of its row, stable as long as it exists
/// @param artist all credited artists as shown
/// @param imageItem the item whose cover is shown (its own, else the album's) with its tag
public record Track(long row, ItemKey key, String title, String artist, List<String> artists, Optional<String> artistId, String album,
        Optional<String> albumId, String albumArtist, OptionalInt disc, OptionalInt number, OptionalInt year, List<String> genres,
        Optional<Duration> duration, Optional<String> container, OptionalLong size, boolean favourite, int playCount,
        Optional<Instant> lastPlayed, OptionalDouble gainDb, OptionalDouble albumGainDb, boolean hasLyrics, Optional<Cover> cover,
        Availability availability, Optional<String> problem) {
    public Track {
        artists = List.copyOf(artists);
        genres = List.copyOf(genres);
    }
}
