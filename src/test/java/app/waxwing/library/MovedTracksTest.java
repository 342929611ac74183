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
    @DisplayName("C.3 14 the words of a track move along with it, are found by and read without a server; a «none» keeps its date")
    void words(@TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t1");
            server.lyrics.put("t3", new app.waxwing.server.RemoteLyrics(
                    List.of(new app.waxwing.server.RemoteLyrics.Line(java.util.Optional.empty(), "Kingfishers over slate"))));
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            assertThat(desk.library.lyrics(new ItemKey(account, "t3")).join()).isPresent();
            assertThat(desk.library.lyrics(new ItemKey(account, "t44")).join()).isEmpty();
            run(desk, "UPDATE lyrics SET fetched_at = fetched_at - 1000 WHERE track_item_id = 't44'");
            long asked = count(desk, "lyrics WHERE track_item_id = 't3'") == 1 ? number(desk, "fetched_at", "t44") : 0;
            move(server, "t3", "n3");
            move(server, "t44", "n44");
            assertThat(desk.sync(account, true).moved()).isEqualTo(2);
            desk.accounts.online(false);
            assertThat(desk.library.lyrics(new ItemKey(account, "n3")).join()).hasValueSatisfying(
                    l -> assertThat(l.lines()).extracting(Lyrics.Line::text).containsExactly("Kingfishers over slate"));
            assertThat(desk.library.search("kingfishers slate", 5, false).join().tracks()).extracting(t -> t.key().id())
                    .containsExactly("n3");
            assertThat(number(desk, "fetched_at", "n44")).as("a «none» keeps its date").isEqualTo(asked);
            assertThat(count(desk, "lyrics WHERE track_item_id IN ('t3', 't44')")).isZero();
        }
    }

    private static long number(LibraryDesk desk, String column, String track) {
        return desk.database.readNow(
                sql -> sql.fetchSingle("SELECT " + column + " FROM lyrics WHERE track_item_id = ?", track).get(0, Long.class));
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
            run(desk,
                    "UPDATE track SET title = '" + twin.title().orElseThrow().replace("'", "''")
                            + "', path = '/x/same.flac', duration_ms = 200000"
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

    private static void favourite(FakeMediaServer server, String item, boolean on) {
        server.userData.put(item, new app.waxwing.server.RemoteUserData(item, on, 0, java.util.Optional.empty(), java.time.Duration.ZERO));
    }

    private static Track track(LibraryDesk desk, long account, String id) {
        return desk.library.track(new ItemKey(account, id)).join().orElseThrow();
    }

    @ParameterizedTest(name = "full: {0}")
    @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
    @DisplayName("Issue 4: a moved file keeps a favourite that its server had, and the server is told of it under the new id")
    void keepsSentFavourite(boolean full, @TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t1");
            favourite(server, "t3", true);
            favourite(server, "t5", true);
            favourite(server, "al2", true);
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            assertThat(track(desk, account, "t3").favourite()).isTrue();
            server.clock = server.clock.plusSeconds(3_600);
            move(server, "t3", "n3");
            server.userData.remove("t3");
            favourite(server, "t5", false);
            favourite(server, "al2", false);
            assertThat(desk.sync(account, full).moved()).isEqualTo(1);
            assertThat(track(desk, account, "n3").favourite()).isTrue();
            assertThat(count(desk, "pending_action WHERE item_id = 'n3' AND kind = 'favourite' AND detail = 'on'")).isEqualTo(1);
            assertThat(track(desk, account, "t5").favourite()).as("the server gives it and says that it is none").isFalse();
            assertThat(count(desk, "user_data WHERE item_id = 'al2' AND is_favourite = 1")).isZero();
        }
    }

    @Test
    @DisplayName("Issue 4: what its server no longer has stays a favourite and in its playlists, so that it is not purged; what somebody removed from a playlist goes")
    void goneStays(@TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(200);
            server.playlist("p1", "Evening", "t1", "t7", "t2", "t7", "t4");
            for (String id : List.of("t3", "al19", "ar6")) favourite(server, id, true);
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            for (String id : List.of("t3", "t7", "t9")) server.tracks.remove(id);
            server.userData.remove("t3");
            // As Jellyfin does: what it no longer has is in no list; t2 was removed by somebody.
            server.playlist("p1", "Evening", "t1", "t4");
            for (int i = 0; i < 3; i++) desk.sync(account, true);
            var list = new ItemKey(account, "p1");
            assertThat(desk.library.tracksOf(list).join()).extracting(t -> t.key().id()).containsExactly("t1", "t7", "t7", "t4");
            assertThat(track(desk, account, "t7").availability()).isEqualTo(Availability.GONE);
            run(desk, "UPDATE track SET gone_at = 1 WHERE gone_at IS NOT NULL");
            new app.waxwing.store.Retention(desk.database).run(desk.time.now(), 730, 90).join();
            assertThat(desk.library.track(new ItemKey(account, "t9")).join()).as("nothing refers to it").isEmpty();
            assertThat(track(desk, account, "t3").favourite()).isTrue();
            assertThat(desk.library.tracksOf(list).join()).extracting(t -> t.key().id()).containsExactly("t1", "t7", "t7", "t4");
            new UserEdits(desk.database, desk.changes, new PendingActions(desk.database), desk.time)
                    .removeFromPlaylist(list, List.of(1, 2)).join();
            run(desk, "DELETE FROM pending_action");
            desk.sync(account, true);
            assertThat(desk.library.tracksOf(list).join()).extracting(t -> t.key().id()).containsExactly("t1", "t4");
        }
    }

    @Test
    @DisplayName("Issue 4: a moved file keeps its place in a playlist whose server left it out, and the server is told to add it, once")
    void keepsPlace(@TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t1", "t3", "t2");
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            move(server, "t3", "n3");
            server.playlist("p1", "Evening", "t1", "t2");
            assertThat(desk.sync(account, true).moved()).isEqualTo(1);
            var list = new ItemKey(account, "p1");
            assertThat(desk.library.tracksOf(list).join()).extracting(t -> t.key().id()).containsExactly("t1", "n3", "t2");
            assertThat(count(desk, "pending_action WHERE item_id = 'p1' AND kind = 'playlist-add'")).isEqualTo(1);
            assertThat(count(desk, "pending_action_item WHERE track_item_id = 'n3'")).isEqualTo(1);
            // and where the server put it there itself, nothing is told
            server.playlist("p2", "Morning", "t5", "t6", "t5");
            desk.sync(account, false);
            move(server, "t5", "n5");
            server.playlist("p2", "Morning", "n5", "t6", "n5");
            assertThat(desk.sync(account, true).moved()).isEqualTo(1);
            assertThat(desk.library.tracksOf(new ItemKey(account, "p2")).join()).extracting(t -> t.key().id())
                    .containsExactly("n5", "t6", "n5");
            assertThat(count(desk, "pending_action WHERE item_id = 'p2'")).isZero();
        }
    }

    private static void queued(LibraryDesk desk, long account, String item, String status) {
        run(desk,
                "INSERT INTO download (account_id, item_id, origin, class, status, file_path, folder_id, queued_at, completed_at) VALUES ("
                        + account + ", '" + item + "', 'user', 1, '" + status + "', '" + item + ".flac', 1, 1, 2)");
        run(desk, "INSERT INTO keep_reason VALUES (" + account + ", '" + item + "', 'album', 'al0', 1)");
    }

    @ParameterizedTest(name = "under the new id: {0}, whole: {1}")
    @CsvSource({"pending, false", "downloading, false", "completed, true"})
    @DisplayName("Issue 4: where a new id has a download or a file already, the old file stays with its wish and what hangs on it, and the new one is left to be removed")
    void oldFileStays(String status, boolean whole, @TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t1");
            favourite(server, "t3", true);
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            desk.file(new ItemKey(account, "t3"), true, "t3.flac", 5);
            queued(desk, account, "t3", "completed");
            move(server, "t3", "n3");
            favourite(server, "t3", false);
            // Before the pass comes to know it again it is wished for anew.
            queued(desk, account, "n3", status);
            if (whole) desk.file(new ItemKey(account, "n3"), true, "n3.flac", 5);
            assertThat(desk.sync(account, true).moved()).isEqualTo(1);
            assertThat(count(desk, "media_file WHERE item_id = 'n3' AND path = 't3.flac'")).isEqualTo(1);
            assertThat(count(desk, "media_file")).isEqualTo(1);
            assertThat(count(desk, "download WHERE item_id = 'n3' AND file_path = 't3.flac' AND deleted_at IS NULL")).isEqualTo(1);
            assertThat(count(desk, "download WHERE file_path = 'n3.flac' AND deleted_at IS NOT NULL AND status = '"
                    + (whole ? "completed" : "paused") + "'")).isEqualTo(1);
            assertThat(count(desk, "reserved_path WHERE path_key = 'n3.flac'")).as("its name is free when it is gone")
                    .isEqualTo(whole ? 1 : 0);
            assertThat(count(desk, "keep_reason WHERE track_item_id = 'n3'")).isEqualTo(1);
            assertThat(count(desk, "keep_reason")).isEqualTo(1);
            assertThat(track(desk, account, "n3").favourite()).isTrue();
            assertThat(track(desk, account, "n3").availability()).isEqualTo(Availability.LOCAL);
        }
    }

    @Test
    @DisplayName("Issue 4: while a sync runs, and after one that was stopped or failed, nothing counts as settled; once one came to its end it does")
    void settled(@TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t1");
            long account = desk.account(server, "ida").id();
            assertThat(isSettled(desk, account)).as("never synced").isTrue();
            var during = new java.util.concurrent.CopyOnWriteArrayList<Boolean>();
            try (var _ = desk.sync.progress().subscribe(p -> {
                if (!p.finished()) during.add(isSettled(desk, account));
            })) {
                desk.sync(account, false);
                put(server, "n1", "t1");
                assertThat(isSettled(desk, account)).isTrue();
                desk.sync(account, false);
            }
            assertThat(during).isNotEmpty().containsOnly(false);
            assertThat(isSettled(desk, account)).isTrue();
            for (boolean full : List.of(true, false)) {
                int at = server.calls() + (full ? 5 : 4);
                server.failsAt = n -> n == at;
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> desk.sync(account, full)).as("full: %s", full)
                        .isInstanceOf(app.waxwing.base.FailureException.class);
                assertThat(isSettled(desk, account)).isFalse();
                desk.sync(account, false);
                assertThat(isSettled(desk, account)).isTrue();
            }
        }
    }

    private static void put(FakeMediaServer server, String id, String like) {
        RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.get(like));
        server.clock = server.clock.plusSeconds(3_600);
        server.put(
                FakeMediaServer.track(id, "Another", t.albumId().orElseThrow(), t.albumTitle().orElseThrow(), t.artists().getFirst(), 20));
    }

    @Test
    @DisplayName("Issue 4: after a sync that broke off a track is one of its own that was known before, or that is like none with a file, a download "
            + "or a word against it; while a sync runs nothing is broken off")
    void ofTheirOwn(@TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t1");
            long account = desk.account(server, "ida").id();
            server.failsAt = n -> server.calls.getLast().startsWith("playlists");
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> desk.sync(account, false));
            assertThat(desk.database.<java.util.Set<Long>>readNow(SyncEngine::brokenOff)).containsExactly(account);
            assertThat(own(desk, account, "t1", "t2")).as("no pass has come to its end: nothing can have moved").containsExactly("t1",
                    "t2");
            server.failsAt = n -> false;
            desk.sync(account, false);
            desk.file(new ItemKey(account, "t5"), true, "t5.flac", 5);
            run(desk, "INSERT INTO keep_exception (account_id, kind, source_item_id, track_item_id) VALUES (" + account
                    + ", 'album', 'al0', 't6')");
            like(server, "like-t5", "t5");
            like(server, "like-t6", "t6");
            like(server, "like-t7", "t7");
            put(server, "like-none", "t5");
            var during = new java.util.concurrent.CopyOnWriteArrayList<java.util.Set<Long>>();
            server.failsAt = n -> server.calls.getLast().startsWith("playlists");
            try (var _ = desk.sync.progress().subscribe(p -> {
                if (!p.finished()) during.add(desk.database.readNow(SyncEngine::brokenOff));
            })) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> desk.sync(account, false));
            }
            assertThat(during).isNotEmpty().allMatch(java.util.Set::isEmpty);
            assertThat(isSettled(desk, account)).isFalse();
            assertThat(desk.database.<java.util.Set<Long>>readNow(SyncEngine::brokenOff)).containsExactly(account);
            assertThat(own(desk, account, "t5", "like-t5", "like-t6", "like-t7", "like-none")).containsExactly("t5", "like-t7",
                    "like-none");
            server.failsAt = n -> false;
            desk.sync(account, false);
            assertThat(desk.database.<java.util.Set<Long>>readNow(SyncEngine::brokenOff)).isEmpty();
        }
    }

    /// The same song under another id and path.
    private static void like(FakeMediaServer server, String id, String like) {
        RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.get(like));
        server.clock = server.clock.plusSeconds(3_600);
        server.put(FakeMediaServer.track(id, t.title().orElseThrow(), t.albumId().orElseThrow(), t.albumTitle().orElseThrow(),
                t.artists().getFirst(), t.number().orElseThrow()));
    }

    private static List<String> own(LibraryDesk desk, long account, String... ids) {
        List<Long> rows = java.util.stream.Stream.of(ids).map(id -> track(desk, account, id).row()).toList();
        java.util.Set<Long> own = desk.database.readNow(sql -> SyncEngine.ofTheirOwn(sql, account, rows));
        return java.util.stream.Stream.of(ids).filter(id -> own.contains(track(desk, account, id).row())).toList();
    }

    private static boolean isSettled(LibraryDesk desk, long account) {
        var a = app.waxwing.store.schema.Tables.ACCOUNT;
        return desk.database.readNow(sql -> sql.fetchExists(a, a.ID.eq(account).and(SyncEngine.settled(a.ID))));
    }

    @ParameterizedTest(name = "into an album that was there: {0}")
    @org.junit.jupiter.params.provider.ValueSource(booleans = {false, true})
    @DisplayName("Issue 4: an album that moves as a whole stays kept and a favourite under its new id; into one with other tracks it is not kept with them")
    void albumMoves(boolean there, @TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            var server = new FakeMediaServer("one").fill(100);
            server.playlist("p1", "Evening", "t1");
            favourite(server, "al2", true);
            long account = desk.account(server, "ida").id();
            desk.sync(account, false);
            run(desk, "INSERT INTO kept_collection VALUES (" + account + ", 'album', 'al2', 'original', 0, 1)");
            run(desk, "INSERT INTO keep_reason SELECT account_id, item_id, 'album', 'al2', 1 FROM track WHERE album_item_id = 'al2'"
                    + " AND item_id <> 't25'");
            run(desk, "INSERT INTO keep_exception VALUES (" + account + ", 'album', 'al2', 't25')");
            var album = java.util.Objects.requireNonNull(server.albums.remove("al2"));
            String to = there ? "al5" : "bl2";
            if (!there)
                server.albums.put(to, new app.waxwing.server.RemoteAlbum(to, album.title(), album.sortTitle(), album.artists(),
                        album.year(), album.imageTag(), album.gainDb(), album.added(), album.favourite()));
            for (int i = 20; i < 30; i++) {
                RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.remove("t" + i));
                server.put(FakeMediaServer.track("n" + i, t.title().orElseThrow(), to, t.albumTitle().orElseThrow(), t.artists().getFirst(),
                        t.number().orElseThrow()));
            }
            server.userData.remove("al2");
            assertThat(desk.sync(account, true).moved()).isEqualTo(10);
            String kept = there ? "al2" : "bl2";
            assertThat(count(desk, "kept_collection WHERE source_item_id = '" + kept + "'")).isEqualTo(1);
            assertThat(count(desk, "keep_reason WHERE source_item_id = '" + kept + "' AND track_item_id LIKE 'n2%'")).isEqualTo(9);
            assertThat(count(desk, "keep_exception WHERE source_item_id = '" + kept + "' AND track_item_id = 'n25'")).isEqualTo(1);
            assertThat(count(desk, "kept_collection") + count(desk, "keep_reason") + count(desk, "keep_exception")).isEqualTo(11);
            assertThat(count(desk, "user_data WHERE item_id = '" + to + "' AND is_favourite_shown = 1 AND kind = 'album'")).isEqualTo(1);
            assertThat(count(desk, "pending_action WHERE item_id = '" + to + "' AND item_kind = 'album' AND detail = 'on'")).isEqualTo(1);
        }
    }

    private static void move(FakeMediaServer server, String from, String to) {
        RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.remove(from));
        RemoteTrack moved = FakeMediaServer.track(to, t.title().orElseThrow(), t.albumId().orElseThrow(), t.albumTitle().orElseThrow(),
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
