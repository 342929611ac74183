package app.waxwing.demo;

import app.waxwing.demo.Item.Lyrics;
import app.waxwing.demo.Item.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `library.json` and what lies beside it.
final class LibraryIndex {
    private static final Pattern TIMED = Pattern.compile("\\[(\\d+):(\\d+(?:\\.\\d+)?)](.*)");

    private final Files files;
    private final Instant oldest = Instant.parse("2026-09-01T00:00:00Z");

    private LibraryIndex(Files files) {
        this.files = files;
    }

    /// Where the library's files come from.
    interface Files {
        InputStream open(String path) throws IOException;

        /// @param size from the index, or −1 when unknown
        Content content(String path, long size, Instant modified) throws IOException;
    }

    static DemoLibrary read(Files files) {
        try (var in = files.open("library.json")) {
            return new LibraryIndex(files).library(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DemoLibrary library(JsonNode index) throws IOException {
        var views = List.of(new Item.View(text(index, "musicFolder"), "Music", "Music", oldest, "music"),
                new Item.View(text(index, "playlistFolder"), "Playlists", "Playlists", oldest, "playlists"));
        var artists = new ArrayList<Item.Artist>();
        for (var n : index.path("artists"))
            artists.add(new Item.Artist(text(n, "id"), text(n, "name"), text(n, "sortName"), oldest, text(n, "overview"),
                    picture(n.path("image"))));
        var genres = new ArrayList<Item.Genre>();
        for (var n : index.path("genres")) genres.add(new Item.Genre(text(n, "id"), text(n, "name"), text(n, "name"), oldest));
        var albums = new ArrayList<Item.Album>();
        var tracks = new ArrayList<Item.Track>();
        for (var n : index.path("albums")) {
            var added = Instant.parse(text(n, "added"));
            var album = new Item.Album(text(n, "id"), text(n, "name"), text(n, "sortName"), added, List.of(text(n, "artist")),
                    n.path("year").asInt(), texts(n.path("genres")), n.path("gain").asDouble(), picture(n.path("image")));
            albums.add(album);
            for (var t : n.path("tracks")) tracks.add(track(t, album));
        }
        var playlists = new ArrayList<Item.Playlist>();
        for (var n : index.path("playlists"))
            playlists.add(new Item.Playlist(text(n, "id"), text(n, "name"), text(n, "name"), oldest, "", true, texts(n.path("items")),
                    picture(n.path("image"))));
        return new DemoLibrary(text(index, "id"), text(index, "name"), views, artists, genres, albums, tracks, playlists);
    }

    private Item.Track track(JsonNode t, Item.Album album) throws IOException {
        var modified = Instant.parse(text(t, "modified"));
        Map<String, Content> transcoded = new TreeMap<>();
        for (var e : t.path("transcoded").properties()) transcoded.put(e.getKey(), files.content(e.getValue().asString(), -1, modified));
        var audio = new Item.Audio(text(t, "container"), text(t, "codec"), t.path("bitrate").asInt(), t.path("sampleRate").asInt(),
                t.path("channels").asInt(), t.path("bitDepth").asInt(),
                files.content(text(t, "file"), t.path("size").asLong(), modified), Collections.unmodifiableMap(transcoded));
        int number = t.path("number").asInt();
        String sort = "%04d - %s".formatted(number, text(t, "name"));
        return new Item.Track(text(t, "id"), text(t, "name"), sort, album.added(), album.id(), texts(t.path("artists")), number, 1,
                album.year(), album.genres(), t.path("ticks").asLong(), t.path("gain").asDouble(), text(t, "path"), audio,
                t.has("lyrics") ? lyrics(text(t, "lyrics")) : Lyrics.NONE);
    }

    private Lyrics lyrics(String path) throws IOException {
        String all;
        try (var in = files.open(path)) {
            all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return lyrics(all, path.endsWith(".lrc"));
    }

    /// LRC text, or plain lines when not `timed`.
    static Lyrics lyrics(String all, boolean timed) {
        var lines = new ArrayList<Lyrics.Line>();
        for (String line : all.lines().toList()) {
            var m = TIMED.matcher(line);
            if (!timed) lines.add(new Lyrics.Line(-1, line));
            else
                if (m.matches())
                    lines.add(new Lyrics.Line(Math.round((Long.parseLong(m.group(1)) * 60 + Double.parseDouble(m.group(2))) * 1e7),
                            m.group(3)));
        }
        return new Lyrics(timed, List.copyOf(lines));
    }

    private Picture picture(JsonNode image) throws IOException {
        var sizes = new TreeMap<Integer, Content>();
        for (var e : image.path("files").properties())
            sizes.put(Integer.parseInt(e.getKey()), files.content(e.getValue().asString(), -1, oldest));
        return new Picture(text(image, "tag"), sizes);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static List<String> texts(JsonNode array) {
        var out = new ArrayList<String>();
        for (var n : array) out.add(n.asString());
        return List.copyOf(out);
    }
}
