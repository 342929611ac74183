package app.waxwing.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a demonstration server has to offer at its start; immutable. Later changes live in the server's [Shelf].
public record DemoLibrary(String serverId, String serverName, List<Item.View> views, List<Item.Artist> artists, List<Item.Genre> genres,
        List<Item.Album> albums, List<Item.Track> tracks, List<Item.Playlist> playlists) {

    private static final String ROOT = "/app/waxwing/demo/library/";

    public DemoLibrary {
        views = List.copyOf(views);
        artists = List.copyOf(artists);
        genres = List.copyOf(genres);
        albums = List.copyOf(albums);
        tracks = List.copyOf(tracks);
        playlists = List.copyOf(playlists);
    }

    /// The library that comes with the program (`assets/demo`), read from the class path.
    public static DemoLibrary bundled() {
        return LibraryIndex.read(new LibraryIndex.Files() {
            @Override
            public InputStream open(String path) throws IOException {
                InputStream in = DemoLibrary.class.getResourceAsStream(ROOT + path);
                if (in == null) throw new IOException("The demonstration library lacks " + path);
                return in;
            }

            @Override
            public Content content(String path, long size, Instant modified) throws IOException {
                if (size >= 0) return Content.resource(ROOT + path, size, modified);
                try (var in = open(path)) {
                    return Content.of(in.readAllBytes(), modified);
                }
            }
        });
    }

    /// A library in a folder, with a `library.json` in the form that `assets/demo/compose.py` writes.
    public static DemoLibrary folder(Path folder) {
        return LibraryIndex.read(new LibraryIndex.Files() {
            @Override
            public InputStream open(String path) throws IOException {
                return Files.newInputStream(folder.resolve(path));
            }

            @Override
            public Content content(String path, long size, Instant modified) throws IOException {
                return Content.file(folder.resolve(path), modified);
            }
        });
    }

    /// `tracks` generated records for tests of scale, equal for equal seeds; sound and covers are those of the bundled files.
    public static DemoLibrary synthetic(int tracks, long seed) {
        return SyntheticLibrary.of(bundled(), tracks, seed);
    }

    /// The bytes of a track's file as the bundled library holds them, for comparisons in tests.
    public byte[] bytes(String trackId) {
        var track = tracks.stream().filter(t -> t.id().equals(trackId)).findFirst().orElseThrow();
        try {
            return track.audio().content().bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Track by id.
    public Map<String, Item.Track> tracksById() {
        return tracks.stream().collect(java.util.stream.Collectors.toUnmodifiableMap(Item.Track::id, t -> t));
    }
}
