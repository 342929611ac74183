package app.waxwing.parts;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Mark;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Availability;
import app.waxwing.library.Cover;
import app.waxwing.library.Playlist;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.ContextMenu;

/// What a tile shows and where it leads.
///
/// @param part share that is here, for the mark
/// @param round an artist: a disc instead of a square
public record TileFacts(ItemKey key, String title, String subtitle, Optional<Cover> cover, Availability availability, Mark.Kind mark,
        double part, boolean round,
        Route route, Function<ViewContext, ContextMenu> menu) {
    public static TileFacts of(Album a) {
        String under = a.artist().isBlank() && a.year().isPresent() ? String.valueOf(a.year().getAsInt()) : a.artist();
        return new TileFacts(a.key(), a.title(), under, a.cover(), a.availability(), Marks.of(a.availability()), Marks.part(a), false,
                new Route.AlbumRoute(a.key()),
                ctx -> ItemMenu.ofAlbum(ctx, a));
    }

    /// With the year under the title: on the page of its artist.
    public static TileFacts byYear(Album a) {
        String under = (a.year().isPresent() ? a.year().getAsInt() + " · " : "") + Texts.count("count.tracks", a.trackCount());
        var facts = of(a);
        return new TileFacts(facts.key, facts.title, under, facts.cover, facts.availability, facts.mark, facts.part, false, facts.route,
                facts.menu);
    }

    public static TileFacts of(Artist a) {
        String under = a.albumCount() > 0 ? Texts.count("count.albums", a.albumCount()) : Texts.count("count.tracks", a.trackCount());
        Mark.Kind mark = a.availability() == Availability.PARTIAL ? Mark.Kind.NONE : Marks.of(a.availability());
        return new TileFacts(a.key(), a.name(), under, a.cover(), a.availability(), mark, 0, true, new Route.ArtistRoute(a.key()),
                ctx -> ItemMenu.ofArtist(ctx, a));
    }

    public static TileFacts of(Playlist p) {
        String under = Texts.count("count.tracks", p.trackCount()) + " · " + Formats.total(p.duration());
        return new TileFacts(p.key(), p.title(), under, p.cover(), p.availability(), Marks.of(p.availability()), Marks.part(p), false,
                new Route.PlaylistRoute(p.key()), ctx -> ItemMenu.ofPlaylist(ctx, p));
    }

    String spoken() {
        return title + ", " + subtitle + ", " + Marks.words(availability);
    }
}
