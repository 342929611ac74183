package app.waxwing.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// An album as a server tells of it; what is absent it did not say, as with [RemoteTrack].
///
/// @param artists album artists in order
/// @param gainDb decibels to apply to the whole album to reach −18 LUFS
public record RemoteAlbum(String id, Optional<String> title, Optional<String> sortTitle, List<ArtistRef> artists, OptionalInt year,
        Optional<String> imageTag, OptionalDouble gainDb, Optional<Instant> added, Optional<Boolean> favourite) {
    public RemoteAlbum {
        artists = List.copyOf(artists);
    }
}
