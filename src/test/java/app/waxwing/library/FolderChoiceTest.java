package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteFolder;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of a server's libraries are here.
class FolderChoiceTest {
    @TempDir
    Path folder;
    private final FakeMediaServer server = new FakeMediaServer("one").fill(300);
    private LibraryDesk desk;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server.folders = new ArrayList<>(server.folders);
        server.folders.add(new RemoteFolder("talks", "Talks", "music"));
        var speaker = new ArtistRef("ar-s", "A Speaker");
        server.albums.put("al-s",
                new RemoteAlbum("al-s", Optional.of("Evenings"), Optional.of("Evenings"), List.of(speaker), OptionalInt.empty(),
                        Optional.empty(),
                        OptionalDouble.empty(), Optional.empty(), Optional.of(false)));
        server.folderOf.put("al-s", "talks");
        for (int i = 0; i < 60; i++) {
            server.tracks.put("s" + i, FakeMediaServer.track("s" + i, "Evening " + i, "al-s", "Evenings", speaker, i + 1));
            server.folderOf.put("s" + i, "talks");
        }
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Optional<java.time.Instant> lastSync() {
        return java.util.Objects.requireNonNull(desk.sync.last().join().get(account)).at();
    }

    private Library.Totals totals() {
        return desk.library.totals().join();
    }

    @Test
    @DisplayName("A library that is left out is hidden with its albums, artists and files, and comes with no sync; chosen again it is back at once")
    void leftOutAndBack() {
        desk.file(new ItemKey(account, "s3"), true, "s3.flac", 5);
        desk.file(new ItemKey(account, "t3"), true, "t3.flac", 5);
        var before = totals();
        assertThat(before.tracks()).isEqualTo(360);
        assertThat(desk.sync.folders(account).join()).extracting(LibrarySync.Folder::title, LibrarySync.Folder::synced,
                LibrarySync.Folder::tracks).containsExactly(org.assertj.core.groups.Tuple.tuple("Music", true, 300L),
                        org.assertj.core.groups.Tuple.tuple("Talks", true, 60L));

        assertThat(desk.sync.choose(account, "talks", false).join()).isEqualTo(60);
        hidden(before);
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, i > 0).removed()).isZero();
        hidden(before);
        new app.waxwing.store.Retention(desk.database).run(desk.time.now().plus(java.time.Duration.ofDays(400)), 0, 90).join();
        assertThat(desk.sync.held().join()).as("nothing is asked about it").isEmpty();
        server.clock = server.clock.plusSeconds(3_600);
        server.put(FakeMediaServer.track("s3", "Evening Three", "al-s", "Evenings", new ArtistRef("ar-s", "A Speaker"), 4));
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).as("one count, of the library that is here").isEqualTo(1);
        hidden(before);

        assertThat(desk.sync.choose(account, "talks", true).join()).isEqualTo(60);
        assertThat(totals().tracks()).isEqualTo(360);
        assertThat(totals().albums()).isEqualTo(before.albums());
        assertThat(totals().artists()).isEqualTo(before.artists());
        assertThat(desk.library.track(new ItemKey(account, "s3")).join().orElseThrow().availability()).isEqualTo(Availability.LOCAL);
        desk.sync(account, true);
        assertThat(desk.library.track(new ItemKey(account, "s3")).join().orElseThrow().title()).isEqualTo("Evening Three");
        assertThat(desk.sync(account, true).removed()).isZero();
    }

    @ParameterizedTest(name = "when it was left out is known: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("Issue 4 what changed in a library while it was left out comes with the first ordinary sync after it is taken in again")
    void changedWhileLeftOut(boolean known) {
        desk.sync.choose(account, "talks", false).join();
        server.clock = server.clock.plusSeconds(3_600);
        server.put(FakeMediaServer.track("s3", "Evening Three", "al-s", "Evenings", new ArtistRef("ar-s", "A Speaker"), 4));
        server.clock = server.clock.plusSeconds(3_600);
        desk.sync(account, false);
        var s = app.waxwing.store.schema.Tables.SYNC_STATE;
        if (!known)
            desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                    sql -> sql.deleteFrom(s).where(s.SCOPE.startsWith("left-out/")).execute()).join();
        var synced = lastSync();
        desk.sync.choose(account, "talks", true).join();
        assertThat(lastSync()).as("when it was synced last").isEqualTo(synced);
        server.calls.clear();
        assertThat(desk.sync(account, false).updated()).isOne();
        assertThat(desk.library.track(new ItemKey(account, "s3")).join().orElseThrow().title()).isEqualTo("Evening Three");
        assertThat(server.calls("albums ")).as("a pass").isZero();
        assertThat(server.calls).contains("tracksChanged " + (known ? "2026-03-01T11:55:00Z" : "1970-01-01T00:00:00Z"));
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls).as("the one after it").contains("tracksChanged 2026-03-01T13:55:00Z");
    }

    @Test
    @DisplayName("Issue 4 of a library that is taken in again too an item goes when two passes in a row did not meet it, not one")
    void twoPassesAfterItIsBack() {
        desk.sync.choose(account, "talks", false).join();
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        desk.sync.choose(account, "talks", true).join();
        var lost = java.util.Objects.requireNonNull(server.tracks.remove("s7"));
        assertThat(desk.sync(account, true).removed()).isZero();
        assertThat(totals().tracks()).isEqualTo(360);
        server.tracks.put("s7", lost);
        desk.sync(account, true);
        server.tracks.remove("s7");
        assertThat(desk.sync(account, true).removed()).isZero();
        assertThat(desk.sync(account, true).removed()).isOne();
        assertThat(totals().tracks()).isEqualTo(359);
    }

    @Test
    @DisplayName("Issue 4 a server that names none of its libraries any more is not read as a whole: what was left out stays so, nothing goes, and what changes meanwhile comes later")
    void noLibrariesNamed() {
        desk.sync.choose(account, "talks", false).join();
        var named = server.folders;
        server.folders = List.of();
        server.clock = server.clock.plusSeconds(3_600);
        server.put(FakeMediaServer.track("t3", "Another Name", "al0", "x", new ArtistRef("ar0", "x"), 4));
        for (int i = 0; i < 3; i++) {
            server.clock = server.clock.plusSeconds(3_600);
            assertThat(desk.sync(account, i == 1).removed()).isZero();
            assertThat(totals().tracks()).isEqualTo(300);
        }
        assertThat(desk.sync.folders(account).join()).extracting(LibrarySync.Folder::synced).containsExactly(true, false);
        server.folders = named;
        desk.sync(account, false);
        assertThat(totals().tracks()).isEqualTo(300);
        assertThat(desk.library.track(new ItemKey(account, "t3")).join().orElseThrow().title()).isEqualTo("Another Name");
    }

    @Test
    @DisplayName("Issue 4 a sync that is asked for while a library is being chosen begins when that is done, and reads")
    void syncWhileChosen() throws Exception {
        var go = new java.util.concurrent.CountDownLatch(1);
        var held = desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> {
            try {
                return go.await(60, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        server.calls.clear();
        var chosen = desk.sync.choose(account, "talks", false);
        var asked = desk.sync.sync(account, false);
        go.countDown();
        assertThat(held.join()).isTrue();
        assertThat(chosen.join()).isEqualTo(60);
        assertThat(asked.get(60, java.util.concurrent.TimeUnit.SECONDS).tracks()).isEqualTo(300);
        assertThat(server.calls("tracksChanged ")).isEqualTo(1);
    }

    @Test
    @DisplayName("A playlist shows a track of a library that was left out as what it is: on its server, and not gone")
    void inAPlaylist() {
        server.playlist("p1", "Both", "t1", "s1");
        desk.sync(account, true);
        desk.sync.choose(account, "talks", false).join();
        var list = Query.ALL.within(new Query.Within.InPlaylist(new ItemKey(account, "p1")));
        assertThat(desk.library.tracks(list).join().items()).extracting(t -> t.key().id(), Track::availability).containsExactly(
                org.assertj.core.groups.Tuple.tuple("t1", Availability.REMOTE),
                org.assertj.core.groups.Tuple.tuple("s1", Availability.REMOTE));
    }

    private void hidden(Library.Totals before) {
        var now = totals();
        assertThat(now.tracks()).isEqualTo(300);
        assertThat(now.albums()).isEqualTo(before.albums() - 1);
        assertThat(now.artists()).isEqualTo(before.artists() - 1);
        assertThat(desk.library.tracks(Query.ALL.playableOnly(true)).join().items()).extracting(t -> t.key().id()).containsExactly("t3");
        assertThat(desk.library.search("evening", 50, false).join().tracks()).noneMatch(t -> t.key().id().startsWith("s"));
        int files = desk.database.readNow(sql -> sql.fetchCount(app.waxwing.store.schema.Tables.MEDIA_FILE));
        assertThat(files).as("files stay").isEqualTo(2);
        assertThat(desk.sync.folders(account).join()).extracting(LibrarySync.Folder::synced).containsExactly(true, false);
    }

    @Test
    @DisplayName("3.15 what cannot be used is counted for the user, with the time of the last sync")
    void lastAndUnusable() {
        server.unknownKinds = 3;
        desk.sync(account, true);
        var last = java.util.Objects.requireNonNull(desk.sync.last().join().get(account));
        assertThat(last.unusable()).isEqualTo(3);
        assertThat(last.at()).isPresent();
        assertThat(desk.sync.last().join()).doesNotContainKey(account + 1);
    }

    @Test
    @DisplayName("A sync waits up to half a second a page for downloads and up to five for sound that has little ahead, in short steps, and no longer")
    void givesWay() {
        assertThat(waits(GiveWay.Traffic.NONE)).isZero();
        assertThat(waits(GiveWay.Traffic.DOWNLOAD)).isEqualTo(500);
        assertThat(waits(GiveWay.Traffic.SOUND)).isEqualTo(5_000);
        assertThat(GiveWay.rest(GiveWay.Traffic.SOUND, java.time.Duration.ofMillis(4_950)).toMillis()).isEqualTo(50);
    }

    private static long waits(GiveWay.Traffic traffic) {
        var waited = java.time.Duration.ZERO;
        for (var rest = GiveWay.rest(traffic, waited); !rest.isZero(); rest = GiveWay.rest(traffic, waited)) {
            assertThat(rest).isLessThanOrEqualTo(GiveWay.STEP);
            waited = waited.plus(rest);
        }
        return waited.toMillis();
    }

    @Test
    @DisplayName("While sound wants the network no further page is asked for; a stop is heard all the same")
    void aPageWaits() throws Exception {
        server.shortPages = 50;
        var asked = new java.util.concurrent.CompletableFuture<Integer>();
        var traffic = new java.util.concurrent.atomic.AtomicReference<>(GiveWay.Traffic.SOUND);
        desk.sync.giveWayTo(() -> {
            asked.complete(0);
            return traffic.get();
        });
        server.calls.clear();
        var running = desk.sync.sync(account, true);
        asked.get(60, java.util.concurrent.TimeUnit.SECONDS);
        desk.sync.stop(account);
        running.get(60, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(server.calls("artists 50")).isZero();
        traffic.set(GiveWay.Traffic.NONE);
        assertThat(desk.sync(account, true).tracks()).isEqualTo(360);
    }
}
