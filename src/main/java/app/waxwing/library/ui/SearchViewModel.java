package app.waxwing.library.ui;

import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Library;
import app.waxwing.library.Playlist;
import app.waxwing.library.SearchHits;
import app.waxwing.library.Track;
import app.waxwing.parts.Question;
import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/// The results of one search, grouped by kind: the first of each, and more of a kind when they are wanted. What is shown keeps its place when more
/// come behind it. FX thread.
final class SearchViewModel {
    static final int EACH = 60;
    /// So many times as many come with each «More»: whoever wants them all has them soon.
    private static final int GROWTH = 4;
    private static final List<ItemKind> KINDS = List.of(ItemKind.ARTIST, ItemKind.ALBUM, ItemKind.TRACK, ItemKind.PLAYLIST);
    private final Map<ItemKind, Integer> wanted = new EnumMap<>(ItemKind.class);
    private final Question<Found> question;

    /// @param most how many of each kind were wanted
    /// @param more kinds of which there are more
    record Found(SearchHits hits, Map<ItemKind, Integer> most, Set<ItemKind> more) {
        int shown() {
            return hits.artists().size() + hits.albums().size() + hits.tracks().size() + hits.playlists().size();
        }
    }

    SearchViewModel(Library library, Executor fx, String text, BooleanSupplier playableOnly) {
        KINDS.forEach(kind -> wanted.put(kind, EACH));
        question = new Question<>(fx, () -> {
            Map<ItemKind, Integer> most = Map.copyOf(wanted);
            // One beyond what is shown says whether there are more.
            int limit = most.values().stream().mapToInt(n -> n).max().orElse(EACH) + 1;
            return library.search(text, limit, playableOnly.getAsBoolean()).thenApplyAsync(hits -> found(hits, most), fx);
        });
    }

    Question<Found> question() {
        return question;
    }

    // ---- commands

    /// More of this kind.
    void more(ItemKind kind) {
        wanted.computeIfPresent(kind, (k, n) -> n * GROWTH);
        question.ask();
    }

    private Found found(SearchHits now, Map<ItemKind, Integer> most) {
        var before = question().value().orElse(new Found(new SearchHits(List.of(), List.of(), List.of(), List.of()), most, Set.of()));
        var more = EnumSet.noneOf(ItemKind.class);
        var hits = new SearchHits(
                behind(ItemKind.ARTIST, before, before.hits.artists(), now.artists(), Artist::row, most, more),
                behind(ItemKind.ALBUM, before, before.hits.albums(), now.albums(), Album::row, most, more),
                behind(ItemKind.TRACK, before, before.hits.tracks(), now.tracks(), Track::row, most, more),
                behind(ItemKind.PLAYLIST, before, before.hits.playlists(), now.playlists(), Playlist::row, most, more));
        return new Found(hits, most, more);
    }

    /// What was there in its order, then the rest. A longer search may think little of what a shorter one put first: that stays all the same.
    private static <T> List<T> behind(ItemKind kind, Found before, List<T> old, List<T> now, ToLongFunction<T> row,
            Map<ItemKind, Integer> most,
            Set<ItemKind> more) {
        int limit = most.getOrDefault(kind, EACH);
        boolean grown = limit > before.most.getOrDefault(kind, EACH);
        Map<Long, T> rest = new LinkedHashMap<>();
        for (T item : now) rest.put(row.applyAsLong(item), item);
        List<T> all = new ArrayList<>();
        for (T item : old) {
            T newer = rest.remove(row.applyAsLong(item));
            if (newer != null) all.add(newer);
            else if (grown) all.add(item);
        }
        all.addAll(rest.values());
        if (all.size() <= limit) return all;
        more.add(kind);
        return all.subList(0, limit);
    }
}
