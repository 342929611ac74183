package app.waxwing.library;

import static app.waxwing.store.schema.Tables.SEARCH_HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.SearchOwners;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ada and Ben use one server, one at a time; Sam uses another one, which is shown beside it.
class SearchHistoryTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private long ada;
    private long ben;
    private long sam;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        var home = new FakeMediaServer("home");
        sam = desk.account(new FakeMediaServer("away"), "sam").id();
        ada = desk.account(home, "ada").id();
        ben = desk.account(home, "ben").id();
        active(sam, ada);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private int write(String statement, Object... values) {
        return desk.database.write(Durability.SOON, Lane.USER, sql -> sql.execute(statement, values)).join();
    }

    /// These and no others.
    private void active(Long... accounts) {
        write("UPDATE account SET is_active = 0");
        for (long account : accounts) write("UPDATE account SET is_active = 1 WHERE id = ?", account);
    }

    private List<String> shown() {
        return desk.library.searches(5).join();
    }

    @Test
    @DisplayName("4.5 what was looked for over two servers is shown to those who were signed in to them, and to no other user of one of them")
    void twoServers() {
        desk.library.searched("lost love").join();
        assertThat(shown()).containsExactly("lost love");
        active(sam, ben);
        assertThat(shown()).as("Ada's").isEmpty();
        desk.library.searched("Lost  Love").join();
        desk.library.searched("mine").join();
        assertThat(shown()).containsExactly("mine", "Lost Love");
        active(sam, ada);
        assertThat(shown()).as("not as Ben wrote it").containsExactly("lost love");
        active(sam);
        assertThat(shown()).as("whoever it was").isEmpty();
        desk.library.searched("of old").join();
        active(sam, ada);
        assertThat(shown()).as("a server more takes nothing away").containsExactly("of old", "lost love");
        assertThat(desk.library.forgetSearches().join()).isEqualTo(2);
        active(sam, ben);
        assertThat(shown()).as("Ada cannot clear what is Ben's").containsExactly("mine", "Lost Love");
    }

    @Test
    @DisplayName("4.5 of what was looked for the newest fifty are kept for each of two users of a server, however much the other one looks for")
    void fiftyEach() {
        desk.library.searched("lost love").join();
        active(sam, ben);
        for (int i = 0; i < 60; i++) desk.library.searched("text " + i).join();
        assertThat(desk.library.searches(100).join()).hasSize(50);
        active(sam, ada);
        assertThat(shown()).containsExactly("lost love");
    }

    @Test
    @DisplayName("4.18 with an account's data goes all that was looked for with it, on other servers too, and nothing else")
    void goesWithTheAccount() {
        desk.library.searched("lost love").join();
        active(sam, ben);
        desk.library.searched("mine").join();
        desk.database.write(Durability.KEPT, Lane.USER, sql -> {
            SearchOwners.forget(sql, ada);
            return sql.execute("DELETE FROM account WHERE id = ?", ada);
        }).join();
        List<String> left = desk.database.readNow(sql -> sql.selectFrom(SEARCH_HISTORY).fetch(SEARCH_HISTORY.TYPED));
        assertThat(left).containsExactly("mine");
        assertThat(shown()).containsExactly("mine");
    }

    @Test
    @DisplayName("4.5 what an older version kept does not say for whom: it is shown while nobody else is here, and goes with any account")
    void ofAnOlderVersion() {
        for (long account : List.of(sam, ada)) {
            write("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (?, 'rain', 'Rain', ?)", account,
                    desk.time.now().toEpochMilli());
        }
        assertThat(shown()).as("Ben is here").isEmpty();
        active(sam, ada, ben);
        assertThat(shown()).containsExactly("Rain");
        active(sam, ben);
        assertThat(shown()).isEmpty();
        assertThat(desk.database.write(Durability.KEPT, Lane.USER, sql -> SearchOwners.forget(sql, ada)).join()).isEqualTo(2);
    }
}
