package app.waxwing.library;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FileByteSource;
import app.waxwing.base.ItemKey;
import app.waxwing.server.RemoteLyrics;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.RemoteUserData;
import app.waxwing.testing.FakeMediaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private FakeMediaServer server;
    private long account;
    private FileTable files;
    private Path media;
    private boolean present = true;

    @BeforeEach
    void open() throws IOException {
        desk = new LibraryDesk(folder);
        server = new FakeMediaServer("one").fill(120);
        Instant day = Instant.now().minus(Duration.ofDays(2));
        for (int i = 0; i < 4; i++) {
            server.userData.put("t" + (20 + i),
                    new RemoteUserData("t" + (20 + i), false, 9 - i, Optional.of(day.plusSeconds(200L * i)), Duration.ZERO));
        }
        server.userData.put("t55", new RemoteUserData("t55", true, 2, Optional.of(day.minusSeconds(90_000)), Duration.ZERO));
        server.userData.put("al3", new RemoteUserData("al3", true, 0, Optional.empty(), Duration.ZERO));
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
        media = Files.createDirectory(folder.resolve("media"));
        desk.mediaFolder(media);
        files = new FileTable(desk.database, desk.changes, folder.resolve("cache"), (place, marker) -> present && Files.isDirectory(place),
                desk.time);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private ItemKey key(String id) {
        return new ItemKey(account, id);
    }

    private List<String> ids(Query query) {
        return desk.library.tracks(query).join().items().stream().map(t -> t.key().id()).toList();
    }

    private Locator locator(List<String> asked) {
        return new Locator(files, track -> {
            asked.add("growing " + track.id());
            return Optional.empty();
        }, track -> {
            asked.add("remote " + track.id());
            return new MediaLocator.RemoteAnswer.Refused(new app.waxwing.base.Failure.NotFound("it"));
        }, desk.accounts, desk.io);
    }

    @Test
    @DisplayName("Availability: kept and cached tracks, collections that are here wholly or in part")
    void availability() {
        for (int i = 0; i < 10; i++) desk.file(key("t" + i), true, "a" + i, 1);
        for (int i = 10; i < 20; i++) desk.file(key("t" + i), i % 2 == 0, "a" + i, 1);
        desk.file(key("t21"), false, "a21", 1);
        List<Album> albums = desk.library.albums(Query.ALL).join().items();
        assertThat(albums).hasSize(12).filteredOn(a -> a.key().id().equals("al0")).extracting(Album::availability)
                .containsExactly(Availability.LOCAL);
        assertThat(albums).filteredOn(a -> a.key().id().equals("al1")).extracting(Album::availability).containsExactly(Availability.CACHED);
        assertThat(albums).filteredOn(a -> a.key().id().equals("al2")).extracting(Album::availability, Album::localTracks)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Availability.PARTIAL, 1));
        assertThat(albums).filteredOn(a -> a.key().id().equals("al3")).extracting(Album::availability).containsExactly(Availability.REMOTE);
        assertThat(desk.library.artist(key("ar0")).join().orElseThrow().availability()).isEqualTo(Availability.PARTIAL);
        assertThat(desk.library.albums(Query.ALL.playableOnly(true)).join().total()).isEqualTo(3);
        assertThat(desk.library.tracks(Query.ALL.playableOnly(true)).join().total()).isEqualTo(21);
        assertThat(desk.library.artists(Query.ALL.playableOnly(true)).join().total()).isEqualTo(1);
        assertThat(desk.library.totals().join()).isEqualTo(new Library.Totals(120, 12, 4, 0, 21));
    }

    @Test
    @DisplayName("Lists: sorted, sliced with the whole length, filtered, within a collection; rows by number in the order asked for")
    void lists() {
        assertThat(ids(Query.ALL.within(new Query.Within.InAlbum(key("al2"))))).containsExactly("t20", "t21", "t22", "t23", "t24", "t25",
                "t26", "t27", "t28", "t29");
        assertThat(ids(Query.ALL.within(new Query.Within.ByArtist(key("ar1"))))).hasSize(30);
        assertThat(ids(Query.ALL.sort(Query.Sort.PLAY_COUNT, true).slice(0, 3))).containsExactly("t20", "t21", "t22");
        assertThat(ids(Query.ALL.sort(Query.Sort.LAST_PLAYED, true).slice(0, 2))).containsExactly("t23", "t22");
        assertThat(ids(Query.ALL.sort(Query.Sort.PLAY_COUNT, true)).subList(0, 5)).containsExactly("t20", "t21", "t22", "t23", "t55");
        assertThat(ids(Query.ALL.favouritesOnly(true))).containsExactly("t55");
        assertThat(desk.library.albums(Query.ALL.favouritesOnly(true)).join().items()).extracting(a -> a.key().id()).containsExactly("al3");
        assertThat(desk.library.albums(Query.ALL.sort(Query.Sort.LAST_PLAYED, true).slice(0, 2)).join().items())
                .extracting(a -> a.key().id()).containsExactly("al2", "al5");
        assertThat(desk.library.albums(Query.ALL.sort(Query.Sort.ADDED, true).slice(0, 2)).join().items()).extracting(a -> a.key().id())
                .containsExactly("al0", "al1");
        var slice = desk.library.tracks(Query.ALL.slice(100, 50)).join();
        assertThat(slice.items()).hasSize(20);
        assertThat(slice.total()).isEqualTo(120);
        long[] rows = desk.library.trackRows(Query.ALL).join();
        assertThat(desk.library.tracksByRow(new long[]{rows[7], rows[3], 999_999, rows[7]}).join()).extracting(Track::row)
                .containsExactly(rows[7], rows[3], rows[7]);
        assertThat(ids(Query.ALL.sort(Query.Sort.RANDOM, false))).hasSize(120).doesNotHaveDuplicates();
        Genre jazz = desk.library.genres(Query.ALL).join().items().stream().filter(g -> g.name().equals("Jazz")).findFirst().orElseThrow();
        assertThat(jazz.trackCount()).isEqualTo(60);
        assertThat(desk.library.tracksOf(jazz.key()).join()).hasSize(60);
        assertThat(desk.library.find("al4").join()).containsInstanceOf(LibraryItem.OfAlbum.class);
        assertThat(desk.library.find("one:ar2").join()).containsInstanceOf(LibraryItem.OfArtist.class);
        assertThat(desk.library.find("nothing").join()).isEmpty();
    }

    @Test
    @DisplayName("Home: the rest of what was started, what is new, what was played last and most")
    void home() {
        var home = desk.library.home(5).join();
        assertThat(home.started()).singleElement().satisfies(s -> {
            assertThat(s.album().key().id()).isEqualTo("al2");
            assertThat(s.next().key().id()).isEqualTo("t24");
            assertThat(s.remaining()).isEqualTo(6);
        });
        assertThat(home.added()).hasSize(5);
        assertThat(home.recent()).extracting(a -> a.key().id()).containsExactly("al2", "al5");
        assertThat(home.most()).extracting(t -> t.key().id()).containsExactly("t20", "t21", "t22", "t23", "t55");
    }

    @Test
    @DisplayName("A track that is gone from its server and whose file is here still plays, and is not purged")
    void goneAndHere() throws IOException {
        Path file = Files.write(media.resolve("song.flac"), new byte[77]);
        desk.file(key("t1"), true, "song.flac", 77);
        var t = app.waxwing.store.schema.Tables.TRACK;
        desk.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER,
                sql -> sql.update(t).set(t.GONE_AT, 1L).where(t.ITEM_ID.in("t1", "t99")).execute()).join();
        new app.waxwing.store.Retention(desk.database).run(desk.time.now(), 0, 90).join();
        assertThat(desk.library.track(key("t99")).join()).as("gone for longer than 30 days").isEmpty();
        assertThat(desk.library.track(key("t1")).join().orElseThrow().availability()).isEqualTo(Availability.LOCAL);
        assertThat(locator(new ArrayList<>()).locate(key("t1")).join()).isEqualTo(new Located.LocalFile(file, true));
    }

    @Test
    @DisplayName("2.13, 2.14 the local file first, with no question to anybody; removed behind its back it is not available and its row heals")
    void locates() throws IOException {
        Path file = Files.write(media.resolve("song.flac"), new byte[77]);
        desk.file(key("t1"), true, "song.flac", 77);
        List<String> asked = new ArrayList<>();
        var locator = locator(asked);
        server.calls.clear();
        assertThat(locator.locate(key("t1")).join()).isEqualTo(new Located.LocalFile(file, true));
        assertThat(asked).isEmpty();
        assertThat(server.calls).isEmpty();
        var gone = new CompletableFuture<ItemKey>();
        files.vanished().subscribe(gone::complete);
        Files.write(file, new byte[76]);
        assertThat(locator.locate(key("t1")).join()).isInstanceOf(Located.Nowhere.class);
        assertThat(asked).containsExactly("growing t1", "remote t1");
        assertThat(gone.join()).isEqualTo(key("t1"));
        assertThat(desk.library.track(key("t1")).join().orElseThrow().availability()).isEqualTo(Availability.REMOTE);
    }

    @Test
    @DisplayName("An unplugged drive is «store missing», not lost: the row stays")
    void unplugged() throws IOException {
        Files.write(media.resolve("song.flac"), new byte[77]);
        desk.file(key("t1"), true, "song.flac", 77);
        Path elsewhere = folder.resolve("away");
        Files.move(media, elsewhere);
        desk.accounts.online = false;
        assertThat(locator(new ArrayList<>()).locate(key("t1")).join())
                .isEqualTo(new Located.Nowhere(new app.waxwing.base.Failure.StoreMissing(media.toString())));
        Files.move(elsewhere, media);
        assertThat(files.find(key("t1"))).isPresent();
        assertThat(locator(new ArrayList<>()).locate(key("t2")).join())
                .isEqualTo(new Located.Nowhere(new app.waxwing.base.Failure.Offline("Fake one")));
    }

    @Test
    @DisplayName("Use moves a file to the end of the order of eviction; a row that points out of its folder is not followed")
    void useAndEscape() throws IOException {
        Files.write(media.resolve("a"), new byte[1]);
        desk.file(key("t1"), false, "a", 1);
        desk.file(key("t2"), false, "b", 1);
        files.used(key("t1"));
        files.used(key("t2"));
        files.used(key("t1"));
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> 0).join();
        List<String> order = desk.database
                .readNow(sql -> sql.select(MEDIA_FILE.ITEM_ID).from(MEDIA_FILE).orderBy(MEDIA_FILE.USED_SEQ).fetch(MEDIA_FILE.ITEM_ID));
        assertThat(order).containsExactly("t2", "t1");
        Files.write(folder.resolve("outside"), new byte[5]);
        desk.file(key("t9"), true, "../outside", 5);
        assertThat(files.find(key("t9"))).isEmpty();
        try (var source = new FileByteSource(folder.resolve("outside"))) {
            assertThat(source.length()).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("4.25 by id: each kind is found by its account and id, and by no other's; an id that nobody has finds nothing")
    void byId() {
        try (var other = new LibraryDesk(folder.resolve("two"))) {
            long first = other.account(new FakeMediaServer("one").fill(30), "ida").id();
            var second = new FakeMediaServer("two");
            other.sync(first, false);
            long none = other.account(second, "bo").id();
            assertThat(other.library.track(new ItemKey(first, "t3")).join())
                    .hasValueSatisfying(t -> assertThat(t.key().id()).isEqualTo("t3"));
            assertThat(other.library.album(new ItemKey(first, "al1")).join())
                    .hasValueSatisfying(a -> assertThat(a.key().id()).isEqualTo("al1"));
            assertThat(other.library.artist(new ItemKey(first, "ar0")).join())
                    .hasValueSatisfying(a -> assertThat(a.key().id()).isEqualTo("ar0"));
            for (ItemKey key : List.of(new ItemKey(none, "t3"), new ItemKey(first, "nobody"), new ItemKey(first, "al1"))) {
                assertThat(other.library.track(key).join()).as("%s", key).isEmpty();
            }
            assertThat(other.library.album(new ItemKey(none, "al1")).join()).isEmpty();
            assertThat(other.library.artist(new ItemKey(none, "ar0")).join()).isEmpty();
        }
    }

    @Test
    @DisplayName("4.7, 4.9 lyrics come from the server once and stay; many who ask cause one request; «none» is kept too, and offline is no «none»")
    void lyrics() {
        server.lyrics.put("t1", new RemoteLyrics(List.of(new RemoteLyrics.Line(Optional.of(Duration.ofMillis(12_340)), "[first] line"),
                new RemoteLyrics.Line(Optional.of(Duration.ofMillis(3_723_004)), ""))));
        server.lyrics.put("t2", new RemoteLyrics(List.of(new RemoteLyrics.Line(Optional.empty(), "[00:01.00] not a time"))));
        desk.accounts.online = false;
        assertThat(failure(desk.library.lyrics(key("t1")))).isInstanceOf(Failure.Offline.class);
        desk.accounts.online = true;
        List<CompletableFuture<Optional<Lyrics>>> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) many.add(desk.library.lyrics(key("t1")));
        assertThat(many).allSatisfy(f -> assertThat(f.join().orElseThrow().timed()).isTrue());
        assertThat(desk.library.lyrics(key("t2")).join().orElseThrow().lines().getFirst().text()).isEqualTo("[00:01.00] not a time");
        assertThat(desk.library.lyrics(key("t3")).join()).isEmpty();
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> 0).join();
        assertThat(desk.library.lyrics(key("t3")).join()).isEmpty();
        assertThat(server.calls("lyrics t3")).isEqualTo(1);
        assertThat(server.calls("lyrics t1")).isEqualTo(1);
        desk.accounts.online = false;
        Lyrics kept = desk.library.lyrics(key("t1")).join().orElseThrow();
        assertThat(kept.lines()).containsExactly(new Lyrics.Line(Optional.of(Duration.ofMillis(12_340)), "[first] line"),
                new Lyrics.Line(Optional.of(Duration.ofMillis(3_723_004)), ""));
        assertThat(desk.library.lyrics(key("t2")).join().orElseThrow().timed()).isFalse();
    }

    private static Failure failure(CompletableFuture<?> asked) {
        return FailureException.of(catchThrowable(asked::join));
    }

    @Test
    @DisplayName("C.3 14, 4.7 a server that fails is no «none»: the trouble is said, nothing of it is kept, and the next ask gets the words")
    void lyricsOfAServerInTrouble() {
        server.lyrics.put("t1", new RemoteLyrics(List.of(new RemoteLyrics.Line(Optional.empty(), "la"))));
        for (Failure trouble : List.of(new Failure.Trouble("s", "it had an error of its own (500)"),
                new Failure.ServerBusy("s", Optional.empty()), new Failure.NotPermitted("to connect from this network", true),
                new Failure.Unauthorised("s"), new Failure.Offline("s"))) {
            server.failsAt = n -> true;
            server.failure = trouble;
            assertThat(failure(desk.library.lyrics(key("t1")))).isEqualTo(trouble);
        }
        server.failsAt = n -> false;
        assertThat(desk.library.lyrics(key("t1")).join()).isPresent();
        assertThat(server.calls("lyrics t1")).isEqualTo(6);
        assertThat(desk.database.meters().figures().stream().filter(f -> f.name().equals("lyrics")).findFirst().orElseThrow())
                .matches(f -> f.errors() == 5 && f.misses() == 6 && f.hits() == 0);
    }

    private String counted(String cache) {
        return desk.database.meters().figures().stream().filter(f -> f.name().equals(cache)).findFirst()
                .map(f -> f.hits() + " hits, " + f.misses() + " misses").orElseThrow();
    }

    @Test
    @DisplayName("1.11 each look-up counts once, by whatever way a thing is looked for: by key, by several, by an id of any kind; and so does each list")
    void everyLookUpCounts() {
        desk.database.meters().reset().join();
        assertThat(desk.library.find("t1").join()).isPresent();
        assertThat(desk.library.find("server:t1").join()).isEmpty();
        assertThat(counted("items")).isEqualTo("1 hits, 1 misses");
        assertThat(desk.library.track(key("t1")).join()).isPresent();
        assertThat(desk.library.tracks(List.of(key("t1"), key("t2"))).join()).hasSize(2);
        assertThat(counted("items")).isEqualTo("3 hits, 1 misses");
        assertThat(desk.library.tracks(List.of(key("t1"), key("nothing"))).join()).hasSize(1);
        assertThat(desk.library.tracks(List.of()).join()).isEmpty();
        assertThat(counted("items")).isEqualTo("3 hits, 2 misses");
        String before = counted("lists");
        assertThat(desk.library.tracksOf(key("t1")).join()).hasSize(1);
        desk.library.appearsOn(key("nobody")).join();
        assertThat(before).isEqualTo("0 hits, 0 misses");
        assertThat(counted("lists")).isEqualTo("2 hits, 0 misses");
    }

    @Test
    @DisplayName("C.3 14 «none» is believed offline too; it is forgotten when a sync says that there are words now, not while it says none, and words stay")
    void wordsThatComeLater() {
        assertThat(desk.library.lyrics(key("t1")).join()).isEmpty();
        desk.accounts.online = false;
        assertThat(desk.library.lyrics(key("t1")).join()).isEmpty();
        desk.accounts.online = true;
        server.lyrics.put("t1", new RemoteLyrics(List.of(new RemoteLyrics.Line(Optional.empty(), "la"))));
        desk.sync(account, true);
        assertThat(desk.library.lyrics(key("t1")).join()).as("nothing says so").isEmpty();
        hasLyrics("t1", true);
        desk.sync(account, true);
        assertThat(desk.library.lyrics(key("t1")).join()).isPresent();
        assertThat(server.calls("lyrics t1")).isEqualTo(2);
        hasLyrics("t1", false);
        desk.sync(account, true);
        hasLyrics("t1", true);
        desk.sync(account, true);
        assertThat(desk.library.lyrics(key("t1")).join()).isPresent();
        assertThat(server.calls("lyrics t1")).isEqualTo(2);
        hasLyrics("t2", true);
        desk.sync(account, true);
        assertThat(desk.library.lyrics(key("t2")).join()).as("the flag was wrong").isEmpty();
        hasLyrics("t2", true);
        desk.sync(account, true);
        assertThat(desk.library.lyrics(key("t2")).join()).isEmpty();
        assertThat(server.calls("lyrics t2")).as("the flag alone does not ask again").isEqualTo(1);
    }

    private void hasLyrics(String id, boolean has) {
        RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.get(id));
        server.put(new RemoteTrack(t.id(), t.title(), t.sortTitle(), t.albumId(), t.albumTitle(), t.artists(), t.albumArtists(), t.disc(),
                t.number(), t.year(), t.genres(), t.duration(), t.container(), t.size(), t.bitrate(), t.path(), t.musicBrainzId(),
                t.imageTag(), t.gainDb(), t.albumGainDb(), has, t.changeTag(), t.added(), Optional.empty(), t.problem()));
    }

    @Test
    @DisplayName("B.23 tracks on a drive that is away do not play offline and do not count as not downloaded")
    void onADriveThatIsAway() {
        for (int i = 20; i < 30; i++) desk.file(key("t" + i), true, "a" + i, 3);
        desk.file(key("t50"), false, "a50", 3);
        assertThat(ids(Query.ALL.playableOnly(true))).hasSize(11);
        desk.missing(true);
        assertThat(desk.library.tracksOf(key("al2")).join()).hasSize(10).allMatch(t -> t.availability() == Availability.AWAY);
        assertThat(desk.library.album(key("al2")).join().orElseThrow()).matches(a -> a.availability() == Availability.AWAY
                && a.localTracks() == 0);
        assertThat(Availability.AWAY).matches(a -> a.kept() && !a.playableOffline() && a.word().equals("local"));
        assertThat(ids(Query.ALL.playableOnly(true))).containsExactly("t50");
        assertThat(desk.library.albums(Query.ALL.playableOnly(true)).join().items()).extracting(a -> a.key().id()).containsExactly("al5");
        assertThat(desk.library.artists(Query.ALL.playableOnly(true)).join().total()).isEqualTo(1);
        desk.missing(false);
        assertThat(desk.library.album(key("al2")).join().orElseThrow().availability()).isEqualTo(Availability.LOCAL);
        assertThat(ids(Query.ALL.playableOnly(true))).hasSize(11);
    }
}
