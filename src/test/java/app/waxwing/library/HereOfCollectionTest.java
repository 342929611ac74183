package app.waxwing.library;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HereOfCollectionTest {
    private static final int AWAY = -1;
    private static final int CACHED = 0;
    private static final int KEPT = 1;
    private static final int NONE = 2;
    @TempDir
    Path folder;

    @Test
    @DisplayName("issue 4 what is here of an album and of an artist is what each of its tracks has, a track of two files once, and of a list what each entry has")
    void here() {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(120);
            server.playlist("p1", "Evening", "t3", "t1", "t7", "t1", "t40", "t3");
            server.playlist("p2", "Morning", "t1", "t2", "t1");
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            var random = new Random(11);
            Map<String, int[]> files = new HashMap<>();
            for (Track track : desk.library.tracks(Query.ALL).join().items()) {
                int[] of = switch (Integer.parseInt(track.key().id().substring(1)) / 30 == 0 ? 1 : random.nextInt(5)) {
                    case 1 -> new int[]{KEPT};
                    case 2 -> new int[]{CACHED};
                    case 3 -> new int[]{CACHED, KEPT};
                    default -> new int[0];
                };
                files.put(track.key().id(), of);
                for (int i = 0; i < of.length; i++) put(desk, track.key(), of[i] == KEPT, i == 0 ? "original" : "opus-128");
            }
            assertThat(files.values()).anyMatch(of -> of.length == 2);
            compare(desk, files, KEPT);
            desk.missing(true);
            compare(desk, files, AWAY);
        }
    }

    /// @param kept what a kept file is now
    private static void compare(LibraryDesk desk, Map<String, int[]> files, int kept) {
        List<Track> tracks = desk.library.tracks(Query.ALL).join().items();
        Map<String, List<Track>> byAlbum = tracks.stream().collect(Collectors.groupingBy(t -> t.albumId().orElseThrow()));
        Map<String, List<Track>> byArtist = tracks.stream().collect(Collectors.groupingBy(t -> t.artistId().orElseThrow()));
        lists(desk, files, kept);
        List<Album> albums = desk.library.albums(Query.ALL).join().items();
        assertThat(albums).hasSize(byAlbum.size());
        for (Album album : albums) {
            int[] best = best(byAlbum.getOrDefault(album.key().id(), List.of()), files, kept);
            assertThat(album.availability()).as("%s %s", album.title(), Arrays.toString(best)).isEqualTo(expected(best));
            assertThat(album.localTracks()).isEqualTo((int) Arrays.stream(best).filter(b -> b == CACHED || b == KEPT).count());
        }
        for (Artist artist : desk.library.artists(Query.ALL).join().items()) {
            int[] best = best(byArtist.getOrDefault(artist.key().id(), List.of()), files, kept);
            assertThat(artist.availability()).as("%s %s", artist.name(), Arrays.toString(best)).isEqualTo(expected(best));
        }
    }

    /// An entry counts each time that it is there.
    private static void lists(LibraryDesk desk, Map<String, int[]> files, int kept) {
        Map<String, Track> tracks = desk.library.tracks(Query.ALL).join().items().stream()
                .collect(Collectors.toMap(t -> t.key().id(), t -> t));
        Map<String, List<String>> lists = Map.of("Evening", List.of("t3", "t1", "t7", "t1", "t40", "t3"), "Morning",
                List.of("t1", "t2", "t1"));
        for (Playlist list : desk.library.playlists(Query.ALL).join().items()) {
            int[] best = best(lists.getOrDefault(list.title(), List.of()).stream().map(id -> requireNonNull(tracks.get(id))).toList(),
                    files, kept);
            assertThat(list.availability()).as("%s %s", list.title(), Arrays.toString(best)).isEqualTo(expected(best));
            assertThat(list.trackCount()).isEqualTo(best.length);
        }
    }

    private static int[] best(List<Track> tracks, Map<String, int[]> files, int kept) {
        return tracks.stream().mapToInt(t -> Arrays.stream(files.get(t.key().id())).map(f -> f == KEPT ? kept : f).max().orElse(NONE))
                .toArray();
    }

    private static Availability expected(int[] best) {
        long here = Arrays.stream(best).filter(b -> b == CACHED || b == KEPT).count();
        if (here == 0) return Arrays.stream(best).anyMatch(b -> b == AWAY) ? Availability.AWAY : Availability.REMOTE;
        if (here < best.length) return Availability.PARTIAL;
        return Arrays.stream(best).allMatch(b -> b == KEPT) ? Availability.LOCAL : Availability.CACHED;
    }

    private static void put(LibraryDesk desk, ItemKey track, boolean kept, String quality) {
        String path = track.id() + quality;
        desk.database.write(Durability.SOON, Lane.USER,
                sql -> sql.insertInto(MEDIA_FILE).set(MEDIA_FILE.ACCOUNT_ID, track.account()).set(MEDIA_FILE.ITEM_ID, track.id())
                        .set(MEDIA_FILE.QUALITY, quality).set(MEDIA_FILE.ROOT, kept ? "media" : "cache")
                        .set(MEDIA_FILE.FOLDER_ID, kept ? 1L : null).set(MEDIA_FILE.PATH, path).set(MEDIA_FILE.PATH_KEY, path)
                        .set(MEDIA_FILE.SIZE, 1L).set(MEDIA_FILE.MODIFIED_AT, 0L).set(MEDIA_FILE.SHA256, "00")
                        .set(MEDIA_FILE.IS_PINNED, kept).set(MEDIA_FILE.COMPLETED_AT, 0L).execute())
                .join();
    }
}
