package app.waxwing.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The library while the server runs: what the start brought, and what playlists, tests and scans changed since. Any thread.
public final class Shelf {
    /// Told of every change, outside the lock.
    public interface Watcher {
        void changed(Set<String> added, Set<String> updated, Set<String> removed);
    }

    private final DemoLibrary start;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, Instant> saved = new HashMap<>();
    private final Set<String> invisible = new HashSet<>();
    private final Map<Class<? extends Item>, List<? extends Item>> lists = new HashMap<>();
    private Map<String, List<Item.Track>> byAlbum = Map.of();
    private Map<String, Item.Genre> byGenre = Map.of();
    private long generation;
    private volatile Watcher watcher = (_, _, _) -> {};

    Shelf(DemoLibrary start) {
        this.start = start;
        List.of(start.views(), start.artists(), start.genres(), start.albums(), start.tracks(), start.playlists())
                .forEach(all -> all.forEach(i -> items.put(i.id(), i)));
        index();
    }

    /// The library the server was started with.
    public DemoLibrary start() {
        return start;
    }

    void watch(Watcher to) {
        watcher = to;
    }

    /// Ids are accepted with and without dashes, in any case.
    static String normal(String id) {
        return id.replace("-", "").toLowerCase(Locale.ROOT);
    }

    public synchronized Optional<Item> item(String id) {
        return Optional.ofNullable(items.get(normal(id)));
    }

    @SuppressWarnings("unchecked")
    synchronized <T extends Item> List<T> all(Class<T> kind) {
        return (List<T>) lists.computeIfAbsent(kind, k -> items.values().stream().filter(k::isInstance).map(kind::cast).toList());
    }

    synchronized List<Item.Track> tracksOf(String albumId) {
        return byAlbum.getOrDefault(albumId, List.of());
    }

    synchronized Optional<Item.Genre> genre(String name) {
        return Optional.ofNullable(byGenre.get(name));
    }

    /// Grows with every change, so that sorted lists may be kept between pages.
    synchronized long generation() {
        return generation;
    }

    /// When the item was last changed, as `DateLastSaved` of the server's row.
    synchronized Instant saved(Item item) {
        return saved.getOrDefault(item.id(), item.added());
    }

    /// Whether the item is left out of pages after they were cut, which makes pages short, as items are that a user may not see.
    synchronized boolean invisible(String id) {
        return invisible.contains(id);
    }

    /// Adds or replaces an item at the given moment.
    public void put(Item item, Instant now) {
        boolean fresh;
        synchronized (this) {
            fresh = items.put(item.id(), item) == null;
            saved.put(item.id(), now);
            touched();
        }
        watcher.changed(fresh ? Set.of(item.id()) : Set.of(), fresh ? Set.of() : Set.of(item.id()), Set.of());
    }

    public void remove(String id) {
        synchronized (this) {
            if (items.remove(normal(id)) == null) return;
            touched();
        }
        watcher.changed(Set.of(), Set.of(), Set.of(normal(id)));
    }

    /// Puts another file in the place of a track's: other bytes, another date, or both.
    public void replaceFile(String trackId, Content file, Instant now) {
        if (item(trackId).orElseThrow() instanceof Item.Track track) put(track.with(track.audio().with(file)), now);
    }

    /// Hides an item from all users, as the server does with what a parental rule forbids: unknown by id, missing in pages.
    public synchronized void hide(String id) {
        invisible.add(normal(id));
        generation++;
    }

    private void touched() {
        generation++;
        lists.clear();
        index();
    }

    private void index() {
        var albums = new HashMap<String, List<Item.Track>>();
        all(Item.Track.class).forEach(t -> albums.computeIfAbsent(t.albumId(), _ -> new ArrayList<>()).add(t));
        byAlbum = albums;
        var genres = new HashMap<String, Item.Genre>();
        all(Item.Genre.class).forEach(g -> genres.put(g.name(), g));
        byGenre = genres;
    }
}
