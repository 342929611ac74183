package app.waxwing.demo;

import app.waxwing.demo.Item.Album;
import app.waxwing.demo.Item.Artist;
import app.waxwing.demo.Item.Genre;
import app.waxwing.demo.Item.Playlist;
import app.waxwing.demo.Item.Track;
import app.waxwing.demo.Item.View;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Selects items as `GET /Items` does: where to look, which kinds, which filters.
final class ItemQuery {
    private final Shelf shelf;
    private final ServerVersion version;
    private final Request request;
    private final DemoUser user;

    ItemQuery(Shelf shelf, ServerVersion version, Request request, DemoUser user) {
        this.shelf = shelf;
        this.version = version;
        this.request = request;
        this.user = user;
    }

    /// The selection, unsorted.
    List<Item> select() {
        var keep = filter();
        return scope().filter(keep).map(Item.class::cast).toList();
    }

    private Stream<? extends Item> scope() {
        var ids = request.list("ids");
        if (!ids.isEmpty()) return ids.stream().distinct().map(shelf::item).flatMap(Optional::stream);
        boolean recursive = request.flag("recursive", false);
        var parent = request.param("parentId");
        if (parent.isEmpty()) return recursive ? everything() : shelf.all(View.class).stream();
        Item place = shelf.item(parent.get()).orElseThrow(HttpProblem::notFound);
        if (place instanceof View view && user.closed(view.id()))
            throw HttpProblem.text(401, user.name() + " is not permitted to access Library " + view.name() + ".");
        return switch (place) {
            case View view -> inView(view, recursive);
            case Artist artist -> {
                var albums = shelf.all(Album.class).stream().filter(a -> a.artists().contains(artist.id()));
                yield recursive ? albums.flatMap(a -> Stream.concat(Stream.of(a), shelf.tracksOf(a.id()).stream())) : albums;
            }
            case Genre genre -> everything().filter(i -> i.genres().contains(genre.name()));
            case Album album -> shelf.tracksOf(album.id()).stream();
            case Playlist playlist -> playlist.items().stream().map(shelf::item).flatMap(Optional::stream);
            case Track _ -> Stream.empty();
        };
    }

    private Stream<? extends Item> inView(View view, boolean recursive) {
        if (view.collection().equals("playlists")) return shelf.all(Playlist.class).stream();
        if (!recursive) return shelf.all(Artist.class).stream();
        return Stream.concat(shelf.all(Album.class).stream(), kinds().contains("musicartist")
                ? Stream.concat(shelf.all(Artist.class).stream(), shelf.all(Track.class).stream())
                : shelf.all(Track.class).stream());
    }

    private Stream<? extends Item> everything() {
        boolean closed = shelf.all(View.class).stream().anyMatch(v -> v.collection().equals("music") && user.closed(v.id()));
        if (closed) return shelf.all(Playlist.class).stream();
        return Stream.of(shelf.all(Album.class), shelf.all(Track.class), shelf.all(Artist.class), shelf.all(Playlist.class))
                .flatMap(List::stream);
    }

    /// Unknown kinds are dropped silently, so a list of unknown kinds alone means no filter.
    private Set<String> kinds() {
        var known = Set.of("musicalbum", "audio", "musicartist", "playlist", "musicvideo", "audiobook", "book", "movie", "episode",
                "series", "boxset",
                "folder", "collectionfolder", "musicgenre");
        return lower(request.list("includeItemTypes")).stream().filter(known::contains).collect(Collectors.toSet());
    }

    private Predicate<Item> filter() {
        List<Predicate<Item>> all = new ArrayList<>();
        var kinds = kinds();
        if (!kinds.isEmpty()) all.add(i -> kinds.contains(i.type().toLowerCase(Locale.ROOT)));
        var notKinds = lower(request.list("excludeItemTypes"));
        if (!notKinds.isEmpty()) all.add(i -> !notKinds.contains(i.type().toLowerCase(Locale.ROOT)));
        var media = lower(request.list("mediaTypes"));
        if (!media.isEmpty()) all.add(i -> media.contains(Dtos.mediaType(i).toLowerCase(Locale.ROOT)));
        ids("excludeItemIds").ifPresent(ids -> all.add(i -> !ids.contains(i.id())));
        ids("artistIds").ifPresent(ids -> all.add(i -> credited(i).anyMatch(ids::contains)));
        ids("albumArtistIds").ifPresent(ids -> all.add(i -> owners(i).anyMatch(ids::contains)));
        ids("contributingArtistIds")
                .ifPresent(ids -> all.add(i -> credited(i).anyMatch(ids::contains) && owners(i).noneMatch(ids::contains)));
        ids("albumIds").ifPresent(ids -> all.add(i -> i instanceof Track t && ids.contains(t.albumId())));
        ids("genreIds").ifPresent(
                ids -> all.add(i -> i.genres().stream().map(shelf::genre).anyMatch(g -> g.isPresent() && ids.contains(g.get().id()))));
        var genres = Set.copyOf(request.params("genres", "|"));
        if (!genres.isEmpty()) all.add(i -> i.genres().stream().anyMatch(genres::contains));
        var years = Set.copyOf(request.list("years"));
        if (!years.isEmpty()) all.add(i -> years.contains(Integer.toString(i.year())));
        if (version.atLeast(10, 11))
            request.param("indexNumber").map(Integer::valueOf).ifPresent(n -> all.add(i -> i instanceof Track t && t.number() == n));
        userFilters(all);
        nameFilters(all);
        changeFilters(all);
        return i -> {
            for (var p : all) if (!p.test(i)) return false;
            return true;
        };
    }

    private void userFilters(List<Predicate<Item>> all) {
        var filters = lower(request.list("filters"));
        if (filters.contains("isfavorite") || request.flag("isFavorite", false)) all.add(i -> user.data(i.id()).favorite());
        else if (request.param("isFavorite").isPresent()) all.add(i -> !user.data(i.id()).favorite());
        if (filters.contains("isplayed") || request.flag("isPlayed", false)) all.add(i -> user.data(i.id()).played());
        if (filters.contains("isunplayed") || !request.flag("isPlayed", true)) all.add(i -> !user.data(i.id()).played());
        if (filters.contains("isresumable")) all.add(i -> user.data(i.id()).position() > 0);
        if (filters.contains("likes")) all.add(i -> user.data(i.id()).likes() > 0);
    }

    private void nameFilters(List<Predicate<Item>> all) {
        request.param("nameStartsWith").map(ItemQuery::clean).ifPresent(n -> all.add(i -> clean(i.sortName()).startsWith(n)));
        request.param("nameStartsWithOrGreater").map(ItemQuery::clean).ifPresent(n -> all.add(i -> clean(i.sortName()).compareTo(n) >= 0));
        request.param("nameLessThan").map(ItemQuery::clean).ifPresent(n -> all.add(i -> clean(i.sortName()).compareTo(n) < 0));
        request.param("searchTerm").map(ItemQuery::clean).ifPresent(n -> all.add(i -> clean(i.name()).contains(n)));
    }

    private void changeFilters(List<Predicate<Item>> all) {
        var broken = request.param("minDateLastSaved");
        if (broken.isPresent() && !version.atLeast(10, 11)) throw HttpProblem.thrown(500);
        Stream.of("minDateLastSaved", "minDateLastSavedForUser").forEach(name -> request.param(name).ifPresent(text -> {
            Instant least = Json.instant(name, text);
            all.add(i -> !shelf.saved(i).isBefore(least));
        }));
    }

    private Stream<String> credited(Item item) {
        return item.artists().stream();
    }

    private Stream<String> owners(Item item) {
        if (item instanceof Track t) return shelf.item(t.albumId()).stream().flatMap(a -> a.artists().stream());
        return item instanceof Album ? item.artists().stream() : Stream.empty();
    }

    private Optional<Set<String>> ids(String name) {
        Set<String> ids = request.list(name).stream().map(Shelf::normal).collect(Collectors.toCollection(HashSet::new));
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids);
    }

    private static Set<String> lower(List<String> words) {
        return words.stream().map(w -> w.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /// As the server cleans names for search: no accents, no case.
    static String clean(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT).strip();
    }
}
