package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.server.ArtistRef;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Groups of hits that are full with titles which begin as what was typed.
class FullGroupsTest {
    private static final int MANY = 150;
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private FakeMediaServer server;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server = new FakeMediaServer("one");
        for (int i = 0; i < MANY; i++) put("q" + i, "Queen of Hearts " + i, "Muse");
        put("b", "Bohemian Rhapsody", "Queen");
        put("l", "The Last Queen Alive", "Caravan");
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void put(String id, String title, String artist) {
        server.tracks.put(id, FakeMediaServer.track(id, title, "al", "Album", new ArtistRef("ar " + artist, artist), 1));
    }

    private List<String> tracks(String text, int limit) {
        return desk.library.search(text, limit, false).join().tracks().stream().map(Track::title).toList();
    }

    private void write(String change, Object... values) {
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.execute(change, values)).join();
    }

    @Test
    @DisplayName("1.3 full of titles that begin so: the exact artist and what the user plays come before them all the same")
    void before() {
        write("INSERT INTO user_data (account_id, item_id, kind, play_count) VALUES (?, 'q149', 'track', 9), (?, 'l', 'track', 70)",
                account,
                account);
        assertThat(tracks("queen", 4)).startsWith("Bohemian Rhapsody", "The Last Queen Alive", "Queen of Hearts 149");
        assertThat(tracks("quee", 4)).as("nobody is called so").startsWith("The Last Queen Alive", "Queen of Hearts 149");
        assertThat(tracks("queen", 20)).hasSize(20).startsWith("Bohemian Rhapsody", "The Last Queen Alive", "Queen of Hearts 149");
        assertThat(tracks("queen", 400)).as("with room for all of them").hasSize(MANY + 2).contains("The Last Queen Alive");
    }

    @Test
    @DisplayName("1.3 rows that are not shown fill no group")
    void hidden() {
        write("UPDATE track SET gone_at = 1 WHERE item_id LIKE 'q%' AND item_id <> 'q77'");
        assertThat(tracks("queen", 4)).containsExactlyInAnyOrder("Bohemian Rhapsody", "Queen of Hearts 77", "The Last Queen Alive");
    }

    @Test
    @DisplayName("1.3 names with the signs in them that the program puts between names are found as others are")
    void separators() {
        write("UPDATE track SET title = 'Queen' || char(30) || 'Mother' WHERE item_id = 'q5'");
        write("UPDATE track SET artist_name = char(30) WHERE item_id = 'q6'");
        write("UPDATE track SET title = '' WHERE item_id = 'q7'");
        assertThat(tracks("queen", 400)).hasSize(MANY + 2).contains("Queen\u001eMother", "").startsWith("Bohemian Rhapsody");
        assertThat(tracks("queen of hearts 6", 20)).contains("Queen of Hearts 6", "Queen of Hearts 66");
        write("DELETE FROM track WHERE item_id LIKE 'q%' AND item_id <> 'q7'");
        assertThat(tracks("hearts", 4)).as("one without a name").containsExactly("");
    }
}
