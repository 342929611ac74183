package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists that leave out what the server counts and has.
class OverlookedTest {
    @TempDir
    Path folder;
    private final FakeMediaServer server = new FakeMediaServer("one").fill(600);
    private LibraryDesk desk;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
        server.calls.clear();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    @DisplayName("A list that misses others is read again, and finds them: nothing is asked for by its id")
    void foundByTheRepeat() {
        server.leftOut.put("t7", 1);
        server.leftOut.put("t505", 1);
        for (int i = 0; i < 2; i++) assertThat(desk.sync(account, true).removed()).isZero();
        assertThat(server.calls("tracks ")).as("two pages, twice the first time").isEqualTo(6);
        assertThat(server.calls("tracksById")).isZero();
        assertThat(desk.availability(account, "t7")).isEqualTo(Availability.REMOTE);
    }

    @Test
    @DisplayName("What every list misses and the server still gives by its id stays, however many passes; what it gives no more goes after two")
    void stillGiven() {
        server.leftOut.put("t7", 1_000);
        server.leftOut.put("al5", 1_000);
        server.tracks.remove("t8");
        assertThat(desk.sync(account, true).removed()).as("the first pass marks nothing").isZero();
        assertThat(desk.sync(account, true).removed()).isEqualTo(1);
        assertThat(desk.availability(account, "t8")).isEqualTo(Availability.GONE);
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, true).removed()).isZero();
        assertThat(desk.availability(account, "t7")).isEqualTo(Availability.REMOTE);
        var totals = desk.library.totals().join();
        assertThat(totals.tracks()).isEqualTo(599);
        assertThat(totals.albums()).as("an album with tracks here").isEqualTo(60);
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("tracks ")).as("the count fits: no pass").isEqualTo(1);
        server.tracks.remove("t7");
        desk.sync(account, true);
        desk.sync(account, true);
        assertThat(desk.availability(account, "t7")).as("it has gone in the end").isEqualTo(Availability.GONE);
    }

    @Test
    @DisplayName("What no list names is not taken for moved while the server still gives it")
    void notMoved() {
        desk.file(new ItemKey(account, "t12"), true, "t12.flac", 5);
        var old = java.util.Objects.requireNonNull(server.tracks.get("t12"));
        server.leftOut.put("t12", 1_000);
        server.clock = server.clock.plusSeconds(3_600);
        server.put(FakeMediaServer.track("n12", old.title().orElse(""), "al1", old.albumTitle().orElse(""), old.artists().getFirst(), 3));
        assertThat(desk.sync(account, true).moved()).isZero();
        assertThat(desk.availability(account, "t12")).as("with its file").isEqualTo(Availability.LOCAL);
        assertThat(desk.availability(account, "n12")).isEqualTo(Availability.REMOTE);
    }
}
