package app.waxwing.library;

import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;
import static app.waxwing.store.schema.Tables.TRACK_GENRE;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.store.CacheFigures;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything runs on the test's thread when it moves the clock.
class SimilarAheadTest {
    @TempDir
    Path folder;
    private StillDesk desk;

    @BeforeEach
    void open() {
        desk = new StillDesk(folder, 600);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private ItemKey key(String id) {
        return new ItemKey(desk.account, id);
    }

    private void heard(int track, long minutesAgo) {
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, desk.account)
                .set(USER_DATA.KIND, "track").set(USER_DATA.ITEM_ID, "t" + track)
                .set(USER_DATA.LAST_PLAYED_LOCAL_AT, desk.time.now().minus(Duration.ofMinutes(minutesAgo)).toEpochMilli())
                .set(USER_DATA.PLAY_COUNT_LOCAL, 1L).onDuplicateKeyUpdate()
                .set(USER_DATA.LAST_PLAYED_LOCAL_AT, desk.time.now().minus(Duration.ofMinutes(minutesAgo)).toEpochMilli()).execute())
                .join();
    }

    private void keep(String kind, String id) {
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(KEPT_COLLECTION).set(KEPT_COLLECTION.ACCOUNT_ID, desk.account)
                .set(KEPT_COLLECTION.KIND, kind).set(KEPT_COLLECTION.SOURCE_ITEM_ID, id).set(KEPT_COLLECTION.ADDED_AT, 0L).execute())
                .join();
    }

    private List<String> asked() {
        return desk.server.calls.stream().filter(c -> c.startsWith("mix ") || c.startsWith("similar ")).toList();
    }

    private CacheFigures figures() {
        return desk.database.meters().figures().stream().filter(f -> f.name().equals("similar")).findFirst().orElseThrow();
    }

    private List<String> similar(String id) {
        return desk.library.similar(key(id), 20).join().stream().map(t -> t.key().id()).toList();
    }

    @Test
    @DisplayName("C.3 8, 1.7 what goes with albums heard of late and with what is kept is worked out before anybody asks, and serves on the train and after a restart")
    void comes() throws Exception {
        heard(31, 5);
        heard(57, 60);
        keep("album", "al9");
        keep("artist", "ar4");
        desk.server.alike.put("al3", List.of("t400", "t401"));
        desk.server.alike.put("al9", List.of("t500"));
        try (var job = desk.library.findAlike(() -> desk.busy)) {
            assertThat(job).isNotNull();
            desk.busy = true;
            desk.time.pass(SimilarAhead.FIRST.plusHours(1));
            assertThat(asked()).as("gives way to sound, downloads and sync").isEmpty();
            desk.busy = false;
            desk.time.pass(QuietWork.BACK_OFF);
            assertThat(asked()).as("the album whose likes Home shows first, one at a time").containsExactly("mix al3");
            desk.time.pass(Duration.ofMinutes(1));
            assertThat(asked()).startsWith("mix al3", "mix al5", "mix al9", "mix ar4").contains("mix ar1", "similar t31")
                    .doesNotHaveDuplicates();
        }
        assertThat(figures()).as("loads, and nobody's asks").matches((CacheFigures f) -> f.hits() == 0 && f.misses() == 0
                && f.network() == 0 && f.unasked() == asked().size());
        desk.database.write(Durability.SOON, Lane.BULK, sql -> 0).join();
        desk.accounts.online = false;
        desk.restart();
        desk.time.pass(Duration.ofDays(2));
        assertThat(similar("al3")).contains("t400", "t401");
        assertThat(similar("al9")).contains("t500");
        assertThat(figures()).as("found here").matches((CacheFigures f) -> f.hits() == 2 && f.misses() == 0);
    }

    @Test
    @DisplayName("C.3 8, 1.2 few are asked for at a time, only what is not here or older than twelve hours, and nothing once it is closed")
    void few() throws Exception {
        for (int album = 0; album < 30; album++) heard(album * 10, album);
        try (var job = desk.library.findAlike(() -> desk.busy)) {
            assertThat(job).isNotNull();
            desk.time.pass(SimilarAhead.FIRST.plus(QuietWork.PAUSE.multipliedBy(60)));
            assertThat(asked()).hasSize(SimilarAhead.A_LOOK);
            desk.time.pass(Duration.ofHours(6));
            int all = asked().size();
            assertThat(all).isBetween(SimilarAhead.A_LOOK + 1, 60);
            assertThat(asked()).doesNotHaveDuplicates();
            desk.time.pass(Duration.ofHours(5));
            assertThat(asked()).as("believed for twelve hours").hasSize(all);
            desk.time.pass(Duration.ofHours(6));
            assertThat(asked()).hasSize(2 * all);
        }
        desk.time.pass(Duration.ofDays(3));
        int atEnd = asked().size();
        desk.time.pass(Duration.ofDays(3));
        assertThat(asked()).as("closed").hasSize(atEnd);
    }

    @Test
    @DisplayName("C.3 8 while a server is away or in trouble it is asked less and less often, offline not at all; what was there stays")
    void backsOff() throws Exception {
        for (int album = 0; album < 10; album++) heard(album * 10, album);
        desk.server.alike.put("al0", List.of("t400"));
        try (var job = desk.library.findAlike(() -> desk.busy)) {
            assertThat(job).isNotNull();
            desk.accounts.online = false;
            desk.time.pass(Duration.ofHours(5));
            assertThat(asked()).isEmpty();
            desk.accounts.online = true;
            desk.server.failsAt = n -> true;
            desk.server.failure = new Failure.Offline("fake");
            desk.time.pass(Duration.ofHours(5));
            assertThat(asked()).hasSizeBetween(6, 16);
            int away = asked().size();
            desk.server.failure = new Failure.ServerBusy("fake", Optional.empty());
            desk.time.pass(Duration.ofHours(5));
            assertThat(asked()).as("busy is trouble too").hasSizeBetween(away + 4, away + 7);
            desk.server.failsAt = n -> false;
            desk.time.pass(Duration.ofHours(3));
            desk.accounts.online = false;
            assertThat(similar("al0")).contains("t400");
        }
    }

    @Test
    @DisplayName("C.3 8, 1.10 a server in trouble gives no answer: what is here stays and serves, the trouble is counted, and the next asks again; "
            + "«there is none» and «not allowed» are answers")
    void trouble() {
        List<Failure> troubles = List.of(new Failure.Trouble("s", "it had an error of its own (500)"),
                new Failure.ServerBusy("s", Optional.empty()), new Failure.Unauthorised("s"),
                new Failure.NotPermitted("to connect from this network", true), new Failure.Offline("s"));
        desk.server.alike.put("al0", List.of("t120"));
        List<String> found = similar("al0");
        assertThat(found).contains("t120");
        desk.database.write(Durability.SOON, Lane.BULK, sql -> 0).join();
        desk.time.pass(Duration.ofHours(13));
        desk.server.failsAt = n -> true;
        for (Failure trouble : troubles) {
            desk.server.failure = trouble;
            assertThat(similar("al0")).as("%s: what is old serves", trouble).isEqualTo(found);
            assertThat(similar("al5")).as("%s: what is known here serves", trouble).hasSize(20);
        }
        assertThat(desk.server.calls("mix al0")).isEqualTo(6);
        assertThat(desk.server.calls("mix al5")).isEqualTo(5);
        assertThat(figures()).matches(f -> f.errors() == 10 && f.hits() == 0);
        desk.server.failsAt = n -> false;
        desk.server.alike.put("al5", List.of("t121"));
        assertThat(similar("al5")).as("the first real answer").contains("t121");
        desk.server.failsAt = n -> true;
        for (Failure answer : List.of(new Failure.NotFound("it"), new Failure.NotPermitted("to see or do that"))) {
            desk.server.failure = answer;
            ItemKey album = key(answer instanceof Failure.NotFound ? "al7" : "al8");
            for (int i = 0; i < 3; i++) assertThat(desk.library.similar(album, 20).join()).hasSize(20);
            assertThat(desk.server.calls("mix " + album.id())).as("%s is believed", answer).isEqualTo(1);
        }
        assertThat(figures().errors()).isEqualTo(10);
    }

    @Test
    @DisplayName("C.3 8 offline, where no server was ever asked, others of the same artist stand in for what has no genre and was never heard")
    void artistStandsIn() {
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.deleteFrom(TRACK_GENRE).execute()).join();
        desk.accounts.online = false;
        assertThat(similar("al0")).hasSize(20).allMatch(id -> Integer.parseInt(id.substring(1)) >= 10, "not of the album itself")
                .allMatch(id -> Integer.parseInt(id.substring(1)) < 30, "of its artist");
        assertThat(asked()).isEmpty();
    }
}
