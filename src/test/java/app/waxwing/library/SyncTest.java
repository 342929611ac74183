package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.RemoteUserData;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private FakeMediaServer server;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server = new FakeMediaServer("one").fill(1_250);
        server.playlist("p1", "Evening", "t3", "t1", "t3");
        server.userData.put("t5", new RemoteUserData("t5", true, 4, Optional.of(Instant.parse("2026-02-01T10:00:00Z")), Duration.ZERO));
        account = desk.account(server, "ida").id();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Track track(String id) {
        return desk.library.track(new ItemKey(account, id)).join().orElseThrow();
    }

    @Test
    @DisplayName("A first sync brings everything: items, playlists in order with repeats, user data, figures of albums and artists")
    void firstSync() {
        var report = desk.sync(account, false);
        assertThat(report.tracks()).isEqualTo(1_250);
        assertThat(report.albums()).isEqualTo(125);
        assertThat(report.artists()).isEqualTo(42);
        assertThat(report.playlists()).isEqualTo(1);
        assertThat(report.added()).isEqualTo(1_250 + 125 + 42 + 1);
        assertThat(report.removed()).isZero();
        var album = desk.library.album(new ItemKey(account, "al7")).join().orElseThrow();
        assertThat(album.trackCount()).isEqualTo(10);
        assertThat(album.duration()).isEqualTo(Duration.ofSeconds(2_055));
        var artist = desk.library.artist(new ItemKey(account, "ar2")).join().orElseThrow();
        assertThat(artist.trackCount()).isEqualTo(30);
        assertThat(artist.albumCount()).isEqualTo(3);
        assertThat(desk.library.tracksOf(new ItemKey(account, "p1")).join()).extracting(t -> t.key().id()).containsExactly("t3", "t1",
                "t3");
        assertThat(desk.library.playlist(new ItemKey(account, "p1")).join().orElseThrow().duration())
                .isEqualTo(Duration.ofSeconds(204 + 202 + 204));
        var played = track("t5");
        assertThat(played.favourite()).isTrue();
        assertThat(played.playCount()).isEqualTo(4);
        assertThat(played.genres()).containsExactly("Rock", "Jazz");
        assertThat(played.cover()).hasValueSatisfying(c -> assertThat(c.tag()).isEqualTo("tag0"));
        assertThat(server.calls("tracks ")).isEqualTo(3);
    }

    @Test
    @DisplayName("A second sync asks only for what changed since five minutes before the first began, and changes nothing")
    void incremental() {
        desk.sync(account, false);
        server.calls.clear();
        var second = desk.sync(account, false);
        assertThat(second.added() + second.updated() + second.removed()).isZero();
        assertThat(server.calls).contains("tracksChanged 2026-03-01T11:55:00Z").doesNotContain("artists ", "entries p1");
        server.clock = server.clock.plusSeconds(3_600);
        server.put(FakeMediaServer.track("new", "Brand New", "al0", "x", new ArtistRef("ar-new", "Newcomer"), 11));
        server.artists.put("ar-new",
                new app.waxwing.server.RemoteArtist("ar-new", Optional.of("Newcomer"), Optional.of("newcomer"), Optional.of("pic"),
                        Optional.empty()));
        var third = desk.sync(account, false);
        assertThat(third.added()).isEqualTo(2);
        assertThat(track("new").artist()).isEqualTo("Newcomer");
        assertThat(desk.library.artist(new ItemKey(account, "ar-new")).join().orElseThrow().cover()).isPresent();
        assertThat(desk.library.album(new ItemKey(account, "al0")).join().orElseThrow().trackCount()).isEqualTo(11);
        assertThat(desk.library.search("brand new", 5, false).join().tracks()).hasSize(1);
    }

    @Test
    @DisplayName("Each sync asks anew what the account may do, so that a right that was taken away is known with it")
    void rights() {
        desk.sync(account, false);
        desk.sync(account, true);
        assertThat(desk.accounts.renewed).containsExactly(account, account);
    }

    @Test
    @DisplayName("A full sync of an unchanged library changes nothing")
    void idempotent() {
        desk.sync(account, true);
        var again = desk.sync(account, true);
        assertThat(again.added() + again.updated() + again.removed()).isZero();
        assertThat(again.tracks()).isEqualTo(1_250);
    }

    @Test
    @DisplayName("3.21 what the server leaves out stays as it was; what it says empty becomes empty")
    void absentNeverErases() {
        desk.sync(account, false);
        RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.get("t5"));
        server.clock = server.clock.plusSeconds(3_600);
        server.put(new RemoteTrack("t5", Optional.of(""), Optional.of(""), Optional.empty(), Optional.empty(), List.of(), List.of(),
                OptionalInt.empty(), t.number(),
                OptionalInt.of(2001),
                List.of(), Optional.empty(), Optional.empty(), java.util.OptionalLong.empty(), OptionalInt.empty(), Optional.empty(),
                Optional.empty(),
                Optional.empty(), java.util.OptionalDouble.empty(), java.util.OptionalDouble.empty(), false, Optional.empty(),
                Optional.empty(), Optional.empty(),
                Optional.empty()));
        assertThat(desk.sync(account, false).updated()).isEqualTo(1);
        var now = track("t5");
        assertThat(now.title()).isEmpty();
        assertThat(now.year()).hasValue(2001);
        assertThat(now.artist()).isEqualTo(t.artists().getFirst().name());
        assertThat(now.genres()).containsExactly("Rock", "Jazz");
        assertThat(now.albumId()).contains("al0");
        assertThat(now.duration()).isPresent();
        assertThat(now.container()).contains("flac");
    }

    /// What the server says a track, an album, an artist and a playlist are called.
    private void called(Optional<String> name) {
        RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.get("t5"));
        server.tracks.put("t5", new RemoteTrack("t5", name, name, t.albumId(), name, t.artists(), t.albumArtists(), t.disc(), t.number(),
                t.year(), t.genres(), t.duration(), t.container(), t.size(), t.bitrate(), Optional.empty(), t.musicBrainzId(), t.imageTag(),
                t.gainDb(), t.albumGainDb(), t.hasLyrics(), t.changeTag(), t.added(), t.userData(), t.problem()));
        var album = java.util.Objects.requireNonNull(server.albums.get("al0"));
        server.albums.put("al0", new app.waxwing.server.RemoteAlbum("al0", name, name, album.artists(), album.year(), album.imageTag(),
                album.gainDb(), album.added(), album.favourite()));
        server.artists.put("ar0", new app.waxwing.server.RemoteArtist("ar0", name, name, Optional.empty(), Optional.of(false)));
        var list = java.util.Objects.requireNonNull(server.playlists.get("p1"));
        server.playlists.put("p1", new app.waxwing.server.RemotePlaylist("p1", name, list.imageTag(), true, list.changeTag(),
                list.favourite()));
    }

    private List<String> names() {
        return List.of(desk.database.readNow(sql -> sql.fetchSingle("""
                SELECT (SELECT title || '/' || sort_title || '/' || path FROM track WHERE item_id = 't5'),
                    (SELECT title || '/' || sort_title FROM album WHERE item_id = 'al0'),
                    (SELECT name || '/' || sort_name FROM artist WHERE item_id = 'ar0'),
                    (SELECT title || '/' || sort_title FROM playlist WHERE item_id = 'p1')""").into(String[].class)));
    }

    @Test
    @DisplayName("3.21 null never erases a title or what it is sorted by, of tracks, albums, artists and playlists, and search finds them; empty text does")
    void titlesStay() {
        desk.sync(account, false);
        List<String> before = names();
        String title = track("t5").title();
        called(Optional.empty());
        assertThat(desk.sync(account, true).updated()).isZero();
        assertThat(names()).isEqualTo(before).doesNotContain("/");
        assertThat(desk.library.search(title, 50, false).join().tracks()).extracting(t -> t.key().id()).contains("t5");
        assertThat(desk.library.search("Evening", 50, false).join().playlists()).isNotEmpty();
        called(Optional.of(""));
        assertThat(desk.sync(account, true).updated()).isEqualTo(4);
        assertThat(names()).containsExactly("//" + "/music/al0/t5.flac", "/", "/", "/");
        called(Optional.empty());
        desk.sync(account, true);
        assertThat(names()).as("of something without a name").containsExactly("//" + "/music/al0/t5.flac", "/", "/", "/");
    }

    @Test
    @DisplayName("Pages that are short, repeat items and miss others are read again until the distinct ids fit the server's count")
    void unstablePages() {
        server.shortPages = 97;
        server.overlap = 2;
        var report = desk.sync(account, false);
        // The pages miss nothing here, since each repeats what the one before left out.
        assertThat(report.tracks()).isEqualTo(1_250);
        assertThat(report.removed()).isZero();
    }

    @Test
    @DisplayName("3.15 entries of unknown kind are counted and skipped, and are no reason to read again")
    void unknownKinds() {
        server.unknownKinds = 3;
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).isEqualTo(3);
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).as("only the count").isEqualTo(1);
    }

    @Test
    @DisplayName("Items that the server counts and never delivers cost one repetition, not one at every sync")
    void invisibleItems() {
        server.invisible = 5;
        var report = desk.sync(account, false);
        assertThat(report.tracks()).isEqualTo(1_250);
        assertThat(server.calls("tracks ")).isEqualTo(6);
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).isEqualTo(1);
    }

    @Test
    @DisplayName("What vanished on the server is gone here after two complete passes without it: found by the count in an ordinary sync; with its file it plays")
    void deletions() {
        desk.sync(account, false);
        server.tracks.remove("t11");
        server.tracks.remove("t12");
        desk.file(new ItemKey(account, "t12"), true, "t12.flac", 5);
        assertThat(desk.sync(account, false).removed()).isZero();
        assertThat(track("t11").availability()).isEqualTo(Availability.REMOTE);
        var report = desk.sync(account, false);
        assertThat(report.removed()).isEqualTo(2);
        assertThat(report.tracks()).isEqualTo(1_248);
        assertThat(track("t11").availability()).isEqualTo(Availability.GONE);
        assertThat(track("t12").availability()).isEqualTo(Availability.LOCAL);
        assertThat(desk.library.trackRows(Query.ALL).join()).hasSize(1_249);
        assertThat(desk.library.album(new ItemKey(account, "al1")).join().orElseThrow().trackCount()).isEqualTo(8);
        server.tracks.put("t11", FakeMediaServer.track("t11", "Back", "al1", "x", new ArtistRef("ar0", "A"), 2));
        desk.sync(account, true);
        assertThat(track("t11").availability()).isEqualTo(Availability.REMOTE);
    }

    @Test
    @DisplayName("A server that suddenly lists far less is not believed: nothing is marked gone")
    void manyDeletionsAreHeld() {
        desk.sync(account, false);
        for (int i = 0; i < 100; i++) server.tracks.remove("t" + i);
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, true).removed()).isZero();
        assertThat(track("t50").availability()).isEqualTo(Availability.REMOTE);
        server.tracks.clear();
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, true).removed()).isZero();
    }

    @Test
    @DisplayName("A sync broken off at any call goes on from there and ends right (every n)")
    void brokenAtEveryCall() {
        boolean reached = true;
        for (int n = 1; reached; n++) {
            var fresh = new FakeMediaServer("s" + n).fill(400);
            fresh.playlist("p1", "Evening", "t3", "t1");
            fresh.shortPages = 120;
            int at = n;
            fresh.failsAt = k -> k == at;
            long id = desk.account(fresh, "ida").id();
            try {
                desk.sync(id, false);
                reached = fresh.calls() >= n;
                fresh.failsAt = k -> false;
            } catch (FailureException e) {
                assertThat(e.failure().code()).isEqualTo("offline");
            }
            var report = desk.sync(id, false);
            assertThat(report.tracks()).as("broken at call %d", n).isEqualTo(400);
            assertThat(report.albums()).isEqualTo(40);
            assertThat(report.removed()).isZero();
            assertThat(desk.library.tracksOf(new ItemKey(id, "p1")).join()).hasSize(2);
            assertThat(fresh.calls("tracks ")).as("pages read before are not read again").isLessThanOrEqualTo(8);
            assertThat(n).isLessThan(100);
        }
        assertThat(desk.database.integrityCheck().join()).isEmpty();
    }

    @Test
    @DisplayName("0.13 two accounts never see each other's rows; an inactive one is not seen at all")
    void accountsAreApart() {
        var other = new FakeMediaServer("two").fill(30);
        long second = desk.account(other, "bob").id();
        desk.sync(account, false);
        desk.sync(second, false);
        assertThat(desk.library.tracksOf(new ItemKey(second, "al0")).join()).hasSize(10).allMatch(t -> t.key().account() == second);
        assertThat(track("t5").favourite()).isTrue();
        assertThat(desk.library.track(new ItemKey(second, "t5")).join().orElseThrow().favourite()).isFalse();
        assertThat(desk.library.totals().join().tracks()).isEqualTo(1_280);
        var a = app.waxwing.store.schema.Tables.ACCOUNT;
        desk.database.write(Durability.KEPT, Lane.USER, sql -> sql.update(a).set(a.IS_ACTIVE, false).where(a.ID.eq(account)).execute())
                .join();
        assertThat(desk.library.totals().join().tracks()).isEqualTo(30);
        assertThat(desk.library.track(new ItemKey(account, "t5")).join()).isEmpty();
        assertThat(desk.library.search("a", 50, false).join().tracks()).allMatch(t -> t.key().account() == second);
        assertThat(desk.library.find("t900").join()).isEmpty();
        assertThat(desk.library.find("two:t9").join()).isPresent();
        desk.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(a).where(a.ID.eq(second)).execute()).join();
        int left = desk.database.readNow(sql -> sql.fetchCount(app.waxwing.store.schema.Tables.TRACK_FTS));
        assertThat(left).as("the index follows the cascade").isEqualTo(1_250);
    }

    @Test
    @DisplayName("0.8 an edit of a playlist that waits to be sent is not overwritten by a sync")
    void pendingEditsStay() {
        desk.sync(account, false);
        var p = app.waxwing.store.schema.Tables.PENDING_ACTION;
        desk.database.write(Durability.KEPT, Lane.USER,
                sql -> sql.insertInto(p).set(p.ACCOUNT_ID, account).set(p.KIND, "playlist-remove").set(p.ITEM_ID, "p1")
                        .set(p.ITEM_KIND, "playlist")
                        .set(p.DETAIL, "{}").set(p.TOKEN, "x").set(p.CREATED_AT, 0L).execute()
                        + sql.execute("DELETE FROM playlist_item WHERE position = 0"))
                .join();
        desk.sync(account, true);
        assertThat(desk.library.tracksOf(new ItemKey(account, "p1")).join()).extracting(t -> t.key().id()).containsExactly("t1", "t3");
    }

    @Test
    @DisplayName("Stopping ends after the page in work; the next sync goes on and ends right")
    void stops() {
        server.shortPages = 50;
        var random = new Random(11);
        int after = random.nextInt(5, 20);
        var subscription = desk.sync.progress().subscribe(p -> {
            if (server.calls() == after) desk.sync.stop(account);
        });
        var first = desk.sync(account, false);
        subscription.close();
        assertThat(first.tracks()).isLessThan(1_250);
        assertThat(first.stopped()).isTrue();
        var second = desk.sync(account, false);
        assertThat(second.tracks()).isEqualTo(1_250);
        assertThat(second.stopped()).isFalse();
        assertThat(desk.sync.stop(account)).as("none runs").isFalse();
    }

    @Test
    @DisplayName("A server that does not answer fails the sync with the failure that it is")
    void offline() {
        server.failsAt = n -> true;
        assertThatThrownBy(() -> desk.sync(account, false)).isInstanceOfSatisfying(FailureException.class,
                e -> assertThat(e.failure().code()).isEqualTo("offline"));
    }
}
