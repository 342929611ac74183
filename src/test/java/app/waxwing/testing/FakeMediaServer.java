package app.waxwing.testing;

import app.waxwing.base.Failure;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.ItemKind;
import app.waxwing.server.MediaRequest;
import app.waxwing.server.MediaServer;
import app.waxwing.server.Page;
import app.waxwing.server.PlayReport;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.server.RemoteFolder;
import app.waxwing.server.RemoteLyrics;
import app.waxwing.server.RemotePlaylist;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.RemoteUserData;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.ServerKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntPredicate;

/// A media server in memory. Every call is counted and noted; pages may be short, repeat items across their borders, count items that never
/// come; any call may fail before it takes effect or lose its answer after it did. One lock for all: it is asked from many threads.
public final class FakeMediaServer implements MediaServer {
    public final Map<String, RemoteArtist> artists = new LinkedHashMap<>();
    public final Map<String, RemoteAlbum> albums = new LinkedHashMap<>();
    public final Map<String, RemoteTrack> tracks = new LinkedHashMap<>();
    public final Map<String, RemotePlaylist> playlists = new LinkedHashMap<>();
    public final Map<String, List<RemotePlaylistEntry>> entries = new LinkedHashMap<>();
    public final Map<String, RemoteUserData> userData = new HashMap<>();
    public final Map<String, Instant> changed = new HashMap<>();
    /// Library of a track or an album; «music» where none is named.
    public final Map<String, String> folderOf = new HashMap<>();
    public final Map<String, RemoteLyrics> lyrics = new HashMap<>();
    /// Ids of tracks that this server finds like an item.
    public final Map<String, List<String>> alike = new HashMap<>();
    public final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    /// Who listens to what this server says by itself.
    public final List<app.waxwing.server.ServerPush.Listener> lines = new CopyOnWriteArrayList<>();
    /// Folders; none = a server without libraries.
    public List<RemoteFolder> folders = new ArrayList<>(
            List.of(new RemoteFolder("music", "Music", "music"), new RemoteFolder("films", "Films", "movies")));
    /// Most items of a page, whatever is asked for.
    public int shortPages = Integer.MAX_VALUE;
    /// Each page begins with so many items of the one before, and as many are missed at its end (unstable order).
    public int overlap;
    /// Counted in totals and never delivered.
    public int invisible;
    /// By id how many more lists leave the item out that they count; by its id it is given.
    public final Map<String, Integer> leftOut = new HashMap<>();
    /// Whether artists are given by their ids.
    public boolean givesArtists = true;
    /// Entries of unknown kind on the first page of tracks.
    public int unknownKinds;
    /// Whether the server says anything by itself.
    public volatile boolean pushes = true;
    /// Whether each line to it is refused, as by a proxy that knows no WebSocket.
    public volatile boolean refusesLines;
    public IntPredicate failsAt = n -> false;
    public IntPredicate losesAnswerAt = n -> false;
    public Failure failure = new Failure.Offline("fake");
    public Instant clock = Instant.parse("2026-03-01T12:00:00Z");
    private final String id;
    private int count;
    private int made;

    public FakeMediaServer(String id) {
        this.id = id;
    }

    public synchronized int calls() {
        return count;
    }

    public synchronized long calls(String prefix) {
        synchronized (calls) {
            return calls.stream().filter(c -> c.startsWith(prefix)).count();
        }
    }

    /// `tracks` tracks, ten an album, three albums an artist, names from the seed words.
    public FakeMediaServer fill(int count) {
        for (int i = 0; i < count; i++) {
            int album = i / 10;
            int artist = album / 3;
            var by = new ArtistRef("ar" + artist, SampleWords.artist(artist));
            String albumTitle = SampleWords.album(album);
            if (i % 30 == 0)
                artists.put(by.id(),
                        new RemoteArtist(by.id(), Optional.of(by.name()), Optional.of(by.name()), Optional.empty(), Optional.of(false)));
            if (i % 10 == 0) {
                albums.put("al" + album,
                        new RemoteAlbum("al" + album, Optional.of(albumTitle), Optional.of(albumTitle), List.of(by),
                                OptionalInt.of(1960 + album % 60),
                                Optional.of("tag" + album), OptionalDouble.of(-7.5), Optional.of(clock.minus(Duration.ofHours(album))),
                                Optional.of(false)));
            }
            tracks.put("t" + i, track("t" + i, SampleWords.track(i), "al" + album, albumTitle, by, i % 10 + 1));
        }
        return this;
    }

    public static RemoteTrack track(String id, String title, String album, String albumTitle, ArtistRef artist, int number) {
        return new RemoteTrack(id, Optional.of(title), Optional.of(title), Optional.of(album), Optional.of(albumTitle), List.of(artist),
                List.of(artist),
                OptionalInt.of(1),
                OptionalInt.of(number), OptionalInt.of(1999), List.of("Rock", number % 2 == 0 ? "Jazz" : "Folk"),
                Optional.of(Duration.ofSeconds(200 + number)),
                Optional.of("flac"), OptionalLong.of(20_000_000), OptionalInt.of(900_000),
                Optional.of("/music/" + album + "/" + id + ".flac"),
                Optional.empty(), Optional.empty(), OptionalDouble.of(-8), OptionalDouble.empty(), false, Optional.of("tag-" + id),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")), Optional.empty(), Optional.empty());
    }

    public synchronized void put(RemoteTrack track) {
        tracks.put(track.id(), track);
        changed.put(track.id(), clock);
    }

    public synchronized void playlist(String playlist, String title, String... trackIds) {
        playlists.put(playlist,
                new RemotePlaylist(playlist, Optional.of(title), Optional.empty(), true, Optional.of("v" + ++made), Optional.of(false)));
        List<RemotePlaylistEntry> list = new ArrayList<>();
        for (String track : trackIds) list.add(new RemotePlaylistEntry(track, Optional.of("e" + ++made)));
        entries.put(playlist, list);
    }

    /// Counts the call, fails it or loses its answer.
    private synchronized <T> T call(String what, java.util.function.Supplier<T> work) {
        int n = ++count;
        calls.add(what);
        if (failsAt.test(n)) throw failure.asException();
        T answer = work.get();
        if (losesAnswerAt.test(n)) throw failure.asException();
        return answer;
    }

    private <T, R> Page<R> page(Collection<T> all, String cursor, int limit, int dropped, Function<T, R> as) {
        List<T> list = new ArrayList<>(all);
        boolean counted = cursor.isEmpty() || cursor.startsWith(Page.COUNTED);
        String at = cursor.startsWith(Page.COUNTED) ? cursor.substring(Page.COUNTED.length()) : cursor;
        int start = at.isEmpty() ? 0 : Math.min(list.size(), Integer.parseInt(at));
        int end = Math.min(list.size(), start + Math.min(limit, shortPages));
        int from = Math.max(0, start - (start == 0 ? 0 : overlap));
        int to = end == list.size() ? end : Math.max(from, end - overlap);
        List<R> items = list.subList(Math.min(from, to), to).stream().map(as).filter(this::listed).toList();
        return new Page<>(items, end < list.size() ? Optional.of(String.valueOf(end)) : Optional.empty(),
                counted ? OptionalLong.of(list.size() + invisible + dropped) : OptionalLong.empty(),
                start == 0 ? dropped : 0);
    }

    private boolean listed(Object item) {
        String named = switch (item) {
            case RemoteTrack t -> t.id();
            case RemoteAlbum a -> a.id();
            case RemotePlaylist p -> p.id();
            default -> "";
        };
        Integer left = leftOut.computeIfPresent(named, (i, n) -> n - 1);
        return left == null || left < 0;
    }

    private boolean in(Optional<String> folder, String item) {
        return folder.isEmpty() || folder.get().equals(folderOf.getOrDefault(item, "music"));
    }

    private boolean music(Optional<String> folder) {
        return folder.isEmpty() || folder.get().equals("music");
    }

    @Override
    public ServerInfo info() {
        return new ServerInfo(id, "Fake " + id, "10.11.2", ServerKind.JELLYFIN);
    }

    @Override
    public Permissions whoAmI() {
        return call("whoAmI", () -> new Permissions(true, true, false));
    }

    @Override
    public List<RemoteFolder> folders() {
        return call("folders", () -> List.copyOf(folders));
    }

    @Override
    public Page<RemoteArtist> artists(Optional<String> folder, String cursor, int limit) {
        return call("artists " + cursor, () -> page(music(folder) ? artists.values() : List.<RemoteArtist>of(), cursor, limit, 0, a -> a));
    }

    @Override
    public Page<RemoteAlbum> albums(Optional<String> folder, String cursor, int limit) {
        return call("albums " + cursor,
                () -> page(albums.values().stream().filter(a -> in(folder, a.id())).toList(), cursor, limit, 0, a -> a));
    }

    @Override
    public Page<RemoteTrack> tracks(Optional<String> folder, String cursor, int limit) {
        return call("tracks " + cursor,
                () -> page(tracks.values().stream().filter(t -> in(folder, t.id())).toList(), cursor, limit,
                        in(folder, "") ? unknownKinds : 0,
                        this::withData));
    }

    private RemoteTrack withData(RemoteTrack t) {
        return new RemoteTrack(t.id(), t.title(), t.sortTitle(), t.albumId(), t.albumTitle(), t.artists(), t.albumArtists(), t.disc(),
                t.number(), t.year(),
                t.genres(), t.duration(), t.container(), t.size(), t.bitrate(), t.path(), t.musicBrainzId(), t.imageTag(), t.gainDb(),
                t.albumGainDb(),
                t.hasLyrics(), t.changeTag(), t.added(), Optional.of(data(t.id())), t.problem());
    }

    private RemoteUserData data(String item) {
        return userData.getOrDefault(item, new RemoteUserData(item, false, 0, Optional.empty(), Duration.ZERO));
    }

    @Override
    public Page<RemoteTrack> tracksChangedSince(Optional<String> folder, Instant since, String cursor, int limit) {
        return call("tracksChanged " + since,
                () -> page(
                        tracks.values().stream()
                                .filter(t -> in(folder, t.id()) && !changed.getOrDefault(t.id(), Instant.EPOCH).isBefore(since)).toList(),
                        cursor, limit, 0, this::withData));
    }

    @Override
    public Page<RemoteAlbum> albumsChangedSince(Optional<String> folder, Instant since, String cursor, int limit) {
        return call("albumsChanged " + since,
                () -> page(
                        albums.values().stream()
                                .filter(a -> in(folder, a.id()) && !changed.getOrDefault(a.id(), Instant.EPOCH).isBefore(since)).toList(),
                        cursor, limit, 0, a -> a));
    }

    @Override
    public Page<RemotePlaylist> playlists(String cursor, int limit) {
        return call("playlists " + cursor, () -> page(playlists.values(), cursor, limit, 0, p -> p));
    }

    @Override
    public Page<RemotePlaylistEntry> playlistEntries(String playlistId, String cursor, int limit) {
        return call("entries " + playlistId, () -> {
            if (!entries.containsKey(playlistId)) throw new Failure.NotFound("playlist").asException();
            return page(entries.get(playlistId), cursor, limit, 0, e -> e);
        });
    }

    @Override
    public Page<String> favourites(ItemKind kind, String cursor, int limit) {
        return call("favourites " + kind.word(),
                () -> page(userData.values().stream().filter(RemoteUserData::favourite).map(RemoteUserData::itemId)
                        .filter(i -> kindOf(i) == kind).sorted().toList(), cursor, limit, 0, i -> i));
    }

    private ItemKind kindOf(String item) {
        return tracks.containsKey(item)
                ? ItemKind.TRACK
                : albums.containsKey(item) ? ItemKind.ALBUM : artists.containsKey(item) ? ItemKind.ARTIST : ItemKind.PLAYLIST;
    }

    @Override
    public Page<RemoteUserData> recentlyPlayed(String cursor, int limit) {
        return call("recentlyPlayed " + cursor, () -> page(userData.values().stream().filter(d -> d.lastPlayed().isPresent())
                .sorted((a, b) -> b.lastPlayed().get().compareTo(a.lastPlayed().get())).toList(), cursor, limit, 0, d -> d));
    }

    @Override
    public List<RemoteTrack> tracks(List<String> ids) {
        return call("tracksById", () -> ids.stream().filter(tracks::containsKey).map(tracks::get).map(this::withData).toList());
    }

    @Override
    public List<RemoteArtist> artists(List<String> ids) {
        return call("artistsById " + ids.size(),
                () -> ids.stream().filter(id -> givesArtists).filter(artists::containsKey).map(artists::get).toList());
    }

    @Override
    public synchronized Optional<Instant> serverTime() {
        return Optional.of(clock);
    }

    @Override
    public void setFavourite(ItemKind kind, String item, boolean favourite) {
        call("setFavourite " + item + " " + favourite, () -> {
            exists(item);
            RemoteUserData d = data(item);
            return userData.put(item, new RemoteUserData(item, favourite, d.playCount(), d.lastPlayed(), d.position()));
        });
    }

    private void exists(String item) {
        if (!tracks.containsKey(item) && !albums.containsKey(item) && !artists.containsKey(item) && !playlists.containsKey(item)) {
            throw new Failure.NotFound("item " + item).asException();
        }
    }

    @Override
    public RemoteUserData userData(String item) {
        return call("userData " + item, () -> {
            exists(item);
            return data(item);
        });
    }

    @Override
    public void played(String trackId, Instant at) {
        call("played " + trackId + " " + at, () -> {
            exists(trackId);
            RemoteUserData d = data(trackId);
            return userData.put(trackId, new RemoteUserData(trackId, d.favourite(), d.playCount() + 1, Optional.of(at), d.position()));
        });
    }

    @Override
    public void started(PlayReport report) {
        call("started " + report.trackId(), () -> 0);
    }

    @Override
    public void progress(PlayReport report) {
        call("progress " + report.trackId(), () -> 0);
    }

    @Override
    public void stopped(PlayReport report) {
        call("stopped " + report.trackId(), () -> 0);
    }

    @Override
    public MediaRequest image(String itemId, String tag, int edge) {
        return new MediaRequest(URI.create("http://127.0.0.1:1/image/" + itemId), Map.of(), Optional.empty(), true, -1);
    }

    @Override
    public Optional<String> imageTag(String itemId) {
        return call("imageTag " + itemId, () -> Optional.ofNullable(albums.get(itemId)).flatMap(RemoteAlbum::imageTag));
    }

    @Override
    public MediaRequest download(String trackId) {
        return new MediaRequest(URI.create("http://127.0.0.1:1/download/" + trackId), Map.of(), Optional.empty(), true, -1);
    }

    @Override
    public MediaRequest stream(String trackId) {
        return new MediaRequest(URI.create("http://127.0.0.1:1/stream/" + trackId), Map.of(), Optional.empty(), true, -1);
    }

    @Override
    public Optional<MediaRequest> transcoded(String trackId, app.waxwing.base.Quality quality) {
        return Optional.empty();
    }

    @Override
    public void giveUp(MediaRequest transcode) {}

    @Override
    public Optional<LyricsSource> lyrics() {
        return Optional.of(track -> call("lyrics " + track, () -> Optional.ofNullable(lyrics.get(track))));
    }

    @Override
    public Optional<PlaylistEditing> playlistEditing() {
        return Optional.of(new Editing());
    }

    @Override
    public Optional<Similarity> similarity() {
        return Optional.of(new Similarity() {
            @Override
            public List<RemoteTrack> similar(String itemId, int limit) {
                return call("similar " + itemId, () -> like(itemId));
            }

            @Override
            public List<RemoteTrack> mix(String itemId, int limit) {
                return call("mix " + itemId, () -> like(itemId));
            }

            private List<RemoteTrack> like(String itemId) {
                return alike.getOrDefault(itemId, List.of()).stream().map(i -> tracks.getOrDefault(i,
                        track(i, i, "al0", "", new ArtistRef("ar0", ""), 1))).toList();
            }
        });
    }

    @Override
    public Optional<app.waxwing.server.ServerPush> push() {
        if (!pushes) return Optional.empty();
        return Optional.of(listener -> {
            calls.add("push");
            if (refusesLines) throw new Failure.Trouble("No line", "answered 400").asException();
            lines.add(listener);
            return new app.waxwing.server.ServerPush.Line() {
                @Override
                public void alive() {
                    calls.add("alive");
                }

                @Override
                public void close() {
                    lines.remove(listener);
                }
            };
        });
    }

    @Override
    public void signOut() {
        calls.add("signOut");
    }

    private final class Editing implements PlaylistEditing {
        @Override
        public String create(String title, List<String> trackIds) {
            return call("create " + title, () -> {
                String playlist = "pl-" + ++made;
                playlist(playlist, title, trackIds.toArray(String[]::new));
                return playlist;
            });
        }

        private List<RemotePlaylistEntry> of(String playlist) {
            List<RemotePlaylistEntry> list = entries.get(playlist);
            if (list == null) throw new Failure.NotFound("playlist " + playlist).asException();
            RemotePlaylist p = java.util.Objects.requireNonNull(playlists.get(playlist));
            playlists.put(playlist,
                    new RemotePlaylist(p.id(), p.title(), p.imageTag(), p.editable(), Optional.of("v" + ++made), p.favourite()));
            return list;
        }

        @Override
        public void add(String playlistId, List<String> trackIds) {
            call("add " + playlistId + " " + trackIds, () -> {
                List<RemotePlaylistEntry> list = of(playlistId);
                for (String track : trackIds) list.add(new RemotePlaylistEntry(track, Optional.of("e" + ++made)));
                return 0;
            });
        }

        @Override
        public void remove(String playlistId, List<RemotePlaylistEntry> gone) {
            call("remove " + playlistId, () -> {
                List<RemotePlaylistEntry> list = of(playlistId);
                for (RemotePlaylistEntry entry : gone) {
                    for (int i = 0; i < list.size(); i++) {
                        boolean same = entry.entryId().isPresent()
                                ? entry.entryId().equals(list.get(i).entryId())
                                : entry.trackId().equals(list.get(i).trackId());
                        if (same) {
                            list.remove(i);
                            break;
                        }
                    }
                }
                return 0;
            });
        }

        @Override
        public void move(String playlistId, RemotePlaylistEntry entry, int place) {
            call("move " + playlistId + " " + entry.trackId() + " " + place, () -> {
                List<RemotePlaylistEntry> list = of(playlistId);
                if (list.remove(entry)) list.add(Math.min(place, list.size()), entry);
                return 0;
            });
        }

        @Override
        public void replace(String playlistId, String title, List<String> trackIds) {
            call("replace " + playlistId, () -> {
                playlist(playlistId, title, trackIds.toArray(String[]::new));
                return 0;
            });
        }

        @Override
        public void delete(String playlistId) {
            call("delete " + playlistId, () -> {
                if (playlists.remove(playlistId) == null) throw new Failure.NotFound("playlist").asException();
                return entries.remove(playlistId);
            });
        }
    }
}
