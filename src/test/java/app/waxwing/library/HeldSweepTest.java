package app.waxwing.library;

import static app.waxwing.store.schema.Tables.HELD_SWEEP;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteFolder;
import app.waxwing.store.Audit;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ShiftedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pass that would mark more than 5 % and more than 50 items, or a whole library, is a question to the user.
class HeldSweepTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private final FakeMediaServer server = new FakeMediaServer("one").fill(1_000);
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    /// As after the end of the program.
    private void restart() {
        desk.close();
        desk = new LibraryDesk(folder);
        assertThat(desk.account(server, "ida").id()).isEqualTo(account);
    }

    private void lose(int tracks) {
        for (int i = 0; i < tracks; i++) server.tracks.remove("t" + i);
        for (int i = 0; i < tracks / 10; i++) server.albums.remove("al" + i);
    }

    private long listed() {
        return desk.library.totals().join().tracks();
    }

    @Test
    @DisplayName("Much that vanished is held and asked about, after a restart still; «They are gone» marks it, and a kept file plays on")
    void theyAreGone() {
        lose(100);
        desk.file(new ItemKey(account, "t7"), true, "t7.flac", 5);
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, true).removed()).isZero();
        restart();
        assertThat(desk.held()).singleElement().satisfies(h -> {
            assertThat(h.account()).isEqualTo(account);
            assertThat(h.title()).isEqualTo("Music");
            assertThat(h.of(ItemKind.TRACK)).isEqualTo(new LibrarySync.Missing(100, 1_000));
            assertThat(h.of(ItemKind.ALBUM)).isEqualTo(new LibrarySync.Missing(10, 100));
        });
        assertThat(listed()).isEqualTo(1_000);

        assertThat(desk.sync.answer(account, "music", true).join()).isGreaterThanOrEqualTo(110);
        assertThat(desk.held()).isEmpty();
        Audit.Entry deed = desk.database.<List<Audit.Entry>>readNow(sql -> Audit.newest(sql, 1)).getFirst();
        assertThat(deed.action()).as("4.20 it is written down").isEqualTo(Audit.ITEMS_GONE);
        assertThat(deed.object()).startsWith("Music (11");
        assertThat(desk.availability(account, "t50")).isEqualTo(Availability.GONE);
        assertThat(desk.availability(account, "t7")).isEqualTo(Availability.LOCAL);
        assertThat(listed()).as("900, and the one with a file").isEqualTo(901);
        desk.sync(account, true);
        assertThat(desk.held()).as("nothing is asked again").isEmpty();
    }

    @Test
    @DisplayName("4.19 «They are gone» can be taken back, after a restart still: exactly what it marked is back and the question stands again")
    void takenBack() {
        server.tracks.remove("t999");
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        assertThat(desk.availability(account, "t999")).as("gone by itself, before").isEqualTo(Availability.GONE);
        lose(100);
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        assertThat(desk.sync.answered().join()).isEmpty();
        List<LibrarySync.Held> asked = desk.held();
        int gone = desk.sync.answer(account, "music", true).join();
        assertThat(listed()).isEqualTo(899);
        server.tracks.remove("t998");
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        assertThat(listed()).as("another one is gone by itself, after it").isEqualTo(898);
        restart();
        assertThat(desk.sync.answered().join()).singleElement().satisfies(a -> {
            assertThat(a.folder()).isEqualTo("music");
            assertThat(a.title()).isEqualTo("Music");
        });
        assertThat(desk.sync.takeBack(account, "music").join()).isEqualTo(gone);
        assertThat(listed()).isEqualTo(998);
        assertThat(desk.availability(account, "t50")).isNotEqualTo(Availability.GONE);
        assertThat(desk.availability(account, "t998")).isEqualTo(Availability.GONE);
        assertThat(desk.availability(account, "t999")).isEqualTo(Availability.GONE);
        assertThat(desk.library.album(new ItemKey(account, "al3")).join().orElseThrow().trackCount()).isEqualTo(10);
        assertThat(desk.library.totals().join().albums()).isEqualTo(100);
        assertThat(desk.held()).isEqualTo(asked);
        assertThat(desk.sync.answered().join()).isEmpty();
        assertThat(desk.sync.takeBack(account, "music").join()).as("only once").isZero();

        server.calls.clear();
        assertThat(desk.sync(account, false).removed()).isZero();
        assertThat(server.calls("tracks ")).as("no reason to read everything").isEqualTo(1);
        desk.sync(account, true);
        assertThat(desk.held()).as("a pass asks the same, and marks nothing").hasSize(1);
        assertThat(listed()).isEqualTo(998);
        assertThat(desk.sync.answer(account, "music", true).join()).as("and the answer can be the same again").isEqualTo(gone);
        assertThat(listed()).isEqualTo(898);
    }

    @Test
    @DisplayName("4.19 What the server lists again meanwhile, or what lies in a library that was left out since, is no part of what is taken back")
    void takenBackLater() {
        var before = new java.util.LinkedHashMap<>(server.tracks);
        lose(100);
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        int gone = desk.sync.answer(account, "music", true).join();
        for (int i = 0; i < 10; i++) server.tracks.put("t" + i, java.util.Objects.requireNonNull(before.get("t" + i)));
        desk.sync(account, true);
        assertThat(listed()).isEqualTo(910);
        desk.sync.choose(account, "music", false).join();
        assertThat(listed()).isZero();
        assertThat(desk.sync.takeBack(account, "music").join()).isBetween(gone - 12, gone - 10);
        assertThat(listed()).isZero();
        assertThat(desk.held()).as("what is hidden is not asked about").isEmpty();
        desk.sync.choose(account, "music", true).join();
        assertThat(listed()).isEqualTo(1_000);
    }

    private List<HeldSweeps.Question> questions() {
        return desk.database.readNow(sql -> sql.selectFrom(HELD_SWEEP).orderBy(HELD_SWEEP.KIND)
                .fetch(r -> new HeldSweeps.Question(ItemKind.of(r.getKind()), r.getFolderItemId(), r.getBeforePass(), r.getMissing(),
                        r.getKnown(), Instant.ofEpochMilli(r.getHeldAt()))));
    }

    @Test
    @DisplayName("4.19 «They are gone» that was broken off goes on with its own time, and lends it to no later question: thirty days are thirty days")
    void brokenOff() {
        lose(100);
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        long longAgo;
        try (var past = new ShiftedTime()) {
            past.setClock(Duration.ofDays(-40));
            longAgo = new GoneAnswers(new AccountRows(desk.database, account, past)).begin("music", questions());
        }
        var answers = new GoneAnswers(new AccountRows(desk.database, account, desk.time));
        assertThat(answers.begin("music", questions())).as("the same question").isEqualTo(longAgo);
        assertThat(desk.sync.answer(account, "music", false).join()).as("answered otherwise then").isPositive();
        for (int i = 100; i < 200; i++) server.tracks.remove("t" + i);
        Instant before = desk.time.now();
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        assertThat(desk.sync.answer(account, "music", true).join()).isGreaterThanOrEqualTo(100);
        assertThat(desk.sync.answered().join()).singleElement().satisfies(a -> assertThat(a.at()).isAfterOrEqualTo(before));
    }

    @Test
    @DisplayName("4.19 an answer that is taken back while the same library is asked about again: that question stands on, about both")
    void takenBackIntoANewerQuestion() {
        lose(100);
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        desk.sync.answer(account, "music", true).join();
        for (int i = 100; i < 200; i++) server.tracks.remove("t" + i);
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        var newer = questions().stream().filter(q -> q.kind() == ItemKind.TRACK).findFirst().orElseThrow();
        assertThat(newer.missing()).isEqualTo(100);
        desk.sync.takeBack(account, "music").join();
        assertThat(questions()).filteredOn(q -> q.kind() == ItemKind.TRACK).singleElement()
                .isEqualTo(new HeldSweeps.Question(ItemKind.TRACK, "music", newer.before(), 200, 1_000, newer.since()));
        desk.sync.answer(account, "music", true).join();
        assertThat(listed()).isEqualTo(800);
    }

    @Test
    @DisplayName("«Keep them» leaves everything as it is, over restarts and passes, asks no more and costs no pass at every sync")
    void keepThem() {
        lose(100);
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        assertThat(desk.sync.answer(account, "music", false).join()).isEqualTo(110);
        restart();
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, true).removed()).isZero();
        assertThat(desk.held()).isEmpty();
        assertThat(desk.database.<List<Audit.Entry>>readNow(sql -> Audit.newest(sql, 9))).as("nothing was deleted")
                .noneMatch(e -> e.action().equals(Audit.ITEMS_GONE));
        assertThat(listed()).isEqualTo(1_000);
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).as("only the count").isEqualTo(1);
        server.tracks.remove("t500");
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        assertThat(desk.availability(account, "t500")).as("what vanishes later goes as ever").isEqualTo(Availability.GONE);
    }

    @Test
    @DisplayName("While a question stands an ordinary sync reads no more than else")
    void aQuestionCostsNothing() {
        lose(100);
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).as("only the count").isEqualTo(1);
        assertThat(desk.held()).hasSize(1);
    }

    @Test
    @DisplayName("A question whose items the server lists again is withdrawn by an ordinary sync")
    void theDriveIsBack() {
        var before = new java.util.LinkedHashMap<>(server.tracks);
        var albums = new java.util.LinkedHashMap<>(server.albums);
        lose(100);
        for (int i = 0; i < 3; i++) desk.sync(account, true);
        assertThat(desk.held()).hasSize(1);
        server.tracks.putAll(before);
        server.albums.putAll(albums);
        desk.sync(account, false);
        assertThat(desk.held()).isEmpty();
        assertThat(listed()).isEqualTo(1_000);
    }

    @Test
    @DisplayName("A whole library, however little, is asked about by its name, also when the server no longer shows that library at all")
    void aWholeLibrary() {
        server.folders = new java.util.ArrayList<>(server.folders);
        server.folders.add(new RemoteFolder("talks", "Talks", "music"));
        for (int i = 990; i < 1_000; i++) server.folderOf.put("t" + i, "talks");
        server.folderOf.put("al99", "talks");
        desk.sync(account, true);
        server.folders.removeIf(f -> f.id().equals("talks"));
        for (int i = 990; i < 1_000; i++) server.tracks.remove("t" + i);
        server.albums.remove("al99");
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, true).removed()).isZero();
        assertThat(desk.held()).singleElement().satisfies(h -> {
            assertThat(h.title()).isEqualTo("Talks");
            assertThat(h.of(ItemKind.TRACK)).isEqualTo(new LibrarySync.Missing(10, 10));
        });
        desk.sync.answer(account, "talks", true).join();
        assertThat(listed()).isEqualTo(990);
    }

    @Test
    @DisplayName("The guard: more than 5 % and more than 50 holds every library that misses something, a whole library is held alone")
    void guard() {
        assertThat(Sweep.held(Map.of("a", 50), Map.of("a", 60))).as("not more than 50").isEmpty();
        assertThat(Sweep.held(Map.of("a", 51), Map.of("a", 1_020))).as("not more than 5 %").isEmpty();
        assertThat(Sweep.held(Map.of("a", 51), Map.of("a", 1_019))).isEqualTo(Set.of("a"));
        assertThat(Sweep.held(Map.of("a", 1), Map.of("a", 1))).isEqualTo(Set.of("a"));
        assertThat(Sweep.held(Map.of("a", 1, "b", 3), Map.of("a", 1, "b", 900))).isEqualTo(Set.of("a"));
        assertThat(Sweep.held(Map.of("a", 30, "b", 30), Map.of("a", 500, "b", 500))).isEqualTo(Set.of("a", "b"));
        assertThat(Sweep.held(Map.of("", 1), Map.of("", 1, "b", 900))).as("no library of its own").isEmpty();
        assertThat(Sweep.held(Map.of("", 1), Map.of("", 1))).isEqualTo(Set.of(""));
    }
}
