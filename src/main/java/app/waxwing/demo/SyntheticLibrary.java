package app.waxwing.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Generated libraries of any size: names with the spread of real ones (scripts, accents, lengths, compilations), sound and covers borrowed.
final class SyntheticLibrary {
    private static final List<String> ADJECTIVES = List.of("Quiet", "Northern", "Paper", "Électrique", "Golden", "Hollow", "Late", "Salt",
            "Slow",
            "Violet", "Distant", "Müde", "Ninth", "Empty", "Burning", "Little", "Crystal", "Borrowed", "Rusty", "Åsa's", "冬の", "Тихий",
            "Last",
            "Green");
    private static final List<String> NOUNS = List.of("Harbour", "Signals", "Orchard", "Moons", "Machine", "Letters", "River", "Ångström",
            "Station",
            "Garden", "Ghosts", "Café", "Field", "Engines", "Mirror", "Season", "Bridges", "Café del Mar", "夜明け", "Снег", "Highway",
            "Choir",
            "Telescope", "Dust");
    private static final List<String> PLACES = List.of("of Malmö", "at Night", "for Two", "in June", "without Words", "under Glass",
            "(Reprise)",
            "Pt. II", "and Rain", "on Sunday", "", "", "", "", "");
    private static final List<String> GENRES = List.of("Ambient", "Blues", "Classical", "Country", "Electronic", "Folk", "Hip-Hop", "House",
            "Jazz",
            "Metal", "Pop", "Punk", "R&B", "Reggae", "Rock", "Soul", "Soundtrack", "Techno");
    private static final int ALBUM = 12;

    private final Random random;

    private SyntheticLibrary(long seed) {
        random = new Random(seed);
    }

    static DemoLibrary of(DemoLibrary real, int tracks, long seed) {
        return new SyntheticLibrary(seed).make(real, tracks);
    }

    private DemoLibrary make(DemoLibrary real, int wanted) {
        var start = Instant.parse("2020-01-01T00:00:00Z");
        int albumCount = Math.max(1, (wanted + ALBUM - 1) / ALBUM);
        var artists = new ArrayList<Item.Artist>();
        for (int i = 0; i < Math.max(1, albumCount / 5); i++) {
            String name = (i % 7 == 0 ? "The " : "") + pick(ADJECTIVES) + " " + pick(NOUNS) + (i % 3 == 0 ? " " + (i + 1) : "");
            var picture = i % 4 == 0 ? real.artists().get(i % real.artists().size()).picture() : Item.Picture.NONE;
            artists.add(new Item.Artist(id("artist", i), name, sort(name), start, "", picture));
        }
        var genres = new ArrayList<Item.Genre>();
        for (int i = 0; i < GENRES.size(); i++)
            genres.add(new Item.Genre(id("genre", i), GENRES.get(i), GENRES.get(i).toLowerCase(Locale.ROOT), start));
        var albums = new ArrayList<Item.Album>();
        var tracks = new ArrayList<Item.Track>();
        for (int a = 0; a < albumCount; a++) {
            var added = start.plus(Duration.ofMinutes(17L * a));
            String title = title();
            var artist = artists.get(random.nextInt(artists.size()));
            var genre = random.nextInt(5) == 0 ? List.of(pick(GENRES), pick(GENRES)) : List.of(pick(GENRES));
            var album = new Item.Album(id("album", a), title, sort(title), added, List.of(artist.id()), 1960 + random.nextInt(66),
                    genre.stream().distinct().toList(), -8 * random.nextDouble(), real.albums().get(a % real.albums().size()).picture());
            albums.add(album);
            for (int t = 0; t < ALBUM && tracks.size() < wanted; t++) tracks.add(track(real, album, artists, tracks.size(), t + 1));
        }
        var playlists = new ArrayList<Item.Playlist>();
        for (int p = 0; p < Math.min(40, Math.max(2, wanted / 2000)); p++) {
            var items = new ArrayList<String>();
            for (int i = 0; i < 10 + random.nextInt(90); i++) items.add(tracks.get(random.nextInt(tracks.size())).id());
            String name = "List " + (p + 1) + ", " + pick(NOUNS);
            playlists.add(new Item.Playlist(id("playlist", p), name, sort(name), start, "", true, items.stream().distinct().toList(),
                    Item.Picture.NONE));
        }
        return new DemoLibrary(id("server", wanted), "Synthetic " + wanted, real.views(), artists, genres, albums, tracks, playlists);
    }

    private Item.Track track(DemoLibrary real, Item.Album album, List<Item.Artist> artists, int index, int number) {
        var model = real.tracks().get(index % real.tracks().size());
        String name = title();
        var credited = new ArrayList<>(album.artists());
        if (random.nextInt(12) == 0) credited.add(artists.get(random.nextInt(artists.size())).id());
        int disc = number > 8 && random.nextInt(20) == 0 ? 2 : 1;
        return new Item.Track(id("track", index), name, "%04d - %s".formatted(number, name), album.added().plusSeconds(number), album.id(),
                credited.stream().distinct().toList(), number, disc, album.year(), album.genres(), model.ticks(), -9 * random.nextDouble(),
                "/srv/music/" + index + "." + model.audio().container(), model.audio(),
                index % 50 == 0 ? model.lyrics() : Item.Lyrics.NONE);
    }

    private String title() {
        return (pick(ADJECTIVES) + " " + pick(NOUNS) + " " + pick(PLACES)).strip();
    }

    private static String sort(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("the ") ? lower.substring(4) : lower;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String id(String kind, int index) {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(("synthetic/" + kind + "/" + index).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
