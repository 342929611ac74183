package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.TestScale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

class RecentsTest {
    private static final int TRACKS = TestScale.of(9_000, 20_000);
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(new FakeMediaServer("one").fill(TRACKS), "ida").id();
        desk.sync(account, false);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    /// Tracks from a number to another are heard, one after the other.
    private void heard(int from, int to, long at) {
        desk.database.write(Durability.SOON, Lane.USER, sql -> {
            for (int i = from; i < to; i++) {
                sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, account).set(USER_DATA.KIND, "track").set(USER_DATA.ITEM_ID, "t" + i)
                        .set(USER_DATA.LAST_PLAYED_LOCAL_AT, at + i - from).set(USER_DATA.PLAY_COUNT_LOCAL, 1L).onDuplicateKeyUpdate()
                        .set(USER_DATA.LAST_PLAYED_LOCAL_AT, at + i - from).execute();
            }
            return 0;
        }).join();
    }

    private List<String> recent(boolean playableOnly) {
        return desk.library.albumsByRow(desk.library.recentRows(playableOnly).join()).join().stream().map(a -> a.key().id()).toList();
    }

    /// Albums of ten tracks each, from the one that was heard last.
    private static List<String> albums(int newest, int count) {
        return IntStream.range(0, count).mapToObj(i -> "al" + (newest - i)).toList();
    }

    @Test
    @DisplayName("C.3 no. 11 recently played are the last 50 albums, each once, newest first; one that is heard again comes to the front, and the oldest leaves")
    void lastFifty() {
        assertThat(recent(false)).as("nothing was heard").isEmpty();
        heard(0, 30, 1_000_000);
        assertThat(recent(false)).as("what was never heard is not among them").containsExactlyElementsOf(albums(2, 3));
        heard(0, 700, 2_000_000);
        assertThat(recent(false)).hasSize(50).containsExactlyElementsOf(albums(69, 50));
        heard(35, 36, 3_000_000);
        List<String> now = new ArrayList<>(List.of("al3"));
        now.addAll(albums(69, 49));
        assertThat(recent(false)).containsExactlyElementsOf(now);
        for (int track : new int[]{12, 40, 655}) desk.file(new ItemKey(account, "t" + track), false, "f" + track, 1);
        assertThat(recent(true)).as("what plays without the network").containsExactly("al65", "al4", "al1");
        assertThat(desk.library.home(40).join().recent()).as("the shelf of Home is the beginning of it").extracting(a -> a.key().id())
                .containsExactlyElementsOf(now.subList(0, 40));
    }

    private List<String> begun(int limit) {
        return desk.library.home(limit).join().started().stream()
                .map(s -> s.album().key().id() + " " + s.next().key().id() + " " + s.remaining())
                .toList();
    }

    @Test
    @DisplayName("C.3 no. 9 Home carries on with albums that were left in the middle, however many were heard to the end since, the newest first")
    void begunAlbums() {
        long now = desk.time.now().toEpochMilli();
        heard(1000, 1002, now - 40_000_000);
        heard(0, 700, now - 20_000_000);
        assertThat(begun(5)).as("behind seventy albums heard to the end").containsExactly("al100 t1002 8");
        heard(2003, 2005, now - 1_000_000);
        heard(3000, 3001, now - 500_000);
        assertThat(begun(5)).as("one track alone is no album left in the middle").containsExactly("al200 t2005 5", "al100 t1002 8");
        assertThat(begun(1)).containsExactly("al200 t2005 5");
        // Its second track is the 251st that was heard last.
        heard(4000, 4002, now - 300_000);
        heard(5000, 5249, now - 200_000);
        assertThat(begun(5)).containsExactly("al524 t5249 1", "al400 t4002 8", "al200 t2005 5", "al100 t1002 8");
        // What was heard last is of an album of which another track was heard long before, on the same day.
        heard(7001, 7002, now - 100_000);
        heard(8000, 8250, now - 90_000);
        heard(7100, 7102, now - 80_000);
        heard(7000, 7001, now - 70_000);
        assertThat(begun(1)).as("it is the first all the same").containsExactly("al700 t7001 9");
    }

    @Test
    @DisplayName("1.3 Home is eight statements however many albums it shows; one of a library that was left out gives its place to the next")
    void eightStatements() {
        long now = desk.time.now().toEpochMilli();
        heard(0, 300, now - 40_000_000);
        for (int i = 0; i < 20; i++) heard(1000 + 10 * i, 1002 + 10 * i, now - 20_000_000 + 1000L * i);
        assertThat(begun(12)).hasSize(12).startsWith("al119 t1192 8", "al118 t1182 8");
        assertThat(statementsOfHome()).isEqualTo(8);
        assertThat(shelf()).containsExactlyElementsOf(albums(119, 12));
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.update(ALBUM).set(ALBUM.GONE_AT, FolderChoice.HIDDEN)
                .where(ALBUM.ITEM_ID.in(albums(118, 18))).execute()).join();
        List<String> left = new ArrayList<>(List.of("al119", "al100"));
        left.addAll(albums(29, 10));
        assertThat(shelf()).containsExactlyElementsOf(left);
    }

    @Test
    @DisplayName("1.3 Home of somebody who lately heard 600 tracks of as many albums reads each play once")
    void shuffled() {
        long now = desk.time.now().toEpochMilli();
        heard(0, 1_000, now - 40_000_000);
        for (int i = 0; i < 20; i++) heard(1000 + 10 * i, 1002 + 10 * i, now - 20_000_000 + 1000L * i);
        List<String> before = begun(12);
        long plain = work();
        for (int i = 0; i < 600; i++) heard(2003 + 10 * i, 2004 + 10 * i, now - 1_000_000 + 1000L * i);
        assertThat(begun(12)).isEqualTo(before).hasSize(12).startsWith("al119 t1192 8", "al118 t1182 8");
        assertThat(statementsOfHome()).as("the plays in two parts").isEqualTo(9);
        // 600 more were read, beside what is listed of their albums; read twice they would take 2,000 more.
        assertThat(work() - plain).as("tens of SQLite's steps, %s before", plain).isLessThan(5_000);
    }

    @Test
    @DisplayName("1.3 Home asks once for the albums of what was heard; a track that is of another one since the last sync carries on there")
    void anotherAlbum() {
        long now = desk.time.now().toEpochMilli();
        heard(1000, 1002, now - 30_000);
        heard(2000, 2002, now - 20_000);
        assertThat(begun(5)).containsExactly("al200 t2002 8", "al100 t1002 8");
        Map<String, LeftOff.Place> places = new HashMap<>();
        work(places);
        assertThat(places.keySet()).containsExactlyInAnyOrder(account + " t1000", account + " t1001", account + " t2000",
                account + " t2001");
        places.replaceAll((track, place) -> track.contains("t10") ? new LeftOff.Place("", 0) : place);
        assertThat(desk.database.readNow(sql -> HomePage.read(sql, places, 5, desk.time.now())).started())
                .as("what is known is not asked again")
                .hasSize(1);
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.execute(
                "UPDATE track SET album_item_id = 'al300' WHERE item_id IN ('t1000', 't1001')")).join();
        var told = new CompletableFuture<Void>();
        desk.changes.events().subscribe(change -> {
            if (change == Library.Change.CONTENT) told.complete(null);
        });
        desk.changes.changed(Library.Change.CONTENT);
        told.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(begun(5)).extracting(b -> b.substring(0, 5)).containsExactly("al200", "al300");
    }

    /// In tens of SQLite's steps.
    private long work() {
        return work(new HashMap<>());
    }

    private long work(Map<String, LeftOff.Place> places) {
        return desk.database.readNow(sql -> Batch.run(sql, connection -> {
            long[] tens = {0};
            var own = connection.unwrap(java.sql.Connection.class);
            ProgressHandler.setHandler(own, 10, new ProgressHandler() {
                @Override
                protected int progress() {
                    tens[0]++;
                    return 0;
                }
            });
            try {
                HomePage.read(sql, places, 12, desk.time.now());
            } finally {
                ProgressHandler.clearHandler(own);
            }
            return tens[0];
        }));
    }

    private List<String> shelf() {
        return desk.library.home(12).join().recent().stream().map(a -> a.key().id()).toList();
    }

    /// The least that one of five needed: something else may run beside one of them.
    private long statementsOfHome() {
        return IntStream.range(0, 5).mapToLong(i -> {
            long before = desk.database.figures().statements();
            desk.library.home(12).join();
            return desk.database.figures().statements() - before;
        }).min().orElseThrow();
    }

    @Test
    @DisplayName("C.3 no. 11, C.4 they are found within 10 ms however much was heard")
    void quick() {
        heard(0, TRACKS, 1_000_000);
        assertThat(recent(false)).containsExactlyElementsOf(albums(TRACKS / 10 - 1, 50));
        for (int i = 0; i < 50; i++) recent(false);
        long[] nanos = new long[200];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            recent(false);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf("recently played of %d heard: median %.2f ms, p95 %.2f ms%n", TRACKS, nanos[100] / 1e6, nanos[190] / 1e6);
        // The machine may be busy with something else, and each question waits for a processor twice: a tenth of the times has to be good. What reads
        // too much takes too long each time.
        assertThat(nanos[20]).isLessThan(10_000_000L);
    }
}
