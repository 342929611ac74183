package app.waxwing.demo;

import app.waxwing.demo.Item.Album;
import app.waxwing.demo.Item.Artist;
import app.waxwing.demo.Item.Genre;
import app.waxwing.demo.Item.Playlist;
import app.waxwing.demo.Item.Track;
import app.waxwing.demo.Item.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Reading the library: views, items, artists, genres, latest, counts, similar, mixes, search hints.
final class BrowseRoutes {
    private static final int KEPT_LISTS = 8;

    private final Shelf shelf;
    private final Dtos dtos;
    private final ServerVersion version;
    /// Sorted selections between two pages of the same question, else a long list would be sorted for each page.
    private final Map<String, List<Item>> kept = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Item>> eldest) {
            return size() > KEPT_LISTS;
        }
    });

    BrowseRoutes(Shelf shelf, Dtos dtos, ServerVersion version) {
        this.shelf = shelf;
        this.dtos = dtos;
        this.version = version;
    }

    void register(Router router) {
        router.on("GET", "/UserViews", this::views);
        router.on("GET", "/Items", this::items);
        router.on("GET", "/Items/Latest", this::latest);
        router.on("GET", "/Items/Counts", this::counts);
        router.on("GET", "/Items/Suggestions", this::suggestions);
        router.on("GET", "/UserItems/Resume", call -> page(call, List.of(), 0, call.user()));
        router.on("GET", "/Items/{id}", call -> Json.answer(dtos.item(visible(call.id()), call.user(), Dtos.Wish.ALL)));
        router.on("GET", "/Artists/AlbumArtists", call -> artists(call, true));
        router.on("GET", "/Artists", call -> artists(call, false));
        router.on("GET", "/Genres", this::genres);
        router.on("GET", "/MusicGenres", this::genres);
        for (String kind : List.of("Items", "Albums", "Artists")) router.on("GET", "/" + kind + "/{id}/Similar", this::similar);
        for (String kind : List.of("Items", "Songs", "Albums", "Artists", "Playlists"))
            router.on("GET", "/" + kind + "/{id}/InstantMix", this::mix);
        router.on("GET", "/Search/Hints", this::hints);
        router.on("GET", "/MediaSegments/{id}", call -> page(call, List.of(), 0, call.user()));
    }

    private Item visible(String id) {
        return shelf.item(id).filter(i -> !shelf.invisible(i.id())).orElseThrow(HttpProblem::notFound);
    }

    private Response views(Call call) {
        var user = call.user();
        boolean all = call.request().flag("includeHidden", false);
        List<Item> views = shelf.all(View.class).stream().filter(v -> !user.closed(v.id()) && (all || !user.hidden(v.id())))
                .map(Item.class::cast).toList();
        return page(call, views, -1, user);
    }

    private Response items(Call call) {
        var user = call.user();
        var r = call.request();
        var parameters = new LinkedHashMap<>(r.query());
        for (String free : List.of("startindex", "limit", "fields", "enabletotalrecordcount", "enableimages", "enableuserdata"))
            parameters.remove(free);
        boolean personal = parameters.keySet().stream().anyMatch(k -> k.startsWith("is") || k.equals("filters"))
                || r.list("sortBy").stream().anyMatch(k -> k.matches("(?i)dateplayed|playcount|isfavoriteorliked|random"));
        String key = shelf.generation() + " " + user.id() + " " + parameters;
        List<Item> all = personal ? List.of() : kept.getOrDefault(key, List.of());
        if (all.isEmpty()) {
            boolean ordered = r.param("sortBy").isEmpty()
                    && r.param("parentId").flatMap(shelf::item).filter(Playlist.class::isInstance).isPresent();
            var selected = new ItemQuery(shelf, version, r, user).select();
            all = ordered ? selected : new Sorting(shelf, user).sorted(selected, r);
            if (!personal) kept.put(key, all);
        }
        return page(call, all, r.flag("enableTotalRecordCount", true) ? all.size() : -1, user);
    }

    /// Cuts the page, then leaves out what the user may not see: pages may be short. A total below 0 is the page's own size.
    private Response page(Call call, List<? extends Item> all, int total, DemoUser user) {
        int from = Math.clamp(call.request().integer("startIndex", 0), 0, all.size());
        int limit = call.request().integer("limit", Integer.MAX_VALUE);
        var wish = Dtos.Wish.of(call.request());
        var answer = Json.MAPPER.createObjectNode();
        var items = answer.putArray("Items");
        all.stream().skip(from).limit(Math.max(limit, 0)).filter(i -> !shelf.invisible(i.id()))
                .forEach(i -> items.add(dtos.item(i, user, wish)));
        return Json.answer(answer.put("TotalRecordCount", total < 0 ? items.size() : total).put("StartIndex", from));
    }

    private Response artists(Call call, boolean albumArtists) {
        var user = call.user();
        var r = call.request();
        Set<String> wanted = new HashSet<>();
        shelf.all(Album.class).forEach(a -> wanted.addAll(a.artists()));
        if (!albumArtists) shelf.all(Track.class).forEach(t -> wanted.addAll(t.artists()));
        var parent = r.param("parentId").flatMap(shelf::item);
        boolean nothing = parent.isPresent() && !(parent.get() instanceof View v && v.collection().equals("music") && !user.closed(v.id()));
        var term = r.param("searchTerm").map(ItemQuery::clean).orElse("");
        var starts = r.param("nameStartsWith").map(ItemQuery::clean).orElse("");
        boolean favourites = r.flag("isFavorite", false) || r.list("filters").contains("IsFavorite");
        var found = shelf.all(Artist.class).stream().filter(a -> !nothing && wanted.contains(a.id()))
                .filter(a -> ItemQuery.clean(a.name()).contains(term))
                .filter(a -> ItemQuery.clean(a.sortName()).startsWith(starts)).filter(a -> !favourites || user.data(a.id()).favorite())
                .map(Item.class::cast).toList();
        return page(call, new Sorting(shelf, user).sorted(found, r), secondaryTotal(r, found.size()), user);
    }

    private Response genres(Call call) {
        var user = call.user();
        var term = call.request().param("searchTerm").map(ItemQuery::clean).orElse("");
        var used = shelf.all(Track.class).stream().flatMap(t -> t.genres().stream()).collect(Collectors.toSet());
        var found = shelf.all(Genre.class).stream().filter(g -> used.contains(g.name()) && ItemQuery.clean(g.name()).contains(term))
                .map(Item.class::cast).toList();
        return page(call, new Sorting(shelf, user).sorted(found, call.request()), secondaryTotal(call.request(), found.size()), user);
    }

    /// Artists and genres answer 0 when the count is off, from 10.11 on.
    private int secondaryTotal(Request r, int size) {
        return r.flag("enableTotalRecordCount", true) || !version.atLeast(10, 11) ? size : 0;
    }

    private Response latest(Call call) {
        var user = call.user();
        var wish = Dtos.Wish.of(call.request());
        var answer = Json.MAPPER.createArrayNode();
        var view = call.request().param("parentId").flatMap(shelf::item);
        if (view.isPresent() && !(view.get() instanceof View v && v.collection().equals("music"))) return Json.answer(answer);
        shelf.all(Album.class).stream().filter(a -> !shelf.invisible(a.id())).sorted(Comparator.comparing(Album::added).reversed())
                .limit(call.request().integer("limit", 20)).forEach(a -> {
                    ObjectNode dto = dtos.item(a, user, wish);
                    answer.add(dto.put("ChildCount", shelf.tracksOf(a.id()).size()));
                });
        return Json.answer(answer);
    }

    private Response counts(Call call) {
        call.user();
        var dto = Json.MAPPER.createObjectNode();
        for (String none : List.of("MovieCount", "SeriesCount", "EpisodeCount", "ProgramCount", "TrailerCount", "MusicVideoCount",
                "BoxSetCount",
                "BookCount"))
            dto.put(none, 0);
        int songs = shelf.all(Track.class).size();
        int albums = shelf.all(Album.class).size();
        return Json.answer(dto.put("ArtistCount", 0).put("SongCount", songs).put("AlbumCount", albums).put("ItemCount", songs + albums));
    }

    private Response suggestions(Call call) {
        var all = shuffled(shelf.all(Album.class));
        return page(call, all, all.size(), call.user());
    }

    private Response similar(Call call) {
        var model = visible(call.id());
        List<Item> found = new ArrayList<>();
        switch (model) {
            case Artist artist -> {
                var genres = shelf.all(Album.class).stream().filter(a -> a.artists().contains(artist.id()))
                        .flatMap(a -> a.genres().stream())
                        .collect(Collectors.toSet());
                var ids = shelf.all(Album.class).stream().filter(a -> a.genres().stream().anyMatch(genres::contains))
                        .flatMap(a -> a.artists().stream())
                        .collect(Collectors.toSet());
                shelf.all(Artist.class).stream().filter(a -> ids.contains(a.id()) && !a.id().equals(artist.id())).forEach(found::add);
            }
            case Album _ -> sharing(shelf.all(Album.class), model, found);
            case Track _ -> sharing(shelf.all(Track.class), model, found);
            case View _,Genre _,Playlist _ -> {
            }
        }
        int limit = call.request().integer("limit", 20);
        return page(call, found.subList(0, Math.min(found.size(), limit)), Math.min(found.size(), limit), call.user());
    }

    private static void sharing(List<? extends Item> all, Item model, List<Item> found) {
        all.stream().filter(i -> !i.id().equals(model.id()) && i.genres().stream().anyMatch(model.genres()::contains)).forEach(found::add);
    }

    private Response mix(Call call) {
        var seed = visible(call.id());
        Set<String> genres = switch (seed) {
            case Artist a -> shelf.all(Track.class).stream().filter(t -> t.artists().contains(a.id())).flatMap(t -> t.genres().stream())
                    .collect(Collectors.toSet());
            case Playlist p -> p.items().stream().map(shelf::item).flatMap(java.util.Optional::stream).flatMap(t -> t.genres().stream())
                    .collect(Collectors.toSet());
            case Genre g -> Set.of(g.name());
            case Album a -> Set.copyOf(a.genres());
            case Track t -> Set.copyOf(t.genres());
            case View _ -> Set.of();
        };
        var all = shuffled(shelf.all(Track.class).stream().filter(t -> t.genres().stream().anyMatch(genres::contains)).toList());
        var mixed = all.subList(0, Math.min(200, all.size()));
        return page(call, mixed, mixed.size(), call.user());
    }

    private static List<Item> shuffled(List<? extends Item> items) {
        var out = new ArrayList<Item>(items);
        Collections.shuffle(out, new Random());
        return out;
    }

    private Response hints(Call call) {
        var user = call.user();
        String term = ItemQuery.clean(call.request().param("searchTerm").orElseThrow(() -> HttpProblem.invalid("searchTerm", "")));
        var kinds = call.request().list("includeItemTypes");
        var found = List.of(shelf.all(Artist.class), shelf.all(Album.class), shelf.all(Track.class), shelf.all(Playlist.class)).stream()
                .flatMap(List::stream).filter(i -> kinds.isEmpty() || kinds.contains(i.type()))
                .filter(i -> ItemQuery.clean(i.name()).contains(term))
                .filter(i -> !shelf.invisible(i.id())).map(Item.class::cast).toList();
        var answer = Json.MAPPER.createObjectNode();
        var hints = answer.putArray("SearchHints");
        found.stream().skip(call.request().integer("startIndex", 0)).limit(call.request().integer("limit", Integer.MAX_VALUE))
                .forEach(i -> {
                    var dto = dtos.item(i, user, new Dtos.Wish(Set.of(), false, true));
                    var hint = hints.addObject().put("ItemId", i.id()).put("Id", i.id()).put("Name", i.name()).put("Type", i.type())
                            .put("IsFolder", i.folder()).put("MediaType", Dtos.mediaType(i));
                    for (String same : List.of("RunTimeTicks", "Album", "AlbumId", "AlbumArtist", "ProductionYear", "IndexNumber",
                            "ParentIndexNumber"))
                        if (dto.has(same)) hint.set(same, dto.get(same));
                    if (i.picture().present()) hint.put("PrimaryImageTag", i.picture().tag());
                    hint.set("Artists", dto.has("Artists") ? dto.get("Artists") : Json.MAPPER.createArrayNode());
                });
        return Json.answer(answer.put("TotalRecordCount", found.size()));
    }
}
