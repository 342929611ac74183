package app.waxwing.testing.ui;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Availability;
import app.waxwing.library.Genre;
import app.waxwing.library.Letters;
import app.waxwing.library.Library;
import app.waxwing.library.LibraryItem;
import app.waxwing.library.Listing;
import app.waxwing.library.Lyrics;
import app.waxwing.library.Playlist;
import app.waxwing.library.PlaylistRows;
import app.waxwing.library.Query;
import app.waxwing.library.SearchHits;
import app.waxwing.library.SearchText;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// The library over [SampleMusic], answering at once; with a failure set every question fails.
public final class FakeLibrary implements Library {
    public final SampleMusic music;
    public final Events<Change> changes = new Events<>();
    private Optional<Failure> failure = Optional.empty();

    public FakeLibrary(SampleMusic music) {
        this.music = music;
    }

    /// What was looked for, newest first.
    public final List<String> searches = new java.util.ArrayList<>();

    /// What «more like this» was asked for, in order.
    public final List<ItemKey> similarAsked = new java.util.ArrayList<>();
    /// Its answer, where a test gives one.
    public Optional<CompletableFuture<List<Track>>> similar = Optional.empty();

    /// What lists without a limit wait for.
    public CompletableFuture<Void> wholeLists = CompletableFuture.completedFuture(null);

    /// Records of tracks of collections and lists that were read.
    public final AtomicInteger tracksRead = new AtomicInteger();

    @Override
    public CompletableFuture<List<String>> searches(int limit) {
        return answer(() -> searches.stream().limit(limit).toList());
    }

    @Override
    public CompletableFuture<Boolean> searched(String text) {
        searches.remove(text);
        searches.addFirst(text);
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Integer> forgetSearches() {
        int all = searches.size();
        searches.clear();
        return CompletableFuture.completedFuture(all);
    }

    public void failing(Failure with) {
        failure = Optional.of(with);
    }

    @Override
    public CompletableFuture<List<Track>> similar(ItemKey item, int limit) {
        similarAsked.add(item);
        if (similar.isPresent()) return similar.get();
        return answer(() -> music.tracks.stream().filter(t -> t.key().hashCode() % 3 == 0).limit(limit).toList());
    }

    @Override
    public CompletableFuture<List<Track>> mix(ItemKey item, int limit) {
        return similar(item, limit);
    }

    private <T> CompletableFuture<T> answer(Supplier<T> value) {
        return failure.<CompletableFuture<T>>map(f -> CompletableFuture.failedFuture(f.asException()))
                .orElseGet(() -> CompletableFuture.completedFuture(value.get()));
    }

    private <T> List<T> select(List<T> all, Query query, Function<T, ItemKey> key, Function<T, Availability> where, Predicate<T> favourite,
            Comparator<T> order) {
        Stream<T> rows = all.stream()
                .filter(t -> !query.playableOnly() || where.apply(t).playableOffline() || where.apply(t) == Availability.PARTIAL)
                .filter(t -> !query.favouritesOnly() || favourite.test(t));
        List<T> list = query.within().isPresent() && query.sort().isEmpty()
                ? rows.toList()
                : rows.sorted(query.descending() ? order.reversed() : order).toList();
        if (query.sort().filter(s -> s == Query.Sort.RANDOM).isPresent()) {
            var mixed = new java.util.ArrayList<>(list);
            Collections.shuffle(mixed, new java.util.Random(7));
            list = mixed;
        }
        return list;
    }

    private static <T> Listing<T> slice(List<T> all, Query query) {
        int to = query.limit() == 0 ? all.size() : Math.min(all.size(), query.offset() + query.limit());
        return new Listing<>(query.offset() >= all.size() ? List.of() : all.subList(query.offset(), to), all.size());
    }

    private List<Track> tracksFor(Query query) {
        List<Track> base = query.within().map(w -> music.members.getOrDefault(w.key(), List.of())).orElse(music.tracks);
        return select(base, query, Track::key, Track::availability, Track::favourite, trackOrder(query.sort().orElse(Query.Sort.TITLE)));
    }

    private static Comparator<Track> trackOrder(Query.Sort sort) {
        return switch (sort) {
            case TITLE, RANDOM, TRACKS -> Comparator.comparing(t -> SearchText.plain(t.title()));
            case ARTIST -> Comparator.comparing(Track::artist);
            case ALBUM -> Comparator.comparing(Track::album);
            case YEAR -> Comparator.comparingInt(t -> t.year().orElse(0));
            case ADDED -> Comparator.comparingLong(Track::row);
            case DURATION -> Comparator.comparing(t -> t.duration().orElse(Duration.ZERO));
            case GENRE -> Comparator.comparing(t -> String.join(", ", t.genres()));
            case FILE_SIZE -> Comparator.comparing(t -> t.fileSize().orElse(0));
            case SIZE -> Comparator.comparing(t -> t.size().orElse(0));
            case PLAY_COUNT -> Comparator.comparingInt(Track::playCount);
            case LAST_PLAYED -> Comparator.comparing(t -> t.lastPlayed().orElse(Instant.EPOCH));
            case FAVOURITE -> Comparator.comparing(Track::favourite);
            case HERE -> Comparator.comparing(Track::availability).reversed();
        };
    }

    private List<Album> albumsFor(Query query) {
        List<Album> base = query.within().map(w -> music.albums.stream().filter(a -> switch (w) {
            case Query.Within.ByArtist by -> a.artistId().orElse("").equals(by.key().id());
            case Query.Within.InGenre in -> music.tracksOf(a.key()).getFirst().genres()
                    .contains(music.genres.stream().filter(g -> g.key().equals(in.key())).findFirst().map(Genre::name).orElse(""));
            case Query.Within.InAlbum in -> a.key().equals(in.key());
            case Query.Within.InPlaylist _ -> false;
        }).toList()).orElse(music.albums);
        Comparator<Album> order = switch (query.sort().orElse(Query.Sort.TITLE)) {
            case TITLE, ALBUM -> Comparator.comparing(a -> SearchText.plain(a.title()));
            case ARTIST -> Comparator.comparing(Album::artist);
            case YEAR -> Comparator.comparingInt(a -> a.year().orElse(0));
            case ADDED -> Comparator.comparing(a -> a.added().orElse(Instant.EPOCH));
            case DURATION -> Comparator.comparing(Album::duration);
            case GENRE, SIZE, FILE_SIZE, FAVOURITE, HERE -> Comparator.comparing(Album::title);
            case PLAY_COUNT, LAST_PLAYED, RANDOM, TRACKS -> Comparator.comparingLong(a -> a.row() * 7 % 12);
        };
        return select(base, query, Album::key, Album::availability, Album::favourite, order);
    }

    private List<Artist> artistsFor(Query query) {
        return select(music.artists, query, Artist::key, Artist::availability, Artist::favourite, Comparator.comparing(Artist::name));
    }

    private static <T> long[] rows(List<T> list, ToLongFunction<T> row) {
        return list.stream().mapToLong(row).toArray();
    }

    private static <T> List<T> byRow(List<T> all, ToLongFunction<T> row, long[] wanted) {
        var known = new java.util.HashMap<Long, T>();
        for (T t : all) known.put(row.applyAsLong(t), t);
        return java.util.Arrays.stream(wanted).mapToObj(known::get).filter(java.util.Objects::nonNull).toList();
    }

    @Override
    public CompletableFuture<Listing<Track>> tracks(Query query) {
        return answer(() -> slice(tracksFor(query), query));
    }

    @Override
    public CompletableFuture<Listing<Album>> albums(Query query) {
        return answer(() -> slice(albumsFor(query), query));
    }

    @Override
    public CompletableFuture<Listing<Artist>> artists(Query query) {
        return answer(() -> slice(artistsFor(query), query));
    }

    @Override
    public CompletableFuture<Listing<Playlist>> playlists(Query query) {
        return answer(() -> slice(music.playlists.stream().filter(p -> !query.playableOnly() || p.localTracks() > 0).toList(), query));
    }

    @Override
    public CompletableFuture<Listing<Genre>> genres(Query query) {
        return answer(() -> slice(music.genres, query));
    }

    @Override
    public CompletableFuture<long[]> trackRows(Query query) {
        CompletableFuture<long[]> rows = answer(() -> rows(slice(tracksFor(query), query).items(), Track::row));
        return query.limit() > 0 ? rows : wholeLists.thenCompose(go -> rows);
    }

    @Override
    public CompletableFuture<PlaylistRows> playlistRows(Query query) {
        List<Track> own = query.within().map(w -> music.members.getOrDefault(w.key(), List.of())).orElseThrow();
        CompletableFuture<PlaylistRows> rows = answer(() -> {
            var free = new java.util.HashMap<Long, java.util.ArrayDeque<Integer>>();
            for (int i = 0; i < own.size(); i++) free.computeIfAbsent(own.get(i).row(), r -> new java.util.ArrayDeque<>()).add(i);
            List<Track> listed = slice(tracksFor(query), query).items();
            return new PlaylistRows(rows(listed, Track::row),
                    listed.stream().mapToInt(t -> free.getOrDefault(t.row(), new java.util.ArrayDeque<>()).remove()).toArray(),
                    listed.stream().map(t -> t.duration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus));
        });
        return query.limit() > 0 ? rows : wholeLists.thenCompose(go -> rows);
    }

    @Override
    public CompletableFuture<long[]> albumRows(Query query) {
        return answer(() -> rows(slice(albumsFor(query), query).items(), Album::row));
    }

    @Override
    public CompletableFuture<long[]> artistRows(Query query) {
        return answer(() -> rows(slice(artistsFor(query), query).items(), Artist::row));
    }

    private List<String> names(ItemKind kind, Query query) {
        if (query.sort().filter(s -> s != Query.Sort.TITLE).isPresent()) return List.of();
        boolean ownOrder = query.sort().isEmpty() && query.within().orElse(null) instanceof Query.Within.InPlaylist;
        return ownOrder ? List.of() : switch (kind) {
            case TRACK -> tracksFor(query).stream().map(Track::title).toList();
            case ALBUM -> albumsFor(query).stream().map(Album::title).toList();
            case ARTIST -> artistsFor(query).stream().map(Artist::name).toList();
            case PLAYLIST -> music.playlists.stream().map(Playlist::title).toList();
            case GENRE -> music.genres.stream().map(Genre::name).toList();
        };
    }

    @Override
    public CompletableFuture<Letters> letters(ItemKind kind, Query query) {
        return answer(() -> {
            var starts = new java.util.LinkedHashMap<String, Letters.Start>();
            List<String> names = names(kind, query);
            for (int i = 0; i < names.size(); i++) {
                String letter = Letters.group(SearchText.plain(names.get(i)).codePointAt(0));
                starts.putIfAbsent(letter, new Letters.Start(letter, i));
            }
            return new Letters(List.copyOf(starts.values()));
        });
    }

    @Override
    public CompletableFuture<Optional<Integer>> place(ItemKind kind, Query query, String typed) {
        return answer(() -> {
            List<String> names = names(kind, query);
            return names.isEmpty()
                    ? Optional.empty()
                    : Optional.of((int) names.stream().filter(n -> SearchText.plain(n).compareTo(SearchText.plain(typed)) < 0).count());
        });
    }

    @Override
    public CompletableFuture<List<Track>> tracksByRow(long[] rows) {
        tracksRead.addAndGet(rows.length);
        return answer(() -> byRow(music.tracks, Track::row, rows));
    }

    @Override
    public CompletableFuture<List<Album>> albumsByRow(long[] rows) {
        return answer(() -> byRow(music.albums, Album::row, rows));
    }

    @Override
    public CompletableFuture<List<Artist>> artistsByRow(long[] rows) {
        return answer(() -> byRow(music.artists, Artist::row, rows));
    }

    @Override
    public CompletableFuture<Optional<Track>> track(ItemKey key) {
        return answer(() -> music.tracks.stream().filter(t -> t.key().equals(key)).findFirst());
    }

    @Override
    public CompletableFuture<List<Track>> tracks(List<ItemKey> keys) {
        return answer(() -> keys.stream().flatMap(k -> music.tracks.stream().filter(t -> t.key().equals(k))).toList());
    }

    @Override
    public CompletableFuture<Optional<Album>> album(ItemKey key) {
        return answer(() -> music.albums.stream().filter(t -> t.key().equals(key)).findFirst());
    }

    @Override
    public CompletableFuture<Optional<Artist>> artist(ItemKey key) {
        return answer(() -> music.artists.stream().filter(t -> t.key().equals(key)).findFirst());
    }

    @Override
    public CompletableFuture<Optional<Playlist>> playlist(ItemKey key) {
        return answer(() -> music.playlists.stream().filter(t -> t.key().equals(key)).findFirst());
    }

    @Override
    public CompletableFuture<Optional<Genre>> genre(ItemKey key) {
        return answer(() -> music.genres.stream().filter(t -> t.key().equals(key)).findFirst());
    }

    @Override
    public CompletableFuture<Optional<LibraryItem>> find(String id) {
        return answer(() -> Stream.<LibraryItem>concat(music.tracks.stream().map(LibraryItem.OfTrack::new),
                music.playlists.stream().map(LibraryItem.OfPlaylist::new)).filter(i -> i.key().id().equals(id)).findFirst());
    }

    @Override
    public CompletableFuture<List<Track>> tracksOf(ItemKey key) {
        tracksRead.addAndGet(music.tracksOf(key).size());
        return answer(() -> music.members.getOrDefault(key, music.tracks.stream().filter(t -> t.key().equals(key)).toList()));
    }

    @Override
    public CompletableFuture<List<ItemKey>> keysOf(ItemKey key) {
        return answer(() -> music.tracksOf(key).stream().map(Track::key).toList());
    }

    /// Tracks that a search finds by limit and filter, whatever is typed.
    public Optional<java.util.function.BiFunction<Integer, Boolean, List<Track>>> tracksFound = Optional.empty();

    @Override
    public CompletableFuture<SearchHits> search(String text, int limit, boolean playableOnly) {
        if (tracksFound.isPresent()) {
            List<Track> tracks = tracksFound.get().apply(limit, playableOnly);
            return answer(() -> new SearchHits(List.of(), List.of(), tracks, List.of()));
        }
        String wanted = text.toLowerCase(Locale.ROOT).strip();
        Predicate<String> hit = s -> s.toLowerCase(Locale.ROOT).contains(wanted);
        Predicate<Availability> here = a -> !playableOnly || a.playableOffline() || a == Availability.PARTIAL;
        return answer(() -> wanted.isEmpty()
                ? new SearchHits(List.of(), List.of(), List.of(), List.of())
                : new SearchHits(
                        music.artists.stream().filter(a -> hit.test(a.name()) && here.test(a.availability())).limit(limit).toList(),
                        music.albums.stream().filter(a -> hit.test(a.title()) && here.test(a.availability())).limit(limit).toList(),
                        music.tracks.stream().filter(t -> hit.test(t.title()) && here.test(t.availability())).limit(limit).toList(),
                        music.playlists.stream().filter(p -> hit.test(p.title()) && here.test(p.availability())).limit(limit).toList()));
    }

    @Override
    public CompletableFuture<Totals> totals() {
        boolean any = !music.tracks.isEmpty();
        return answer(() -> any ? new Totals(18_230, 1_412, 388, music.playlists.size(), 2_914) : new Totals(0, 0, 0, 0, 0));
    }

    /// What comes instead of words.
    public Optional<Failure> noWords = Optional.empty();
    /// Of what words were asked for.
    public final List<ItemKey> wordsAsked = new ArrayList<>();

    @Override
    public CompletableFuture<Optional<Lyrics>> lyrics(ItemKey track) {
        wordsAsked.add(track);
        if (noWords.isPresent()) return CompletableFuture.failedFuture(noWords.get().asException());
        String[] words = {"The board is counting backwards", "and the coffee has gone cold", "there’s a platform no one boards from",
                "where the last good story’s told", "", "I left my coat at the window", "I left my name on the glass",
                "and the train that never waited",
                "waited for me to pass", "", "So ring the bell at midnight", "let the signal lamps go green",
                "I am halfway to forgetting", "every town that lies between"};
        boolean has = music.tracks.stream().anyMatch(t -> t.key().equals(track) && t.hasLyrics());
        return answer(() -> has
                ? Optional.of(new Lyrics(java.util.stream.IntStream.range(0, words.length)
                        .mapToObj(i -> new Lyrics.Line(Optional.of(Duration.ofSeconds(84 + i * 9L)), words[i])).toList(), true))
                : Optional.empty());
    }

    @Override
    public Events<Change> changes() {
        return changes;
    }
}
