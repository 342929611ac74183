package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Library;
import app.waxwing.library.Query;
import app.waxwing.library.Query.Sort;
import app.waxwing.library.Query.Within;
import app.waxwing.library.Track;
import app.waxwing.parts.Question;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// One artist: own albums from the newest on, albums of others with a part in them, and what is heard most. FX thread.
final class ArtistViewModel {
    static final int TOP = 5;

    record Content(Artist artist, List<Album> albums, List<Album> appearsOn, List<Track> top) {}

    private final Question<Optional<Content>> question;

    ArtistViewModel(Library library, Executor fx, ItemKey key, BooleanSupplier playableOnly) {
        question = new Question<>(fx, () -> {
            Query by = Query.ALL.within(new Within.ByArtist(key)).playableOnly(playableOnly.getAsBoolean());
            var albums = library.albums(by.sort(Sort.YEAR, true));
            var top = library.tracks(by.sort(Sort.PLAY_COUNT, true).slice(0, TOP));
            var others = library.appearsOn(key);
            return library.artist(key).thenCombine(albums.thenCombine(top, Parts::new), (artist, parts) -> artist.map(a -> {
                var own = parts.albums.items().stream().filter(album -> own(album, a)).toList();
                return new Content(a, own, List.of(), parts.top.items());
            })).thenCombine(others, (content, more) -> content.map(c -> new Content(c.artist(), c.albums(),
                    more.stream().filter(album -> !playableOnly.getAsBoolean() || album.localTracks() > 0).toList(), c.top())));
        });
    }

    private record Parts(app.waxwing.library.Listing<Album> albums, app.waxwing.library.Listing<Track> top) {}

    private static boolean own(Album album, Artist artist) {
        return album.artistId().map(id -> id.equals(artist.key().id())).orElse(album.artist().equals(artist.name()));
    }

    Question<Optional<Content>> question() {
        return question;
    }

    Optional<Artist> artist() {
        return question.value().flatMap(c -> c).map(Content::artist);
    }
}
