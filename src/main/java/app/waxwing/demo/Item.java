package app.waxwing.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One thing in the library. Ids are 32 lower-case hex digits; lists of artists hold artist ids, lists of genres hold names.
public sealed interface Item {
    String id();

    String name();

    String sortName();

    /// When it came into the library.
    Instant added();

    default Picture picture() {
        return Picture.NONE;
    }

    default int year() {
        return 0;
    }

    default List<String> genres() {
        return List.of();
    }

    /// Every credited artist, for an album its album artists.
    default List<String> artists() {
        return List.of();
    }

    default long ticks() {
        return 0;
    }

    /// Jellyfin's word for the kind.
    default String type() {
        return switch (this) {
            case View _ -> "CollectionFolder";
            case Artist _ -> "MusicArtist";
            case Genre _ -> "MusicGenre";
            case Album _ -> "MusicAlbum";
            case Track _ -> "Audio";
            case Playlist _ -> "Playlist";
        };
    }

    default boolean folder() {
        return !(this instanceof Track);
    }

    /// @param collection `music` or `playlists`
    record View(String id, String name, String sortName, Instant added, String collection) implements Item {}

    record Artist(String id, String name, String sortName, Instant added, String overview, Picture picture) implements Item {}

    record Genre(String id, String name, String sortName, Instant added) implements Item {}

    /// @param gain decibels to apply over the whole album, NaN when unknown
    record Album(String id, String name, String sortName, Instant added, List<String> artists, int year, List<String> genres, double gain,
            Picture picture) implements Item {}

    /// @param albumId empty when the file has no album
    /// @param path where the file lies on the imagined server, for its name only
    /// @param ticks run time in units of 100 ns
    record Track(String id, String name, String sortName, Instant added, String albumId, List<String> artists, int number, int disc,
            int year,
            List<String> genres, long ticks, double gain, String path, Audio audio, Lyrics lyrics) implements Item {

        Track with(Audio changed) {
            return new Track(id, name, sortName, added, albumId, artists, number, disc, year, genres, ticks, gain, path, changed, lyrics);
        }

        public Track named(String other) {
            return new Track(id, other, other, added, albumId, artists, number, disc, year, genres, ticks, gain, path, audio, lyrics);
        }
    }

    record Playlist(String id, String name, String sortName, Instant added, String owner, boolean open, List<String> items, Picture picture)
            implements
                Item {

        Playlist with(List<String> changed) {
            return new Playlist(id, name, sortName, added, owner, open, List.copyOf(changed), picture);
        }

        Playlist named(String other) {
            return new Playlist(id, other, other, added, owner, open, items, picture);
        }
    }

    /// The file of a track.
    ///
    /// @param bitDepth 0 for lossy formats
    /// @param transcoded the same music ready in a smaller form by codec, as a server's transcoder would make it
    record Audio(String container, String codec, int bitrate, int sampleRate, int channels, int bitDepth, Content content,
            Map<String, Content> transcoded) {

        Audio with(Content changed) {
            return new Audio(container, codec, bitrate, sampleRate, channels, bitDepth, changed, transcoded);
        }
    }

    /// Words of a song. A start of −1 tick means no time is known.
    record Lyrics(boolean synced, List<Line> lines) {
        public static final Lyrics NONE = new Lyrics(false, List.of());

        /// @param start ticks from the start of the track
        public record Line(long start, String text) {}
    }

    /// A cover in a few ready sizes, by edge length in pixels.
    record Picture(String tag, TreeMap<Integer, Content> sizes) {
        public static final Picture NONE = new Picture("", new TreeMap<>());

        public boolean present() {
            return !sizes.isEmpty();
        }
    }
}
