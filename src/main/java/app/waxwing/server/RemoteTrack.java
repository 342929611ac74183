package app.waxwing.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A track as a server tells of it. Absent means the server did not say: a sync then keeps what is known (requirement 3.21); empty text is its word,
/// also for a cover. So it is with lists: an empty one says nothing, [#NO_GENRES] and [ArtistRef#NOBODY] are its word.
///
/// @param sortTitle what lists sort by; empty text means the title
/// @param path the server's own path, of use only to know a moved file again
/// @param gainDb decibels to apply to reach −18 LUFS
/// @param problem why the item cannot be used, in words, when its data is beyond our limits
public record RemoteTrack(String id, Optional<String> title, Optional<String> sortTitle, Optional<String> albumId,
        Optional<String> albumTitle,
        List<ArtistRef> artists, List<ArtistRef> albumArtists, OptionalInt disc, OptionalInt number, OptionalInt year, List<String> genres,
        Optional<Duration> duration, Optional<String> container, OptionalLong size, OptionalInt bitrate, Optional<String> path,
        Optional<String> musicBrainzId, Optional<String> imageTag, OptionalDouble gainDb, OptionalDouble albumGainDb, boolean hasLyrics,
        Optional<String> changeTag, Optional<Instant> added, Optional<RemoteUserData> userData, Optional<String> problem) {
    /// The server's word that the track is of no genre.
    public static final List<String> NO_GENRES = List.of("");

    public RemoteTrack {
        artists = List.copyOf(artists);
        albumArtists = List.copyOf(albumArtists);
        genres = List.copyOf(genres);
    }

    /// What a file is called without its ending: the name of a track that has none.
    ///
    /// @param path with slashes of either kind
    public static String fileTitle(String path) {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
