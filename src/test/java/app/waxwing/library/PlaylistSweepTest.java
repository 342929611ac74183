package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Playlists that a server no longer lists are believed to be gone as late as items are.
class PlaylistSweepTest {
    @TempDir
    Path folder;
    private final FakeMediaServer server = new FakeMediaServer("one").fill(30);
    private LibraryDesk desk;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(server, "ida").id();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void begin(int playlists) {
        for (int i = 0; i < playlists; i++) server.playlist("p" + i, "List " + i, "t1", "t2");
        desk.sync(account, false);
        assertThat(listed()).isEqualTo(playlists);
    }

    private void lose(String playlist) {
        server.playlists.remove(playlist);
        server.entries.remove(playlist);
    }

    private long listed() {
        return desk.library.totals().join().playlists();
    }

    @Test
    @DisplayName("A playlist that a list misses stays; one that two complete lists in a row miss is gone, and back when the server lists it again")
    void oneIsMissing() {
        begin(4);
        var lost = server.playlists.get("p2");
        lose("p2");
        assertThat(desk.sync(account, false).playlists()).as("missed once").isEqualTo(4);
        var second = desk.sync(account, false);
        assertThat(second.playlists()).as("missed twice").isEqualTo(3);
        assertThat(second.removed()).isEqualTo(1);
        assertThat(desk.sync(account, true).playlists()).isEqualTo(3);
        server.playlist("p2", java.util.Objects.requireNonNull(lost).title().orElse(""), "t3");
        assertThat(desk.sync(account, false).playlists()).isEqualTo(4);
        assertThat(desk.library.playlist(new ItemKey(account, "p2")).join()).isPresent();
        lose("p2");
        assertThat(desk.sync(account, false).playlists()).as("what was missed before counts no more").isEqualTo(4);
    }

    @Test
    @DisplayName("One that is missed now and then is never gone")
    void missedNowAndThen() {
        begin(4);
        var all = new LinkedHashMap<>(server.playlists);
        for (int i = 0; i < 4; i++) {
            server.playlists.remove("p1");
            assertThat(desk.sync(account, i % 2 == 0).playlists()).isEqualTo(4);
            server.playlists.putAll(all);
            assertThat(desk.sync(account, i % 2 == 0).playlists()).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("An empty answer while some are known is not believed the first time; the second time each is asked for by its id")
    void allMissing() {
        begin(2);
        var all = new LinkedHashMap<>(server.playlists);
        server.playlists.clear();
        for (int i = 0; i < 4; i++) assertThat(desk.sync(account, i % 2 == 1).playlists()).as("the server still gives them").isEqualTo(2);
        server.playlists.putAll(all);
        assertThat(desk.sync(account, false).playlists()).isEqualTo(2);
        all.keySet().forEach(this::lose);
        assertThat(desk.sync(account, false).playlists()).isEqualTo(2);
        assertThat(desk.sync(account, false).playlists()).isZero();
    }

    @Test
    @DisplayName("Issue 4 all playlists that vanish at once, three or more, are a question to the user, also where the server does not give them by their ids or says itself that they are removed")
    void allOfThem() {
        begin(3);
        var all = new LinkedHashMap<>(server.playlists);
        all.keySet().forEach(this::lose);
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, i == 1).playlists()).isEqualTo(3);
        assertThat(desk.held()).singleElement()
                .satisfies(h -> assertThat(h.of(ItemKind.PLAYLIST)).isEqualTo(new LibrarySync.Missing(3, 3)));
        server.playlist("new", "Made since", "t1");
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, false).playlists()).as("one more answers nothing").isEqualTo(4);
        assertThat(desk.held()).hasSize(1);
        all.keySet().forEach(p -> server.playlist(p, "Back", "t1", "t2"));
        assertThat(desk.sync(account, false).playlists()).isEqualTo(4);
        assertThat(desk.held()).as("they are listed again").isEmpty();

        List.copyOf(server.playlists.keySet()).forEach(this::lose);
        assertThat(desk.sync.news(account, Set.of("p0", "p1", "p2", "new")).join().playlists()).isEqualTo(4);
        desk.sync(account, false);
        assertThat(desk.sync.answer(account, "", true).join()).as("they are gone").isEqualTo(4);
        assertThat(desk.sync(account, false).playlists()).isZero();
    }

    @Test
    @DisplayName("A list shorter than the server's count is read again where it misses one; what every reading misses and the server gives stays")
    void shorterThanItsTotal() {
        begin(6);
        server.leftOut.put("p3", 1);
        server.calls.clear();
        assertThat(desk.sync(account, false).playlists()).isEqualTo(6);
        assertThat(server.calls("playlists ")).as("read again, and found").isEqualTo(2);
        server.leftOut.put("p3", 100);
        for (int i = 0; i < 4; i++) assertThat(desk.sync(account, i == 2).playlists()).as("never listed, given by its id").isEqualTo(6);
        server.leftOut.clear();
        server.invisible = 1;
        desk.sync(account, false); // its count of tracks is another too, and costs a pass
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("playlists ")).as("nothing known is missed").isEqualTo(1);
    }

    @Test
    @DisplayName("More than 5 % and more than 50 playlists that vanish at once are a question to the user, over a restart; its answers hold")
    void many() {
        begin(120);
        for (int i = 0; i < 60; i++) lose("p" + i);
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, false).playlists()).isEqualTo(120);
        desk.close();
        desk = new LibraryDesk(folder);
        desk.account(server, "ida");
        assertThat(desk.held()).singleElement()
                .satisfies(h -> assertThat(h.of(ItemKind.PLAYLIST)).isEqualTo(new LibrarySync.Missing(60, 120)));
        assertThat(desk.sync.answer(account, "", false).join()).as("keep them").isEqualTo(60);
        for (int i = 0; i < 3; i++) assertThat(desk.sync(account, false).playlists()).isEqualTo(120);
        assertThat(desk.held()).isEmpty();
        for (int i = 60; i < 119; i++) lose("p" + i);
        for (int i = 0; i < 2; i++) desk.sync(account, false);
        assertThat(desk.held()).hasSize(1);
        assertThat(desk.sync.answer(account, "", true).join()).as("they are gone").isEqualTo(59);
        assertThat(desk.sync(account, false).playlists()).isEqualTo(61);
    }

    @Test
    @DisplayName("A playlist that the server itself says is removed goes at once; one that it still gives stays")
    void said() {
        begin(4);
        lose("p1");
        assertThat(desk.sync.news(account, Set.of("p1", "p2", "never seen")).join().playlists()).isEqualTo(3);
        assertThat(desk.library.playlist(new ItemKey(account, "p2")).join()).isPresent();
    }
}
