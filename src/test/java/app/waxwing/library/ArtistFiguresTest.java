package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteFolder;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.SampleWords;
import app.waxwing.testing.TestScale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtistFiguresTest {
    private static final int TRACKS = 600;
    private static final int ARTISTS = TRACKS / 30;
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private FakeMediaServer server;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server = new FakeMediaServer("one").fill(TRACKS);
        server.folders.add(new RemoteFolder("other", "Other", "music"));
        for (int i = 0; i < TRACKS; i += 7) server.folderOf.put("t" + i, "other");
        account = desk.account(server, "ida").id();
        desk.sync(account, true);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    /// What stands on the rows of artists, and what is right, each as lines «artist albums tracks».
    private List<String> said() {
        return lines("SELECT item_id || ' ' || album_count || ' ' || track_count FROM artist ORDER BY item_id");
    }

    private List<String> counted() {
        return lines("""
                WITH named AS (SELECT artist_item_id AS id FROM track_artist UNION SELECT artist_item_id FROM album_artist
                    UNION SELECT item_id FROM artist)
                SELECT id || ' ' || (SELECT count(*) FROM album_artist x JOIN album a ON a.account_id = x.account_id
                        AND a.item_id = x.album_item_id WHERE x.artist_item_id = named.id AND a.gone_at IS NULL)
                    || ' ' || (SELECT count(*) FROM track_artist x JOIN track t ON t.account_id = x.account_id
                        AND t.item_id = x.track_item_id WHERE x.artist_item_id = named.id AND t.gone_at IS NULL)
                FROM named ORDER BY id""");
    }

    private List<String> lines(String query) {
        return desk.database.readNow(sql -> sql.fetch(query).getValues(0, String.class));
    }

    /// How many tracks stand on the rows of genres, and how many there are.
    private void genresCounted(int seed) {
        assertThat(lines("SELECT name || ' ' || track_count FROM genre ORDER BY id")).as("seed %d", seed).isNotEmpty()
                .isEqualTo(
                        lines("SELECT name || ' ' || (SELECT count(*) FROM track_genre WHERE genre_id = genre.id) FROM genre ORDER BY id"));
    }

    private void retitle(int track, int artist) {
        retitle(track, artist, track % 10 + 1);
    }

    private void retitle(int track, int artist, int number) {
        server.put(FakeMediaServer.track("t" + track, "Again " + SampleWords.track(track), "al" + track / 10, SampleWords.album(track / 10),
                new ArtistRef("ar" + artist, SampleWords.artist(artist)), number));
    }

    @Test
    @DisplayName("issue 4: an incremental sync counts anew for the artists of what changed, not for all")
    void onlyWhatChanged() {
        assertThat(lines("SELECT item_id FROM artist_due")).isEmpty();
        assertThat(said()).isEqualTo(counted()).contains("ar3 3 30");
        // A wrong figure of an artist of whom nothing changes shows whether he is counted.
        desk.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER,
                sql -> sql.execute("UPDATE artist SET track_count = 99 WHERE item_id IN ('ar3', 'ar9')")).join();
        server.clock = server.clock.plus(Duration.ofHours(1));
        retitle(95, 4);
        desk.sync(account, false);
        assertThat(said()).contains("ar3 3 29", "ar4 3 31", "ar9 3 99");
        assertThat(lines("SELECT item_id FROM artist_due")).isEmpty();
        desk.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER,
                sql -> sql.execute("INSERT INTO artist_due (account_id, item_id) SELECT account_id, item_id FROM artist")).join();
        desk.sync(account, false);
        assertThat(said()).isEqualTo(counted());
    }

    @Test
    @DisplayName("Whatever changes, in whatever order, kills among it: the figures are those that a count of everything gives (seeded)")
    void whateverChanges() {
        for (int seed = 0; seed < TestScale.of(20, 400); seed++) {
            var random = new Random(9_000 + seed);
            server.clock = server.clock.plus(Duration.ofHours(1));
            for (int i = random.nextInt(6); i >= 0; i--) {
                int track = random.nextInt(TRACKS);
                switch (random.nextInt(7)) {
                    case 0 -> server.tracks.remove("t" + track);
                    case 1 -> server.albums.remove("al" + track / 10);
                    case 2 -> server.folderOf.put("t" + track, random.nextBoolean() ? "other" : "music");
                    case 3 -> retitle(track, track / 30, random.nextInt(10)); // by its number Jazz or Folk
                    // One that no list of artists has.
                    default -> retitle(track, random.nextInt(ARTISTS + 5));
                }
            }
            if (random.nextInt(5) == 0) desk.sync.choose(account, "other", random.nextBoolean()).join();
            if (random.nextInt(3) == 0) {
                int from = server.calls();
                int until = from + 1 + random.nextInt(12);
                server.failsAt = n -> n >= until;
                desk.sync.sync(account, random.nextBoolean()).exceptionally(e -> Optional.<LibrarySync.Report>empty().orElse(null)).join();
                server.failsAt = n -> false;
            }
            desk.sync(account, random.nextInt(3) == 0);
            assertThat(said()).as("seed %d", seed).isEqualTo(counted());
            genresCounted(seed);
            assertThat(lines("SELECT item_id FROM artist_due")).as("seed %d", seed).isEmpty();
        }
        assertThat(desk.library.artist(new ItemKey(account, "ar" + (ARTISTS + 1))).join()).isPresent();
    }
}
