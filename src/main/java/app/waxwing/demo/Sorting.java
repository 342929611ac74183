package app.waxwing.demo;

import app.waxwing.demo.Item.Album;
import app.waxwing.demo.Item.Track;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Sorts as `sortBy` and `sortOrder` ask. There is no last tie-breaker, as on the server.
final class Sorting {
    private final Shelf shelf;
    private final DemoUser user;

    Sorting(Shelf shelf, DemoUser user) {
        this.shelf = shelf;
        this.user = user;
    }

    List<Item> sorted(List<Item> items, Request request) {
        List<String> keys = request.list("sortBy");
        List<String> orders = request.list("sortOrder");
        if (orders.size() > Math.max(keys.size(), 1)) throw HttpProblem.thrown(500);
        if (keys.isEmpty()) keys = List.of("SortName");
        var out = new ArrayList<>(items);
        if (keys.getFirst().equalsIgnoreCase("Random")) {
            Collections.shuffle(out, new Random());
            return out;
        }
        Comparator<Item> order = (_, _) -> 0;
        for (int i = 0; i < keys.size(); i++) {
            var key = key(keys.get(i));
            String direction = orders.isEmpty() ? "Ascending" : orders.get(i < orders.size() ? i : 0);
            order = order.thenComparing(direction.equalsIgnoreCase("Descending") ? key.reversed() : key);
        }
        out.sort(order);
        return out;
    }

    private Comparator<Item> key(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sortname", "default" -> Comparator.comparing(i -> i.sortName().toLowerCase(Locale.ROOT));
            case "name" -> Comparator.comparing(i -> i.name().toLowerCase(Locale.ROOT));
            case "album" -> Comparator.comparing(i -> i instanceof Track t ? nameOf(t.albumId()) : i.name());
            case "albumartist" -> Comparator.comparing(this::owner);
            case "artist" -> Comparator.comparing(i -> i.artists().isEmpty() ? "" : nameOf(i.artists().getFirst()));
            case "datecreated", "datelastcontentadded" -> Comparator.comparing(Item::added);
            case "dateplayed" -> Comparator.comparing(i -> user.data(i.id()).lastPlayed());
            case "playcount" -> Comparator.comparingInt(i -> user.data(i.id()).playCount());
            case "premieredate", "productionyear" -> Comparator.comparingInt(Item::year);
            case "runtime" -> Comparator.comparingLong(Item::ticks);
            case "isfavoriteorliked" -> Comparator.comparing(i -> !user.data(i.id()).favorite());
            case "parentindexnumber" -> Comparator.comparingInt(i -> i instanceof Track t ? t.disc() : 0);
            case "indexnumber" -> Comparator.comparingInt(i -> i instanceof Track t ? t.number() : 0);
            case "isfolder" -> Comparator.comparing(i -> !i.folder());
            default -> (_, _) -> 0;
        };
    }

    private String owner(Item item) {
        if (item instanceof Track t && shelf.item(t.albumId()).orElse(null) instanceof Album a) return nameOf(a.artists().getFirst());
        return item.artists().isEmpty() ? "" : nameOf(item.artists().getFirst());
    }

    private String nameOf(String id) {
        return shelf.item(id).map(i -> i.sortName().toLowerCase(Locale.ROOT)).orElse("");
    }
}
