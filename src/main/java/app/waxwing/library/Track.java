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
/// @param size bytes of the original, as far as the server told it
/// @param cover of its own, else the album's
/// @param fileSize bytes of the file that is here, in whatever quality; empty where none is
public record Track(long row, ItemKey key, String title, String artist, List<String> artists, Optional<String> artistId, String album,
        Optional<String> albumId, String albumArtist, OptionalInt disc, OptionalInt number, OptionalInt year, List<String> genres,
        Optional<Duration> duration, Optional<String> container, OptionalLong size, boolean favourite, int playCount,
        Optional<Instant> lastPlayed, OptionalDouble gainDb, OptionalDouble albumGainDb, boolean hasLyrics, Optional<Cover> cover,
        Availability availability, Optional<String> problem, OptionalLong fileSize) {
    public Track {
        artists = List.copyOf(artists);
        genres = List.copyOf(genres);
    }
}
