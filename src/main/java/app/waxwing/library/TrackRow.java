package app.waxwing.library;

import static app.waxwing.library.Batch.boxed;
import static app.waxwing.library.Batch.either;

import app.waxwing.base.InertText;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteTrack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A track's row as the server's word and what was known before make it: what the server leaves out stays as it was, what it says empty becomes
/// empty (requirement 3.21). Pure.
record TrackRow(String title, String sortTitle, @Nullable String album, String albumTitle, String artistName, String albumArtist,
        @Nullable Long disc, @Nullable Long number, @Nullable Long year, @Nullable Long durationMs, @Nullable String container,
        @Nullable Long size, @Nullable Long bitrate, @Nullable String path, @Nullable String musicBrainzId, @Nullable String imageTag,
        @Nullable Double gain, @Nullable Double albumGain, boolean hasLyrics, @Nullable String changeTag, @Nullable Long addedAt,
        @Nullable String problem, List<ArtistRef> artists, List<String> genres) {

    TrackRow {
        artists = List.copyOf(artists);
        genres = List.copyOf(genres);
    }

    static TrackRow merge(RemoteTrack told, @Nullable TrackRow known) {
        List<ArtistRef> artists = known != null && told.artists().isEmpty() ? known.artists : inert(told.artists());
        List<String> genres = known != null && told.genres().isEmpty()
                ? known.genres
                : told.genres().stream().map(InertText::of).filter(g -> !g.isBlank()).distinct().toList();
        String albumTitle = told.albumTitle().map(InertText::of).orElse(known == null ? "" : known.albumTitle);
        String title = known == null
                ? title(told.title().or(() -> told.path().map(RemoteTrack::fileTitle)), null)
                : title(told.title(), known.title);
        return new TrackRow(title,
                known == null ? sort(told.sortTitle(), title) : sort(told.sortTitle(), title, known.title, known.sortTitle),
                either(told.albumId().orElse(null), known == null ? null : known.album), albumTitle,
                known != null && told.artists().isEmpty() ? known.artistName : names(artists),
                known != null && told.albumArtists().isEmpty() ? known.albumArtist : names(inert(told.albumArtists())),
                either(boxed(told.disc()), known == null ? null : known.disc),
                either(boxed(told.number()), known == null ? null : known.number),
                either(boxed(told.year()), known == null ? null : known.year),
                either(told.duration().map(Duration::toMillis).orElse(null), known == null ? null : known.durationMs),
                either(told.container().orElse(null), known == null ? null : known.container),
                either(boxed(some(told.size())), known == null ? null : known.size),
                either(boxed(told.bitrate()), known == null ? null : known.bitrate),
                either(told.path().orElse(null), known == null ? null : known.path),
                either(told.musicBrainzId().orElse(null), known == null ? null : known.musicBrainzId),
                image(told.imageTag(), known == null ? null : known.imageTag),
                either(boxed(told.gainDb()), known == null ? null : known.gain),
                either(boxed(told.albumGainDb()), known == null ? null : known.albumGain), told.hasLyrics(),
                either(told.changeTag().orElse(null), known == null ? null : known.changeTag),
                either(told.added().map(Instant::toEpochMilli).orElse(null), known == null ? null : known.addedAt),
                told.problem().map(InertText::of).orElse(null), artists, genres);
    }

    boolean sameWords(TrackRow other) {
        return title.equals(other.title) && artistName.equals(other.artistName) && albumTitle.equals(other.albumTitle)
                && albumArtist.equals(other.albumArtist) && genres.equals(other.genres);
    }

    /// The server's word, else what is known.
    static String title(Optional<String> told, @Nullable String known) {
        return told.map(InertText::of).orElse(known == null ? "" : known);
    }

    static String sort(Optional<String> told, String title) {
        return SearchText.sort(InertText.of(told.filter(s -> !s.isBlank()).orElse(title)));
    }

    /// What is known stays where the server says nothing, as long as it belongs to the same title.
    static String sort(Optional<String> told, String title, String knownTitle, String knownSort) {
        return told.isEmpty() && title.equals(knownTitle) ? knownSort : sort(told, title);
    }

    /// The cover's tag: where the server says that there is none, none.
    static @Nullable String image(Optional<String> told, @Nullable String known) {
        return told.isEmpty() ? known : told.filter(tag -> !tag.isEmpty()).orElse(null);
    }

    /// Without [ArtistRef#NOBODY].
    static List<ArtistRef> inert(List<ArtistRef> artists) {
        return artists.stream().filter(a -> !ArtistRef.NOBODY.contains(a)).map(a -> new ArtistRef(a.id(), InertText.of(a.name()))).toList();
    }

    static String names(List<ArtistRef> artists) {
        return artists.stream().map(ArtistRef::name).collect(Collectors.joining(", "));
    }

    /// A size of nothing says of most tracks that their server does not know it; of the few that are empty it is looked up when they are fetched.
    private static OptionalLong some(OptionalLong size) {
        return size.isPresent() && size.getAsLong() > 0 ? size : OptionalLong.empty();
    }
}
