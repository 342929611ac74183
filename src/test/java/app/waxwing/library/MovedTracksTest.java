package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.MovedTracks.Face;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteTrack;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.TestScale;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovedTracksTest {
    private static Face face(long row, String title, @Nullable Long length, @Nullable String path, @Nullable String musicBrainz) {
        return new Face(row, "t" + row, title, "Ada", "Rain", 1L, length, path, musicBrainz);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", value = {
            "the same MusicBrainz id,               Other, 200000, /x/y.flac,          M1, true",
            "another MusicBrainz id,                Song,  200000, /a/Rain/song.flac,  m2, false",
            "the tail of the path and the title,    Song,  -,      D:\\b\\Rain\\song.flac, -, true",
            "the tail of the path and the length,   Other, 201000, /b/Rain/song.flac,  -,  true",
            "the tail of the path alone,            Other, -,      /b/Rain/song.flac,  -,  false",
            "file name with title and length,       Song,  200000, /b/Mist/song.flac,  -,  true",
            "file name and title without a length,  Song,  -,      /b/Mist/song.flac,  -,  false",
            "all tags and the length,               Song,  199000, /b/01.flac,         -,  true",
            "all tags but another length,           Song,  220000, /a/Rain/song.flac,  m1, false",
            "nothing but the length,                Other, 200000, /b/01.flac,         -,  false"})
    @DisplayName("What makes a track under a new id the same track")
    void evidence(String why, String title, @Nullable Long length, String path, @Nullable String id, String same) {
        List<MovedTracks.Pair> pairs = MovedTracks.match(List.of(face(1, "Song", 200_000L, "/a/Rain/song.flac", "m1")),
                List.of(face(2, title, length, path, id)));
        assertThat(pairs).as(why).hasSize(same.equals("true") ? 1 : 0);
    }

    @Test
    @DisplayName("What fits two equally well fits none, from either side; a better likeness decides")
    void ambiguous() {
        Face old = face(1, "Song", 200_000L, "/a/Rain/song.flac", null);
        Face far = face(2, "Song", 200_000L, "/b/Mist/song.flac", null);
        Face twin = face(3, "Song", 200_000L, "/c/Mist/song.flac", null);
        Face near = face(4, "Song", 200_000L, "/c/Rain/song.flac", null);
        assertThat(MovedTracks.match(List.of(old), List.of(far, twin))).isEmpty();
        assertThat(MovedTracks.match(List.of(old, face(5, "Song", 200_000L, "/d/Rain/song.flac", null)), List.of(near))).isEmpty();
        assertThat(MovedTracks.match(List.of(old), List.of(far, near, twin))).extracting(MovedTracks.Pair::now).containsExactly(near);
    }

    @Test
    @DisplayName("A file that moved on the server keeps its file, wish, reason, plays, favourite and places in playlists and in the play queue here, and is reported")
    void keepsAll(@TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t3", "t1", "t3");
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            var edits = new UserEdits(desk.database, desk.changes, new PendingActions(desk.database), desk.time);
            var old = new ItemKey(account, "t3");
            desk.file(old, true, "t3.flac", 5);
            edits.favourite(ItemKind.TRACK, old, true).join();
            run(desk, "INSERT INTO download (account_id, item_id, origin, class, status, queued_at, completed_at) VALUES (" + account
                    + ", 't3', 'user', 1, 'completed', 1, 2)");
            run(desk, "INSERT INTO keep_reason VALUES (" + account + ", 't3', 'user', 't3', 1)");
            run(desk, "INSERT INTO queue_item (list, position, account_id, track_item_id, entry, origin) VALUES (0, 0, " + account
                    + ", 't3', 1, 'user'), (0, 1, " + account + ", 't4', 2, 'user')");
            var told = new java.util.concurrent.ConcurrentHashMap<ItemKey, ItemKey>();
            desk.changes.moved().subscribe(told::putAll);
            run(desk, "UPDATE user_data SET play_count = 7 WHERE item_id = 't3'");
            server.clock = server.clock.plusSeconds(3_600);
            move(server, "t3", "n3");
            var report = desk.sync(account, false);
            assertThat(report.moved()).isEqualTo(1);
            assertThat(report.removed()).isZero();
            Track now = desk.library.track(new ItemKey(account, "n3")).join().orElseThrow();
            assertThat(now.availability()).isEqualTo(Availability.LOCAL);
            assertThat(now.favourite()).isTrue();
            assertThat(now.playCount()).isEqualTo(7);
            assertThat(desk.library.track(old).join()).isEmpty();
            assertThat(desk.library.tracksOf(new ItemKey(account, "p1")).join()).extracting(t -> t.key().id())
                    .containsExactly("n3", "t1", "n3");
            assertThat(count(desk, "download WHERE item_id = 'n3'")).isEqualTo(1);
            assertThat(count(desk, "keep_reason WHERE track_item_id = 'n3' AND source_item_id = 'n3'")).isEqualTo(1);
            assertThat(count(desk, "pending_action WHERE item_id = 'n3' AND kind = 'favourite'")).isEqualTo(1);
            assertThat(count(desk, "queue_item WHERE track_item_id = 'n3' AND position = 0")).isEqualTo(1);
            assertThat(told).containsExactly(java.util.Map.entry(old, new ItemKey(account, "n3")));
            assertThat(desk.sync(account, true).moved()).isZero();
            assertThat(desk.library.track(new ItemKey(account, "n3")).join().orElseThrow().playCount()).isEqualTo(7);
        }
    }

    @Test
    @DisplayName("Tracks that move one after the other are each known again, by a pass and by what the server says; what was here before is never taken for new")
    void oneAfterTheOther(@TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t1");
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            assertThat(java.util.Objects.requireNonNull(desk.sync.last().join().get(account)).moved()).as("nothing moved yet").isZero();
            desk.file(new ItemKey(account, "t3"), true, "t3.flac", 5);
            desk.file(new ItemKey(account, "t44"), true, "t44.flac", 5);
            move(server, "t3", "n3");
            assertThat(desk.sync(account, true).moved()).isEqualTo(1);
            move(server, "t44", "n44");
            assertThat(desk.sync(account, true).moved()).isEqualTo(1);
            assertThat(desk.library.track(new ItemKey(account, "n44")).join().orElseThrow().availability()).isEqualTo(Availability.LOCAL);
            // the same song once more, long here, in another folder
            RemoteTrack twin = java.util.Objects.requireNonNull(server.tracks.get("t60"));
            run(desk, "UPDATE track SET title = '" + twin.title().replace("'", "''") + "', path = '/x/same.flac', duration_ms = 200000"
                    + " WHERE item_id IN ('t60', 't61')");
            run(desk, "UPDATE track SET path = '/y/same.flac' WHERE item_id = 't61'");
            server.tracks.remove("t60");
            desk.file(new ItemKey(account, "t60"), true, "t60.flac", 5);
            desk.sync.news(account, java.util.Set.of("t60")).join();
            assertThat(desk.library.track(new ItemKey(account, "t61")).join().orElseThrow().availability()).isEqualTo(Availability.REMOTE);
            assertThat(desk.library.track(new ItemKey(account, "t60")).join()).isPresent();
            run(desk, "UPDATE sync_state SET seen = 1, is_complete = 0 WHERE scope = 'moved'");
            desk.sync.news(account, java.util.Set.of("t60")).join();
            assertThat(desk.library.track(new ItemKey(account, "t60")).join()).as("with a row of an older build").isPresent();
        }
    }

    @Test
    @DisplayName("Many that moved at once are all known again, without a question; the figures are what that costs beside a pass without any")
    void many(@TempDir Path folder, TestReporter reporter) {
        int tracks = TestScale.of(2_000, 100_000);
        int moved = TestScale.of(100, 5_000);
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(tracks);
            server.playlist("p1", "Evening", "t3", "t1");
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            var plain = desk.sync(account, true).took();
            for (int i = 0; i < moved; i++) move(server, "t" + i * 20, "n" + i * 20);
            var report = desk.sync(account, true);
            assertThat(report.moved()).isEqualTo(moved);
            assertThat(report.tracks()).isEqualTo(tracks);
            assertThat(desk.sync.held().join()).isEmpty();
            reporter.publishEntry(java.util.Map.of("tracks", String.valueOf(tracks), "moved", String.valueOf(moved), "a pass, ms",
                    String.valueOf(plain.toMillis()), "a pass with them, ms", String.valueOf(report.took().toMillis())));
        }
    }

    private static void move(FakeMediaServer server, String from, String to) {
        RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.remove(from));
        RemoteTrack moved = FakeMediaServer.track(to, t.title(), t.albumId().orElseThrow(), t.albumTitle().orElseThrow(),
                new ArtistRef(t.artists().getFirst().id(), t.artists().getFirst().name()), t.number().orElseThrow());
        server.put(moved);
        java.util.Objects.requireNonNull(server.entries.get("p1")).replaceAll(e -> e.trackId().equals(from)
                ? new app.waxwing.server.RemotePlaylistEntry(to, e.entryId())
                : e);
    }

    private static void run(LibraryDesk desk, String sql) {
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, s -> s.execute(sql)).join();
    }

    private static long count(LibraryDesk desk, String rest) {
        return desk.database.readNow(sql -> sql.fetchSingle("SELECT count(*) FROM " + rest).get(0, Long.class));
    }
}
