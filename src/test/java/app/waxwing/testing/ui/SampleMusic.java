package app.waxwing.testing.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Availability;
import app.waxwing.library.Cover;
import app.waxwing.library.Genre;
import app.waxwing.library.Playlist;
import app.waxwing.library.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A library as in the pictures: twelve albums that do not exist, then more of the same kind where a test wants many.
public final class SampleMusic {
    public static final Instant NOW = Instant.parse("2026-03-14T19:30:00Z");
    private static final String[][] ALBUMS = {{"Harbour Lights", "Marisol Vane"}, {"Night Train to Lund", "The Quiet Cartographers"},
            {"Field Notes", "Ada Okonkwo"}, {"Saltwater Hymns", "Coastal Choir"}, {"Ninth Floor", "Teo Lindqvist"}, {"冬の灯", "Yuki Arai"},
            {"Low Orbit", "Parallax Club"}, {"Paper Moons", "Iris & Fen"}, {"Granite", "Old Mill Road"}, {"Violet Hours", "Nadia Roth"},
            {"Signals", "Port Authority"}, {"Understory", "Moss & Fern"}};
    private static final String[] TRAIN = {"Departures", "Platform Four", "Sleeper Car", "Customs", "Öresund", "Small Hours",
            "First Light, Malmö", "Terminus", "Return Ticket", "Left Luggage", "Snow Plough", "Lund C"};
    private static final int[] TRAIN_SECONDS = {231, 268, 242, 177, 333, 287, 219, 251, 200, 214, 236, 222};
    private static final int[] TRAIN_PLAYS = {214, 188, 175, 91, 160, 144, 97, 65, 83, 41, 38, 57};
    private static final String[] WORDS = {"Salt", "Perigee", "Relay", "Quarry", "Lantern", "Tidewater", "Glasshouse", "Slow Weather",
            "Orchard",
            "Static", "Ember", "Half-light", "Northbound", "Fathom", "Kite", "Marrow", "Low Tide", "Paper Boat", "Switchback", "Afterglow"};
    private static final String[] GENRES = {"Ambient", "Chamber pop", "Electronic", "Folk", "Jazz", "Post-rock"};

    public final List<Track> tracks = new ArrayList<>();
    public final List<Album> albums = new ArrayList<>();
    public final List<Artist> artists = new ArrayList<>();
    public final List<Playlist> playlists = new ArrayList<>();
    public final List<Genre> genres = new ArrayList<>();
    public final Map<ItemKey, List<Track>> members = new LinkedHashMap<>();

    /// The twelve albums and `more` further ones.
    public static SampleMusic of(int more) {
        var music = new SampleMusic();
        for (int i = 0; i < ALBUMS.length + more; i++) music.addAlbum(i, "");
        music.finish();
        return music;
    }

    /// Names as long as strangers send them.
    public static SampleMusic longTexts() {
        var music = new SampleMusic();
        for (int i = 0; i < ALBUMS.length; i++) {
            music.addAlbum(i,
                    " (A Very Long Name That Nobody Would Ever Print On A Sleeve, Yet Here It Is, Remastered Deluxe Anniversary Edition)");
        }
        music.finish();
        return music;
    }

    public static SampleMusic nothing() {
        return new SampleMusic();
    }

    public static ItemKey key(String id) {
        return new ItemKey(1, id);
    }

    public Album album(String title) {
        return albums.stream().filter(a -> a.title().startsWith(title)).findFirst().orElseThrow();
    }

    /// The tracks of any item of the sample, in playing order.
    public List<Track> tracksOf(ItemKey key) {
        return members.getOrDefault(key, List.of());
    }

    /// Where a sample album's tracks are, as in the pictures.
    private static Availability place(int album, int track) {
        return switch (album % 12) {
            case 1 -> track < 6 || track > 8 ? Availability.LOCAL : track == 6 ? Availability.CACHED : Availability.REMOTE;
            case 2, 3, 4, 10 -> Availability.LOCAL;
            case 6, 7, 8, 9 -> Availability.CACHED;
            case 5 -> track < 3 ? Availability.CACHED : Availability.REMOTE;
            default -> Availability.REMOTE;
        };
    }

    private static OptionalLong file(Availability availability, long bytes) {
        return availability == Availability.LOCAL || availability == Availability.CACHED ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private void addAlbum(int i, String tail) {
        int sample = i % ALBUMS.length;
        String title = ALBUMS[sample][0] + tail + (i < ALBUMS.length ? "" : " " + (i / ALBUMS.length + 1));
        String artist = ALBUMS[sample][1] + tail;
        ItemKey albumKey = key("album-" + i);
        String artistId = "artist-" + sample;
        var cover = Optional.of(new Cover(albumKey, "tag-" + sample));
        int count = sample == 1 ? TRAIN.length : 8 + i % 5;
        var mine = new ArrayList<Track>();
        for (int t = 0; t < count; t++) {
            String name = sample == 1
                    ? TRAIN[t]
                    : sample == 5 && t == 0 ? "雪明かり" : t == 0 && sample == 9 ? "Violet Hours" : WORDS[(i * 7 + t * 3) % WORDS.length];
            int seconds = sample == 1 ? TRAIN_SECONDS[t] : 150 + (i * 37 + t * 53) % 190;
            mine.add(new Track(tracks.size() + 1, key("track-" + i + "-" + t), name + tail, artist, List.of(artist), Optional.of(artistId),
                    title,
                    Optional.of(albumKey.id()), artist, OptionalInt.of(1), OptionalInt.of(t + 1), OptionalInt.of(2010 + (i * 5) % 16),
                    List.of(GENRES[sample % GENRES.length]), Optional.of(Duration.ofSeconds(seconds)),
                    Optional.of(sample % 3 == 2 ? "mp3" : "flac"),
                    OptionalLong.of(seconds * 130_000L), t == 1, sample == 1 ? TRAIN_PLAYS[t] : (i * 13 + t * 7) % 120,
                    t % 3 == 0 ? Optional.empty() : Optional.of(NOW.minus(Duration.ofHours(9L + i * 20L + t))), OptionalDouble.of(-5.4),
                    OptionalDouble.of(-6.1), t == 1, cover, place(i, t), Optional.empty(),
                    file(place(i, t), 20_000_000L + t * 1_000_000L)));
            tracks.add(mine.getLast());
        }
        Duration total = mine.stream().map(t -> t.duration().orElseThrow()).reduce(Duration.ZERO, Duration::plus);
        int here = (int) mine.stream().filter(t -> t.availability().playableOffline()).count();
        Availability where = here == 0
                ? Availability.REMOTE
                : here < count
                        ? Availability.PARTIAL
                        : mine.stream().allMatch(t -> t.availability() == Availability.LOCAL) ? Availability.LOCAL : Availability.CACHED;
        albums.add(new Album(i + 1L, albumKey, title, artist, Optional.of(artistId), OptionalInt.of(2010 + (i * 5) % 16), count, total,
                sample == 1,
                Optional.of(NOW.minus(Duration.ofDays(i))), cover, where, here));
        members.put(albumKey, List.copyOf(mine));
    }

    private void finish() {
        for (int s = 0; s < ALBUMS.length; s++) {
            ItemKey artist = key("artist-" + s);
            String id = artist.id();
            List<Track> mine = tracks.stream().filter(t -> t.artistId().orElse("").equals(id)).toList();
            long count = albums.stream().filter(a -> a.artistId().orElse("").equals(id)).count();
            artists.add(new Artist(s + 1L, artist, mine.getFirst().artist(), (int) count, mine.size(), s % 4 == 1, mine.getFirst().cover(),
                    mine.getFirst().availability()));
            members.put(artist, mine);
        }
        String[] names = {"Morning tram", "Long drive", "冬 / winter", "Focus, no words"};
        for (int p = 0; p < names.length; p++) {
            int step = p + 3;
            int at = p;
            List<Track> mine = java.util.stream.IntStream.range(0, Math.min(tracks.size() / step, 40))
                    .mapToObj(n -> tracks.get(at + n * step)).toList();
            Duration total = mine.stream().map(t -> t.duration().orElseThrow()).reduce(Duration.ZERO, Duration::plus);
            ItemKey list = key("playlist-" + p);
            playlists.add(new Playlist(p + 1L, list, names[p], mine.size(), total, true, false, mine.getFirst().cover(),
                    p < 2 ? Availability.LOCAL : Availability.REMOTE, p < 2 ? mine.size() : 0));
            members.put(list, mine);
        }
        for (int g = 0; g < GENRES.length; g++) {
            String name = GENRES[g];
            List<Track> mine = tracks.stream().filter(t -> t.genres().contains(name)).toList();
            ItemKey genre = key("genre-" + g);
            genres.add(new Genre(g + 1L, genre, name, mine.size()));
            members.put(genre, mine);
        }
    }
}
