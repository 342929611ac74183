package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.library.Library;
import app.waxwing.library.LibraryItem;
import app.waxwing.library.Listing;
import app.waxwing.library.Lyrics;
import app.waxwing.library.OneServer;
import app.waxwing.library.PlaylistRows;
import app.waxwing.library.Query;
import app.waxwing.library.SearchHits;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Lists, look-ups, search, favourites and playlists.
final class LibraryCommands {
    private static final Set<String> LIST_FLAGS = Set.of("offline-only", "descending", "favourites");
    private static final Set<String> LIST_OPTIONS = Set.of("limit", "offset", "after", "sort");
    private final Supplier<Engines> source;
    private final Documents documents;

    LibraryCommands(Supplier<Engines> source, Documents documents) {
        this.source = source;
        this.documents = documents;
    }

    private Engines engines() {
        return source.get();
    }

    List<CommandSpec> specs() {
        String listing = "[--limit N] [--offset N | --after ID] [--sort KEY] [--descending] [--favourites] [--offline-only]";
        return List.of(
                new CommandSpec("albums", listing, "albums of the library", LIST_FLAGS, LIST_OPTIONS, 0, 0, false,
                        c -> c.out().accept(list(get(library().albums(query(c, ItemKind.ALBUM))), documents::album))),
                new CommandSpec("artists", listing, "artists of the library", LIST_FLAGS, LIST_OPTIONS, 0, 0, false,
                        c -> c.out().accept(list(get(library().artists(query(c, ItemKind.ARTIST))), documents::artist))),
                new CommandSpec("tracks", "[--album ID | --artist ID | --playlist ID | --genre ID] " + listing, "tracks of the library",
                        LIST_FLAGS, plus(LIST_OPTIONS, "album", "artist", "playlist", "genre"), 0, 0, false,
                        c -> c.out().accept(list(get(library().tracks(query(c, ItemKind.TRACK))), documents::track))),
                new CommandSpec("playlists", listing, "playlists of the library", LIST_FLAGS, LIST_OPTIONS, 0, 0, false,
                        c -> c.out().accept(list(get(library().playlists(query(c, ItemKind.PLAYLIST))), documents::playlist))),
                new CommandSpec("genres", listing, "genres of the library", LIST_FLAGS, LIST_OPTIONS, 0, 0, false,
                        c -> c.out().accept(list(get(library().genres(query(c, ItemKind.GENRE))), documents::genre))),
                new CommandSpec("show", "ID", "one item with all that is known about it", Set.of(), Set.of(), 1, 1, false, this::show),
                new CommandSpec("search", "TEXT [--kind track|album|artist|playlist] [--limit N] [--offline-only]",
                        "full-text search in the library here", Set.of("offline-only"), Set.of("kind", "limit"), 1, 99, false,
                        this::search),
                new CommandSpec("favourite", "ID on|off", "marks a favourite, also without network", Set.of(), Set.of(), 2, 2, false,
                        this::favourite),
                new CommandSpec("lyrics", "ID", "words of a track, timed where known", Set.of(), Set.of(), 1, 1, false, this::lyrics),
                new CommandSpec("similar", "ID [--limit N]", "tracks like this, from plays here and from its server", Set.of(),
                        Set.of("limit"), 1, 1,
                        false, c -> alike(c, (key, limit) -> library().similar(key, limit))),
                new CommandSpec("mix", "ID [--limit N]", "a radio from it: its own tracks and others like them", Set.of(), Set.of("limit"),
                        1, 1,
                        false, c -> alike(c, (key, limit) -> library().mix(key, limit))),
                new CommandSpec("playlist create", "NAME [ID...]", "makes a playlist, also without network", Set.of(), Set.of(), 1, 9999,
                        false, this::createPlaylist),
                new CommandSpec("playlist add", "PLAYLIST ID...", "adds to a playlist", Set.of(), Set.of(), 2, 9999, false,
                        this::addToPlaylist),
                new CommandSpec("playlist remove", "PLAYLIST ID...", "takes tracks out of a playlist", Set.of(), Set.of(), 2, 9999, false,
                        this::removeFromPlaylist),
                new CommandSpec("playlist delete", "PLAYLIST", "deletes a playlist", Set.of(), Set.of(), 1, 1, false, c -> {
                    ItemKey playlist = playlist(c.word(0));
                    get(engines().userState().deletePlaylist(playlist));
                    c.out().accept(Doc.of().put("id", playlist.id()).put("deleted", true));
                }));
    }

    /// The item a person names, or «not found».
    LibraryItem item(String id) {
        return get(library().find(id)).orElseThrow(() -> CommandException.notFound("item «" + id + "» in the library here"));
    }

    /// All tracks the ids stand for, in order.
    List<Track> tracks(List<String> ids) {
        List<Track> all = new ArrayList<>();
        for (String id : ids) {
            LibraryItem item = item(id);
            List<Track> tracks = get(library().tracksOf(item.key()));
            if (tracks.isEmpty()) throw CommandException.nothing("«" + id + "» holds no tracks.");
            all.addAll(tracks);
        }
        return all;
    }

    static ItemKind kind(LibraryItem item) {
        return switch (item) {
            case LibraryItem.OfTrack i -> ItemKind.TRACK;
            case LibraryItem.OfAlbum i -> ItemKind.ALBUM;
            case LibraryItem.OfArtist i -> ItemKind.ARTIST;
            case LibraryItem.OfPlaylist i -> ItemKind.PLAYLIST;
            case LibraryItem.OfGenre i -> ItemKind.GENRE;
        };
    }

    static String title(LibraryItem item) {
        return switch (item) {
            case LibraryItem.OfTrack i -> i.track().title();
            case LibraryItem.OfAlbum i -> i.album().title();
            case LibraryItem.OfArtist i -> i.artist().name();
            case LibraryItem.OfPlaylist i -> i.playlist().title();
            case LibraryItem.OfGenre i -> i.genre().name();
        };
    }

    /// Search results as one mixed list, used by `search` and `offline search`.
    Doc found(String text, Optional<ItemKind> kind, int limit, boolean playableOnly) {
        SearchHits hits = get(library().search(text, limit, playableOnly));
        List<List<Doc>> groups = List.of(
                wants(kind, ItemKind.ARTIST) ? hits.artists().stream().map(documents::artist).toList() : List.of(),
                wants(kind, ItemKind.ALBUM) ? hits.albums().stream().map(documents::album).toList() : List.of(),
                wants(kind, ItemKind.TRACK) ? hits.tracks().stream().map(documents::track).toList() : List.of(),
                wants(kind, ItemKind.PLAYLIST) ? hits.playlists().stream().map(documents::playlist).toList() : List.of());
        List<Doc> items = fairly(groups, limit);
        return Doc.list(items, items.size());
    }

    /// At most so many of all groups together, one from each in turns so that none crowds the others out; group by group.
    static <T> List<T> fairly(List<List<T>> groups, int limit) {
        int[] shares = new int[groups.size()];
        int left = limit;
        for (boolean more = true; more && left > 0;) {
            more = false;
            for (int i = 0; i < shares.length && left > 0; i++) {
                if (shares[i] == groups.get(i).size()) continue;
                shares[i]++;
                left--;
                more = true;
            }
        }
        List<T> all = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) all.addAll(groups.get(i).subList(0, shares[i]));
        return all;
    }

    private static boolean wants(Optional<ItemKind> kind, ItemKind one) {
        return kind.isEmpty() || kind.get() == one;
    }

    private Library library() {
        return engines().library();
    }

    private void show(Call call) {
        LibraryItem item = item(call.word(0));
        Doc doc = documents.any(item);
        switch (item) {
            case LibraryItem.OfTrack i -> {
                engines().files().find(i.key()).ifPresent(f -> doc.put("path", f.file().toString()).put("sha256", f.row().sha256()));
                doc.put("downloads", get(engines().downloads().byItem(i.key())).stream().map(documents::download).toList());
            }
            case LibraryItem.OfAlbum i -> doc.put("tracks", documents.tracks(get(library().tracksOf(i.key()))));
            case LibraryItem.OfPlaylist i -> doc.put("tracks", documents.tracks(get(library().tracksOf(i.key()))));
            case LibraryItem.OfArtist i -> doc.put("albums", get(library().albums(Query.ALL.within(new Query.Within.ByArtist(i.key()))))
                    .items().stream().map(documents::album).toList());
            case LibraryItem.OfGenre i -> doc.put("tracks", documents.tracks(get(library().tracksOf(i.key()))));
        }
        call.out().accept(doc);
    }

    private void search(Call call) {
        Optional<ItemKind> kind = call.option("kind").map(k -> switch (k) {
            case "track", "album", "artist", "playlist" -> ItemKind.of(k);
            default -> throw CommandException.usage("--kind is track, album, artist or playlist, not «" + k + "».");
        });
        call.out().accept(found(String.join(" ", call.words()), kind, call.number("limit", 50, 1), call.has("offline-only")));
    }

    private void favourite(Call call) {
        LibraryItem item = item(call.word(0));
        boolean on = Words.onOff(call.word(1));
        get(engines().userState().favourite(kind(item), item.key(), on));
        call.out().accept(documents.any(item(call.word(0))));
    }

    private void alike(Call call,
            java.util.function.BiFunction<ItemKey, Integer, java.util.concurrent.CompletableFuture<List<Track>>> find) {
        List<Track> found = get(find.apply(item(call.word(0)).key(), call.number("limit", 50, 1)));
        call.out().accept(Doc.list(documents.tracks(found), found.size()));
    }

    private void lyrics(Call call) {
        LibraryItem item = item(call.word(0));
        Lyrics lyrics = words(item).orElseThrow(() -> CommandException.notFound("known text of «" + title(item) + "»"));
        call.out().accept(Doc.of().put("id", item.key().id()).put("timed", lyrics.timed()).put("lines",
                lyrics.lines().stream().map(l -> Doc.of().put("start", l.start()).put("text", l.text())).toList()));
    }

    private Optional<Lyrics> words(LibraryItem item) {
        try {
            return get(library().lyrics(item.key()));
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.Offline)) throw e;
            throw new CommandException(Exit.OFFLINE, "offline",
                    "The text of «" + title(item) + "» is not on this computer, and its server cannot be asked now.");
        }
    }

    private void createPlaylist(Call call) {
        List<String> ids = call.words().subList(1, call.words().size());
        List<Track> tracks = tracks(ids);
        long account = tracks.isEmpty()
                ? engines().accounts().shown().stream().findFirst()
                        .orElseThrow(() -> new CommandException(Exit.SIGNED_OUT, "signed-out",
                                "There is no account yet; add one with «waxwing server add»."))
                        .id()
                : tracks.getFirst().key().account();
        List<ItemKey> keys = tracks.stream().map(Track::key).toList();
        ItemKey made = get(engines().userState().createPlaylist(account, call.word(0), keys));
        call.out().accept(leftOut(documents.any(item(made.id())), OneServer.of(account, keys)));
    }

    private void addToPlaylist(Call call) {
        ItemKey playlist = playlist(call.word(0));
        List<ItemKey> keys = tracks(call.words().subList(1, call.words().size())).stream().map(Track::key).toList();
        OneServer some = OneServer.of(playlist.account(), keys);
        if (some.nothing()) {
            throw new CommandException(Exit.FAILED, "invalid", "Nothing was added: " + OneServer.WHY + ", and "
                    + (keys.size() == 1 ? "this track is" : "these tracks are") + " on " + String.join(" and ", servers(some)) + ".");
        }
        get(engines().userState().addToPlaylist(playlist, keys));
        call.out().accept(leftOut(documents.any(item(call.word(0))), some));
    }

    /// Says how many tracks a playlist could not take, and why.
    private Doc leftOut(Doc doc, OneServer some) {
        if (some.leftOut() == 0) return doc;
        List<String> parts = new ArrayList<>();
        some.left().forEach((account, n) -> parts.add((n == 1 ? "1 track of " : n + " tracks of ") + server(account)));
        return doc.put("leftOut", some.leftOut())
                .put("note", String.join(" and ", parts) + (some.leftOut() == 1 ? " is" : " are") + " left out: " + OneServer.WHY + ".");
    }

    private List<String> servers(OneServer some) {
        return some.left().keySet().stream().map(this::server).toList();
    }

    private String server(long account) {
        return engines().accounts().all().stream().filter(a -> a.id() == account).map(app.waxwing.account.Account::serverName).findFirst()
                .orElse("another server");
    }

    private void removeFromPlaylist(Call call) {
        ItemKey playlist = playlist(call.word(0));
        PlaylistRows entries = get(library().playlistRows(Query.ALL.within(new Query.Within.InPlaylist(playlist))));
        List<ItemKey> keys = call.words().stream().skip(1).map(id -> new ItemKey(playlist.account(), id)).toList();
        Set<Long> wanted = get(library().tracks(keys)).stream().map(Track::row).collect(Collectors.toSet());
        long[] rows = entries.rows();
        List<Integer> positions = entries.positions(rows,
                IntStream.range(0, rows.length).filter(i -> wanted.contains(rows[i])).boxed().toList());
        if (positions.isEmpty()) throw CommandException.notFound("such track in that playlist");
        get(engines().userState().removeFromPlaylist(playlist, positions));
        call.out().accept(documents.any(item(call.word(0))));
    }

    private ItemKey playlist(String id) {
        if (item(id) instanceof LibraryItem.OfPlaylist p) return p.key();
        throw CommandException.usage("«" + id + "» is not a playlist.");
    }

    private Query query(Call call, ItemKind kind) {
        Query query = Query.ALL.slice(call.number("offset", 0, 0), call.number("limit", 0, 0)).playableOnly(call.has("offline-only"))
                .favouritesOnly(call.has("favourites"));
        if (call.has("after")) {
            if (call.has("offset")) throw CommandException.usage("Give only one of --offset and --after.");
            query = query.after(item(call.option("after").orElse("")).key());
        }
        if (call.has("sort")) query = query.sort(sort(kind, call.option("sort").orElse("")), call.has("descending"));
        List<String> narrowed = List.of("album", "artist", "playlist", "genre").stream().filter(call::has).toList();
        if (narrowed.size() > 1) {
            throw CommandException.usage("Give only one of --" + String.join(" and --", narrowed) + ".");
        }
        for (String within : narrowed) {
            LibraryItem item = item(call.option(within).orElse(""));
            query = query.within(switch (item) {
                case LibraryItem.OfAlbum i -> new Query.Within.InAlbum(i.key());
                case LibraryItem.OfArtist i -> new Query.Within.ByArtist(i.key());
                case LibraryItem.OfPlaylist i -> new Query.Within.InPlaylist(i.key());
                case LibraryItem.OfGenre i -> new Query.Within.InGenre(i.key());
                case LibraryItem.OfTrack i -> throw CommandException.usage("--" + within + " takes no track.");
            });
        }
        return query;
    }

    /// What a list of this kind can be in order of: what its items have.
    private static List<String> keys(ItemKind kind) {
        return switch (kind) {
            case TRACK -> List.of("title", "artist", "album", "year", "added", "duration", "genre", "size", "file-size", "plays", "played",
                    "random");
            case ALBUM -> List.of("title", "artist", "year", "added", "duration", "plays", "played", "random");
            case ARTIST -> List.of("name", "plays", "played", "random");
            case PLAYLIST -> List.of("title", "duration", "tracks", "random");
            case GENRE -> List.of("name", "tracks", "random");
        };
    }

    private static Query.Sort sort(ItemKind kind, String word) {
        String key = word.toLowerCase(Locale.ROOT);
        if (Set.of("title", "name", kind.word()).contains(key)) return Query.Sort.TITLE;
        List<String> keys = keys(kind);
        if (!keys.contains(key)) {
            throw CommandException.usage("--sort of " + kind.word() + "s is " + String.join(", ", keys.subList(0, keys.size() - 1)) + " or "
                    + keys.getLast() + ", not «" + word + "».");
        }
        return switch (key) {
            case "artist" -> Query.Sort.ARTIST;
            case "album" -> Query.Sort.ALBUM;
            case "year" -> Query.Sort.YEAR;
            case "added" -> Query.Sort.ADDED;
            case "duration" -> Query.Sort.DURATION;
            case "genre" -> Query.Sort.GENRE;
            case "size" -> Query.Sort.SIZE;
            case "file-size" -> Query.Sort.FILE_SIZE;
            case "plays" -> Query.Sort.PLAY_COUNT;
            case "played" -> Query.Sort.LAST_PLAYED;
            case "tracks" -> Query.Sort.TRACKS;
            case "random" -> Query.Sort.RANDOM;
            default -> throw new IllegalStateException("no such order: " + key);
        };
    }

    private static <T> Doc list(Listing<T> listing, Function<T, Doc> form) {
        return Doc.list(listing.items().stream().map(form).toList(), listing.total());
    }

    private static Set<String> plus(Set<String> options, String... more) {
        var all = new java.util.HashSet<>(options);
        all.addAll(List.of(more));
        return all;
    }
}
